/* stream_write.c - the writable half: what a script writes is joined, handed to the kernel, told when it is gone.
 * Small writes of one callback leave together; the order of callbacks is the order of writes, as in Node's Writable. */
#include <stdlib.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "stream.h"
#include "stream_queue.h"
#include "stream_script.h"

/* -- libuv says ------------------------------------------------------------------------------------------------ */

static void run_done(lua_State *L, Stream *s);

static int body_written(lua_State *L) {
  run_done(L, (Stream *)lua_touserdata(L, 1));
  return 0;
}

static void on_write(uv_write_t *req, int status) {
  bool failed = status < 0 && status != UV_ECANCELED;
  Stream *s = queue_stream(req);
  failed |= s->counted && s->state.destroyed; /* as in Node: nobody is to rely on it */
  queue_written(req, failed);
  stream_touch(s);
  if (failed) queue_fail(s, status < 0 ? status : WRITE_DESTROYED);
  else if (!s->state.destroyed) stream_push_out(NULL, s);
  if (s->more->write_error != 0) stream_flush(NULL, s);
  bool awaited = s->need_drain || s->more->senders != NULL || s->state.ending || s->state.destroyed;
  if (queue_has_callbacks(s->more->done) || awaited) enter(s->h.cx, body_written, s);
  else queue_recycle_done(s);
}

void stream_push_out(lua_State *L, Stream *s) {
  bool failed = s->more != NULL && s->more->write_error != 0;
  if (!s->state.connected || s->state.closing || s->in_flight || s->state.corked || failed) return;
  if (!s->in_lua) queue_push_out(L, s, on_write);
  else if (L != NULL && !s->errored) stream_script_write(L, s);
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
  stream_wake_senders(L, s);
  if (s->state.destroyed) stream_error_buffer(L, &s->h);
  stream_settle(L, s);
}

