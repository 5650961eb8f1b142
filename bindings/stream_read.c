/* stream_read.c - the readable half: bytes from libuv become 'data', 'readable' and read(), as in Node's Readable. */
#include <math.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "options.h"
#include "stream.h"
#include "stream_buffer.h"
#include "stream_script.h"

/* -- telling the script ---------------------------------------------------------------------------------------- */

static void flow(lua_State *L, Stream *s);

static int push_top(lua_State *L, const void *arg) { /* the value at an index */
  lua_pushvalue(L, *(const int *)arg);
  return 1;
}

static void emit_readable_now(lua_State *L, Stream *s) {
  if (!s->state.destroyed && !s->errored && (stream_buffered(s) > 0 || s->state.read_ended)) {
    emit(L, &s->h, EVENT_READABLE, NULL, NULL);
    s->emitted_readable = false;
  }
  if (s->flowing != FLOWING_ON && !s->state.read_ended && stream_buffered(s) <= stream_read_mark(s))
    s->need_readable = true;
  flow(L, s);
  stream_settle(L, s);
}

static void tick_readable(lua_State *L, Handle *h) { emit_readable_now(L, (Stream *)h); }

static void emit_readable(lua_State *L, Stream *s) {
  s->need_readable = false;
  if (s->emitted_readable) return;
  s->emitted_readable = true;
  tick(L, &s->h, tick_readable);
}

static void tick_end(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->errored || s->close_told || s->end_emitted || stream_buffered(s) > 0) return;
  s->end_emitted = true;
  emit(L, h, EVENT_END, NULL, NULL);
  s->state.end_told = true;
  stream_settle(L, s);
}

static void end_readable(lua_State *L, Stream *s) {
  if (s->end_emitted) return;
  s->state.read_ended = true;
  tick(L, &s->h, tick_end);
}

/* [-0, +0, e] A chunk of text or bytes arrived; string: its index, or 0. */
static void add_chunk(lua_State *L, Stream *s, const char *data, size_t len, int string, bool sync) {
  if (s->reader != NULL && stream_give_reader(L, s, data, len)) return;
  if (s->flowing == FLOWING_ON && stream_buffered(s) == 0 && (s->data_listening || stream_piped(s)) && !sync) {
    if (string != 0) lua_pushvalue(L, string);
    else lua_pushlstring(L, data, len);
    int at = lua_gettop(L);
    s->did_read = true;
    if (stream_piped(s)) stream_pipe_string(L, s, at);
    if (s->data_listening) emit(L, &s->h, EVENT_DATA, push_top, &at);
    lua_pop(L, 1);
  } else {
    buffer_append(L, s, data, len);
    if (s->need_readable) emit_readable(L, s);
  }
}

/* -- libuv says ------------------------------------------------------------------------------------------------ */

typedef struct Arrived {
  Stream *s;
  const char *data;
  ssize_t n; /* bytes, or a libuv error */
} Arrived;

static int push_arrived(lua_State *L, const void *arg) {
  const Arrived *a = (const Arrived *)arg;
  lua_pushlstring(L, a->data, (size_t)a->n);
  return 1;
}

static void add_decoded(lua_State *L, Stream *s, const char *data, size_t len, bool sync) {
  luaL_Buffer b;
  Decoder *decoder = &s->more->decoder;
  char *text = luaL_buffinitsize(L, &b, decode_bound(decoder, len));
  size_t size = decode(decoder, data, len, text);
  luaL_pushresultsize(&b, size);
  if (size > 0) add_chunk(L, s, lua_tostring(L, -1), size, lua_gettop(L), sync);
  lua_pop(L, 1);
}

void stream_push_chunk(lua_State *L, Stream *s, int string, bool sync) {
  size_t len;
  const char *data = lua_tolstring(L, string, &len);
  if (s->more != NULL && s->more->decoding) add_decoded(L, s, data, len, sync);
  else add_chunk(L, s, data, len, string, sync);
}

bool stream_can_push(const Stream *s) {
  return !s->state.read_ended && (stream_buffered(s) < stream_read_mark(s) || stream_buffered(s) == 0);
}

