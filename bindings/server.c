/* server.c - class Server: accepts connections (https://nodejs.org/api/net.html#class-netserver). The shapes of
 * listen()'s arguments, names and waiting for a host name are lua/net.lua's. */
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "emitter.h"
#include "error.h"
#include "options.h"
#include "server_state.h"
#include "socket.h"

static Server *self(lua_State *L) { return (Server *)class_self(L); }

/* -- accepting ------------------------------------------------------------------------------------------------- */

typedef struct Accepted {
  Server *server;
  int fd;
  Address peer;
} Accepted;

static void end_points(int fd, Address *local, Address *peer) {
  struct sockaddr_storage sa;
  socklen_t size = sizeof sa;
  if (getsockname(fd, (struct sockaddr *)&sa, &size) == 0) address_pack(local, (struct sockaddr *)&sa);
  size = sizeof sa;
  if (getpeername(fd, (struct sockaddr *)&sa, &size) == 0) address_pack(peer, (struct sockaddr *)&sa);
}

static void set_end_point(lua_State *L, const Address *a, const char *address, const char *port, const char *family) {
  char text[ADDRESS_TEXT];
  address_text(a, text);
  lua_pushstring(L, text);
  lua_setfield(L, -2, address);
  lua_pushinteger(L, a->port);
  lua_setfield(L, -2, port);
  address_push_family(L, a);
  lua_setfield(L, -2, family);
}

static int push_dropped(lua_State *L, const void *arg) {
  const Accepted *accepted = (const Accepted *)arg;
  if (accepted->server->kind != TRANSPORT_TCP) return 0;
  Address local = { .family = 0 }, peer = { .family = 0 };
  end_points(accepted->fd, &local, &peer);
  lua_createtable(L, 0, 6);
  set_end_point(L, &local, "localAddress", "localPort", "localFamily");
  set_end_point(L, &peer, "remoteAddress", "remotePort", "remoteFamily");
  return 1;
}

static int push_socket(lua_State *L, const void *arg) {
  lua_pushvalue(L, *(const int *)arg);
  return 1;
}

static void set_up(lua_State *L, Server *server, Stream *s) {
  s->h.where = server->listened;
  s->owner = &server->owner;
  s->state.half_open = server->half_open;
  s->nodelay = server->nodelay;
  if (server->keepalive) stream_set_keepalive(s, true, (unsigned)(server->keepalive_delay / 1000));
  if (server->high_water_mark != DEFAULT_HIGH_WATER_MARK) {
    StreamMore *more = stream_more(L, s);
    more->read_mark = more->write_mark = (size_t)server->high_water_mark;
  }
  if (server->pause_on_connect) s->flowing = FLOWING_OFF;
  else s->state.wants_read = true;
}

/* The descriptor belongs to a socket, or is closed, before anything of the script runs. */
static int body_accepted(lua_State *L) {
  Accepted *accepted = (Accepted *)lua_touserdata(L, 1);
  Server *server = accepted->server;
  if (server->max_connections >= 0 && (double)server->connections >= server->max_connections) {
    emit(L, &server->h, EVENT_DROP, push_dropped, accepted);
    return 0;
  }
  Stream *s = socket_accepted(L, server->h.cx, server->kind, accepted->fd);
  accepted->fd = -1;
  if (s == NULL) return 0;
  int socket = lua_gettop(L);
  s->peer = accepted->peer;
  set_up(L, server, s);
  ++server->connections;
  handle_hold(L, &server->h); /* until the socket is destroyed */
  stream_settle(L, s);
  emit(L, &server->h, EVENT_CONNECTION, push_socket, &socket);
  return 0;
}

static int push_accept_error(lua_State *L, const void *arg) {
  const Accepted *accepted = (const Accepted *)arg;
  error_push_system(L, accepted->fd, "accept");
  error_set_where(L, &accepted->server->h);
  return 1;
}

static int body_accept_failed(lua_State *L) {
  const Accepted *accepted = (const Accepted *)lua_touserdata(L, 1);
  emit(L, &accepted->server->h, EVENT_ERROR, push_accept_error, accepted);
  return 0;
}

/* accept(2) fails, and would fail again at once: told once until it works again. */
static void on_failed(void *owner, int err) {
  Server *server = (Server *)owner;
  enter(server->h.cx, body_accept_failed, &(Accepted){ .server = server, .fd = err });
}

static bool on_accepted(void *owner, int fd, const Address *peer) {
  Server *server = (Server *)owner;
  Acceptor *acceptor = server->acceptor;
  if (server->block_list != NULL && blocklist_check_address(server->block_list, peer)) {
    close(fd); /* nobody is told */
    return true;
  }
  Accepted accepted = { .server = server, .fd = fd, .peer = *peer };
  enter(server->h.cx, body_accepted, &accepted);
  if (accepted.fd >= 0) close(accepted.fd);
  return server->acceptor == acceptor && context_open(server->h.cx);
}

static void on_acceptor_closed(void *owner) { handle_closed(&((Server *)owner)->h); }

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

void server_unlink(Handle *h, void *data) {
  (void)data;
  if (h->class == &server_class) listen_unlink(&((Server *)h)->file);
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
  uint32_t made = server->h.where;
  handle_set_where(L, &server->h);
  server->listened = server->h.where;
  server->h.where = made;
  static const AcceptorEvents events = { on_accepted, on_failed, on_acceptor_closed };
  int err = accept_start(server->h.cx->loop, fd, &events, server, &server->acceptor);
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

/* core.server_listen(server, options) -> errno | nil: options as listen() has them, host an IP or absent. 'listening'
 * follows by tick. */
static int server_listen(lua_State *L) {
  Server *server = (Server *)class_check(L, 1, &server_class);
  lua_settop(L, 2);
  context_check(L, server->h.cx);
  if (server->fd >= 0) return error_raise_code(L, "ERR_SERVER_ALREADY_LISTEN");
  ListenOptions o = { .backlog = 511, .nodelay = server->nodelay };
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
    end_points(server->fd, &local, &peer);
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
  if (server->fd >= 0 && server->kind == TRANSPORT_TCP) end_points(server->fd, &local, &peer);
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
  { "server_listen", server_listen },
  { "server_adopt", server_adopt },
  { "server_close", server_close },
  { "server_pause", server_pause },
  { "server_sockets", server_sockets },
  { NULL, NULL },
};
