/* stream_queue.c - the write queue. One uv_write is under way at a time; what comes meanwhile is joined behind it. */
#include "stream_queue.h"

#include <stdlib.h>
#include <string.h>

enum {
  JOINED = 16 * 1024, /* bytes of small writes that leave together */
  WAITING = 4 * 1024, /* ... while the kernel takes none: more such buffers may be alive */
  BUFFERS = 4,        /* of one system call: libuv copies the list of more, and may not find the memory */
  POOL = 64,
};

struct Batch {
  uv_write_t req;   /* of the first batch of a uv_write */
  Batch *next;      /* owned */
  Stream *s;        /* borrowed: held by libuv while the request is under way */
  const char *data; /* its bytes: own ones, or those of the string */
  size_t used, sent, room;
  int string;    /* registry reference of a large string, or LUA_NOREF */
  int callbacks; /* registry reference of the list of callbacks, or LUA_NOREF */
  unsigned span; /* batches that the uv_write of this one carries */
  bool flying;
  char bytes[];
};

/* -- batches --------------------------------------------------------------------------------------------------- */

static Batch *new_batch(Context *cx, Stream *s, size_t room) {
  Batch *batch = NULL;
  if (room == JOINED && cx->spares != NULL) {
    batch = (Batch *)(void *)cx->spares;
    cx->spares = cx->spares->next;
    --cx->spare_count;
  } else {
    batch = (Batch *)malloc(sizeof *batch + room);
    if (batch == NULL) return NULL;
  }
  batch->room = room;
  batch->next = NULL;
  batch->s = s;
  batch->data = batch->bytes;
  batch->used = batch->sent = 0;
  batch->string = batch->callbacks = LUA_NOREF;
  batch->span = 0;
  batch->flying = false;
  return batch;
}

void queue_free(Context *cx, Batch *batch) {
  lua_State *L = cx->L;
  if (L != NULL) {
    luaL_unref(L, LUA_REGISTRYINDEX, batch->string);
    luaL_unref(L, LUA_REGISTRYINDEX, batch->callbacks);
  }
  if (batch->room == JOINED && cx->spare_count < POOL) {
    Spare *spare = (Spare *)(void *)batch;
    spare->next = cx->spares;
    cx->spares = spare;
    ++cx->spare_count;
  } else {
    free(batch);
  }
}

static Batch *last(const Stream *s) {
  Batch *batch = s->queue;
  while (batch != NULL && batch->next != NULL) batch = batch->next;
  return batch;
}

static void append(Stream *s, Batch *batch) {
  Batch *tail = last(s);
  if (tail != NULL) tail->next = batch;
  else s->queue = batch;
}

Batch *queue_take(Stream *s) {
  Batch **link = &s->queue;
  while (*link != NULL && (*link)->flying) link = &(*link)->next;
  Batch *batch = *link;
  if (batch == NULL) return NULL;
  *link = batch->next;
  batch->next = NULL;
  return batch;
}

Batch *queue_take_done(Stream *s) {
  Batch *batch = s->more->done;
  s->more->done = batch->next;
  batch->next = NULL;
  return batch;
}

bool queue_take_callbacks(lua_State *L, Batch *batch) {
  if (batch->callbacks == LUA_NOREF) return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, batch->callbacks);
  luaL_unref(L, LUA_REGISTRYINDEX, batch->callbacks);
  batch->callbacks = LUA_NOREF;
  return true;
}

bool queue_has_callbacks(const Batch *first) {
  for (const Batch *batch = first; batch != NULL; batch = batch->next) {
    if (batch->callbacks != LUA_NOREF) return true;
  }
  return false;
}

void queue_recycle_done(Stream *s) {
  while (s->more->done != NULL) queue_free(s->h.cx, queue_take_done(s));
}

/* -- adding ---------------------------------------------------------------------------------------------------- */

bool queue_is_full(const Stream *s) {
  const Batch *batch = s->queue;
  return batch != NULL && (batch->next != NULL || batch->used >= JOINED || batch->used >= stream_write_mark(s) ||
                              batch->string != LUA_NOREF);
}

static void add_callback(lua_State *L, Batch *batch, int callback) {
  if (callback == 0) return;
  if (batch->callbacks == LUA_NOREF) {
    lua_createtable(L, 1, 0);
    batch->callbacks = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, batch->callbacks);
  lua_pushvalue(L, callback);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
}

