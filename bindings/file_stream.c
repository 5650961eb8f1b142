/* file_stream.c - classes ReadStream and WriteStream of fs (https://nodejs.org/api/fs.html#class-fsreadstream): streams
 * over the transport of files. The shapes of arguments are lua/fs_streams.lua's. */
#include "file_stream.h"

#include <math.h>

#include "error.h"
#include "options.h"
#include "stream.h"
#include "stream_properties.h"

static const Class read_class, write_class;

/* -- opened ------------------------------------------------------------------------------------------------------ */

typedef struct Opened {
  Stream *s;
  int err; /* of libuv */
} Opened;

static const char PATH_KEY = 0; /* of the stream's own values */

static int body_opened(lua_State *L) {
  const Opened *opened = (const Opened *)lua_touserdata(L, 1);
  Stream *s = opened->s;
  if (opened->err != 0) {
    handle_push_value(L, &s->h, &PATH_KEY);
    error_push_file(L, opened->err, "open", lua_tostring(L, -1), NULL);
  }
  stream_opened(L, s, opened->err);
  return 0;
}

static void on_opened(FileWire *file, int err) {
  Stream *s = (Stream *)file->data;
  enter(s->h.cx, body_opened, &(Opened){ s, err });
}

/* -- made -------------------------------------------------------------------------------------------------------- */

typedef struct FileOptions {
  bool auto_close, emit_close, flush;
  double start, end, mark, max_buffered;
  int fd, flags, mode;
} FileOptions;

