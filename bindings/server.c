/* server.c - class Server: accepts connections (https://nodejs.org/api/net.html#class-netserver). The shapes of
 * listen()'s arguments, names and waiting for a host name are lua/net.lua's. */
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bound_socket.h"
#include "emitter.h"
#include "error.h"
#include "options.h"
#include "server_state.h"
#include "socket.h"

static Server *self(lua_State *L) { return (Server *)class_self(L); }

/* -- closing --------------------------------------------------------------------------------------------------- */

static void tick_close(lua_State *L, Handle *h) {
  Server *server = (Server *)h;
  server->tick_due = false;
  server->close_due = false;
  emit(L, h, EVENT_CLOSE, NULL, NULL);
}

static void close_if_drained(lua_State *L, Server *server) {
  if (server->fd >= 0 || server->connections > 0 || !server->close_due || server->tick_due) return;
  server->tick_due = true;
  tick(L, &server->h, tick_close);
}

static void socket_ended(lua_State *L, StreamOwner *owner) {
  Server *server = (Server *)owner->h;
  --server->connections;
  close_if_drained(L, server);
  handle_release(L, owner->h);
}

static void stop_listening(Server *server) {
  if (server->fd < 0) return;
  accept_stop(server->acceptor);
  server->acceptor = NULL;
  listen_unlink(&server->file);
  close(server->fd);
  server->fd = -1;
}

/* -- listening ------------------------------------------------------------------------------------------------- */

static void tick_listening(lua_State *L, Handle *h) {
  if (((Server *)h)->fd >= 0) emit(L, h, EVENT_LISTENING, NULL, NULL);
}

static void apply_ref(Server *server) {
  if (server->acceptor != NULL) accept_set_ref(server->acceptor, !server->unreferenced);
}

/* [-0, +0, m] A descriptor that listens: accept from it. */
static int begin(lua_State *L, Server *server, int fd, TransportKind kind) {
  int err = accept_start(server->h.cx->loop, fd, &server_acceptor_events, server, &server->acceptor);
  if (err != 0) return err;
  server->fd = fd;
  server->kind = kind;
  handle_opened(L, &server->h); /* until the acceptor is closed */
  apply_ref(server);
  tick(L, &server->h, tick_listening);
  return 0;
}

