/* script_stream.c - classes Readable, Writable, Duplex, Transform and PassThrough, which scripts give their functions
 * (https://nodejs.org/api/stream.html#api-for-stream-implementers). How they work is stream_script.c's and
 * lua/stream.lua's; here they are made. */
#include "script_stream.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "options.h"
#include "stream.h"
#include "stream_properties.h"
#include "stream_script.h"

GETTER(get_half_open, property_bool(L, s->state.half_open))

static int set_half_open(lua_State *L, Handle *h) {
  ((Stream *)h)->state.half_open = lua_toboolean(L, 3);
  return 0;
}

static const Property no_properties[] = { { NULL, NULL, NULL } };
static const Property duplex_properties[] = {
  { "allowHalfOpen", get_half_open, set_half_open },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "destroyed", "errored", NULL };

#define SCRIPT_CLASS(NAME, PROPERTIES, ...)                                                                            \
  {                                                                                                                    \
    .name = NAME, .module = "stream", .properties = PROPERTIES, .summary = summary, .listening = stream_listening,     \
    .collect = stream_collect, .free = stream_free, __VA_ARGS__                                                        \
  }
#define READABLE                                                                                                       \
  .parts = { stream_methods, stream_read_methods, stream_receive_methods },                                            \
  .more_properties = { stream_properties, stream_read_properties }
#define WRITABLE                                                                                                       \
  .parts = { stream_methods, stream_write_methods, stream_send_methods },                                              \
  .more_properties = { stream_properties, stream_write_properties }
#define DUPLEX                                                                                                         \
  .parts = { stream_methods, stream_read_methods, stream_receive_methods, stream_write_methods, stream_send_methods }, \
  .more_properties = { stream_properties, stream_read_properties, stream_write_properties }

static const struct ScriptClass {
  bool reads, writes;
  bool pushes; /* by writing: before anybody reads */
  Class class;
} classes[] = {
  { true, false, false, SCRIPT_CLASS("Readable", no_properties, READABLE) },
  { false, true, false, SCRIPT_CLASS("Writable", no_properties, WRITABLE) },
  { true, true, false, SCRIPT_CLASS("Duplex", duplex_properties, DUPLEX) },
  { true, true, true, SCRIPT_CLASS("Transform", duplex_properties, DUPLEX) },
  { true, true, true, SCRIPT_CLASS("PassThrough", duplex_properties, DUPLEX) },
};

enum { CLASSES = sizeof classes / sizeof classes[0] };

typedef struct ScriptOptions {
  bool readable, writable, half_open, auto_destroy, emit_close;
  double mark, read_mark, write_mark, max_buffered;
} ScriptOptions;

static const Option options[] = {
  { "readable", "options.readable", OPTION_BOOL, offsetof(ScriptOptions, readable), 0, 0 },
  { "writable", "options.writable", OPTION_BOOL, offsetof(ScriptOptions, writable), 0, 0 },
  { "allowHalfOpen", "options.allowHalfOpen", OPTION_BOOL, offsetof(ScriptOptions, half_open), 0, 0 },
  { "autoDestroy", "options.autoDestroy", OPTION_BOOL, offsetof(ScriptOptions, auto_destroy), 0, 0 },
  { "emitClose", "options.emitClose", OPTION_BOOL, offsetof(ScriptOptions, emit_close), 0, 0 },
  { "highWaterMark", "options.highWaterMark", OPTION_NUMBER, offsetof(ScriptOptions, mark), 0, 0 },
  { "maxBufferedBytes", "options.maxBufferedBytes", OPTION_NUMBER, offsetof(ScriptOptions, max_buffered), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static const Option mark_options[] = {
  { "readableHighWaterMark", "options.readableHighWaterMark", OPTION_NUMBER, offsetof(ScriptOptions, read_mark), 0, 0 },
  { "writableHighWaterMark", "options.writableHighWaterMark", OPTION_NUMBER, offsetof(ScriptOptions, write_mark), 0, 0 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static size_t check_mark(lua_State *L, double mark, const char *label) {
  if (mark == floor(mark) && mark >= 0 && mark < 9007199254740992.0) return (size_t)mark;
  lua_pushnumber(L, mark);
  error_argument_value(L, label, "is invalid", lua_gettop(L));
  return 0;
}

/* script_new(class name[, options]) -> stream */
static int script_new(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 2);
  const char *name = luaL_checkstring(L, 1);
  const struct ScriptClass *c = classes;
  while (c < classes + CLASSES - 1 && strcmp(c->class.name, name) != 0) ++c;
  double mark = DEFAULT_HIGH_WATER_MARK;
  ScriptOptions o = {
    .readable = true, .writable = true, .half_open = true, .auto_destroy = true, .emit_close = true, .mark = mark
  };
  options_read(L, 2, options, &o);
  o.read_mark = o.write_mark = o.mark;
  bool duplex = c->reads && c->writes;
  if (duplex) options_read(L, 2, mark_options, &o);
  size_t read_mark = check_mark(L, o.read_mark, duplex ? "options.readableHighWaterMark" : "options.highWaterMark");
  size_t write_mark = check_mark(L, o.write_mark, duplex ? "options.writableHighWaterMark" : "options.highWaterMark");
  size_t most = check_mark(L, o.max_buffered, "options.maxBufferedBytes");

  Stream *s = stream_new(L, cx, &c->class, TRANSPORT_SCRIPT);
  lua_replace(L, 1);
  lua_settop(L, 1);
  handle_set_where(L, &s->h);
  StreamMore *more = stream_more(L, s);
  more->max_buffered = most;
  more->read_mark = read_mark;
  more->write_mark = write_mark;
  s->state.kept = !o.auto_destroy;
  s->close_silent = !o.emit_close;
  s->state.half_open = !duplex || o.half_open;
  if (!c->reads || !o.readable) s->readable_off = s->state.end_told = s->state.read_ended = s->end_emitted = true;
  if (!c->writes || !o.writable) s->writable_off = s->state.write_ended = s->finished = true;
  s->wire.script.read_once = c->pushes;
  s->state.connected = s->opened_once = true; /* libuv knows nothing of it: it is garbage like any other value */
  return 1;
}

/* script_extend(stream, class): what the class has comes before the methods of the stream */
static int script_extend(lua_State *L) {
  Stream *s = stream_script_self(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  handle_set_value(L, &s->h, &CLASS_OF_SCRIPT);
  s->h.extended = true;
  return 0;
}

/* script_construct(stream): its _construct is to be called */
static int script_construct(lua_State *L) {
  stream_script_construct(L, stream_script_self(L));
  return 0;
}

void script_stream_define(lua_State *L, Context *cx) {
  lua_createtable(L, 0, CLASSES);
  for (size_t i = 0; i < CLASSES; ++i) {
    class_define(L, cx, &classes[i].class);
    lua_setfield(L, -2, classes[i].class.name);
  }
}

const luaL_Reg script_stream_functions[] = {
  { "script_new", script_new },
  { "script_extend", script_extend },
  { "script_construct", script_construct },
  { NULL, NULL },
};
