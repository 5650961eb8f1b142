/* socket_options.c - what a script may set of a socket's descriptor; before there is one it is kept. */
#include "socket_options.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "error.h"
#include "options.h"
#include "socket.h"
#include "socket_properties.h"

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

static int set(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0 ? 0 : -errno;
}

/* -- the descriptor ----------------------------------------------------------------------------------------------- */

static bool is_v6(int fd) {
  struct sockaddr_storage sa;
  socklen_t size = sizeof sa;
  return getsockname(fd, (struct sockaddr *)&sa, &size) == 0 && sa.ss_family == AF_INET6;
}

static int apply_type_of_service(int fd, int value) {
  int v4 = set(fd, IPPROTO_IP, IP_TOS, value); /* of mapped addresses, where it is an IPv6 socket */
  return is_v6(fd) ? set(fd, IPPROTO_IPV6, IPV6_TCLASS, value) : v4;
}

/* libuv has set 1 s and 10 probes. */
static void apply_probes(int fd, const StreamMore *more) {
  if (more->probe_interval > 0) set(fd, IPPROTO_TCP, TCP_KEEPINTVL, (int)more->probe_interval);
  if (more->probe_count > 0) set(fd, IPPROTO_TCP, TCP_KEEPCNT, (int)more->probe_count);
}

void socket_apply_options(Stream *s) {
  int fd = socket_descriptor(s);
  if (fd < 0 || s->more == NULL || s->transport != TRANSPORT_TCP) return;
  if (s->keepalive) apply_probes(fd, s->more);
  if (s->more->tos_set) apply_type_of_service(fd, s->more->tos); /* a wish, not a promise */
}

void socket_set_type_of_service(lua_State *L, Stream *s, int value) {
  if (value < 0) return;
  StreamMore *more = stream_more(L, s);
  more->tos = (uint8_t)value;
  more->tos_set = true;
}

/* -- the script says ---------------------------------------------------------------------------------------------- */

/* setNoDelay([on = true]) -> self. https://nodejs.org/api/net.html#socketsetnodelaynodelay */
static int socket_set_nodelay(lua_State *L) {
  Stream *s = self(L);
  bool on = lua_isnoneornil(L, 2) || lua_toboolean(L, 2);
  if (on != s->nodelay) stream_set_nodelay(s, on);
  lua_settop(L, 1);
  return 1;
}

typedef struct KeepAlive {
  bool on;
  double delay, interval, count; /* ms, ms, probes; 0: as it is */
} KeepAlive;

static const Option keepalive_options[] = {
  { "enable", "options.enable", OPTION_BOOL, offsetof(KeepAlive, on), 0, 0 },
  { "initialDelay", "options.initialDelay", OPTION_NUMBER, offsetof(KeepAlive, delay), 0, 0 },
  { "interval", "options.interval", OPTION_NUMBER, offsetof(KeepAlive, interval), 0, 0 },
  { "count", "options.count", OPTION_NUMBER, offsetof(KeepAlive, count), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

/* A number as the system takes it; what is none, or too large, is 0. */
static unsigned whole(double n) { return n >= 1 && n <= 32767 ? (unsigned)n : 0; }

static unsigned seconds(lua_State *L, const Stream *s, const char *name, double ms) {
  if (ms > 0 && ms < 1000) {
    lua_pushfstring(L, "%s is in milliseconds, but counts in whole seconds: %d ms means nothing", name, (int)ms);
    error_warn(L, s->h.cx, "KeepAliveWarning", lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  return whole(ms / 1000);
}

/* setKeepAlive([on = false][, initialDelay = 0 ms][, interval = 1000 ms][, count = 10]) | ({ enable =, initialDelay =,
 * interval =, count = }) -> self. https://nodejs.org/api/net.html#socketsetkeepaliveenable-initialdelay */
static int socket_set_keepalive(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 5);
  KeepAlive k = { .interval = 1000, .count = 10 };
  if (lua_istable(L, 2)) {
    options_read(L, 2, keepalive_options, &k);
  } else {
    k.on = lua_toboolean(L, 2);
    k.delay = lua_tonumber(L, 3);
    if (!lua_isnil(L, 4)) k.interval = lua_tonumber(L, 4);
    if (!lua_isnil(L, 5)) k.count = lua_tonumber(L, 5);
  }
  unsigned delay = seconds(L, s, "initialDelay", k.delay), interval = seconds(L, s, "interval", k.interval);
  unsigned count = whole(k.count);
  StreamMore *more = stream_more(L, s);
  bool probes = (interval > 0 && interval != more->probe_interval) || (count > 0 && count != more->probe_count);
  if (k.on != s->keepalive || (k.on && (more->keepalive_delay != delay || probes))) {
    more->keepalive_delay = delay;
    if (interval > 0) more->probe_interval = interval;
    if (count > 0) more->probe_count = count;
    stream_set_keepalive(s, k.on, delay);
    socket_apply_options(s);
  }
  lua_settop(L, 1);
  return 1;
}

/* setTypeOfService(tos) -> self: 0 to 255. https://nodejs.org/api/net.html#socketsettypeofservicetos */
static int socket_set_tos(lua_State *L) {
  Stream *s = self(L);
  int value = option_int(L, 2, "tos", 0, 255), fd = socket_descriptor(s);
  socket_set_type_of_service(L, s, value);
  int err = fd >= 0 && s->transport == TRANSPORT_TCP ? apply_type_of_service(fd, value) : 0;
  if (err != 0) {
    error_push_system(L, err, "setTypeOfService");
    return lua_error(L);
  }
  lua_settop(L, 1);
  return 1;
}

/* getTypeOfService() -> integer: the descriptor's, or what it will be */
static int socket_get_tos(lua_State *L) {
  Stream *s = self(L);
  int fd = socket_descriptor(s), value = s->more != NULL && s->more->tos_set ? s->more->tos : 0;
  if (fd >= 0 && s->transport == TRANSPORT_TCP) {
    bool v6 = is_v6(fd);
    socklen_t size = sizeof value;
    if (getsockopt(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_TCLASS : IP_TOS, &value, &size) != 0) {
      error_push_system(L, -errno, "getTypeOfService");
      return lua_error(L);
    }
  }
  lua_pushinteger(L, value);
  return 1;
}

const luaL_Reg socket_option_methods[] = {
  { "setNoDelay", socket_set_nodelay },
  { "setKeepAlive", socket_set_keepalive },
  { "setTypeOfService", socket_set_tos },
  { "getTypeOfService", socket_get_tos },
  { NULL, NULL },
};