static const Option options[] = {
  { "autoClose", "options.autoClose", OPTION_BOOL, offsetof(FileOptions, auto_close), 0, 0 },
  { "emitClose", "options.emitClose", OPTION_BOOL, offsetof(FileOptions, emit_close), 0, 0 },
  { "flush", "options.flush", OPTION_BOOL, offsetof(FileOptions, flush), 0, 0 },
  { "start", "start", OPTION_NUMBER, offsetof(FileOptions, start), 0, 0 },
  { "end", "end", OPTION_NUMBER, offsetof(FileOptions, end), 0, 0 },
  { "highWaterMark", "options.highWaterMark", OPTION_NUMBER, offsetof(FileOptions, mark), 0, 0 },
  { "maxBufferedBytes", "options.maxBufferedBytes", OPTION_NUMBER, offsetof(FileOptions, max_buffered), 0, 0 },
  { "fd", "fd", OPTION_INT, offsetof(FileOptions, fd), 0, 2147483647 },
  { "flags", "flags", OPTION_INT, offsetof(FileOptions, flags), 0, 2147483647 },
  { "mode", "mode", OPTION_INT, offsetof(FileOptions, mode), 0, 4294967295.0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static void check_place(lua_State *L, double place, const char *name) {
  enum { AT_MOST_BITS = 53 };
  if (isinf(place)) return; /* not given, or without end */
  lua_pushnumber(L, place);
  int index = lua_gettop(L);
  if (place != floor(place)) error_out_of_range(L, name, "an integer", index);
  if (place < 0 || place >= ldexp(1, AT_MOST_BITS)) error_out_of_range(L, name, ">= 0 && <= 9007199254740991", index);
  lua_pop(L, 1);
}

static void check_mark(lua_State *L, double mark, double most, const char *label) {
  if (mark == floor(mark) && mark >= 0 && mark <= most) return;
  lua_pushnumber(L, mark);
  error_argument_value(L, label, "is invalid", lua_gettop(L));
}

/* core.file_stream(writes, path, options) -> ReadStream or WriteStream, which opens the path or has options.fd */
static int file_stream(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 3);
  bool writes = lua_toboolean(L, 1);
  FileOptions o = { .auto_close = true,
    .emit_close = true,
    .start = -INFINITY,
    .end = -INFINITY,
    .mark = DEFAULT_HIGH_WATER_MARK,
    .fd = -1,
    .mode = 0666 };
  options_read(L, 3, options, &o);
  const char *path = o.fd < 0 ? option_string(L, 2, "path") : NULL;
  check_place(L, o.start, "start");
  check_place(L, o.end, "end");
  check_mark(L, o.mark, 0x40000000, "options.highWaterMark");
  check_mark(L, o.max_buffered, 9007199254740991.0, "options.maxBufferedBytes");

  lua_settop(L, 3);
  Stream *s = stream_new(L, cx, writes ? &write_class : &read_class, TRANSPORT_FILE);
  lua_replace(L, 1);
  handle_set_where(L, &s->h);
  StreamMore *more = stream_more(L, s);
  more->read_mark = more->write_mark = (size_t)o.mark;
  more->max_buffered = (size_t)o.max_buffered;
  s->state.kept = !o.auto_close;
  s->close_silent = !o.emit_close;
  s->state.half_open = true;
  if (writes) {
    s->readable_off = s->state.end_told = s->state.read_ended = s->end_emitted = true;
  } else {
    s->writable_off = s->state.write_ended = s->finished = true;
  }
  double from = o.start >= 0 ? o.start : 0;
  uint64_t left = isinf(o.end) ? UINT64_MAX : o.end < from ? 0 : (uint64_t)(o.end - from) + 1;
  size_t piece = more->read_mark > 0 ? more->read_mark : 1;
  file_init(&s->wire.file, cx->loop, o.start >= 0 ? (int64_t)o.start : -1, left, piece);
  s->wire.file.sync = o.flush;
  s->wire.file.moved = &s->bytes_written;
  if (path == NULL) {
    stream_opening(L, s);
    s->wire.file.fd = o.fd;
    stream_start(L, s); /* no 'open' for a descriptor that is given */
  } else {
    lua_pushvalue(L, 2);
    handle_set_value(L, &s->h, &PATH_KEY);
    stream_opening(L, s);
    int err = file_open(&s->wire.file, path, o.flags, o.mode, on_opened);
    if (err != 0) enter(cx, body_opened, &(Opened){ s, err });
  }
  lua_settop(L, 1);
  return 1;
}

/* -- properties -------------------------------------------------------------------------------------------------- */

GETTER(get_pending, property_bool(L, s->wire.file.fd < 0))
GETTER(get_auto_close, property_bool(L, !s->state.kept))
GETTER(get_bytes_read, property_size(L, s->bytes_read))
GETTER(get_bytes_written, property_size(L, s->bytes_written))

static int get_fd(lua_State *L, Handle *h) {
  int fd = ((Stream *)h)->wire.file.fd;
  if (fd < 0) lua_pushnil(L);
  else lua_pushinteger(L, fd);
  return 1;
}

static int get_path(lua_State *L, Handle *h) {
  handle_push_value(L, h, &PATH_KEY);
  return 1;
}

static int set_auto_close(lua_State *L, Handle *h) {
  ((Stream *)h)->state.kept = !lua_toboolean(L, 3);
  return 0;
}

static const Property read_properties[] = {
  { "path", get_path, NULL },
  { "fd", get_fd, NULL },
  { "pending", get_pending, NULL },
  { "autoClose", get_auto_close, set_auto_close },
  { "bytesRead", get_bytes_read, NULL },
  { NULL, NULL, NULL },
};

static const Property write_properties[] = {
  { "path", get_path, NULL },
  { "fd", get_fd, NULL },
  { "pending", get_pending, NULL },
  { "autoClose", get_auto_close, set_auto_close },
  { "bytesWritten", get_bytes_written, NULL },
  { NULL, NULL, NULL },
};

/* -- the classes ------------------------------------------------------------------------------------------------- */

/* close() and pipe() are lua/fs_streams.lua's. */
static const char *const read_summary[] = { "path", "fd", "bytesRead", NULL };
static const char *const write_summary[] = { "path", "fd", "bytesWritten", NULL };

static const Class read_class = {
  .name = "ReadStream",
  .module = "fs",
  .parts = { stream_methods, stream_read_methods, stream_receive_methods },
  .properties = read_properties,
  .more_properties = { stream_properties, stream_read_properties },
  .summary = read_summary,
  .listening = stream_listening,
  .collect = stream_collect,
  .free = stream_free,
};

static const Class write_class = {
  .name = "WriteStream",
  .module = "fs",
  .parts = { stream_methods, stream_write_methods, stream_send_methods },
  .properties = write_properties,
  .more_properties = { stream_properties, stream_write_properties },
  .summary = write_summary,
  .listening = stream_listening,
  .collect = stream_collect,
  .free = stream_free,
};

void file_stream_define_read(lua_State *L, Context *cx) { class_define(L, cx, &read_class); }

void file_stream_define_write(lua_State *L, Context *cx) { class_define(L, cx, &write_class); }

const luaL_Reg file_stream_functions[] = { { "file_stream", file_stream }, { NULL, NULL } };
