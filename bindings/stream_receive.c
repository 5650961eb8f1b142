/* stream_receive.c - a stream read like a file: receive() waits for what it was asked for. One task may wait at once. What
 * 'data' listeners get is not for these. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "stream.h"
#include "stream_buffer.h"
#include "wait.h"

enum { LINE_AT_MOST = 1024 * 1024 }; /* bytes, unless the script says otherwise */

/* -- what is wanted ----------------------------------------------------------------------------------------------- */

typedef enum WantKind { WANT_CHUNK, WANT_LINE, WANT_LINE_WITH_END, WANT_ALL, WANT_BYTES, WANT_UNTIL } WantKind;

typedef struct Want {
  WantKind kind;
  size_t n;              /* of WANT_BYTES */
  const char *delimiter; /* belongs to the stack of the coroutine that wants */
  size_t delimiter_len;
  size_t max;     /* bytes before the delimiter */
  bool inclusive; /* the delimiter is part of what is wanted */
} Want;

static bool is_line(const Want *want) {
  return want->kind == WANT_LINE || want->kind == WANT_LINE_WITH_END || want->kind == WANT_UNTIL;
}

/* The second argument of receive(), at an index. [-0, +0, e] */
static Want read_want(lua_State *L, int index) {
  Want want = { .kind = WANT_CHUNK, .delimiter = "\n", .delimiter_len = 1, .max = LINE_AT_MOST };
  if (lua_isnoneornil(L, index)) return want;
  if (lua_type(L, index) == LUA_TNUMBER) {
    double n = lua_tonumber(L, index);
    if (n != floor(n)) error_out_of_range(L, "what", "an integer", index);
    if (n < 0 || n > 0x40000000) error_out_of_range(L, "what", ">= 0 && <= 1073741824", index);
    want.kind = WANT_BYTES;
    want.n = (size_t)n;
    return want;
  }
  if (lua_type(L, index) != LUA_TSTRING) error_argument_type(L, "what", "of type number or string", index);
  const char *format = lua_tostring(L, index);
  if (format[0] == '*') ++format; /* as io.read allows */
  if (format[0] == 'l' && format[1] == '\0') want.kind = WANT_LINE;
  else if (format[0] == 'L' && format[1] == '\0') want.kind = WANT_LINE_WITH_END;
  else if (format[0] == 'a' && format[1] == '\0') want.kind = WANT_ALL;
  else error_argument_value(L, "what", "must be a number of bytes, 'l', 'L' or 'a'", index);
  want.inclusive = want.kind == WANT_LINE_WITH_END;
  return want;
}

/* [-0, +1, e] Pushes options.max of the table at an index: an integer, or nil. */
static void read_max(lua_State *L, int options) {
  if (lua_getfield(L, options, "max") == LUA_TNIL) return;
  int index = lua_gettop(L);
  if (lua_type(L, index) != LUA_TNUMBER) error_argument_type(L, "options.max", "of type number", index);
  double max = lua_tonumber(L, index);
  if (!(max >= 0)) error_out_of_range(L, "options.max", "a non-negative number", index);
  lua_pushinteger(L, max < 1e15 ? (lua_Integer)max : (lua_Integer)1e15);
  lua_replace(L, index);
}

/* receiveUntil(delimiter[, { max =, inclusive = }]). [-0, +0, e] */
static Want read_until(lua_State *L) {
  Want want = { .kind = WANT_UNTIL, .max = LINE_AT_MOST };
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "delimiter", "of type string", 2);
  want.delimiter = lua_tolstring(L, 2, &want.delimiter_len);
  if (want.delimiter_len == 0) error_argument_value(L, "delimiter", "must not be empty", 2);
  if (lua_isnoneornil(L, 3)) return want;
  if (!lua_istable(L, 3)) error_argument_type(L, "options", "of type table", 3);
  read_max(L, 3);
  if (!lua_isnil(L, -1)) want.max = (size_t)lua_tointeger(L, -1);
  lua_getfield(L, 3, "inclusive");
  want.inclusive = lua_toboolean(L, -1);
  lua_pop(L, 2);
  return want;
}

