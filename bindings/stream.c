/* stream.c - the life of a stream: opened, settled by the plan, destroyed, closed. Never moves bytes itself. */
#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "stream_queue.h"
#include "stream_script.h"

static const char ERROR_KEY = 0; /* of the stream's own values: the error that destroyed it */

/* -- made ------------------------------------------------------------------------------------------------------ */

Stream *stream_new(lua_State *L, Context *cx, const Class *class, TransportKind kind) {
  const Transport *row = transports[kind];
  Stream *s = (Stream *)handle_new(L, cx, class, offsetof(Stream, wire) + row->size);
  s->transport = kind;
  s->counted = row->counted;
  s->in_lua = row->in_lua;
  s->plain = row->plain;
  s->wire.handle.data = s;
  return s;
}

StreamMore *stream_more_or_null(Stream *s) {
  if (s->more == NULL) {
    StreamMore *more = (StreamMore *)calloc(1, sizeof *more);
    if (more == NULL) return NULL;
    more->read_mark = more->write_mark = DEFAULT_HIGH_WATER_MARK;
    more->default_encoding = ENCODING_UTF8;
    more->timeout_shown = -1;
    s->more = more;
  }
  return s->more;
}

StreamMore *stream_more(lua_State *L, Stream *s) {
  StreamMore *more = stream_more_or_null(s);
  if (more == NULL) luaL_error(L, "not enough memory");
  return more;
}

void stream_revive(lua_State *L, Stream *s) {
  stream_drop_finish_callbacks(L, s);
  stream_drop_queue(L, s);
  stream_drop_chunks(s);
  stream_drop_pipes(s);
  if (s->more != NULL) {
    s->more->local = (Address){ .family = 0 };
    s->more->corks = 0;
    s->more->queued = 0;
  }
  /* The old descriptor may still be closing: the new one comes when that is done. */
  s->state = (StreamState){ .half_open = s->state.half_open, .closing = s->state.closing, .connected = s->state.closing };
  s->emitted_readable = false;
  s->end_emitted = s->finished = s->prefinished = s->need_drain = s->in_flight = s->opened_once = s->soon = false;
  s->errored = s->error_told = s->close_told = s->had_error = s->resetting = false;
  s->bytes_read = s->bytes_written = 0;
  s->peer = (Address){ .family = 0 };
}

/* -- what it is ------------------------------------------------------------------------------------------------ */

bool stream_readable(const Stream *s) {
  return !s->readable_off && !s->state.destroyed && !s->errored && !s->end_emitted;
}

bool stream_writable(const Stream *s) {
  return !s->writable_off && !s->state.destroyed && !s->state.ending && !s->errored;
}

const Address *stream_peer(Stream *s) {
  const Transport *row = stream_transport(s);
  if (s->peer.family == 0 && row->peer != NULL && s->state.connected && !s->state.closing)
    row->peer(&s->wire, &s->peer);
  return &s->peer;
}

const Address *stream_local(lua_State *L, Stream *s) {
  static const Address none = { .family = 0 };
  const Transport *row = stream_transport(s);
  if (row->local == NULL || (!s->opened_once && s->more == NULL)) return &none;
  StreamMore *more = stream_more(L, s);
  if (more->local.family == 0 && s->state.connected && !s->state.closing) row->local(&s->wire, &more->local);
  return &more->local;
}

void stream_set_nodelay(Stream *s, bool on) {
  s->nodelay = on;
  const Transport *row = stream_transport(s);
  if (row->nodelay != NULL && s->state.connected && !s->state.closing) row->nodelay(&s->wire, on);
}

void stream_set_keepalive(Stream *s, bool on, unsigned seconds) {
  s->keepalive = on;
  const Transport *row = stream_transport(s);
  if (row->keepalive != NULL && s->state.connected && !s->state.closing) row->keepalive(&s->wire, on, seconds);
}

void stream_apply_ref(Stream *s) {
  if (!s->state.connected || s->state.closing) return;
  transport_ref(stream_transport(s), &s->wire, !s->unreferenced);
}

/* -- closed ---------------------------------------------------------------------------------------------------- */

static int push_had_error(lua_State *L, const void *arg) {
  lua_pushboolean(L, ((const Stream *)arg)->had_error);
  return 1;
}

static int push_error(lua_State *L, const void *arg) {
  stream_push_error(L, (Stream *)arg);
  return 1;
}

/* What its transport says went wrong in closing comes first. */
static void take_close_error(lua_State *L, Stream *s) {
  if (s->transport != TRANSPORT_FILE || s->wire.file.close_error == 0) return;
  stream_push_system(L, s, s->wire.file.close_error, "close");
  error_set_where(L, &s->h);
  handle_set_value(L, &s->h, &ERROR_KEY);
  s->errored = true;
}

static int push_index(lua_State *L, const void *arg) {
  lua_pushvalue(L, *(const int *)arg);
  return 1;
}