void queue_add(
    lua_State *L, Stream *s, const char *data, size_t len, int string, int callback, bool fresh, uv_write_cb done) {
  Batch *tail = last(s);
  bool fits = tail != NULL && !tail->flying && tail->string == LUA_NOREF && tail->room - tail->used >= len && !s->in_lua;
  if (!fits && fresh && tail != NULL) { /* the joined ones are full: they go first */
    queue_push_out(L, s, done);
    tail = last(s);
    fits = tail != NULL && !tail->flying && tail->string == LUA_NOREF && tail->room - tail->used >= len;
  }
  if (!fits) {
    bool anchored = string != 0 && (len >= JOINED || s->in_lua);
    bool joins = fresh || (s->counted && !s->in_lua);
    size_t room = anchored ? 0 : joins && len <= JOINED ? JOINED : len > WAITING ? len : WAITING;
    tail = new_batch(s->h.cx, s, room);
    if (tail == NULL) luaL_error(L, "not enough memory");
    append(s, tail);
    if (anchored) {
      lua_pushvalue(L, string);
      tail->string = luaL_ref(L, LUA_REGISTRYINDEX);
      tail->data = data;
      tail->used = len;
      add_callback(L, tail, callback);
      return;
    }
  }
  memcpy(tail->bytes + tail->used, data, len);
  tail->used += len;
  add_callback(L, tail, callback);
}

/* -- writing --------------------------------------------------------------------------------------------------- */

/* The first n bytes of the queue are gone. */
static void consume(Stream *s, size_t n) {
  while (s->queue != NULL) {
    Batch *batch = s->queue;
    size_t left = batch->used - batch->sent;
    if (n < left) {
      batch->sent += n;
      return;
    }
    n -= left;
    s->queue = batch->next;
    batch->next = NULL;
    if (batch->callbacks == LUA_NOREF) {
      queue_free(s->h.cx, batch);
    } else { /* told by tick; more exists: write() made it */
      Batch **link = &s->more->done;
      while (*link != NULL) link = &(*link)->next;
      *link = batch;
    }
  }
}

static size_t remaining(const Stream *s) {
  size_t bytes = 0;
  for (const Batch *batch = s->queue; batch != NULL; batch = batch->next) bytes += batch->used - batch->sent;
  return bytes;
}

/* A joined batch that has to wait gives its large buffer back. */
static Batch *trimmed(Stream *s, Batch *batch) {
  if (batch->room != JOINED || batch->string != LUA_NOREF) return batch;
  size_t left = batch->used - batch->sent;
  Batch *small = new_batch(s->h.cx, s, left);
  if (small == NULL || left == JOINED) {
    free(small);
    return batch;
  }
  memcpy(small->bytes, batch->data + batch->sent, left);
  small->used = left;
  small->callbacks = batch->callbacks;
  small->next = batch->next;
  batch->callbacks = LUA_NOREF;
  queue_free(s->h.cx, batch);
  return small;
}

static unsigned gather(const Stream *s, uv_buf_t bufs[BUFFERS]) {
  unsigned count = 0;
  for (const Batch *batch = s->queue; batch != NULL && count < BUFFERS; batch = batch->next, ++count) {
    bufs[count] = uv_buf_init((char *)batch->data + batch->sent, (unsigned)(batch->used - batch->sent));
  }
  return count;
}

void queue_fail(Stream *s, int err) {
  StreamMore *more = stream_more_or_null(s);
  if (more != NULL) more->write_error = err;
}

static void start_write(lua_State *L, Stream *s, uv_write_cb done) {
  if (stream_more_or_null(s) == NULL) return;
  if (!s->counted) s->queue = trimmed(s, s->queue);
  uv_buf_t bufs[BUFFERS];
  unsigned count = gather(s, bufs);
  Batch *first = s->queue;
  first->span = count;
  const Transport *row = stream_transport(s);
  int err = transport_write(row, L, &s->wire, &first->req, bufs, count, done);
  if (err != 0) {
    queue_fail(s, err);
    return;
  }
  s->in_flight = true;
  for (Batch *batch = first; count > 0; --count, batch = batch->next) batch->flying = true;
  s->more->last_queued = transport_waiting(row, &s->wire);
}

