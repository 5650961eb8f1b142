/* udp_bind.c - how a UDPSocket gets a port, and a peer. When, and with which address, is lua/dgram.lua's affair; closing
 * is udp.c's. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "udp_state.h"

static Udp *check(lua_State *L) { return (Udp *)class_check(L, 1, &udp_class); }

static int set_on(int fd, int level, int name) {
  int on = 1;
  return setsockopt(fd, level, name, &on, sizeof on) == 0 ? 0 : -errno;
}

static int prepare(const Udp *u, int fd) {
  int err = u->reuse_addr ? set_on(fd, SOL_SOCKET, SO_REUSEADDR) : 0;
  if (err == 0 && u->reuse_port) err = set_on(fd, SOL_SOCKET, SO_REUSEPORT);
  if (err == 0 && u->v6 && u->ipv6_only) err = set_on(fd, IPPROTO_IPV6, IPV6_V6ONLY);
  return err;
}

static void set_bound(lua_State *L, Udp *u) {
  u->bound = UDP_BOUND;
  udp_poll(u);
  udp_flush_later(L, u);
}

/* core.udp_check(socket): raises when it is closed */
static int check_running(lua_State *L) {
  udp_check_running(L, check(L));
  return 0;
}

/* core.udp_begin_bind(socket): raises when it is bound, or closed */
static int begin_bind(lua_State *L) {
  Udp *u = check(L);
  udp_check_running(L, u);
  context_check(L, u->h.cx);
  if (u->bound != UDP_UNBOUND) error_raise_code(L, "ERR_SOCKET_ALREADY_BOUND");
  u->bound = UDP_BINDING;
  handle_set_where(L, &u->h);
  return 0;
}

/* core.udp_bind(socket, ip, port) -> errno | nil: receives from now on. 'listening' is the caller's affair. */
static int udp_bind(lua_State *L) {
  Udp *u = check(L);
  const char *ip = luaL_checkstring(L, 2);
  int port = (int)luaL_checkinteger(L, 3);
  lua_settop(L, 1);
  UdpAddress to;
  socklen_t size;
  int err = udp_parse(u, ip, port, &to, &size) ? udp_open(L, u, &to, size, prepare) : UV_EINVAL;
  if (err == 0) {
    set_bound(L, u);
    return 0;
  }
  lua_pushinteger(L, err);
  return 1;
}

static const char *kind_of(int fd) {
  static const char *const names[] = {
    [UV_UNKNOWN_HANDLE] = "UNKNOWN", [UV_FILE] = "FILE", [UV_TCP] = "TCP", [UV_NAMED_PIPE] = "PIPE", [UV_TTY] = "TTY", [UV_UDP] = "UDP"
  };
  uv_handle_type type = fcntl(fd, F_GETFD) < 0 ? UV_UNKNOWN_HANDLE : uv_guess_handle(fd);
  return type < sizeof names / sizeof names[0] && names[type] != NULL ? names[type] : "UNKNOWN";
}

/* core.udp_adopt(socket, fd) -> errno | nil, kind: takes a bound descriptor over; kind says what else it is, if not
 * a UDP socket. */
static int udp_adopt(lua_State *L) {
  Udp *u = check(L);
  int fd = (int)luaL_checkinteger(L, 2);
  lua_settop(L, 1);
  const char *kind = kind_of(fd);
  if (strcmp(kind, "UDP") != 0) {
    lua_pushinteger(L, UV_EINVAL);
    lua_pushstring(L, kind);
    return 2;
  }
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  int err = u->fd >= 0 ? UV_EBUSY : udp_watch(L, u, fd);
  if (err == 0) {
    UdpAddress sa;
    socklen_t size = sizeof sa;
    if (getsockname(fd, &sa.any, &size) == 0) u->v6 = sa.any.sa_family == AF_INET6;
    u->parsed_text[0] = '\0'; /* was one of the other family, perhaps */
    set_bound(L, u);
    return 0;
  }
  lua_pushinteger(L, err);
  return 1;
}