static const Option listen_options[] = {
  { "port", "options.port", OPTION_INT, offsetof(ListenOptions, port), 0, 65535 },
  { "host", "options.host", OPTION_STRING, offsetof(ListenOptions, host), 0, 0 },
  { "backlog", "options.backlog", OPTION_INT, offsetof(ListenOptions, backlog), INT_MIN, INT_MAX },
  { "ipv6Only", "options.ipv6Only", OPTION_BOOL, offsetof(ListenOptions, ipv6_only), 0, 0 },
  { "reusePort", "options.reusePort", OPTION_BOOL, offsetof(ListenOptions, reuse_port), 0, 0 },
  { "readableAll", "options.readableAll", OPTION_BOOL, offsetof(ListenOptions, readable_all), 0, 0 },
  { "writableAll", "options.writableAll", OPTION_BOOL, offsetof(ListenOptions, writable_all), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static void keep_path(lua_State *L, Server *server, const char *path, size_t len) {
  char *copy = (char *)malloc(len + 1);
  if (copy == NULL) luaL_error(L, "not enough memory");
  memcpy(copy, path, len + 1);
  free(server->path);
  server->path = copy;
  server->path_len = len;
}

/* core.server_called(server) -> "file:line" | nil: listen() is called, of which its sockets and its error know the line. */
static int server_called(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  uint32_t line = handle_line(L);
  if (line != 0) server->listened = line;
  handle_push_line(L, line);
  return 1;
}

/* core.server_listen(server, options) -> errno | nil: options as listen() has them, host an IP or absent. 'listening'
 * follows by tick. */
static int server_listen(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  lua_settop(L, 2);
  context_check(L, server->h.cx);
  if (server->fd >= 0) return error_raise_code(L, "ERR_SERVER_ALREADY_LISTEN");
  ListenOptions o = { .backlog = 511, .nodelay = server->nodelay, .files = &server->h.cx->files };
  options_read(L, 2, listen_options, &o);
  if (lua_getfield(L, 2, "path") == LUA_TSTRING) o.path = lua_tolstring(L, -1, &o.path_len);
  free(server->path);
  server->path = NULL;
  if (o.path != NULL) keep_path(L, server, o.path, o.path_len);
  int fd = listen_open(&o, &server->file);
  int err = fd < 0 ? fd : begin(L, server, fd, o.path != NULL ? TRANSPORT_UNIX : TRANSPORT_TCP);
  if (err == 0) return 0;
  if (fd >= 0) close(fd);
  lua_pushinteger(L, err);
  return 1;
}

/* core.server_adopt(server, fd, backlog) -> errno | nil: listens on a descriptor, which it takes over. */
static int server_adopt(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  context_check(L, server->h.cx);
  int fd = option_int(L, 2, "options.fd", 0, INT_MAX);
  int backlog = (int)luaL_optinteger(L, 3, 511);
  lua_settop(L, 1);
  TransportKind kind;
  int err = listen_adopt(fd, backlog, &kind);
  if (err == 0) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    err = begin(L, server, fd, kind);
  }
  if (err == 0) return 0;
  lua_pushinteger(L, err);
  return 1;
}

/* core.server_adopt_bound(server, bound, backlog) -> errno | nil: listens on what a BoundSocket has bound, path and all.
 * Raises when that was adopted or closed. */
static int server_adopt_bound(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  BoundSocket *b = (BoundSocket *)class_check(L, 2, &bound_socket_class);
  context_check(L, server->h.cx);
  int backlog = (int)luaL_optinteger(L, 3, 511);
  free(server->path);
  server->path = NULL;
  if (b->path != NULL) keep_path(L, server, b->path, b->path_len);
  bound_socket_adopt(L, b);
  lua_settop(L, 1);
  int fd = bound_socket_take(b);
  listen_move(&server->file, &b->file);
  int err = listen(fd, backlog) == 0 ? begin(L, server, fd, b->kind) : -errno;
  if (err == 0) return 0;
  close(fd);
  listen_unlink(&server->file);
  lua_pushinteger(L, err);
  return 1;
}

int server_release(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  int fd = fcntl(server->fd, F_DUPFD_CLOEXEC, 0);
  stop_listening(server);
  lua_pushinteger(L, fd);
  return 1;
}

/* core.server_close(server): stops accepting; 'close' follows when the last connection is gone. */
static int server_close(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  lua_settop(L, 1);
  stop_listening(server);
  server->close_due = true;
  close_if_drained(L, server);
  return 0;
}

/* core.server_pause(server, paused): a server that does not accept keeps the loop alive all the same */
static int server_pause(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  if (server->acceptor != NULL) accept_pause(server->acceptor, lua_toboolean(L, 2));
  return 0;
}

/* core.server_sockets(server) -> list of the connections that it counts */
static int server_sockets(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  lua_newtable(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, server->h.cx->anchors);
  lua_Integer count = 0;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 3); i <= n; ++i) {
    lua_rawgeti(L, 3, i);
    Stream *s = (Stream *)class_test(L, 4, &socket_class);
    if (s != NULL && s->owner == &server->owner) lua_rawseti(L, 2, ++count);
    lua_settop(L, 3);
  }
  lua_settop(L, 2);
  return 1;
}

typedef struct ServerOptions {
  bool half_open, pause_on_connect, nodelay, keepalive;
  double keepalive_delay, high_water_mark;
} ServerOptions;

