/* udp.c - class UDPSocket: its descriptor, from bind to close (https://nodejs.org/api/dgram.html). The shapes of
 * arguments, and what waits for the address of a name, are lua/dgram.lua's. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "emitter.h"
#include "error.h"
#include "options.h"
#include "udp_state.h"

static Udp *self(lua_State *L) { return (Udp *)class_self(L); }

static Udp *check(lua_State *L) { return (Udp *)class_check(L, 1, &udp_class); }

void udp_check_running(lua_State *L, const Udp *u) {
  if (u->closing) error_raise_code(L, "ERR_SOCKET_DGRAM_NOT_RUNNING");
}

Udp *udp_running(lua_State *L) {
  Udp *u = self(L);
  udp_check_running(L, u);
  return u;
}

bool udp_parse(Udp *u, const char *ip, int port, UdpAddress *out, socklen_t *size) {
  if (u->parsed_text[0] == '\0' || strcmp(ip, u->parsed_text) != 0) {
    struct sockaddr_storage sa;
    if (!address_parse(ip, 0, &sa) || (sa.ss_family == AF_INET6) != u->v6) return false;
    u->parsed_text[0] = '\0';
    if (strlen(ip) < sizeof u->parsed_text && strchr(ip, '%') == NULL) strcpy(u->parsed_text, ip); /* zones change */
    memcpy(&u->parsed, &sa, address_size(&sa));
  }
  *out = u->parsed;
  *(u->v6 ? &out->v6.sin6_port : &out->v4.sin_port) = htons((uint16_t)port);
  *size = u->v6 ? sizeof out->v6 : sizeof out->v4;
  return true;
}

/* -- libuv says --------------------------------------------------------------------------------------------------- */

static void on_poll(uv_poll_t *poll, int status, int events) {
  Udp *u = (Udp *)poll->data;
  handle_ref(&u->h);              /* a listener that closes it may run the loop until it is gone */
  if (status < 0) u->polling = 0; /* an error is pending, which recvmmsg(2) will tell; libuv waits for nothing now */
  if (events & UV_WRITABLE) udp_flush(u);
  if ((events & UV_READABLE) || status < 0) udp_receive(u);
  udp_poll(u);
  handle_unref(&u->h);
}

void udp_poll(Udp *u) {
  int events = u->blocked ? UV_WRITABLE : 0;
  if (u->bound == UDP_BOUND && !u->closing)
    events |= u->paused ? UV_PRIORITIZED : UV_READABLE; /* keeps the loop alive */
  if (u->closed || events == u->polling) return;
  u->polling = events;
  if (events != 0) uv_poll_start(&u->poll, events, on_poll);
  else uv_poll_stop(&u->poll);
}

static void on_closed(uv_handle_t *uv) { handle_closed(&((Udp *)uv->data)->h); }

/* Gives the descriptor back; safe without Lua. */
static void close_descriptor(Udp *u) {
  u->closing = u->closed = true;
  if (u->polled) uv_close((uv_handle_t *)&u->poll, on_closed);
  if (u->fd >= 0) close(u->fd);
  u->fd = -1;
  u->polled = false;
}

/* -- opening ------------------------------------------------------------------------------------------------------ */

static void apply_ref(Udp *u) {
  if (!u->polled) return;
  if (u->unreferenced) uv_unref((uv_handle_t *)&u->poll);
  else uv_ref((uv_handle_t *)&u->poll);
}

int udp_watch(lua_State *L, Udp *u, int fd) {
  int err = uv_poll_init(u->h.cx->loop, &u->poll, fd);
  if (err != 0) return err;
  u->poll.data = u;
  u->fd = fd;
  u->polled = true;
  handle_opened(L, &u->h);
  apply_ref(u);
  return 0;
}