/* Errors of a stream that tasks read or write are the next verb's, unless somebody listens. */
static bool tells_error(lua_State *L, Stream *s) { return !s->waited_on || emitter_listened(L, &s->h, EVENT_ERROR); }

static void tell_closed(lua_State *L, Stream *s) {
  s->close_told = true;
  if (s->plain) {
    bool due = s->errored && !s->error_told && tells_error(L, s);
    s->error_told |= s->errored;
    if (due) emit(L, &s->h, EVENT_ERROR, push_error, s);
    if (!s->close_silent) emit(L, &s->h, EVENT_CLOSE, NULL, NULL);
    stream_drop_outlets(s);
    return;
  }
  emit(L, &s->h, EVENT_CLOSE, push_had_error, s);
  stream_closed_before_connection(L, s);
  stream_drop_outlets(s);
}

static int body_closed(lua_State *L) {
  Stream *s = (Stream *)lua_touserdata(L, 1);
  take_close_error(L, s);
  if (s->state.connecting) emit(L, &s->h, EVENT_CLOSE, push_had_error, s); /* connect() was called meanwhile */
  else tell_closed(L, s);
  return 0;
}

static void on_close(uv_handle_t *uv) {
  Stream *s = (Stream *)uv->data;
  s->state.closing = s->state.connected = s->state.reading = false;
  if (s->opened_once || s->plain) enter(s->h.cx, body_closed, s);
  handle_closed(&s->h);
}

/* The script may ask a closed socket who its peer was. */
static void keep_addresses(lua_State *L, Stream *s) {
  stream_peer(s);
  if (L != NULL && s->h.lone != EVENT_DATA) stream_local(L, s); /* only 'data' is listened to: nobody can ask */
}

static void close_handle(lua_State *L, Stream *s) {
  if (s->opened_once) keep_addresses(L, s);
  stream_stop_timeout(s);
  s->state.closing = true;
  const Transport *row = stream_transport(s);
  if (s->resetting && row->reset != NULL && row->reset(&s->wire, on_close) == 0) return;
  transport_close(row, L, &s->wire, on_close);
}

int stream_open(lua_State *L, Stream *s, TransportKind kind, int fd) {
  int err = transports[kind]->open(s->h.cx->loop, &s->wire, fd);
  s->wire.handle.data = s;
  s->transport = kind;
  s->state.connected = true;
  s->opened_once = true;
  handle_opened(L, &s->h);
  if (err != 0) { /* init has linked the handle into the loop: it has to be closed, without the descriptor */
    s->state.closing = true;
    transport_close(transports[kind], L, &s->wire, on_close);
    return err;
  }
  if (s->nodelay) stream_set_nodelay(s, true);
  if (s->keepalive) stream_set_keepalive(s, true, s->more != NULL ? s->more->keepalive_delay : 0);
  stream_apply_ref(s);
  return 0;
}

static void tick_close_without_handle(lua_State *L, Handle *h) { tell_closed(L, (Stream *)h); }

void stream_closed(lua_State *L, Stream *s, int error) {
  if (!s->state.closing) return; /* called back twice */
  s->state.closing = s->state.connected = s->state.reading = false;
  if (error != 0) {
    lua_pushvalue(L, error);
    handle_set_value(L, &s->h, &ERROR_KEY);
    s->errored = true;
  } else {
    s->error_told |= s->errored; /* _destroy() has kept it to itself */
  }
  tick(L, &s->h, tick_close_without_handle);
}

/* After destroy(): 'error', and from here on the stream tells nothing but 'close'. */
static void tick_destroyed(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->errored && !s->error_told) {
    s->error_told = true;
    s->close_told = true;
    if (tells_error(L, s)) emit(L, h, EVENT_ERROR, push_error, s);
    return;
  }
  s->close_told = true;
}

void stream_set_error(lua_State *L, Stream *s, int error) {
  if (s->errored) return;
  lua_pushvalue(L, error);
  handle_set_value(L, &s->h, &ERROR_KEY);
  s->errored = true;
}

void stream_push_error(lua_State *L, Stream *s) {
  if (!s->errored) lua_pushnil(L);
  else handle_push_value(L, &s->h, &ERROR_KEY);
}

/* What its transport still opens is closed as if it were open. */
static void keep_opening(Stream *s) {
  s->state.connected |= s->opening;
  s->opening = false;
}

static void tick_lasting(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  bool failed = s->errored;
  s->errored = false;
  if (failed) {
    handle_push_value(L, h, &ERROR_KEY);
    int at = lua_gettop(L);
    emit(L, h, EVENT_ERROR, push_index, &at);
  }
  if (!s->close_silent) emit(L, h, EVENT_CLOSE, NULL, NULL);
}

/* process.stdout is told to be gone, and goes on, as in Node. */
static void destroy_lasting(lua_State *L, Stream *s, bool has_error) {
  if (has_error) {
    error_coerce(L, lua_gettop(L));
    if (!s->errored) handle_set_value(L, &s->h, &ERROR_KEY);
    else lua_pop(L, 1);
    s->errored = true;
  }
  if (stream_error_buffer_due(s)) tick(L, &s->h, stream_error_buffer);
  if (s->more != NULL) s->more->write_error = 0;
  s->state.failed = s->state.ending = s->state.shutting = s->state.write_ended = false;
  s->finished = s->prefinished = s->need_drain = false;
  tick(L, &s->h, tick_lasting);
}

