/* stream_wait.c - a stream read and written like a file: receive() waits for what it was asked for, send() for room. One
 * task may wait to receive; those that send are served in order. What 'data' listeners get is not for these. */
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

/* receiveUntil(delimiter[, { max =, inclusive = }]). [-0, +0, e] */
static Want read_until(lua_State *L) {
  Want want = { .kind = WANT_UNTIL, .max = LINE_AT_MOST };
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "delimiter", "of type string", 2);
  want.delimiter = lua_tolstring(L, 2, &want.delimiter_len);
  if (want.delimiter_len == 0) error_argument_value(L, "delimiter", "must not be empty", 2);
  if (lua_isnoneornil(L, 3)) return want;
  if (!lua_istable(L, 3)) error_argument_type(L, "options", "of type table", 3);
  if (lua_getfield(L, 3, "max") != LUA_TNIL) {
    if (lua_type(L, -1) != LUA_TNUMBER) error_argument_type(L, "options.max", "of type number", lua_gettop(L));
    double max = lua_tonumber(L, -1);
    if (!(max >= 0)) error_out_of_range(L, "options.max", "a non-negative number", lua_gettop(L));
    want.max = max < 1e15 ? (size_t)max : (size_t)1e15;
  }
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

static int push_error(lua_State *L, Stream *s, const char *code) {
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
      push_error(L, s, "ERR_STREAM_PREMATURE_CLOSE");
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
  push_error(L, s, "ERR_STREAM_PREMATURE_CLOSE");
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
  int limit; /* index of the time limit */
} Verb;

static Want second_argument(lua_State *L) { return read_want(L, 2); }

static const Verb receive_verb = { "receive", second_argument, 3 };
static const Verb until_verb = { "receiveUntil", read_until, 4 };

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

/* The iterators: the state of the loop is the stream. */
static int next_chunk(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  lua_settop(L, 3);
  return receive_now(L, s, &receive_verb, -1, receive_k);
}

static int next_part(lua_State *L) { /* upvalue 4 is what is wanted */
  Stream *s = self(L);
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(4));
  lua_pushnil(L);
  return receive_now(L, s, &receive_verb, -1, receive_k);
}

/* for line in lines([what = "l"]) do: until the end, or an error, which the next verb tells. Waits. */
static int stream_lines(lua_State *L) {
  self(L);
  lua_settop(L, 2);
  read_want(L, 2);
  for (int i = 1; i <= 3; ++i) lua_pushvalue(L, lua_upvalueindex(i));
  if (lua_isnil(L, 2)) lua_pushliteral(L, "l");
  else lua_pushvalue(L, 2);
  lua_pushcclosure(L, next_part, 4);
  lua_pushvalue(L, 1);
  return 2;
}

/* for chunk in chunks() do: as they arrive. Waits. */
static int stream_chunks(lua_State *L) {
  self(L);
  lua_settop(L, 1);
  lua_getfield(L, 1, "_next_chunk"); /* no closure for each connection */
  lua_insert(L, 1);
  return 2;
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
  return !left;
}

/* -- send --------------------------------------------------------------------------------------------------------- */

struct Sender {
  Sender *next;
  Task *task;      /* borrowed: it waits */
  Stream *s;       /* borrowed: it is on the stack of the task */
  uint64_t target; /* its bytes are with the kernel when so many of the stream are */
};

static void forget_sender(Task *task) {
  Sender *sender = (Sender *)task->subject;
  for (Sender **link = &sender->s->more->senders; *link != NULL; link = &(*link)->next) {
    if (*link != sender) continue;
    *link = sender->next;
    break;
  }
  free(sender);
}

static uint64_t bytes_out(const Stream *s) { return s->counted ? s->bytes_written : s->bytes_written - s->queued; }

static uint64_t bytes_in(const Stream *s) { return bytes_out(s) + s->queued; }

static const char *refusal(const Stream *s) {
  if (s->state.ending || s->writable_off) return "ERR_STREAM_WRITE_AFTER_END";
  if (s->errored || s->state.destroyed || s->state.failed) return "ERR_STREAM_DESTROYED:write";
  if (!s->state.connected && !s->state.connecting) return "ERR_SOCKET_CLOSED";
  return NULL;
}

static int sent(lua_State *L, Stream *s) {
  if (s->errored || s->state.destroyed || s->state.failed) return push_error(L, s, "ERR_STREAM_DESTROYED:write");
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 2));
  return 1;
}

static int send_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  if (!wait_is_over(context)) return wait_again(L, context, send_k);
  Stream *s = (Stream *)((Box *)lua_touserdata(L, 1))->h; /* looked at by the method already */
  WaitEnd end = wait_ended(L, context);
  return end != WAIT_WOKEN ? wait_push_failure(L, end, "send") : sent(L, s);
}

/* send(data[, limit]) -> bytes | nil, err: returns when the kernel has it all, or will have it when the task waits next:
 * small ones leave together. Waits. */
static int stream_send(lua_State *L) {
  Stream *s = self(L);
  Context *cx = s->h.cx;
  lua_settop(L, 3);
  if (lua_istable(L, 3)) return wait_with_options(L, 3);
  double limit = wait_limit(L, 3);
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "data", "of type string", 2);
  wait_check(L, cx);
  s->waited_on = true;
  const char *code = refusal(s);
  if (code != NULL) return push_error(L, s, code);
  size_t len;
  const char *data = lua_tolstring(L, 2, &len);
  stream_write(L, s, data, len, 2, 0);
  if (s->queued == 0 || s->errored || s->state.destroyed) return sent(L, s);
  StreamMore *more = stream_more(L, s);
  Task *task = task_current(L, cx);
  Sender *sender = (Sender *)malloc(sizeof *sender);
  if (sender == NULL) return luaL_error(L, "not enough memory");
  *sender = (Sender){ .task = task, .s = s, .target = bytes_in(s) };
  wait_prepare(L, cx, limit, forget_sender, sender);
  Sender **link = &more->senders;
  while (*link != NULL) link = &(*link)->next;
  *link = sender;
  return wait_yield(L, cx, send_k);
}

bool stream_senders_due(const Stream *s) {
  return s->more != NULL && s->more->senders != NULL && s->more->senders->target <= bytes_out(s);
}

void stream_wake_senders(lua_State *L, Stream *s) {
  if (s->more == NULL) return;
  bool over = s->errored || s->state.destroyed || s->state.failed;
  while (s->more->senders != NULL && (over || stream_senders_due(s))) {
    Sender *sender = s->more->senders;
    Task *task = sender->task;
    s->more->senders = sender->next;
    free(sender);
    wait_wake(L, task);
  }
}

const luaL_Reg stream_receive_methods[] = {
  { "receive", stream_receive },
  { "receiveUntil", stream_receive_until },
  { "lines", stream_lines },
  { "chunks", stream_chunks },
  { "_next_chunk", next_chunk },
  { NULL, NULL },
};

const luaL_Reg stream_send_methods[] = { { "send", stream_send }, { NULL, NULL } };
