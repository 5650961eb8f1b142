/* server_accept.c - what is accepted: a connection becomes a socket of the server, or is dropped. */
#include <unistd.h>

#include "emitter.h"
#include "error.h"
#include "server_state.h"
#include "socket.h"

typedef struct Accepted {
  Server *server;
  int fd;
  Address peer;
} Accepted;

void server_end_points(int fd, Address *local, Address *peer) {
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
  server_end_points(accepted->fd, &local, &peer);
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

const AcceptorEvents server_acceptor_events = { on_accepted, on_failed, on_acceptor_closed };
