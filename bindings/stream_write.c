/* stream_write.c - the writable half: what a script writes is joined, handed to the kernel, told when it is gone.
 * Small writes of one callback leave together; the order of callbacks is the order of writes, as in Node's Writable. */
#include <stdlib.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "stream.h"
#include "stream_queue.h"

/* -- libuv says ------------------------------------------------------------------------------------------------ */

static void run_done(lua_State *L, Stream *s);

static int body_written(lua_State *L) {
  run_done(L, (Stream *)lua_touserdata(L, 1));
  return 0;
}

static void on_write(uv_write_t *req, int status) {
  bool failed = status < 0 && status != UV_ECANCELED;
  Stream *s = queue_written(req, failed);
  stream_touch(s);
  if (failed) queue_fail(s, status);
  else if (!s->state.destroyed) stream_push_out(s);
  if (s->more->write_error != 0) stream_flush(NULL, s);
  if (queue_has_callbacks(s->more->done) || s->need_drain || s->state.ending || s->state.destroyed)
    enter(s->h.cx, body_written, s);
  else queue_recycle_done(s);
}

void stream_push_out(Stream *s) {
  bool failed = s->more != NULL && s->more->write_error != 0;
  if (s->state.connected && !s->state.closing && !s->in_flight && !s->state.corked && !failed)
    queue_push_out(s, on_write);
}

/* -- after a write --------------------------------------------------------------------------------------------- */

/* Pushes what callbacks of bytes that will never leave get: the error that destroyed the stream, or that it was. */
static void push_lost(lua_State *L, Stream *s, const char *code) {
  if (s->errored) stream_push_error(L, s);
  else error_push_code(L, code);
}

static void call_back(lua_State *L, Context *cx, int callback, int error) {
  lua_pushvalue(L, callback);
  if (error != 0) lua_pushvalue(L, error);
  task_call(L, cx, error != 0 ? 1 : 0, &(Caller){ .role = "write callback" });
}

/* Calls the functions of the list on top of the stack, the first with the value at `first`, the others with the one
 * at `rest` (0: without). [-1, +0, e] */
static void call_list(lua_State *L, Context *cx, int first, int rest) {
  int list = lua_gettop(L);
  lua_Integer n = (lua_Integer)lua_rawlen(L, list);
  for (lua_Integer i = 1; i <= n; ++i) {
    lua_rawgeti(L, list, i);
    call_back(L, cx, lua_gettop(L), i == 1 ? first : rest);
    lua_settop(L, list);
  }
  lua_pop(L, 1);
}

/* [-0, +0, e] What was written: 'drain', then the callbacks. */
static void run_done(lua_State *L, Stream *s) {
  if (s->need_drain && !s->state.ending && !s->state.destroyed && s->queue == NULL) {
    s->need_drain = false;
    stream_drained(L, s);
    emit(L, &s->h, EVENT_DRAIN, NULL, NULL);
  }
  while (s->more != NULL && s->more->done != NULL) {
    Batch *batch = queue_take_done(s);
    if (queue_take_callbacks(L, batch)) {
      queue_free(s->h.cx, batch);
      call_list(L, s->h.cx, 0, 0);
    } else {
      queue_free(s->h.cx, batch);
    }
  }
  if (s->state.destroyed) stream_error_buffer(L, &s->h);
  stream_settle(L, s);
}

static void tick_after_write(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  s->after_write_due = false;
  stream_flush(L, s);
  if (!s->state.failed) run_done(L, s);
}

static void after_write(lua_State *L, Stream *s) {
  if (s->after_write_due) return;
  s->after_write_due = true;
  tick(L, &s->h, tick_after_write);
}

/* -- writes that fail ------------------------------------------------------------------------------------------ */

