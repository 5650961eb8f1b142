/* stream_script.c - the row for streams that scripts write in Lua: the machine asks, and a function of the script answers
 * by push() or by calling back (https://nodejs.org/api/stream.html#api-for-stream-implementers). How those functions are
 * found and called is lua/stream.lua's. */
#include "stream_script.h"

#include <string.h>

#include "emitter.h"
#include "error.h"
#include "stream_buffer.h"
#include "stream_queue.h"

static const char DRIVER_KEY = 0; /* registry: lua/stream.lua's functions, by name */

static ScriptWire *script_of(Stream *s) { return &s->wire.script; }

/* Calls driver[name](stream, ...) with the nargs values on top, as a task: it may wait. [-nargs, +0, e] */
static void drive(lua_State *L, Stream *s, const char *name, int nargs) {
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &DRIVER_KEY);
  lua_getfield(L, -1, name);
  lua_replace(L, -2);
  handle_push(L, &s->h);
  lua_rotate(L, -(nargs + 2), 2);
  task_call(L, s->h.cx, nargs + 1, &(Caller){ .role = "stream function", .event = NULL, .h = NULL });
}

/* Whether the script has that function. [-0, +0, e] */
static bool has(lua_State *L, Stream *s, const char *name) {
  handle_push(L, &s->h);
  bool has = lua_getfield(L, -1, name) != LUA_TNIL;
  lua_pop(L, 2);
  return has;
}

Stream *stream_script_self(lua_State *L) {
  Handle *h = class_any(L, 1);
  if (h == NULL || h->class->listening != stream_listening || !((Stream *)h)->in_lua)
    luaL_error(L, "a stream written in Lua expected");
  return (Stream *)h;
}

/* -- read -------------------------------------------------------------------------------------------------------- */

static bool may_read(Stream *s) {
  return !script_of(s)->asked && !s->state.read_ended && !s->state.destroyed && !s->errored && s->state.connected &&
         !s->readable_off;
}

static void call_read(lua_State *L, Stream *s) {
  ScriptWire *script = script_of(s);
  script->asked = script->reading_now = true;
  if (stream_buffered(s) == 0) s->need_readable = true;
  lua_pushinteger(L, (lua_Integer)stream_read_mark(s));
  drive(L, s, "read", 1);
  script->reading_now = false;
  script->read_once = true;
}

bool stream_script_demand(lua_State *L, Stream *s, size_t taken) {
  size_t there = stream_buffered(s);
  bool wanted = s->need_readable || there == 0 || there - taken < stream_read_mark(s);
  if (!wanted || !may_read(s)) return false;
  call_read(L, s);
  return !script_of(s)->asked;
}

static int script_read_start(lua_State *L, Wire *wire, uv_alloc_cb alloc, uv_read_cb done) {
  (void)alloc;
  (void)done;
  Stream *s = (Stream *)wire->script.data;
  if (may_read(s)) call_read(L, s);
  return 0;
}

static void script_read_stop(Wire *wire) { (void)wire; }

static void tick_more(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  ScriptWire *script = script_of(s);
  for (bool go_on = true; go_on && !script->asked && !s->state.read_ended;) {
    size_t there = stream_buffered(s);
    if (there >= stream_read_mark(s) && !(s->flowing == FLOWING_ON && there == 0)) break;
    if (s->state.reading && may_read(s)) call_read(L, s); /* a task waits for it */
    else stream_read_nothing(L, s);
    go_on = stream_buffered(s) != there;
  }
  script->more_due = false;
  stream_settle(L, s);
}

void stream_script_more(lua_State *L, Stream *s) {
  ScriptWire *script = script_of(s);
  if (script->more_due || !s->state.connected) return;
  script->more_due = true;
  tick(L, &s->h, tick_more);
}

/* Inside _read, and before the first: what is pushed waits for read(), as in Node. */
static bool pushes_now(const ScriptWire *script) { return script->reading_now || !script->read_once; }

/* script_push(stream, data[, encoding]) -> boolean: what is read next, or nil for the end. false: that is enough for now.
 * https://nodejs.org/api/stream.html#readablepushchunk-encoding */
static int script_push(lua_State *L) {
  Stream *s = stream_script_self(L);
  ScriptWire *script = script_of(s);
  if (lua_isnoneornil(L, 2)) {
    script->asked = false;
    stream_eof(L, s, pushes_now(script));
    lua_pushboolean(L, false);
    return 1;
  }
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "chunk", "of type string", 2);
  size_t len = lua_rawlen(L, 2);
  if (!lua_isnoneornil(L, 3)) {
    lua_pushlstring(L, stream_encode(L, s, 2, 3, &len), len);
    lua_replace(L, 2);
  }
  if (len > 0 && s->state.read_ended) {
    error_push_code(L, "ERR_STREAM_PUSH_AFTER_EOF");
    stream_fail(L, s);
    lua_pushboolean(L, false);
    return 1;
  }
  if (len > 0 && (s->state.destroyed || s->errored)) {
    lua_pushboolean(L, false);
    return 1;
  }
  script->asked = false;
  if (len > 0) stream_push_chunk(L, s, 2, pushes_now(script));
  stream_script_more(L, s);
  lua_pushboolean(L, stream_can_push(s));
  return 1;
}

