/* socket_properties.c - what a script may read of a socket. Derived from the facts when asked, never stored. */
#include "socket_properties.h"

static int push_bool(lua_State *L, bool value) {
  lua_pushboolean(L, value);
  return 1;
}

static int push_size(lua_State *L, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  return 1;
}

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

#define GETTER(name, expression)                                                                                       \
  static int name(lua_State *L, Handle *h) {                                                                           \
    Stream *s = (Stream *)h;                                                                                           \
    return expression;                                                                                                 \
  }

GETTER(get_connecting, push_bool(L, s->state.connecting))
GETTER(get_pending, push_bool(L, !s->state.connected || s->state.destroyed))
GETTER(get_destroyed, push_bool(L, s->state.destroyed))
GETTER(get_closed, push_bool(L, s->close_told))
GETTER(get_had_error, push_bool(L, s->had_error))
GETTER(get_readable, push_bool(L, stream_readable(s)))
GETTER(get_writable, push_bool(L, stream_writable(s)))
GETTER(get_half_open, push_bool(L, s->state.half_open))
GETTER(get_readable_ended, push_bool(L, s->end_emitted && !s->readable_off))
GETTER(get_writable_ended, push_bool(L, s->state.ending))
GETTER(get_writable_finished, push_bool(L, s->finished && !s->writable_off))
GETTER(get_need_drain, push_bool(L, s->need_drain && !s->state.destroyed && !s->state.ending))
GETTER(get_corked, push_size(L, s->more != NULL ? s->more->corks : 0))
GETTER(get_bytes_read, push_size(L, s->bytes_read))
GETTER(get_bytes_written, push_size(L, s->bytes_written))
GETTER(get_readable_length, push_size(L, stream_buffered(s)))
GETTER(get_writable_length, push_size(L, s->queued))
GETTER(get_read_mark, push_size(L, stream_read_mark(s)))
GETTER(get_write_mark, push_size(L, stream_write_mark(s)))
GETTER(get_remote_address, push_ip(L, stream_peer(s)))
GETTER(get_remote_port, push_port(L, stream_peer(s)))
GETTER(get_remote_family, push_family(L, stream_peer(s)))
GETTER(get_local_address, push_ip(L, stream_local(L, s)))
GETTER(get_local_port, push_port(L, stream_local(L, s)))
GETTER(get_local_family, push_family(L, stream_local(L, s)))

static int get_errored(lua_State *L, Handle *h) {
  stream_push_error(L, (Stream *)h);
  return 1;
}

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
  else lua_pushinteger(L, (lua_Integer)s->queued);
  return 1;
}

static int get_flowing(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->flowing == FLOWING_UNASKED) lua_pushnil(L);
  else lua_pushboolean(L, s->flowing == FLOWING_ON);
  return 1;
}

static int get_encoding(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->more == NULL || !s->more->decoding) lua_pushnil(L);
  else lua_pushstring(L, encoding_name((Encoding)s->more->decoder.encoding));
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
  uv_os_fd_t fd;
  return s->state.connected && !s->state.closing && uv_fileno(&s->uv.handle, &fd) == 0 ? fd : -1;
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
  { "destroyed", get_destroyed, NULL },
  { "closed", get_closed, NULL },
  { "hadError", get_had_error, NULL },
  { "errored", get_errored, NULL },
  { "readyState", get_ready_state, NULL },
  { "readable", get_readable, NULL },
  { "readableEnded", get_readable_ended, NULL },
  { "readableFlowing", get_flowing, NULL },
  { "readableEncoding", get_encoding, NULL },
  { "readableLength", get_readable_length, NULL },
  { "readableHighWaterMark", get_read_mark, NULL },
  { "writable", get_writable, NULL },
  { "writableEnded", get_writable_ended, NULL },
  { "writableFinished", get_writable_finished, NULL },
  { "writableNeedDrain", get_need_drain, NULL },
  { "writableCorked", get_corked, NULL },
  { "writableLength", get_writable_length, NULL },
  { "writableHighWaterMark", get_write_mark, NULL },
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
