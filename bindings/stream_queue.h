/* stream_queue.h - the write queue: a list of batches, each joined from small writes or one large string. Between
 * stream_write.c and stream_queue.c only. */
#ifndef STREAM_QUEUE_H
#define STREAM_QUEUE_H

#include "stream.h"

enum {
  WRITE_CLOSED = 1,
  WRITE_DESTROYED,
  WRITE_SCRIPT,
  WRITE_TOO_MUCH
}; /* more->write_error of what is not connected (any more): no libuv error */

/* Adds a write; see stream_write. fresh: nothing is before it that the kernel refused. [-0, +0, m] */
void queue_add(
    lua_State *L, Stream *s, const char *data, size_t len, int string, int callback, bool fresh, uv_write_cb done);
/* From C: the kernel first, a copy of what it does not take. Never into a transport that needs Lua. */
void queue_feed(Stream *s, const char *data, size_t len, uv_write_cb done);
/* Whether so much is joined that it goes out at once. */
bool queue_is_full(const Stream *s);
/* Writes as much as the kernel takes, and starts a uv_write of the rest. */
void queue_push_out(lua_State *L, Stream *s, uv_write_cb done);
/* The stream of a uv_write. */
Stream *queue_stream(uv_write_t *req);
/* It has ended: its batches go to more->done, or back into the queue when it failed. */
void queue_written(uv_write_t *req, bool failed);
void queue_fail(Stream *s, int err);

/* For streams written in Lua: the first batch, or all, are under way from now on; then what to give to the script: a
 * string, or a list of { chunk =, encoding = }. [-0, +0, -], [-0, +1, m] and [-0, +1, m] */
uv_write_t *queue_begin(Stream *s, bool all);
void queue_push_chunk(lua_State *L, uv_write_t *req);
void queue_push_list(lua_State *L, uv_write_t *req);
bool queue_has_many(const Stream *s);
void queue_forget(Stream *s); /* nobody will tell of what is under way */

Batch *queue_take(Stream *s);                          /* the first that is not under way, or NULL */
Batch *queue_take_done(Stream *s);                     /* the first of more->done */
bool queue_take_callbacks(lua_State *L, Batch *batch); /* pushes their list if there are any. [-0, +(0|1), -] */
bool queue_has_callbacks(const Batch *first);
void queue_recycle_done(Stream *s);
void queue_free(Context *cx, Batch *batch);

#endif