static void tick_after_write(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  s->after_write_due = false;
  stream_flush(L, s);
  if (!s->state.failed || s->in_lua) run_done(L, s);
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

static const char FINISH_KEY = 0; /* of the stream's own values: the list of finish(callback)s */

void stream_add_finish_callback(lua_State *L, Stream *s, int callback) {
  if (!s->finish_awaited) {
    lua_newtable(L);
    handle_set_value(L, &s->h, &FINISH_KEY);
    s->finish_awaited = true;
  }
  handle_push_value(L, &s->h, &FINISH_KEY);
  lua_pushvalue(L, callback);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
}

void stream_drop_finish_callbacks(lua_State *L, Stream *s) {
  if (!s->finish_awaited) return;
  s->finish_awaited = false;
  lua_pushnil(L);
  handle_set_value(L, &s->h, &FINISH_KEY);
}

static void call_finish_callbacks(lua_State *L, Stream *s, int error) {
  if (!s->finish_awaited) return;
  handle_push_value(L, &s->h, &FINISH_KEY);
  stream_drop_finish_callbacks(L, s);
  call_list(L, s->h.cx, error, error);
}

static bool writing(const Stream *s) { /* a write is under way, or waits for the connection */
  return s->in_flight || (s->queue != NULL && !s->opened_once && !s->plain);
}

bool stream_error_buffer_due(const Stream *s) { return s->queue != NULL || s->finish_awaited; }

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
  if (s->queue == NULL || s->opened_once || s->plain) return;
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

static const char SCRIPT_ERROR_KEY = 0; /* of the stream's own values: what _write called back with */

static void push_too_much(lua_State *L, const Stream *s) {
  lua_pushfstring(L, "more than %I bytes wait to be written (maxBufferedBytes)", (LUAI_UACINT)s->more->max_buffered);
  error_push(L, "Error", "ERR_STREAM_MAX_BUFFERED", lua_tostring(L, -1));
  lua_remove(L, -2);
}

static void push_write_error(lua_State *L, Stream *s) {
  if (s->more->write_error == WRITE_CLOSED) error_push_code(L, "ERR_SOCKET_CLOSED");
  else if (s->more->write_error == WRITE_DESTROYED) error_push_code(L, "ERR_STREAM_DESTROYED:write");
  else if (s->more->write_error == WRITE_TOO_MUCH) push_too_much(L, s);
  else if (s->more->write_error == WRITE_SCRIPT) handle_push_value(L, &s->h, &SCRIPT_ERROR_KEY);
  else stream_push_system(L, s, s->more->write_error, "write");
}

/* The kernel refused: the callback of that write, of all behind it, then the stream is destroyed. */
static void tick_write_failed(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  int top = lua_gettop(L);
  push_write_error(L, s);
  stream_push_error(L, s);
  push_queue_callbacks(L, s);
  call_list(L, h->cx, top + 1, s->errored ? top + 2 : top + 1);
  call_finish_callbacks(L, s, top + 1);
  lua_settop(L, top + 1);
  stream_fail(L, s);
}

void stream_script_done(lua_State *L, Stream *s, uv_write_t *write, int error, bool sync) {
  size_t before = stream_queued(s);
  queue_written(write, error != 0);
  if (error != 0) {
    lua_pushvalue(L, error);
    handle_set_value(L, &s->h, &SCRIPT_ERROR_KEY);
    s->more->write_error = WRITE_SCRIPT;
    s->state.failed = true;
    stream_set_error(L, s, error);
    if (sync) tick(L, &s->h, tick_write_failed);
    else tick_write_failed(L, &s->h);
    return;
  }
  s->bytes_written += before - stream_queued(s);
  if (sync) {
    after_write(L, s);
  } else {
    if (!s->state.destroyed) stream_push_out(L, s);
    run_done(L, s);
  }
}

static int body_flushed(lua_State *L) {
  stream_flush(L, (Stream *)lua_touserdata(L, 1));
  return 0;
}

static bool too_much(const Stream *s) {
  return s->more != NULL && s->more->max_buffered > 0 && stream_queued(s) > s->more->max_buffered;
}

void stream_flush(lua_State *L, Stream *s) {
  stream_push_out(L, s);
  if (s->more == NULL && !s->need_drain) return;
  StreamMore *more = stream_more_or_null(s);
  if (more == NULL) return;
  if (too_much(s) && more->write_error == 0) more->write_error = WRITE_TOO_MUCH;
  bool failed = more->write_error != 0 && !s->state.failed;
  bool drained = s->need_drain && s->queue == NULL && !s->state.ending && !s->state.destroyed;
  bool done = queue_has_callbacks(more->done) || drained || stream_senders_due(s);
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

void stream_fail_by_tick(lua_State *L, Stream *s, int callback) {
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
  if (callback != 0) stream_fail_by_tick(L, s, callback);
  lua_pushvalue(L, -1);
  stream_fail(L, s);
  return true;
}

/* Into a transport that takes nothing at once. */
static bool write_counted(lua_State *L, Stream *s, const char *data, size_t len, int string, int callback) {
  stream_more(L, s);
  queue_add(L, s, data, len, string, callback, false, on_write);
  s->more->queued += len;
  if (!s->errored) stream_push_out(L, s);
  if (s->more->write_error != 0 || too_much(s)) stream_flush(L, s);
  bool room = stream_queued(s) < stream_write_mark(s) || stream_queued(s) == 0;
  if (!room) s->need_drain = true;
  return room && !s->errored && !s->state.destroyed && !s->state.failed;
}

bool stream_write(lua_State *L, Stream *s, const char *data, size_t len, int string, int callback) {
  if (s->counted) return write_counted(L, s, data, len, string, callback);
  bool open = s->state.connected || s->state.connecting;
  bool fresh = s->state.connected && !s->in_flight && !s->state.corked && !s->state.failed && stream_queued(s) == 0;
  if (callback != 0 || !fresh) stream_more(L, s);
  if (s->queue == NULL && !s->opened_once) s->more->first_has_callback = callback != 0;
  s->bytes_written += len;
  if (len > 0 || callback != 0) queue_add(L, s, data, len, string, callback, fresh, on_write);
  if (!open && !s->state.corked) {
    s->more->write_error = WRITE_CLOSED;
    stream_flush(L, s);
  } else if (!fresh) {
    s->more->queued += len;
    if (too_much(s)) stream_flush(L, s);
  } else {
    stream_touch(s);
    if (callback != 0) after_write(L, s);
    if (s->at_once || queue_is_full(s)) {
      stream_flush(L, s);
    } else if (!s->flush_due && s->queue != NULL) {
      s->flush_due = true;
      flush_later(L, &s->h, on_flush);
    }
  }
  bool room = stream_queued(s) < stream_write_mark(s) || stream_queued(s) == 0; /* what the kernel took does not count */
  if (!room) s->need_drain = true;
  return room && !s->errored && !s->state.destroyed && !s->state.failed;
}

bool stream_feed(Stream *s, const char *data, size_t len) {
  if (!s->counted) s->bytes_written += len;
  stream_touch(s);
  queue_feed(s, data, len, on_write);
  if (s->more->write_error != 0) stream_flush(NULL, s);
  if (stream_queued(s) < s->more->write_mark) return true;
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

static void tick_finish_plain(lua_State *L, Handle *h) {
  const Stream *s = (Stream *)h;
  if (!s->state.destroyed && !s->errored) tick_finish(L, h);
}

static void prefinish(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->state.destroyed || s->errored || s->close_told || s->prefinished) return;
  s->prefinished = true;
  emit(L, h, EVENT_PREFINISH, NULL, NULL);
  tick(L, h, tick_finish);
}

void stream_final_done(lua_State *L, Stream *s, int error) {
  if (error == 0) {
    prefinish(L, &s->h);
    return;
  }
  call_finish_callbacks(L, s, error);
  lua_pushvalue(L, error);
  stream_fail(L, s);
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
  if (s->plain) { /* nothing to do before 'finish', unless a script has something */
    if (s->in_lua && stream_script_final(L, s)) return;
    s->prefinished = true;
    emit(L, &s->h, EVENT_PREFINISH, NULL, NULL);
    tick(L, &s->h, tick_finish_plain);
    return;
  }
  if (s->state.read_ended) { /* both sides have ended: close(2) is next, and says all that shutdown(2) would */
    tick(L, &s->h, prefinish);
    return;
  }
  uv_shutdown_t *req = (uv_shutdown_t *)malloc(sizeof *req);
  int err = UV_ENOMEM;
  if (req != NULL) {
    req->data = s;
    err = uv_shutdown(req, &s->wire.stream, on_shutdown);
  }
  if (err == 0) return;
  free(req);
  if (err == UV_ENOTCONN) prefinish(L, &s->h);
  else stream_fail_system(L, s, err, "shutdown");
}

void stream_end(lua_State *L, Stream *s) {
  s->state.corked = false;
  if (s->more != NULL) s->more->corks = 0;
  if (!s->state.ending && !s->errored) s->state.ending = true;
  stream_flush(L, s);
  stream_settle(L, s);
}