void stream_destroy(lua_State *L, Stream *s, bool has_error) {
  if (stream_transport(s)->lasting) {
    destroy_lasting(L, s, has_error);
    return;
  }
  if (s->state.destroyed) {
    if (has_error) lua_pop(L, 1);
    return;
  }
  if (has_error) {
    error_coerce(L, lua_gettop(L));
    if (error_is(L, -1)) error_set_where(L, &s->h);
    if (!s->errored) handle_set_value(L, &s->h, &ERROR_KEY);
    else lua_pop(L, 1);
    s->errored = true;
  }
  s->had_error = has_error;
  stream_flush(L, s); /* write("bye"); destroy() arrives */
  if (stream_error_buffer_due(s)) tick(L, &s->h, stream_error_buffer);
  s->state.destroyed = true;
  s->state.connecting = false;
  keep_opening(s);
  stream_stop_timeout(s);
  bool open = s->state.connected;
  stream_wake_reader(L, s);
  stream_wake_senders(L, s);
  stream_settle(L, s);
  if (!s->plain) tick(L, &s->h, tick_destroyed);
  if (!open) tick(L, &s->h, tick_close_without_handle);
  if (s->owner != NULL) {
    StreamOwner *owner = s->owner;
    s->owner = NULL;
    owner->ended(L, owner);
  }
}

static void tick_failed(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->error_told || !tells_error(L, s)) return;
  s->error_told = true;
  emit(L, h, EVENT_ERROR, push_error, s);
}

void stream_fail(lua_State *L, Stream *s) {
  if (!s->state.kept || s->state.destroyed) {
    stream_destroy(L, s, true);
    return;
  }
  error_coerce(L, lua_gettop(L));
  if (error_is(L, -1)) error_set_where(L, &s->h);
  if (!s->errored) handle_set_value(L, &s->h, &ERROR_KEY);
  else lua_pop(L, 1);
  s->errored = true;
  s->state.wants_read = false;
  tick(L, &s->h, tick_failed);
  stream_settle(L, s);
}

void stream_push_system(lua_State *L, const Stream *s, int err, const char *syscall) {
  if (stream_transport(s)->described) error_push_file(L, err, syscall, NULL, NULL);
  else error_push_system(L, err, syscall);
}

void stream_fail_system(lua_State *L, Stream *s, int err, const char *syscall) {
  stream_push_system(L, s, err, syscall);
  stream_fail(L, s);
}

/* The box was collected, or the state is going: close without Lua. */
void stream_collect(Handle *h) {
  Stream *s = (Stream *)h;
  stream_stop_timeout(s);
  stream_drop_pipes(s);
  s->owner = NULL;
  keep_opening(s);
  if (!s->state.connected || s->state.closing) return;
  stream_push_out(NULL, s);
  if (stream_transport(s)->lasting || s->in_lua) return;
  s->state.destroyed = true;
  close_handle(NULL, s);
}

void stream_free(Handle *h) {
  Stream *s = (Stream *)h;
  queue_forget(s);
  stream_drop_queue(NULL, s);
  stream_drop_chunks(s);
  stream_drop_pipes(s);
  free(s->more);
}

/* -- the plan, carried out ------------------------------------------------------------------------------------- */

static void tick_end_writing(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (stream_writable(s)) stream_end(L, s);
}

static void start_reading(lua_State *L, Stream *s) {
  s->state.reading = true;
  int err = transport_read_start(stream_transport(s), L, &s->wire, stream_on_alloc, stream_on_read);
  if (err != 0) stream_fail_system(L, s, err, "read");
}

static void act(lua_State *L, Stream *s, StreamAction action) {
  switch (action) {
    case DO_NOTHING: break;
    case DO_CLOSE: close_handle(L, s); break;
    case DO_DESTROY: stream_destroy(L, s, false); break;
    case DO_END_WRITING:
      s->state.end_due = true;
      tick(L, &s->h, tick_end_writing);
      break;
    case DO_SHUTDOWN:
      s->state.shutting = true;
      stream_shutdown(L, s);
      break;
    case DO_START_READING: start_reading(L, s); break;
    case DO_STOP_READING:
      s->state.reading = false;
      transport_read_stop(stream_transport(s), &s->wire);
      break;
  }
}

void stream_settle(lua_State *L, Stream *s) {
  StreamAction action;
  s->state.queued = s->queue != NULL;
  bool enough = s->reader == NULL && stream_buffered(s) > 0 && stream_buffered(s) >= stream_read_mark(s);
  s->state.full = enough || stream_pipe_waits(s);
  while ((action = stream_plan(&s->state)) != DO_NOTHING) act(L, s, action);
}