static const Option server_options[] = {
  { "allowHalfOpen", "options.allowHalfOpen", OPTION_BOOL, offsetof(ServerOptions, half_open), 0, 0 },
  { "pauseOnConnect", "options.pauseOnConnect", OPTION_BOOL, offsetof(ServerOptions, pause_on_connect), 0, 0 },
  { "noDelay", "options.noDelay", OPTION_BOOL, offsetof(ServerOptions, nodelay), 0, 0 },
  { "keepAlive", "options.keepAlive", OPTION_BOOL, offsetof(ServerOptions, keepalive), 0, 0 },
  { "keepAliveInitialDelay", "options.keepAliveInitialDelay", OPTION_NUMBER, offsetof(ServerOptions, keepalive_delay),
      0, 0 },
  { "highWaterMark", "options.highWaterMark", OPTION_NUMBER, offsetof(ServerOptions, high_water_mark), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

/* core.server_new([options]) -> Server */
static int server_new(lua_State *L) {
  lua_settop(L, 1);
  ServerOptions o = { .high_water_mark = DEFAULT_HIGH_WATER_MARK };
  options_read(L, 1, server_options, &o);
  if (lua_istable(L, 1)) lua_getfield(L, 1, "blockList");
  lua_settop(L, 2);
  BlockList *block_list = blocklist_option(L, 2, "options.blockList");
  Server *server = (Server *)handle_new(L, CONTEXT(L), &server_class, sizeof *server);
  handle_set_where(L, &server->h);
  server->owner = (StreamOwner){ &server->h, socket_ended };
  server->fd = -1;
  server->max_connections = -1;
  server->half_open = o.half_open;
  server->pause_on_connect = o.pause_on_connect;
  server->nodelay = o.nodelay;
  server->keepalive = o.keepalive;
  server->keepalive_delay = o.keepalive_delay > 0 ? o.keepalive_delay : 0;
  server->high_water_mark = o.high_water_mark >= 0 ? o.high_water_mark : DEFAULT_HIGH_WATER_MARK;
  if (block_list == NULL) return 1;
  lua_replace(L, 1); /* argument 1 can be given values */
  lua_pushvalue(L, 2);
  handle_set_value(L, &server->h, &SERVER_BLOCK_LIST);
  server->block_list = block_list;
  blocklist_ref(block_list);
  lua_settop(L, 1);
  return 1;
}

/* -- the script says ------------------------------------------------------------------------------------------- */

/* address() -> { address =, family =, port = } | path | nil */
static int server_address(lua_State *L) {
  Server *server = self(L);
  if (server->fd < 0) {
    lua_pushnil(L);
  } else if (server->kind == TRANSPORT_UNIX) {
    if (server->path != NULL) lua_pushlstring(L, server->path, server->path_len);
    else lua_pushnil(L);
  } else {
    Address local = { .family = 0 }, peer;
    server_end_points(server->fd, &local, &peer);
    address_push(L, &local);
  }
  return 1;
}

/* getConnections(callback(err, count)) -> self */
static int server_get_connections(lua_State *L) {
  Server *server = self(L);
  if (!error_callable(L, 2)) error_argument_type(L, "callback", "of type function", 2);
  lua_settop(L, 2);
  lua_pushnil(L);
  lua_pushinteger(L, (lua_Integer)server->connections);
  tick_function(L, server->h.cx, 2);
  return 1;
}

static int set_ref(lua_State *L, bool referenced) {
  Server *server = self(L);
  server->unreferenced = !referenced;
  apply_ref(server);
  lua_settop(L, 1);
  return 1;
}

static int server_ref(lua_State *L) { return set_ref(L, true); }
static int server_unref(lua_State *L) { return set_ref(L, false); }

/* -- the class ------------------------------------------------------------------------------------------------- */

static void push_address(lua_State *L, Handle *h) {
  Server *server = (Server *)h;
  Address local = { .family = 0 }, peer;
  if (server->fd >= 0 && server->kind == TRANSPORT_TCP) server_end_points(server->fd, &local, &peer);
  if (server->path != NULL && server->fd >= 0)
    lua_pushstring(L, server->path[0] != '\0' ? server->path : server->path + 1);
  else address_push_endpoint(L, &local);
}

static void collect(Handle *h) { stop_listening((Server *)h); }

static void free_server(Handle *h) {
  Server *server = (Server *)h;
  free(server->path);
  blocklist_unref(server->block_list);
}

static const luaL_Reg methods[] = {
  { "address", server_address },
  { "getConnections", server_get_connections },
  { "ref", server_ref },
  { "unref", server_unref },
  { NULL, NULL },
};

static const char *const summary[] = { "listening", "connections:connectionCount", NULL };

const Class server_class = {
  .name = "Server",
  .module = "net",
  .parts = { methods },
  .properties = server_properties,
  .summary = summary,
  .push_address = push_address,
  .collect = collect,
  .free = free_server,
};

void server_define(lua_State *L, Context *cx) { class_define(L, cx, &server_class); }

const luaL_Reg server_functions[] = {
  { "server_new", server_new },
  { "server_called", server_called },
  { "server_listen", server_listen },
  { "server_adopt", server_adopt },
  { "server_adopt_bound", server_adopt_bound },
  { "server_close", server_close },
  { "server_pause", server_pause },
  { "server_sockets", server_sockets },
  { NULL, NULL },
};