/* -- taking it from the buffer ------------------------------------------------------------------------------------ */

/* The reader has had every byte: 'end' follows, as for any reader. */
static void tell_end(lua_State *L, Stream *s) {
  if (s->state.read_ended && stream_buffered(s) == 0) stream_read_nothing(L, s);
}

int stream_push_failure(lua_State *L, Stream *s, const char *code) {
  lua_pushnil(L);
  if (s->errored) stream_push_error(L, s);
  else error_push_code(L, code);
  return 2;
}

/* [-0, +n, e] What arrived just now, if the reader wants it as it came: no copy is kept. */
static int take_fresh(lua_State *L, Stream *s) {
  Context *cx = s->h.cx;
  lua_pushlstring(L, cx->fresh, cx->fresh_len);
  cx->fresh = NULL;
  return 1;
}

/* [-0, +n, e] Up to the delimiter, or what there is of it. Returns 0 when more must come. */
static int take_line(lua_State *L, Stream *s, const Want *want) {
  size_t at;
  if (buffer_find(s, want->delimiter, want->delimiter_len, &at)) {
    if (at <= want->max) {
      size_t total = at + want->delimiter_len;
      bool cut_return = want->kind == WANT_LINE;
      buffer_take_line(L, s, want->inclusive ? total : at, total, cut_return);
      tell_end(L, s);
      return 1;
    }
  } else if (stream_buffered(s) <= want->max) {
    return 0;
  }
  lua_pushnil(L);
  error_push_system(L, UV_EMSGSIZE, "receive");
  return 2;
}

/* [-0, +n, e] The stream has ended, one way or another, with less than what was wanted. */
static int take_rest(lua_State *L, Stream *s, const Want *want) {
  size_t there = stream_buffered(s);
  bool whole = s->state.read_ended && !s->errored;
  if (whole && (want->kind == WANT_ALL || (there > 0 && (want->kind == WANT_CHUNK || is_line(want))))) {
    if (want->kind == WANT_UNTIL) { /* the delimiter never came */
      stream_push_failure(L, s, "ERR_STREAM_PREMATURE_CLOSE");
      buffer_take(L, s, there);
      tell_end(L, s);
      return 3;
    }
    buffer_take(L, s, there);
    tell_end(L, s);
    return 1;
  }
  if (whole && there == 0) {
    tell_end(L, s);
    lua_pushnil(L);
    return 1;
  }
  stream_push_failure(L, s, "ERR_STREAM_PREMATURE_CLOSE");
  if (there == 0) return 2;
  buffer_take(L, s, there);
  tell_end(L, s);
  return 3;
}

static bool nothing_comes(const Stream *s) {
  return s->state.read_ended || s->errored || s->state.destroyed || s->readable_off ||
         (!s->state.connected && !s->state.connecting);
}

/* [-0, +n, e] Pushes what is wanted, or what became of it; returns 0 when more must come. */
static int take(lua_State *L, Stream *s, const Want *want) {
  if (s->state.destroyed && !s->errored)
    return stream_push_failure(L, s, "ERR_STREAM_PREMATURE_CLOSE"); /* what came is nobody's */
  size_t there = stream_buffered(s);
  int n = 0;
  if (there > 0 && want->kind == WANT_CHUNK) {
    buffer_take(L, s, buffer_first_size(s));
    tell_end(L, s);
    n = 1;
  } else if (want->kind == WANT_BYTES && there >= want->n) {
    if (want->n > 0) buffer_take(L, s, want->n);
    else lua_pushliteral(L, "");
    tell_end(L, s);
    n = 1;
  } else if (there > 0 && is_line(want)) {
    n = take_line(L, s, want);
  }
  if (n == 0 && nothing_comes(s)) n = take_rest(L, s, want);
  if (n != 0 && (s->state.full || !s->state.reading)) stream_settle(L, s);
  return n;
}