void stream_eof(lua_State *L, Stream *s, bool sync) {
  if (s->state.read_ended) return;
  if (s->more != NULL && s->more->decoding) {
    char rest[16];
    size_t len = decode_end(&s->more->decoder, rest);
    if (len > 0) buffer_append(L, s, rest, len);
  }
  s->state.read_ended = true;
  stream_wake_reader(L, s);
  if (sync) {
    emit_readable(L, s);
    return;
  }
  s->need_readable = false;
  s->emitted_readable = true;
  emit_readable_now(L, s);
  if (!s->in_lua) stream_read_nothing(L, s);
  if (s->owner != NULL) stream_check_unread(L, s);
}

static int body_read(lua_State *L) {
  const Arrived *a = (const Arrived *)lua_touserdata(L, 1);
  Stream *s = a->s;
  if (a->n < 0) {
    if (a->n == UV_EOF) stream_eof(L, s, false);
    else stream_fail_system(L, s, (int)a->n, "read");
  } else if (stream_onread(s)) {
    stream_give_onread(L, s, a->data, (size_t)a->n);
  } else if (s->more != NULL && s->more->decoding) {
    add_decoded(L, s, a->data, (size_t)a->n, false);
  } else if (s->flowing == FLOWING_ON && s->data_listening && stream_buffered(s) == 0 && !stream_piped(s)) {
    s->did_read = true;
    emit(L, &s->h, EVENT_DATA, push_arrived, a);
  } else {
    add_chunk(L, s, a->data, (size_t)a->n, 0, false);
  }
  stream_settle(L, s);
  return 0;
}

void stream_on_alloc(uv_handle_t *uv, size_t suggested, uv_buf_t *buf) {
  (void)suggested;
  Stream *s = (Stream *)uv->data;
  Context *cx = s->h.cx;
  bool piped = stream_piped(s) && cx->pipe_buffer != NULL;
  *buf = uv_buf_init(piped ? cx->pipe_buffer : cx->read_buffer, piped ? PIPE_BUFFER_SIZE : READ_BUFFER_SIZE);
}

void stream_on_read(uv_stream_t *uv, ssize_t n, const uv_buf_t *buf) {
  Stream *s = (Stream *)uv->data;
  if (n == 0) return;
  stream_touch(s);
  if (n > 0) {
    s->bytes_read += (uint64_t)n;
    if (stream_piped(s) && stream_pipe_out(s, buf->base, (size_t)n)) return;
  } else {
    s->state.reading = false; /* libuv has stopped by itself */
    transport_read_stop(stream_transport(s), &s->wire);
  }
  enter(s->h.cx, body_read, &(Arrived){ s, buf->base, n });
}

/* -- read() ---------------------------------------------------------------------------------------------------- */

static size_t how_much(const Stream *s, bool any, size_t n) {
  size_t there = stream_buffered(s);
  if (there == 0 && s->state.read_ended) return 0;
  if (any) return s->flowing == FLOWING_ON && there > 0 ? buffer_first_size(s) : there;
  if (n <= there) return n;
  return s->state.read_ended ? there : 0;
}