/* Pushes a list of all callbacks of the queue, which is emptied. [-0, +1, m] */
static void push_queue_callbacks(lua_State *L, Stream *s) {
  lua_newtable(L);
  lua_Integer count = 0;
  int list = lua_gettop(L);
  for (Batch *batch; (batch = queue_take(s)) != NULL; queue_free(s->h.cx, batch)) {
    if (!queue_take_callbacks(L, batch)) continue;
    for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, -1); i <= n; ++i) {
      lua_rawgeti(L, -1, i);
      lua_rawseti(L, list, ++count);
    }
    lua_settop(L, list);
  }
}

static void call_finish_callbacks(lua_State *L, Stream *s, int error) {
  if (s->more == NULL || s->more->finish_callbacks == LUA_NOREF) return;
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->more->finish_callbacks);
  luaL_unref(L, LUA_REGISTRYINDEX, s->more->finish_callbacks);
  s->more->finish_callbacks = LUA_NOREF;
  call_list(L, s->h.cx, error, error);
}

static bool writing(const Stream *s) { /* a write is under way, or waits for the connection */
  return s->in_flight || (s->queue != NULL && !s->opened_once);
}

bool stream_error_buffer_due(const Stream *s) {
  return s->queue != NULL || (s->more != NULL && s->more->finish_callbacks != LUA_NOREF);
}

void stream_error_buffer(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (writing(s)) return;
  push_queue_callbacks(L, s);
  push_lost(L, s, "ERR_STREAM_DESTROYED:write");
  int error = lua_gettop(L);
  lua_pushvalue(L, error - 1);
  call_list(L, h->cx, error, error);
  push_lost(L, s, "ERR_STREAM_DESTROYED:end");
  call_finish_callbacks(L, s, lua_gettop(L));
}

void stream_closed_before_connection(lua_State *L, Stream *s) {
  if (s->queue == NULL || s->opened_once) return;
  int top = lua_gettop(L);
  bool first_has_callback = s->more != NULL && s->more->first_has_callback;
  error_push_code(L, "ERR_SOCKET_CLOSED_BEFORE_CONNECTION");
  if (s->errored) stream_push_error(L, s);
  else lua_pushvalue(L, -1);
  push_queue_callbacks(L, s);
  call_list(L, s->h.cx, first_has_callback ? top + 1 : top + 2, top + 2);
  call_finish_callbacks(L, s, top + 2);
  lua_settop(L, top);
}

static void push_write_error(lua_State *L, Stream *s) {
  if (s->more->write_error == WRITE_CLOSED) error_push_code(L, "ERR_SOCKET_CLOSED");
  else error_push_system(L, s->more->write_error, "write");
}

/* The kernel refused: the callback of that write, of all behind it, then the stream is destroyed. */
static void tick_write_failed(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  int top = lua_gettop(L);
  push_write_error(L, s);
  push_queue_callbacks(L, s);
  call_list(L, h->cx, top + 1, top + 1);
  call_finish_callbacks(L, s, top + 1);
  lua_settop(L, top + 1);
  stream_destroy(L, s, true);
}

static int body_flushed(lua_State *L) {
  stream_flush(L, (Stream *)lua_touserdata(L, 1));
  return 0;
}

void stream_flush(lua_State *L, Stream *s) {
  stream_push_out(s);
  if (s->more == NULL && !s->need_drain) return;
  StreamMore *more = stream_more_or_null(s);
  if (more == NULL) return;
  bool failed = more->write_error != 0 && !s->state.failed;
  bool done = queue_has_callbacks(more->done) || (s->need_drain && s->queue == NULL && !s->state.ending);
  if (!failed && (!done || s->after_write_due)) return;
  if (L == NULL) {
    enter(s->h.cx, body_flushed, s);
    return;
  }
  if (failed) {
    s->state.failed = true;
    tick(L, &s->h, tick_write_failed);
  } else {
    after_write(L, s);
  }
}

static void on_flush(Handle *h) {
  Stream *s = (Stream *)h;
  s->flush_due = false;
  stream_flush(NULL, s);
}

/* -- write ----------------------------------------------------------------------------------------------------- */

size_t stream_write_mark(const Stream *s) { return s->more != NULL ? s->more->write_mark : DEFAULT_HIGH_WATER_MARK; }