/* -- receive ------------------------------------------------------------------------------------------------------ */

static void forget_reader(Task *task) { ((Stream *)task->subject)->reader = NULL; }

/* From here on the stream is read by tasks: 'data' is not told, and its peer's end does not end our side. */
static void begin_reading(lua_State *L, Stream *s, const char *verb) {
  if (s->data_listening || s->readable_listening || stream_piped(s)) {
    lua_pushfstring(L, "%s() on a socket with '%s' listeners: its bytes go to them", verb,
        s->data_listening       ? "data"
        : s->readable_listening ? "readable"
                                : "pipe");
    error_push(L, "Error", "ERR_STREAM_HAS_LISTENERS", lua_tostring(L, -1));
    lua_error(L);
  }
  s->waited_on = true;
  s->state.half_open = true;
  if (s->state.wants_read && s->flowing == FLOWING_OFF) return;
  s->state.wants_read = true;
  s->flowing = FLOWING_OFF;
  stream_settle(L, s);
}

typedef struct Verb {
  const char *name;
  Want (*want)(lua_State *L);
} Verb;

static Want second_argument(lua_State *L) { return read_want(L, 2); }

static const Verb receive_verb = { "receive", second_argument };
static const Verb until_verb = { "receiveUntil", read_until };

static int received(lua_State *L, lua_KContext context, const Verb *verb, lua_KFunction k) {
  Task *task = (Task *)context;
  if (!wait_is_over(context)) return wait_again(L, context, k);
  Stream *s = (Stream *)task->subject;
  WaitEnd end = wait_ended(L, context);
  if (end != WAIT_WOKEN) return wait_push_failure(L, end, verb->name);
  if (s->h.cx->fresh != NULL) return take_fresh(L, s); /* it woke this task, and nobody was in between */
  Want want = verb->want(L);
  int n = take(L, s, &want);
  if (n > 0) return n;
  s->reader = task; /* not all of it yet: the time limit goes on */
  return wait_more(L, task, forget_reader, k);
}

static int receive_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  return received(L, context, &receive_verb, receive_k);
}

static int until_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  return received(L, context, &until_verb, until_k);
}

static int receive_now(lua_State *L, Stream *s, const Verb *verb, double limit, lua_KFunction k) {
  Context *cx = s->h.cx;
  wait_check(L, cx);
  Want want = verb->want(L);
  if (s->reader != NULL) {
    lua_pushnil(L);
    error_push_system(L, UV_EBUSY, verb->name);
    return 2;
  }
  if (!s->waited_on || s->data_listening || s->readable_listening || s->flowing != FLOWING_OFF)
    begin_reading(L, s, verb->name);
  int n = take(L, s, &want);
  if (n > 0) return n;
  Task *task = task_current(L, cx);
  s->reader_wants_chunk = want.kind == WANT_CHUNK;
  wait_prepare(L, cx, limit, forget_reader, s);
  s->reader = task;
  stream_settle(L, s); /* a full buffer without what is wanted: read on */
  return wait_yield(L, cx, k);
}

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

/* receive([what][, limit]) -> data | nil at the end | nil, err, partial. what: nil any bytes, n so many, "l" a line without
 * its end, "L" with it, "a" all. Waits. */
static int stream_receive(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 3);
  if (lua_istable(L, 3)) return wait_with_options(L, 3);
  return receive_now(L, s, &receive_verb, wait_limit(L, 3), receive_k);
}

/* receiveUntil(delimiter[, { max = 1 MiB, inclusive = false }][, limit]) -> data | nil at the end | nil, err, partial.
 * Waits. */
static int stream_receive_until(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 4);
  if (lua_istable(L, 4)) return wait_with_options(L, 4);
  return receive_now(L, s, &until_verb, wait_limit(L, 4), until_k);
}

