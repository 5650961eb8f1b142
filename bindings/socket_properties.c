/* socket_properties.c - what a script may read of a socket. Derived from the facts when asked, never stored. */
#include "socket_properties.h"

#include "stream_properties.h"

static int push_string(lua_State *L, const char *value) {
  lua_pushstring(L, value);
  return 1;
}

static int push_ip(lua_State *L, const Address *a) {
  char text[ADDRESS_TEXT];
  address_text(a, text);
  if (a->family == 0) lua_pushnil(L);
  else lua_pushstring(L, text);
  return 1;
}

static int push_port(lua_State *L, const Address *a) {
  if (a->family == 0) lua_pushnil(L);
  else lua_pushinteger(L, a->port);
  return 1;
}

static int push_family(lua_State *L, const Address *a) {
  address_push_family(L, a);
  return 1;
}

GETTER(get_connecting, property_bool(L, s->state.connecting))
GETTER(get_pending, property_bool(L, !s->state.connected || s->state.destroyed))
GETTER(get_had_error, property_bool(L, s->had_error))
GETTER(get_half_open, property_bool(L, s->state.half_open))
GETTER(get_bytes_read, property_size(L, s->bytes_read))
GETTER(get_bytes_written, property_size(L, s->bytes_written))
GETTER(get_remote_address, push_ip(L, stream_peer(s)))
GETTER(get_remote_port, push_port(L, stream_peer(s)))
GETTER(get_remote_family, push_family(L, stream_peer(s)))
GETTER(get_local_address, push_ip(L, stream_local(L, s)))
GETTER(get_local_port, push_port(L, stream_local(L, s)))
GETTER(get_local_family, push_family(L, stream_local(L, s)))

static int get_ready_state(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  bool readable = stream_readable(s), writable = stream_writable(s);
  return push_string(L, s->state.connecting    ? "opening"
                        : readable && writable ? "open"
                        : readable             ? "readOnly"
                        : writable             ? "writeOnly"
                                               : "closed");
}

static int get_buffer_size(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (!s->state.connected && !s->state.connecting) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)stream_queued(s));
  return 1;
}

static int get_timeout(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  lua_Integer whole;
  if (s->more == NULL || s->more->timeout_shown < 0) lua_pushnil(L);
  else if (lua_numbertointeger(s->more->timeout_shown, &whole)) lua_pushinteger(L, whole);
  else lua_pushnumber(L, s->more->timeout_shown);
  return 1;
}

int socket_descriptor(const Stream *s) {
  int fd;
  bool open = s->state.connected && !s->state.closing;
  return open && transport_descriptor(stream_transport(s), &s->wire, &fd) == 0 ? fd : -1;
}

static int get_fd(lua_State *L, Handle *h) {
  int fd = socket_descriptor((Stream *)h);
  if (fd >= 0) lua_pushinteger(L, fd);
  else lua_pushnil(L);
  return 1;
}

static int get_server(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->owner == NULL) lua_pushnil(L);
  else handle_push(L, s->owner->h);
  return 1;
}

static int set_half_open(lua_State *L, Handle *h) {
  ((Stream *)h)->state.half_open = lua_toboolean(L, 3);
  return 0;
}

static int set_nothing(lua_State *L, Handle *h) { /* as in Node, where the property is overwritten by setTimeout() */
  (void)L;
  (void)h;
  return 0;
}

const Property socket_properties[] = {
  { "connecting", get_connecting, NULL },
  { "pending", get_pending, NULL },
  { "hadError", get_had_error, NULL },
  { "readyState", get_ready_state, NULL },
  { "bufferSize", get_buffer_size, NULL },
  { "bytesRead", get_bytes_read, NULL },
  { "bytesWritten", get_bytes_written, NULL },
  { "remoteAddress", get_remote_address, NULL },
  { "remotePort", get_remote_port, NULL },
  { "remoteFamily", get_remote_family, NULL },
  { "localAddress", get_local_address, NULL },
  { "localPort", get_local_port, NULL },
  { "localFamily", get_local_family, NULL },
  { "timeout", get_timeout, set_nothing },
  { "allowHalfOpen", get_half_open, set_half_open },
  { "server", get_server, NULL },
  { "fd", get_fd, NULL },
  { NULL, NULL, NULL },
};