/* [-0, +1, e] read(): any = no size was given. Pushes the bytes, or nil. */
static void read_bytes(lua_State *L, Stream *s, bool any, size_t wanted) {
  if (!any && wanted > stream_read_mark(s)) { /* a larger read raises the mark, to a power of two */
    size_t mark = 1;
    while (mark < wanted) mark *= 2;
    stream_more(L, s)->read_mark = mark;
  }
  bool nothing = !any && wanted == 0;
  if (!nothing) s->emitted_readable = false;
  size_t there = stream_buffered(s), mark = stream_read_mark(s);
  if (nothing && s->need_readable && ((mark != 0 ? there >= mark : there > 0) || s->state.read_ended)) {
    if (stream_buffered(s) == 0 && s->state.read_ended) end_readable(L, s);
    else emit_readable(L, s);
    lua_pushnil(L);
    return;
  }
  size_t n = how_much(s, any, wanted);
  if (n == 0 && s->state.read_ended) {
    if (stream_buffered(s) == 0) end_readable(L, s);
    lua_pushnil(L);
    return;
  }
  if (s->in_lua) {
    if (stream_script_demand(L, s, n)) n = how_much(s, any, wanted);
  } else if (!s->state.wants_read && !s->state.destroyed) {
    s->state.wants_read = true;
  }
  if (stream_buffered(s) == 0 && !s->state.read_ended) s->need_readable = true;
  if (n > 0) {
    buffer_take(L, s, n);
  } else {
    lua_pushnil(L);
    if (stream_buffered(s) <= stream_read_mark(s)) s->need_readable = true;
  }
  if (stream_buffered(s) == 0) {
    if (!s->state.read_ended) s->need_readable = true;
    else if (any || wanted != n) end_readable(L, s);
  }
  if (n > 0 && !s->error_told && !s->close_told) {
    int at = lua_gettop(L);
    if (stream_piped(s)) stream_pipe_string(L, s, at);
    if (s->data_listening) emit(L, &s->h, EVENT_DATA, push_top, &at);
  }
}

void stream_read_nothing(lua_State *L, Stream *s) {
  read_bytes(L, s, false, 0);
  lua_pop(L, 1);
}

static void flow(lua_State *L, Stream *s) {
  bool got = true;
  while (s->flowing == FLOWING_ON && got) {
    read_bytes(L, s, true, 0);
    got = !lua_isnil(L, -1);
    lua_pop(L, 1);
  }
}

/* -- flowing and paused ---------------------------------------------------------------------------------------- */

/* 'close' was told, or is being told: nothing follows it. */
static bool is_gone(const Stream *s) { return s->state.destroyed && !s->state.connected && s->close_told; }

static void tick_resume(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  stream_read_nothing(L, s);
  s->resume_due = false;
  if (!is_gone(s)) emit(L, h, EVENT_RESUME, NULL, NULL);
  flow(L, s);
  stream_settle(L, s);
}

void stream_resume(lua_State *L, Stream *s) {
  if (s->flowing != FLOWING_ON) {
    s->flowing = s->readable_listening ? FLOWING_OFF : FLOWING_ON;
    if (!s->resume_due) {
      s->resume_due = true;
      tick(L, &s->h, tick_resume);
    }
  }
  s->paused = false;
  if (stream_onread(s)) stream_let_onread(L, s, true);
}

void stream_pause(lua_State *L, Stream *s) {
  if (s->flowing != FLOWING_OFF) {
    s->flowing = FLOWING_OFF;
    if (!is_gone(s)) emit(L, &s->h, EVENT_PAUSE, NULL, NULL);
  }
  s->paused = true;
  if (stream_onread(s)) stream_let_onread(L, s, false);
}

bool stream_is_paused(const Stream *s) { return s->paused || s->flowing == FLOWING_OFF; }

static void tick_read_nothing(lua_State *L, Handle *h) {
  stream_read_nothing(L, (Stream *)h);
  stream_settle(L, (Stream *)h);
}

static void tick_readable_listening(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  s->readable_listening = emitter_listened(L, h, EVENT_READABLE);
  if (s->resume_due && !s->paused) s->flowing = FLOWING_ON;
  else if (s->data_listening) stream_resume(L, s);
  else if (!s->readable_listening) s->flowing = FLOWING_UNASKED;
}

void stream_listening(lua_State *L, Handle *h, int event, bool added) {
  Stream *s = (Stream *)h;
  if (event == EVENT_DATA) {
    s->data_listening = added || emitter_listened(L, h, EVENT_DATA);
    if (!added) return;
    if (emitter_listened(L, h, EVENT_READABLE)) s->readable_listening = true;
    if (s->flowing != FLOWING_OFF) stream_resume(L, s);
  } else if (event == EVENT_READABLE && !added) {
    tick(L, h, tick_readable_listening);
  } else if (event == EVENT_READABLE && !s->end_emitted && !s->readable_listening) {
    s->readable_listening = s->need_readable = true;
    s->flowing = FLOWING_OFF;
    s->emitted_readable = false;
    if (stream_buffered(s) > 0) emit_readable(L, s);
    else tick(L, h, tick_read_nothing);
  }
}