/* The iterators: the state of the loop is the stream. A loop passes two arguments; with a third, the time limit, they are
 * called by wait_with_options. */
static int next_chunk(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  lua_settop(L, 3);
  return receive_now(L, s, &receive_verb, -1, receive_k);
}

enum { PART_WHAT = 4, PART_LIMIT, PART_MAX }; /* upvalues of next_part */

static Want wanted_part(lua_State *L) {
  Want want = read_want(L, 2);
  if (!lua_isnil(L, lua_upvalueindex(PART_MAX))) want.max = (size_t)lua_tointeger(L, lua_upvalueindex(PART_MAX));
  return want;
}

static const Verb part_verb = { "receive", wanted_part };

static int part_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  return received(L, context, &part_verb, part_k);
}

static int next_part(lua_State *L) {
  Stream *s = self(L);
  if (lua_gettop(L) < 3) {
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(PART_WHAT));
    lua_pushvalue(L, lua_upvalueindex(PART_LIMIT));
  }
  if (lua_istable(L, 3)) return wait_with_options(L, 3);
  return receive_now(L, s, &part_verb, wait_limit(L, 3), part_k);
}

/* [-0, +2, e] The loop over what is at index 2, with the limit at 3 and the longest line at 4. */
static int push_loop(lua_State *L) {
  for (int i = 1; i <= 3; ++i) lua_pushvalue(L, lua_upvalueindex(i));
  for (int i = 2; i <= 4; ++i) lua_pushvalue(L, i);
  lua_pushcclosure(L, next_part, 6);
  lua_pushvalue(L, 1);
  return 2;
}

/* for line in lines([what = "l"][, limit]) do: until the end, or an error, which the next verb tells, or none came for so
 * long. limit is of ms, or { timeout =, signal =, max = 1 MiB, bytes of a line }. Waits. */
static int stream_lines(lua_State *L) {
  self(L);
  lua_settop(L, 3);
  read_want(L, 2);
  if (lua_isnil(L, 2)) {
    lua_pushliteral(L, "l");
    lua_replace(L, 2);
  }
  if (lua_istable(L, 3)) read_max(L, 3);
  else lua_pushnil(L);
  if (!lua_istable(L, 3)) wait_limit(L, 3);
  return push_loop(L);
}

/* for chunk in chunks([limit]) do: as they arrive. Waits. */
static int stream_chunks(lua_State *L) {
  self(L);
  lua_settop(L, 2);
  if (lua_isnil(L, 2)) { /* no closure for each connection */
    lua_settop(L, 1);
    lua_getfield(L, 1, "_next_chunk");
    lua_insert(L, 1);
    return 2;
  }
  if (!lua_istable(L, 2)) wait_limit(L, 2);
  lua_pushnil(L);
  lua_insert(L, 2);
  lua_pushnil(L);
  return push_loop(L);
}

void stream_wake_reader(lua_State *L, Stream *s) {
  Task *task = s->reader;
  if (task == NULL) return;
  s->reader = NULL;
  wait_wake(L, task);
}

bool stream_give_reader(lua_State *L, Stream *s, const char *data, size_t len) {
  Task *task = s->reader;
  Context *cx = s->h.cx;
  bool whole = s->reader_wants_chunk && stream_buffered(s) == 0;
  if (!whole) buffer_append(L, s, data, len);
  s->reader = NULL;
  cx->fresh = whole ? data : NULL;
  cx->fresh_len = len;
  wait_wake_now(L, task);
  bool left = cx->fresh != NULL; /* the task has come to its end before it looked */
  cx->fresh = NULL;
  if (!left) s->did_read = true;
  return !left;
}

const luaL_Reg stream_receive_methods[] = {
  { "receive", stream_receive },
  { "receiveUntil", stream_receive_until },
  { "lines", stream_lines },
  { "chunks", stream_chunks },
  { "_next_chunk", next_chunk },
  { NULL, NULL },
};