void queue_push_out(lua_State *L, Stream *s, uv_write_cb done) {
  if (s->counted) {
    if (s->queue != NULL) start_write(L, s, done);
    return;
  }
  while (s->queue != NULL) {
    uv_buf_t bufs[BUFFERS];
    unsigned count = gather(s, bufs);
    size_t total = 0;
    for (unsigned i = 0; i < count; ++i) total += bufs[i].len;
    int n = total > 0 ? transport_try_write(stream_transport(s), &s->wire, bufs, count) : 0;
    if (n == UV_EAGAIN) n = 0;
    if (n < 0) {
      queue_fail(s, n);
      break;
    }
    consume(s, (size_t)n);
    if ((size_t)n < total) {
      start_write(L, s, done);
      break;
    }
  }
  if (s->more != NULL) s->more->queued = remaining(s); /* else there is nothing left */
}

void queue_feed(Stream *s, const char *data, size_t len, uv_write_cb done) {
  size_t sent = 0;
  if (s->queue == NULL && !s->in_flight && !s->state.corked && !s->counted) {
    uv_buf_t buf = uv_buf_init((char *)data, (unsigned)len);
    int n = transport_try_write(stream_transport(s), &s->wire, &buf, 1);
    if (n < 0 && n != UV_EAGAIN) {
      queue_fail(s, n);
      return;
    }
    sent = n > 0 ? (size_t)n : 0;
  }
  if (sent == len) return;
  Batch *batch = new_batch(s->h.cx, s, len - sent);
  if (batch == NULL) {
    queue_fail(s, UV_ENOMEM);
    return;
  }
  memcpy(batch->bytes, data + sent, len - sent);
  batch->used = len - sent;
  append(s, batch);
  s->more->queued += batch->used;
  if (!s->in_flight && !s->state.corked) start_write(NULL, s, done);
}

static Batch *batch_of(uv_write_t *req) { return (Batch *)(void *)((char *)req - offsetof(Batch, req)); }

uv_write_t *queue_begin(Stream *s, bool all) {
  Batch *first = s->queue;
  first->span = 0;
  for (Batch *batch = first; batch != NULL && (all || batch == first); batch = batch->next) {
    batch->flying = true;
    ++first->span;
  }
  s->in_flight = true;
  return &first->req;
}

static void push_bytes(lua_State *L, const Batch *batch) {
  if (batch->string != LUA_NOREF) lua_rawgeti(L, LUA_REGISTRYINDEX, batch->string);
  else lua_pushlstring(L, batch->data, batch->used);
}

void queue_push_chunk(lua_State *L, uv_write_t *req) { push_bytes(L, batch_of(req)); }

void queue_push_list(lua_State *L, uv_write_t *req) {
  const Batch *batch = batch_of(req);
  unsigned count = batch->span;
  lua_createtable(L, (int)count, 0);
  for (unsigned i = 1; i <= count; ++i, batch = batch->next) {
    lua_createtable(L, 0, 2);
    push_bytes(L, batch);
    lua_setfield(L, -2, "chunk");
    lua_pushliteral(L, "buffer");
    lua_setfield(L, -2, "encoding");
    lua_rawseti(L, -2, (lua_Integer)i);
  }
}

void queue_forget(Stream *s) {
  for (Batch *batch = s->queue; batch != NULL; batch = batch->next) batch->flying = false;
}

bool queue_has_many(const Stream *s) { return s->queue != NULL && s->queue->next != NULL; }

Stream *queue_stream(uv_write_t *req) { return batch_of(req)->s; }

void queue_written(uv_write_t *req, bool failed) {
  Batch *first = batch_of(req);
  Stream *s = first->s;
  unsigned count = first->span;
  s->in_flight = false;
  s->more->last_queued = 0;
  Batch **link = &s->more->done;
  while (*link != NULL) link = &(*link)->next;
  for (Batch *batch = first; count > 0; --count) {
    Batch *next = batch->next;
    batch->flying = false;
    if (!failed) {
      s->queue = next;
      batch->next = NULL;
      *link = batch;
      link = &batch->next;
    }
    batch = next;
  }
  s->more->queued = remaining(s);
}