/* -- the script says ------------------------------------------------------------------------------------------- */

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

/* read([n]) -> string | nil: n bytes, or what there is. https://nodejs.org/api/stream.html#readablereadsize */
static int stream_read(lua_State *L) {
  Stream *s = self(L);
  lua_Number n = 0;
  bool any = lua_isnoneornil(L, 2);
  if (!any) {
    if (lua_type(L, 2) != LUA_TNUMBER) error_argument_type(L, "size", "of type number", 2);
    n = lua_tonumber(L, 2);
    if (isnan(n)) any = true;
    else if (n > 0x40000000) error_out_of_range(L, "size", "<= 1GiB", 2);
  }
  lua_settop(L, 1);
  read_bytes(L, s, any, n > 0 ? (size_t)n : 0);
  stream_settle(L, s);
  return 1;
}

/* unshift(data): puts bytes back in front of the read buffer. -> boolean */
static int stream_unshift(lua_State *L) {
  Stream *s = self(L);
  if (lua_isnoneornil(L, 2)) { /* as push(null) */
    stream_eof(L, s, false);
    lua_pushboolean(L, false);
    return 1;
  }
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "chunk", "of type string", 2);
  size_t len;
  const char *data = lua_tolstring(L, 2, &len);
  if (len > 0) {
    if (s->end_emitted) {
      error_push_code(L, "ERR_STREAM_UNSHIFT_AFTER_END_EVENT");
      stream_fail(L, s);
    } else if (s->state.destroyed || s->errored) {
      lua_pushboolean(L, false);
      return 1;
    } else if (s->flowing == FLOWING_ON && stream_buffered(s) == 0 && s->data_listening) {
      s->did_read = true;
      emit(L, &s->h, EVENT_DATA, push_top, &(int){ 2 });
    } else {
      buffer_prepend(L, s, data, len);
      if (s->need_readable) emit_readable(L, s);
    }
  }
  stream_settle(L, s);
  lua_pushboolean(L, stream_can_push(s));
  return 1;
}

static int stream_pause_method(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  stream_pause(L, s);
  stream_settle(L, s);
  return 1;
}

static int stream_resume_method(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  stream_resume(L, s);
  return 1;
}

static int is_paused(lua_State *L) {
  lua_pushboolean(L, stream_is_paused(self(L)));
  return 1;
}

/* setEncoding([encoding = "utf8"]) -> self: chunks are text from now on; what is buffered is decoded. */
static int set_encoding(lua_State *L) {
  Stream *s = self(L);
  size_t len = 0;
  const char *name = lua_isnoneornil(L, 2) ? "utf8" : luaL_tolstring(L, 2, &len);
  Encoding encoding = encoding_find(name, lua_isnoneornil(L, 2) ? 4 : len);
  if (len == 0) encoding = ENCODING_UTF8;
  if (encoding == ENCODING_UNKNOWN || encoding == ENCODING_BYTES) error_unknown_encoding(L, 2);
  StreamMore *more = stream_more(L, s);
  bool decoded_already = more->decoding;
  decoder_init(&more->decoder, encoding);
  more->decoding = true;
  if (more->buffered > 0 && !decoded_already) {
    bool did_read = s->did_read;
    buffer_take(L, s, more->buffered);
    s->did_read = did_read;
    int at = lua_gettop(L);
    size_t size = lua_rawlen(L, at);
    char *text = (char *)lua_newuserdatauv(L, decode_bound(&more->decoder, size), 0);
    size_t decoded = decode(&more->decoder, lua_tostring(L, at), size, text);
    if (decoded > 0) buffer_append(L, s, text, decoded);
  }
  lua_settop(L, 1);
  return 1;
}

const luaL_Reg stream_read_methods[] = {
  { "read", stream_read },
  { "unshift", stream_unshift },
  { "pause", stream_pause_method },
  { "resume", stream_resume_method },
  { "isPaused", is_paused },
  { "setEncoding", set_encoding },
  { NULL, NULL },
};