/* -- written ----------------------------------------------------------------------------------------------------- */

void stream_script_write(lua_State *L, Stream *s) {
  ScriptWire *script = script_of(s);
  while (s->queue != NULL && !s->in_flight && !s->state.corked && s->more->write_error == 0) {
    bool many = queue_has_many(s) && has(L, s, "_writev");
    script->write = queue_begin(s, many);
    if (many) queue_push_list(L, script->write);
    else queue_push_chunk(L, script->write);
    script->writing_now = true;
    drive(L, s, many ? "writev" : "write", 1);
    script->writing_now = false;
  }
}

/* script_written(stream, err): the callback of _write */
static int script_written(lua_State *L) {
  Stream *s = stream_script_self(L);
  ScriptWire *script = script_of(s);
  lua_settop(L, 2);
  uv_write_t *write = script->write;
  if (write == NULL) {
    error_push_code(L, "ERR_MULTIPLE_CALLBACK");
    stream_fail(L, s);
    return 0;
  }
  script->write = NULL;
  bool failed = lua_toboolean(L, 2);
  if (failed) error_coerce(L, 2);
  stream_script_done(L, s, write, failed ? 2 : 0, script->writing_now);
  return 0;
}

/* -- ended ------------------------------------------------------------------------------------------------------- */

bool stream_script_final(lua_State *L, Stream *s) {
  if (!has(L, s, "_final")) return false;
  ScriptWire *script = script_of(s);
  script->ending = script->ending_now = true;
  drive(L, s, "final", 0);
  script->ending_now = false;
  return true;
}

/* script_finished(stream, err): the callback of _final */
static int script_finished(lua_State *L) {
  Stream *s = stream_script_self(L);
  ScriptWire *script = script_of(s);
  lua_settop(L, 2);
  if (!script->ending) {
    error_push_code(L, "ERR_MULTIPLE_CALLBACK");
    stream_fail(L, s);
    return 0;
  }
  script->ending = false;
  bool failed = lua_toboolean(L, 2);
  if (failed) error_coerce(L, 2);
  stream_final_done(L, s, failed ? 2 : 0);
  return 0;
}

/* -- made and destroyed ------------------------------------------------------------------------------------------ */

static void call_destroy(lua_State *L, Stream *s) {
  stream_push_error(L, s);
  drive(L, s, "destroy", 1);
}

static void script_close(lua_State *L, Wire *wire, uv_close_cb done) {
  (void)done;
  Stream *s = (Stream *)wire->script.data;
  if (wire->script.constructing) wire->script.close_waits = true;
  else call_destroy(L, s);
}

/* script_closed(stream, err): the callback of _destroy */
static int script_closed(lua_State *L) {
  Stream *s = stream_script_self(L);
  lua_settop(L, 2);
  if (lua_toboolean(L, 2)) error_coerce(L, 2);
  stream_closed(L, s, lua_toboolean(L, 2) ? 2 : 0);
  return 0;
}

static void tick_construct(lua_State *L, Handle *h) { drive(L, (Stream *)h, "construct", 0); }

/* script_constructed(stream, err): the callback of _construct */
static int script_constructed(lua_State *L) {
  Stream *s = stream_script_self(L);
  ScriptWire *script = script_of(s);
  lua_settop(L, 2);
  if (!script->constructing) {
    error_push_code(L, "ERR_MULTIPLE_CALLBACK");
    stream_fail(L, s);
    return 0;
  }
  script->constructing = false;
  bool failed = lua_toboolean(L, 2);
  if (failed) error_coerce(L, 2);
  else lua_settop(L, 1);
  stream_constructed(L, s, failed, script->close_waits);
  if (script->close_waits) call_destroy(L, s);
  return 0;
}

void stream_script_construct(lua_State *L, Stream *s) {
  script_of(s)->constructing = true;
  s->state.connected = false;
  s->state.connecting = s->opening = true;
  tick(L, &s->h, tick_construct);
}

/* script_fail(stream, err): what went wrong in one of its functions */
static int script_fail(lua_State *L) {
  Stream *s = stream_script_self(L);
  lua_settop(L, 2);
  stream_fail(L, s);
  return 0;
}

/* script_driver(functions): read, write, writev, final, destroy, construct, each called with the stream first */
static int script_driver(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &DRIVER_KEY);
  return 0;
}

static int script_descriptor(const Wire *wire, int *fd) {
  (void)wire;
  *fd = -1;
  return UV_EBADF;
}

static void script_ref(Wire *wire, bool on) {
  (void)wire;
  (void)on;
}

const Transport transport_script = {
  .name = "script",
  .size = sizeof(ScriptWire),
  .counted = true,
  .in_lua = true,
  .plain = true,
  .read_start = script_read_start,
  .read_stop = script_read_stop,
  .close = script_close,
  .descriptor = script_descriptor,
  .ref = script_ref,
};

const luaL_Reg stream_script_functions[] = {
  { "script_driver", script_driver },
  { "script_fail", script_fail },
  { "script_push", script_push },
  { "script_written", script_written },
  { "script_finished", script_finished },
  { "script_closed", script_closed },
  { "script_constructed", script_constructed },
  { NULL, NULL },
};