bool stream_write(lua_State *L, Stream *s, const char *data, size_t len, int string, int callback) {
  bool open = s->state.connected || s->state.connecting;
  bool fresh = s->state.connected && !s->in_flight && !s->state.corked && !s->state.failed && s->queued == 0;
  if (callback != 0 || !fresh) stream_more(L, s);
  if (s->queue == NULL && !s->opened_once) s->more->first_has_callback = callback != 0;
  s->bytes_written += len;
  if (len > 0 || callback != 0) queue_add(L, s, data, len, string, callback, fresh, on_write);
  if (!open && !s->state.corked) {
    s->more->write_error = WRITE_CLOSED;
    stream_flush(L, s);
  } else if (!fresh) {
    s->queued += len;
  } else {
    stream_touch(s);
    if (callback != 0) after_write(L, s);
    if (queue_is_full(s)) {
      stream_flush(L, s);
    } else if (!s->flush_due && s->queue != NULL) {
      s->flush_due = true;
      flush_later(L, &s->h, on_flush);
    }
  }
  bool room = s->queued < stream_write_mark(s) || s->queued == 0; /* what the kernel took does not count */
  if (!room) s->need_drain = true;
  return room && !s->errored && !s->state.destroyed && !s->state.failed;
}

bool stream_feed(Stream *s, const char *data, size_t len) {
  s->bytes_written += len;
  stream_touch(s);
  queue_feed(s, data, len, on_write);
  if (s->more->write_error != 0) stream_flush(NULL, s);
  if (s->queued < s->more->write_mark) return true;
  s->need_drain = true;
  return false;
}

void stream_drop_queue(lua_State *L, Stream *s) {
  for (Batch *batch; (batch = queue_take(s)) != NULL; queue_free(s->h.cx, batch)) {
    if (L != NULL && queue_take_callbacks(L, batch)) lua_pop(L, 1);
  }
  if (s->more == NULL) return;
  for (Batch *batch; s->more->done != NULL && (batch = queue_take_done(s)) != NULL; queue_free(s->h.cx, batch))
    continue;
}

/* -- end ------------------------------------------------------------------------------------------------------- */

static void tick_finish(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  s->finished = true;
  call_finish_callbacks(L, s, 0);
  emit(L, h, EVENT_FINISH, NULL, NULL);
  s->state.write_ended = true;
  if (s->soon) stream_destroy(L, s, false);
  stream_settle(L, s);
}

static void prefinish(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->state.destroyed || s->errored || s->close_told || s->prefinished) return;
  s->prefinished = true;
  emit(L, h, EVENT_PREFINISH, NULL, NULL);
  tick(L, h, tick_finish);
}

static int body_shut(lua_State *L) {
  Stream *s = (Stream *)lua_touserdata(L, 1);
  prefinish(L, &s->h);
  return 0;
}

static void on_shutdown(uv_shutdown_t *req, int status) {
  (void)status; /* ENOTCONN and ECANCELED included: nothing more will be written either way */
  Stream *s = (Stream *)req->data;
  free(req);
  enter(s->h.cx, body_shut, s);
}

void stream_shutdown(lua_State *L, Stream *s) {
  if (s->state.read_ended) { /* both sides have ended: close(2) is next, and says all that shutdown(2) would */
    tick(L, &s->h, prefinish);
    return;
  }
  uv_shutdown_t *req = (uv_shutdown_t *)malloc(sizeof *req);
  int err = UV_ENOMEM;
  if (req != NULL) {
    req->data = s;
    err = uv_shutdown(req, &s->uv.stream, on_shutdown);
  }
  if (err == 0) return;
  free(req);
  if (err == UV_ENOTCONN) prefinish(L, &s->h);
  else stream_destroy_system(L, s, err, "shutdown");
}

void stream_end(lua_State *L, Stream *s) {
  s->state.corked = false;
  if (s->more != NULL) s->more->corks = 0;
  if (!s->state.ending && !s->errored) s->state.ending = true;
  stream_flush(L, s);
  stream_settle(L, s);
}