int udp_open(lua_State *L, Udp *u, const UdpAddress *to, socklen_t size, int (*prepare)(const Udp *u, int fd)) {
  context_check(L, u->h.cx);
  int fd = u->fd >= 0 ? u->fd : socket(u->v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int err = prepare(u, fd);
  if (err == 0 && bind(fd, &to->any, size) != 0) err = -errno;
  if (u->fd >= 0) return err; /* had one: it is a member of a group */
  if (err == 0) err = udp_watch(L, u, fd);
  if (err != 0) close(fd);
  return err;
}

/* -- closing ------------------------------------------------------------------------------------------------------ */

static void tick_close(lua_State *L, Handle *h) {
  ((Udp *)h)->close_told = true;
  emit(L, h, EVENT_CLOSE, NULL, NULL);
}

void udp_close_if_sent(lua_State *L, Udp *u) {
  if (!u->closing || u->closed || u->first != NULL || u->lookups > 0) return;
  if (u->bound == UDP_BINDING && u->connected == UDP_CONNECTING) return; /* as Node: it is bound first */
  tick(L, &u->h, tick_close);
  close_descriptor(u);
}

/* close([callback]) -> self: what was sent before still leaves; then 'close'.
 * https://nodejs.org/api/dgram.html#socketclosecallback */
static int udp_close(lua_State *L) {
  Udp *u = self(L);
  if (error_callable(L, 2)) {
    lua_getfield(L, 1, "on");
    lua_pushvalue(L, 1);
    lua_pushliteral(L, "close");
    lua_pushvalue(L, 2);
    lua_call(L, 3, 0);
  }
  udp_check_running(L, u);
  lua_settop(L, 1);
  u->closing = true;
  if (u->bound == UDP_BOUND) udp_flush_now(L, u);
  if (!u->closed) udp_poll(u);
  udp_close_if_sent(L, u);
  return 1;
}

/* core.udp_pause(socket, paused): what is sent to it waits in the kernel, as much as there is room for */
static int set_paused(lua_State *L) {
  Udp *u = check(L);
  u->paused = lua_toboolean(L, 2);
  if (u->polled) udp_poll(u);
  return 0;
}

/* core.udp_started(socket): 'listening' was told; a close() that waited for it goes on */
static int started(lua_State *L) {
  Udp *u = check(L);
  lua_settop(L, 1);
  udp_close_if_sent(L, u);
  return 0;
}

/* core.udp_is_closed(socket) -> whether close() was called, and whether 'close' was told */
static int is_closed(lua_State *L) {
  const Udp *u = check(L);
  lua_pushboolean(L, u->closing);
  lua_pushboolean(L, u->close_told);
  return 2;
}

/* core.udp_lookup(socket, begins): close() waits for the names of what was sent */
static int count_lookup(lua_State *L) {
  Udp *u = check(L);
  bool begins = lua_toboolean(L, 2);
  lua_settop(L, 1);
  if (begins) {
    handle_hold(L, &u->h);
    ++u->lookups;
    return 0;
  }
  --u->lookups;
  if (u->closing && u->bound == UDP_BOUND) udp_flush_now(L, u);
  udp_close_if_sent(L, u);
  handle_release(L, &u->h);
  return 0;
}

/* -- names, references -------------------------------------------------------------------------------------------- */

typedef int (*Name)(int fd, struct sockaddr *out, socklen_t *size);

static int push_name(lua_State *L, const Udp *u, const char *syscall, Name name) {
  UdpAddress sa;
  socklen_t size = sizeof sa;
  int err = u->fd < 0 ? UV_EBADF : name(u->fd, &sa.any, &size) == 0 ? 0 : -errno;
  if (err != 0) {
    error_push_system(L, err, syscall);
    return lua_error(L);
  }
  Address a;
  address_pack(&a, &sa.any);
  address_push(L, &a);
  return 1;
}

/* address() -> { address =, family =, port = } */
static int udp_address(lua_State *L) { return push_name(L, udp_running(L), "getsockname", getsockname); }

/* remoteAddress() -> { address =, family =, port = } */
static int udp_remote_address(lua_State *L) {
  Udp *u = udp_running(L);
  if (u->connected != UDP_CONNECTED) error_raise_code(L, "ERR_SOCKET_DGRAM_NOT_CONNECTED");
  return push_name(L, u, "getpeername", getpeername);
}

static int set_ref(lua_State *L, bool referenced) {
  Udp *u = self(L);
  u->unreferenced = !referenced;
  apply_ref(u);
  lua_settop(L, 1);
  return 1;
}

static int udp_ref(lua_State *L) { return set_ref(L, true); }
static int udp_unref(lua_State *L) { return set_ref(L, false); }

/* getSendQueueSize() -> bytes, getSendQueueCount() -> datagrams: those that the kernel has not taken yet */
static int udp_queue_size(lua_State *L) {
  Udp *u = udp_running(L);
  lua_pushinteger(L, u->blocked ? (lua_Integer)u->queued_bytes : 0);
  return 1;
}

static int udp_queue_count(lua_State *L) {
  Udp *u = udp_running(L);
  lua_pushinteger(L, u->blocked ? (lua_Integer)u->queued : 0);
  return 1;
}

/* -- the class ---------------------------------------------------------------------------------------------------- */

typedef struct UdpOptions {
  const char *type;
  bool reuse_addr, reuse_port, ipv6_only;
} UdpOptions;

static const Option udp_options[] = {
  { "type", "options.type", OPTION_STRING, offsetof(UdpOptions, type), 0, 0 },
  { "reuseAddr", "options.reuseAddr", OPTION_BOOL, offsetof(UdpOptions, reuse_addr), 0, 0 },
  { "reusePort", "options.reusePort", OPTION_BOOL, offsetof(UdpOptions, reuse_port), 0, 0 },
  { "ipv6Only", "options.ipv6Only", OPTION_BOOL, offsetof(UdpOptions, ipv6_only), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

/* core.udp_new(options) -> UDPSocket: the options of createSocket that C needs */
static int udp_new(lua_State *L) {
  UdpOptions o = { .type = "udp4" };
  options_read(L, 1, udp_options, &o);
  lua_settop(L, 1);
  lua_getfield(L, 1, "receiveBlockList");
  lua_getfield(L, 1, "sendBlockList");
  BlockList *from = blocklist_option(L, 2, "options.receiveBlockList");
  BlockList *to = blocklist_option(L, 3, "options.sendBlockList");
  Udp *u = (Udp *)handle_new(L, CONTEXT(L), &udp_class, sizeof *u);
  u->from = from;
  u->to = to;
  blocklist_ref(from);
  blocklist_ref(to);
  u->fd = -1;
  u->v6 = strcmp(o.type, "udp6") == 0;
  u->reuse_addr = o.reuse_addr;
  u->reuse_port = o.reuse_port;
  u->ipv6_only = o.ipv6_only;
  handle_set_where(L, &u->h);
  return 1;
}

static int get_type(lua_State *L, Handle *h) {
  lua_pushstring(L, ((Udp *)h)->v6 ? "udp6" : "udp4");
  return 1;
}

static int get_fd(lua_State *L, Handle *h) {
  Udp *u = (Udp *)h;
  if (u->fd >= 0) lua_pushinteger(L, u->fd);
  else lua_pushnil(L);
  return 1;
}

static int get_send_errors(lua_State *L, Handle *h) {
  lua_pushinteger(L, ((Udp *)h)->send_errors);
  return 1;
}

static void push_address(lua_State *L, Handle *h) {
  Udp *u = (Udp *)h;
  UdpAddress sa;
  socklen_t size = sizeof sa;
  Address a = { .family = 0 };
  if (u->fd >= 0 && getsockname(u->fd, &sa.any, &size) == 0) address_pack(&a, &sa.any);
  address_push_endpoint(L, &a);
}

static bool closed(const Handle *h) { return ((const Udp *)h)->closing; }

static void collect(Handle *h) {
  if (!((Udp *)h)->closed) close_descriptor((Udp *)h);
}

static void free_udp(Handle *h) {
  udp_drop_queue((Udp *)h);
  blocklist_unref(((Udp *)h)->from);
  blocklist_unref(((Udp *)h)->to);
}

static const luaL_Reg methods[] = {
  { "address", udp_address },
  { "remoteAddress", udp_remote_address },
  { "close", udp_close },
  { "ref", udp_ref },
  { "unref", udp_unref },
  { "getSendQueueSize", udp_queue_size },
  { "getSendQueueCount", udp_queue_count },
  { NULL, NULL },
};

static const Property properties[] = {
  { "type", get_type, NULL },
  { "fd", get_fd, NULL },
  { "sendErrors", get_send_errors, NULL },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "type", NULL };

const Class udp_class = {
  .name = "UDPSocket",
  .module = "dgram",
  .parts = { methods, udp_bind_methods, udp_send_methods, udp_option_methods },
  .properties = properties,
  .summary = summary,
  .push_address = push_address,
  .closed = closed,
  .collect = collect,
  .free = free_udp,
};

void udp_define(lua_State *L, Context *cx) { class_define(L, cx, &udp_class); }

const luaL_Reg udp_functions[] = {
  { "udp_new", udp_new },
  { "udp_pause", set_paused },
  { "udp_started", started },
  { "udp_is_closed", is_closed },
  { "udp_lookup", count_lookup },
  { NULL, NULL },
};
