/* stdio_stream.c - standard input as a Socket, standard output and error as class WriteStream of tty
 * (https://nodejs.org/api/tty.html#class-ttywritestream). Which is what is lua/stdio.lua's to say. */
#include "stdio_stream.h"

#include <sys/ioctl.h>

#include "error.h"
#include "socket.h"
#include "stream.h"
#include "stream_properties.h"

static const Class output_class;

/* stdio_type(fd) -> "tty" | "file" | "pipe" | "unknown" */
static int stdio_type(lua_State *L) {
  switch (uv_guess_handle((uv_file)luaL_checkinteger(L, 1))) {
    case UV_TTY: lua_pushliteral(L, "tty"); break;
    case UV_FILE: lua_pushliteral(L, "file"); break;
    case UV_TCP:
    case UV_NAMED_PIPE: lua_pushliteral(L, "pipe"); break;
    default: lua_pushliteral(L, "unknown");
  }
  return 1;
}

/* stdio_input(fd, terminal) -> Socket that reads it; it does not read until somebody asks. Its descriptor is ours. */
static int stdio_input(lua_State *L) {
  Context *cx = CONTEXT(L);
  int fd = (int)luaL_checkinteger(L, 1);
  TransportKind kind = lua_toboolean(L, 2) ? TRANSPORT_TTY : TRANSPORT_INPUT;
  Stream *s = stream_new(L, cx, &socket_class, kind);
  lua_replace(L, 1);
  lua_settop(L, 1);
  s->writable_off = s->state.write_ended = s->finished = true;
  int err = stream_open(L, s, kind, fd);
  if (err == 0) return 1;
  error_push_system(L, err, "open");
  return lua_error(L);
}

/* stdio_rest(stream): stops reading, so that the loop may end, until somebody asks for more */
static int stdio_rest(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  if (s->flowing == FLOWING_ON) return 0;
  s->state.wants_read = false;
  stream_settle(L, s);
  return 0;
}

/* stdio_raw(stream, on): the mode of a terminal that is read */
static int stdio_raw(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  if (s->transport != TRANSPORT_TTY || !s->state.connected || s->state.closing) return 0;
  int err = uv_tty_set_mode(&s->wire.tty, lua_toboolean(L, 2) ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL);
  if (err == 0) return 0;
  error_push_system(L, err, "setRawMode");
  return lua_error(L);
}

/* stdio_output(fd) -> WriteStream */
static int stdio_output(lua_State *L) {
  Context *cx = CONTEXT(L);
  int fd = (int)luaL_checkinteger(L, 1);
  Stream *s = stream_new(L, cx, &output_class, TRANSPORT_OUTPUT);
  s->readable_off = s->state.end_told = s->state.read_ended = s->end_emitted = true;
  s->state.half_open = s->at_once = true;
  transport_output.open(cx->loop, &s->wire, fd);
  s->state.connected = s->opened_once = true; /* libuv knows nothing of it: it is garbage like any other value */
  return 1;
}

/* -- properties -------------------------------------------------------------------------------------------------- */

/* Of the terminal, or false. */
static bool size_of(const Stream *s, struct winsize *size) {
  return uv_guess_handle(s->wire.output.fd) == UV_TTY && ioctl(s->wire.output.fd, TIOCGWINSZ, size) == 0;
}

static int get_is_tty(lua_State *L, Handle *h) {
  return property_bool(L, uv_guess_handle(((Stream *)h)->wire.output.fd) == UV_TTY);
}

static int get_columns(lua_State *L, Handle *h) {
  struct winsize size;
  if (size_of((Stream *)h, &size)) lua_pushinteger(L, size.ws_col);
  else lua_pushnil(L);
  return 1;
}

static int get_rows(lua_State *L, Handle *h) {
  struct winsize size;
  if (size_of((Stream *)h, &size)) lua_pushinteger(L, size.ws_row);
  else lua_pushnil(L);
  return 1;
}

GETTER(get_fd, property_size(L, (uint64_t)s->wire.output.fd))
GETTER(get_bytes_written, property_size(L, s->bytes_written))

static const Property properties[] = {
  { "fd", get_fd, NULL },
  { "isTTY", get_is_tty, NULL },
  { "columns", get_columns, NULL },
  { "rows", get_rows, NULL },
  { "bytesWritten", get_bytes_written, NULL },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "fd", "isTTY", "columns", "rows", NULL };

static const Class output_class = {
  .name = "WriteStream",
  .module = "tty",
  .parts = { stream_methods, stream_write_methods, stream_send_methods },
  .properties = properties,
  .more_properties = { stream_properties, stream_write_properties },
  .summary = summary,
  .listening = stream_listening,
  .collect = stream_collect,
  .free = stream_free,
};

void stdio_stream_define(lua_State *L, Context *cx) { class_define(L, cx, &output_class); }

const luaL_Reg stdio_stream_functions[] = {
  { "stdio_type", stdio_type },
  { "stdio_input", stdio_input },
  { "stdio_rest", stdio_rest },
  { "stdio_raw", stdio_raw },
  { "stdio_output", stdio_output },
  { NULL, NULL },
};