/* -- the script says ------------------------------------------------------------------------------------------- */

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

static Encoding check_encoding(lua_State *L, Stream *s, int index) {
  if (lua_isnoneornil(L, index)) return s->more != NULL ? (Encoding)s->more->default_encoding : ENCODING_UTF8;
  size_t len;
  const char *name = luaL_tolstring(L, index, &len);
  Encoding encoding = len == 0 ? ENCODING_UTF8 : encoding_find(name, len);
  if (encoding != ENCODING_UNKNOWN) {
    lua_pop(L, 1);
    return encoding;
  }
  lua_pushfstring(L, "Unknown encoding: %s", name);
  error_push(L, "TypeError", "ERR_UNKNOWN_ENCODING", lua_tostring(L, -1));
  lua_error(L);
  return ENCODING_UNKNOWN;
}

/* Argument 4 may be a callback, argument 3 an encoding or a callback: puts nil or a function at 4. */
static void arrange_arguments(lua_State *L) {
  lua_settop(L, 4);
  if (!lua_isnil(L, 3) && lua_type(L, 3) != LUA_TSTRING && error_callable(L, 3)) {
    lua_replace(L, 4);
    lua_pushnil(L);
    lua_insert(L, 3);
    lua_pushvalue(L, 4);
    lua_replace(L, 4);
    lua_settop(L, 4);
  }
}

/* Calls the callback at an index with the error on top, by tick; the error is left there. */
static void fail_by_tick(lua_State *L, Stream *s, int callback) {
  if (!error_callable(L, callback)) return;
  lua_pushvalue(L, callback);
  lua_pushvalue(L, -2);
  tick_function(L, s->h.cx, 1);
}

bool stream_refuses(lua_State *L, Stream *s, int callback) {
  const char *code = NULL;
  if (s->end_emitted && !s->state.half_open && s->state.ending) code = "EPIPE";
  else if (s->state.ending || s->writable_off) code = "ERR_STREAM_WRITE_AFTER_END";
  else if (s->state.destroyed) code = "ERR_STREAM_DESTROYED:write";
  if (code == NULL) return false;
  error_push_code(L, code);
  if (callback != 0) fail_by_tick(L, s, callback);
  lua_pushvalue(L, -1);
  stream_destroy(L, s, true);
  return true;
}

/* [-0, +0, e] Writes the string at 2, with the encoding at 3 and the callback at 4. Returns what write() does. */
static bool write_arguments(lua_State *L, Stream *s, bool *refused) {
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "chunk", "of type string", 2);
  Encoding encoding = check_encoding(L, s, 3);
  int callback = error_callable(L, 4) ? 4 : 0;
  *refused = stream_refuses(L, s, callback);
  if (*refused) return false;
  size_t len;
  const char *text = lua_tolstring(L, 2, &len);
  if (encoding == ENCODING_UTF8 || encoding == ENCODING_BYTES) return stream_write(L, s, text, len, 2, callback);
  char *bytes = (char *)lua_newuserdatauv(L, encode_bound(encoding, len) + 1, 0);
  size_t size = encode(encoding, text, len, bytes);
  return stream_write(L, s, bytes, size, 0, callback);
}

/* write(data[, encoding][, callback(err)]) -> boolean: false asks the caller to wait for 'drain'.
 * https://nodejs.org/api/net.html#socketwritedata-encoding-callback */
static int write_method(lua_State *L) {
  Stream *s = self(L);
  bool refused;
  if (lua_gettop(L) == 2 && lua_type(L, 2) == LUA_TSTRING && !s->state.ending && !s->state.destroyed &&
      (s->more == NULL || s->more->default_encoding == ENCODING_UTF8)) { /* by far the commonest call */
    size_t len;
    const char *data = lua_tolstring(L, 2, &len);
    lua_pushboolean(L, stream_write(L, s, data, len, 2, 0));
    return 1;
  }
  arrange_arguments(L);
  lua_pushboolean(L, write_arguments(L, s, &refused));
  return 1;
}

