/* stream_timeout.c - the idle timer of a stream. Lazy: it is re-armed from the time of the last byte when it fires,
 * not on each byte. */
#include <stdlib.h>

#include "emitter.h"
#include "error.h"
#include "stream.h"

static void on_timer_closed(uv_handle_t *uv) {
  Context *cx = (Context *)uv->data;
  free(uv);
  context_unref(cx);
}

void stream_stop_timeout(Stream *s) {
  if (s->more == NULL || s->more->timer == NULL) return;
  uv_timer_t *timer = s->more->timer;
  s->more->timer = NULL;
  timer->data = s->h.cx;
  uv_close((uv_handle_t *)timer, on_timer_closed);
  handle_release(s->h.cx->L, &s->h);
}

static int body_timeout(lua_State *L) {
  emit(L, &((Stream *)lua_touserdata(L, 1))->h, EVENT_TIMEOUT, NULL, NULL);
  return 0;
}

static void on_timer(uv_timer_t *timer) {
  Stream *s = (Stream *)timer->data;
  StreamMore *more = s->more;
  uint64_t idle = uv_now(s->h.cx->loop) - more->last_active;
  if (idle < more->timeout) {
    uv_timer_start(timer, on_timer, more->timeout - idle, 0);
    return;
  }
  size_t left = s->in_flight ? transport_waiting(stream_transport(s), &s->wire) : 0;
  if (more->last_queued > 0 && left != more->last_queued) { /* data is still moving out */
    more->last_queued = left;
    more->last_active = uv_now(s->h.cx->loop);
    uv_timer_start(timer, on_timer, more->timeout, 0);
    return;
  }
  more->timed_out = true;
  enter(s->h.cx, body_timeout, s);
}

void stream_touch(Stream *s) {
  if (s->more == NULL || s->more->timer == NULL) return;
  s->more->last_active = uv_now(s->h.cx->loop);
  if (!s->more->timed_out) return;
  s->more->timed_out = false;
  uv_timer_start(s->more->timer, on_timer, s->more->timeout, 0);
}

void stream_set_timeout(lua_State *L, Stream *s, uint64_t ms) {
  StreamMore *more = stream_more(L, s);
  context_check(L, s->h.cx);
  if (ms == 0) {
    stream_stop_timeout(s);
    return;
  }
  if (more->timer == NULL) {
    more->timer = (uv_timer_t *)malloc(sizeof *more->timer);
    if (more->timer == NULL) luaL_error(L, "not enough memory");
    handle_hold(L, &s->h); /* until it is stopped */
    uv_timer_init(s->h.cx->loop, more->timer);
    uv_unref((uv_handle_t *)more->timer);
    more->timer->data = s;
    context_ref(s->h.cx);
  }
  uv_update_time(s->h.cx->loop); /* the script may have been busy */
  more->timeout = ms;
  more->last_active = uv_now(s->h.cx->loop);
  more->timed_out = false;
  uv_timer_start(more->timer, on_timer, ms, 0);
}
