/* bound_socket.c - class BoundSocket: a descriptor that is bound, and neither listens nor connects yet
 * (https://nodejs.org/api/net.html#class-netboundsocket). Its options are checked in lua/bound_socket.lua; a server or a
 * socket adopts it. */
#include "bound_socket.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "options.h"

static BoundSocket *self(lua_State *L) { return (BoundSocket *)class_self(L); }

static BoundSocket *check(lua_State *L) { return (BoundSocket *)class_check(L, 1, &bound_socket_class); }

int bound_socket_take(BoundSocket *b) {
  int fd = b->fd, on = 1;
  b->fd = -1;
  /* From now on as any other: what it leaves behind must not keep the next one from the port. */
  if (b->kind == TRANSPORT_TCP) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return fd;
}

static void release(BoundSocket *b) {
  if (b->fd >= 0) close(b->fd);
  b->fd = -1;
  listen_unlink(&b->file);
}

/* -- the script says ---------------------------------------------------------------------------------------------- */

/* [-0, +0, e] */
static void check_open(lua_State *L, const BoundSocket *b) {
  if (b->adopted) error_raise_code(L, "ERR_SOCKET_HANDLE_ADOPTED");
  if (b->fd < 0) error_raise_code(L, "ERR_SOCKET_CLOSED");
}

void bound_socket_adopt(lua_State *L, BoundSocket *b) {
  check_open(L, b);
  b->adopted = true;
}

static void push_name(lua_State *L, const BoundSocket *b, void (*push)(lua_State *L, const Address *a)) {
  struct sockaddr_storage sa;
  socklen_t size = sizeof sa;
  Address a = { .family = 0 };
  if (b->fd >= 0 && getsockname(b->fd, (struct sockaddr *)&sa, &size) == 0) address_pack(&a, (struct sockaddr *)&sa);
  push(L, &a);
}

/* address() -> { address =, family =, port = } | path */
static int bound_address(lua_State *L) {
  BoundSocket *b = self(L);
  check_open(L, b);
  if (b->path != NULL) lua_pushlstring(L, b->path, b->path_len);
  else push_name(L, b, address_push);
  return 1;
}

/* fd() -> integer: stays the object's */
static int bound_fd(lua_State *L) {
  BoundSocket *b = self(L);
  check_open(L, b);
  lua_pushinteger(L, b->fd);
  return 1;
}

/* close(): gives the port or the path back; again: nothing */
static int bound_close(lua_State *L) {
  BoundSocket *b = self(L);
  if (b->adopted) error_raise_code(L, "ERR_SOCKET_HANDLE_ADOPTED");
  release(b);
  return 0;
}

/* adopt(bound): it is somebody's from now on */
static int adopt(lua_State *L) {
  bound_socket_adopt(L, check(L));
  return 0;
}

/* release(bound): whoever adopted it is through */
static int release_adopted(lua_State *L) {
  release(check(L));
  return 0;
}

/* name(bound) -> family, address, port | 0, path: of one that is adopted as well */
static int bound_name(lua_State *L) {
  BoundSocket *b = check(L);
  if (b->path != NULL) {
    lua_pushinteger(L, 0);
    lua_pushlstring(L, b->path, b->path_len);
    return 2;
  }
  push_name(L, b, address_push);
  lua_getfield(L, -1, "family");
  bool v6 = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "IPv6") == 0;
  lua_pushinteger(L, v6 ? 6 : 4);
  lua_getfield(L, -3, "address");
  lua_getfield(L, -4, "port");
  return 3;
}

/* is(value) -> boolean */
static int is_bound(lua_State *L) {
  lua_pushboolean(L, class_test(L, 1, &bound_socket_class) != NULL);
  return 1;
}

static const Option options[] = {
  { "host", "options.host", OPTION_STRING, offsetof(ListenOptions, host), 0, 0 },
  { "port", "options.port", OPTION_INT, offsetof(ListenOptions, port), 0, 65535 },
  { "ipv6Only", "options.ipv6Only", OPTION_BOOL, offsetof(ListenOptions, ipv6_only), 0, 0 },
  { "reusePort", "options.reusePort", OPTION_BOOL, offsetof(ListenOptions, reuse_port), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

/* new({ host =, port =, ipv6Only =, reusePort = } | { path = }) -> BoundSocket | nil, errno */
static int bound_new(lua_State *L) {
  lua_settop(L, 1);
  ListenOptions o = { .reserve = true, .files = &CONTEXT(L)->files };
  options_read(L, 1, options, &o);
  if (lua_getfield(L, 1, "path") == LUA_TSTRING) o.path = lua_tolstring(L, 2, &o.path_len);
  BoundSocket *b = (BoundSocket *)handle_new(L, CONTEXT(L), &bound_socket_class, sizeof *b);
  handle_set_where(L, &b->h);
  b->fd = -1;
  b->kind = o.path != NULL ? TRANSPORT_UNIX : TRANSPORT_TCP;
  if (o.path != NULL) {
    b->path = (char *)malloc(o.path_len + 1);
    if (b->path == NULL) return luaL_error(L, "not enough memory");
    memcpy(b->path, o.path, o.path_len + 1);
    b->path_len = o.path_len;
  }
  int fd = listen_bind(&o, &b->file);
  if (fd >= 0) {
    b->fd = fd;
    return 1;
  }
  lua_pushnil(L);
  lua_pushinteger(L, fd == UV_ENAMETOOLONG ? UV_EINVAL : fd); /* libuv's word for it */
  return 2;
}

/* -- the class ---------------------------------------------------------------------------------------------------- */

static int get_is_pipe(lua_State *L, Handle *h) {
  lua_pushboolean(L, ((BoundSocket *)h)->kind == TRANSPORT_UNIX);
  return 1;
}

static void push_address(lua_State *L, Handle *h) {
  const BoundSocket *b = (const BoundSocket *)h;
  if (b->path != NULL) lua_pushstring(L, b->path[0] != '\0' ? b->path : b->path + 1);
  else push_name(L, b, address_push_endpoint);
}

static bool closed(const Handle *h) {
  const BoundSocket *b = (const BoundSocket *)h;
  return b->adopted || b->fd < 0;
}

static void collect(Handle *h) { release((BoundSocket *)h); }

static void free_bound(Handle *h) { free(((BoundSocket *)h)->path); }

static const luaL_Reg methods[] = {
  { "address", bound_address },
  { "fd", bound_fd },
  { "close", bound_close },
  { NULL, NULL },
};

static const Property properties[] = {
  { "isPipe", get_is_pipe, NULL },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "isPipe", NULL };

const Class bound_socket_class = {
  .name = "BoundSocket",
  .module = "net",
  .no_events = true,
  .parts = { methods },
  .properties = properties,
  .summary = summary,
  .push_address = push_address,
  .closed = closed,
  .collect = collect,
  .free = free_bound,
};

void bound_socket_define(lua_State *L, Context *cx) { class_define(L, cx, &bound_socket_class); }

const luaL_Reg bound_socket_functions[] = {
  { "bound_socket_new", bound_new },
  { "bound_socket_adopt", adopt },
  { "bound_socket_release", release_adopted },
  { "bound_socket_name", bound_name },
  { "is_bound_socket", is_bound },
  { NULL, NULL },
};