/* [-0, +0, m] Keeps the function at 4 until the stream has finished. */
static void add_finish_callback(lua_State *L, Stream *s) {
  StreamMore *more = stream_more(L, s);
  if (more->finish_callbacks == LUA_NOREF) {
    lua_newtable(L);
    more->finish_callbacks = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, more->finish_callbacks);
  lua_pushvalue(L, 4);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
}

/* finish([data[, encoding]][, callback]) -> self: ends our side when all is written.
 * https://nodejs.org/api/net.html#socketenddata-encoding-callback */
static int finish_method(lua_State *L) {
  Stream *s = self(L);
  if (lua_gettop(L) >= 2 && lua_type(L, 2) != LUA_TSTRING && !lua_isnil(L, 2) && error_callable(L, 2)) {
    lua_settop(L, 2);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_rotate(L, 2, 2); /* self, nil, nil, callback */
  } else {
    arrange_arguments(L);
  }
  bool refused = false;
  if (!lua_isnil(L, 2)) { /* the callback is finish's, not the write's */
    lua_pushvalue(L, 4);
    lua_pushnil(L);
    lua_replace(L, 4);
    write_arguments(L, s, &refused);
    lua_pushvalue(L, 5);
    lua_replace(L, 4);
    if (!refused) lua_settop(L, 4); /* else the error is on top */
  }
  bool callback = error_callable(L, 4);
  const char *code = NULL;
  if (refused) {
    if (callback) fail_by_tick(L, s, 4);
  } else if (!s->state.ending && !s->errored) {
    if (callback) add_finish_callback(L, s);
    stream_end(L, s);
  } else {
    code = s->finished ? "ERR_STREAM_ALREADY_FINISHED" : s->state.destroyed ? "ERR_STREAM_DESTROYED:end" : NULL;
    if (callback && code != NULL) {
      error_push_code(L, code);
      fail_by_tick(L, s, 4);
    } else if (callback && s->errored) {
      stream_push_error(L, s);
      fail_by_tick(L, s, 4);
    } else if (callback) {
      add_finish_callback(L, s);
    }
  }
  lua_settop(L, 1);
  return 1;
}

static int cork(lua_State *L) {
  Stream *s = self(L);
  StreamMore *more = stream_more(L, s);
  stream_flush(L, s);
  ++more->corks;
  s->state.corked = true;
  return 0;
}

static int uncork(lua_State *L) {
  Stream *s = self(L);
  if (s->more == NULL || s->more->corks == 0 || --s->more->corks > 0) return 0;
  s->state.corked = false;
  if (!s->state.connected && !s->state.connecting && s->queue != NULL) s->more->write_error = WRITE_CLOSED;
  stream_flush(L, s);
  stream_settle(L, s);
  return 0;
}

/* setDefaultEncoding(encoding) -> self: what write() takes text for. */
static int set_default_encoding(lua_State *L) {
  Stream *s = self(L);
  if (lua_type(L, 2) != LUA_TSTRING) {
    lua_pushfstring(L, "Unknown encoding: %s", luaL_tolstring(L, 2, NULL));
    error_push(L, "TypeError", "ERR_UNKNOWN_ENCODING", lua_tostring(L, -1));
    return lua_error(L);
  }
  Encoding encoding = check_encoding(L, s, 2);
  stream_more(L, s)->default_encoding = (uint8_t)encoding;
  lua_settop(L, 1);
  return 1;
}

static int destroy(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 2);
  bool has_error = lua_toboolean(L, 2);
  if (has_error) lua_pushvalue(L, 2);
  stream_destroy(L, s, has_error);
  lua_settop(L, 1);
  return 1;
}

const luaL_Reg stream_write_methods[] = {
  { "write", write_method },
  { "finish", finish_method },
  { "end_", finish_method },
  { "end", finish_method },
  { "cork", cork },
  { "uncork", uncork },
  { "destroy", destroy },
  { "setDefaultEncoding", set_default_encoding },
  { NULL, NULL },
};