/* core.udp_bind_failed(socket): it may be bound again; who waited to be sent has failed */
static int bind_failed(lua_State *L) {
  Udp *u = check(L);
  lua_settop(L, 1);
  u->bound = UDP_UNBOUND;
  u->connected = UDP_DISCONNECTED;
  udp_fail_queue(u, UV_ECANCELED);
  udp_tell_done(L, u);
  udp_close_if_sent(L, u);
  return 0;
}

/* core.udp_waits_for_bind(socket) -> boolean */
static int waits_for_bind(lua_State *L) {
  Udp *u = check(L);
  lua_pushboolean(L, u->bound == UDP_BINDING && !u->closed);
  return 1;
}

/* -- a peer of its own -------------------------------------------------------------------------------------------- */

/* core.udp_begin_connect(socket) -> "unbound" | "binding" | "bound": raises when it has a peer, or will have one */
static int begin_connect(lua_State *L) {
  Udp *u = check(L);
  if (u->connected != UDP_DISCONNECTED) error_raise_code(L, "ERR_SOCKET_DGRAM_IS_CONNECTED");
  udp_check_running(L, u);
  u->connected = UDP_CONNECTING;
  static const char *const states[] = { "unbound", "binding", "bound" };
  lua_pushstring(L, states[u->bound]);
  return 1;
}

/* core.udp_connect(socket, ip | nil, port) -> errno | false, it is in the block list | nil; nil: the name could not be
 * looked up */
static int udp_connect(lua_State *L) {
  Udp *u = check(L);
  UdpAddress to;
  socklen_t size;
  int err = UV_EINVAL;
  if (lua_isstring(L, 2) && udp_parse(u, lua_tostring(L, 2), (int)luaL_checkinteger(L, 3), &to, &size))
    err = u->to != NULL && blocklist_check(u->to, &to.any) ? UDP_BLOCKED
          : u->fd < 0                                      ? UV_EBADF
          : connect(u->fd, &to.any, size) == 0             ? 0
                                                           : -errno;
  u->connected = err == 0 ? UDP_CONNECTED : UDP_DISCONNECTED;
  if (err == 0) return 0;
  if (err == UDP_BLOCKED) {
    lua_pushboolean(L, false);
    return 1;
  }
  lua_pushinteger(L, err);
  return 1;
}

/* Linux takes a port away that it chose itself: it is bound again. */
static int leave_peer(const Udp *u) {
  UdpAddress before = { .any.sa_family = AF_UNSPEC }, after;
  socklen_t size = sizeof before;
  getsockname(u->fd, &before.any, &size);
  UdpAddress nobody = { .any.sa_family = AF_UNSPEC };
  if (connect(u->fd, &nobody.any, sizeof nobody.any) != 0) return -errno;
  size = sizeof after;
  if (getsockname(u->fd, &after.any, &size) != 0) return -errno;
  in_port_t *port = u->v6 ? &after.v6.sin6_port : &after.v4.sin_port;
  if (*port != 0) return 0;
  *port = u->v6 ? before.v6.sin6_port : before.v4.sin_port;
  return bind(u->fd, &after.any, size) == 0 ? 0 : -errno;
}

/* disconnect() */
static int udp_disconnect(lua_State *L) {
  Udp *u = (Udp *)class_self(L);
  if (u->connected != UDP_CONNECTED) error_raise_code(L, "ERR_SOCKET_DGRAM_NOT_CONNECTED");
  udp_check_running(L, u);
  udp_flush_now(L, u); /* what was sent before goes where it was sent to */
  int err = leave_peer(u);
  if (err != 0) {
    error_push_system(L, err, "connect");
    return lua_error(L);
  }
  u->connected = UDP_DISCONNECTED;
  return 0;
}

const luaL_Reg udp_bind_methods[] = { { "disconnect", udp_disconnect }, { NULL, NULL } };

const luaL_Reg udp_bind_functions[] = {
  { "udp_check", check_running },
  { "udp_begin_bind", begin_bind },
  { "udp_bind", udp_bind },
  { "udp_adopt", udp_adopt },
  { "udp_bind_failed", bind_failed },
  { "udp_waits_for_bind", waits_for_bind },
  { "udp_begin_connect", begin_connect },
  { "udp_connect", udp_connect },
  { NULL, NULL },
};
