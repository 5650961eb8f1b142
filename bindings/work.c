/* work.c - C that may block, run on a thread of libuv's pool for a Lua callback. What the work is, it does not know;
 * it never waits for a thread, and never stops one. */
#include "work.h"

#include <stdlib.h>
#include <string.h>

void *work_new(lua_State *L, Context *cx, size_t size, size_t room, int callback) {
  context_check(L, cx);
  lua_pushvalue(L, callback);
  int ref = luaL_ref(L, LUA_REGISTRYINDEX);
  Work *w = (Work *)malloc(size + room);
  if (w == NULL) {
    luaL_unref(L, LUA_REGISTRYINDEX, ref);
    luaL_error(L, "not enough memory");
  }
  memset(w, 0, size);
  w->cx = cx;
  w->callback = ref;
  return w;
}

bool work_stopped(const Work *w) { return atomic_load_explicit(&w->cx->closed, memory_order_relaxed); }

/* On a thread. What was still queued when the state was closed is not begun. */
static void on_run(uv_work_t *uv) {
  Work *w = (Work *)uv;
  if (!work_stopped(w)) w->run(w);
}

static int body_done(lua_State *L) {
  Work *w = (Work *)lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, w->callback);
  luaL_unref(L, LUA_REGISTRYINDEX, w->callback);
  task_call(L, w->cx, w->push(L, w), &w->caller);
  return 0;
}

static void on_done(uv_work_t *uv, int status) {
  (void)status; /* nobody cancels */
  Work *w = (Work *)uv;
  Context *cx = w->cx;
  enter(cx, body_done, w);
  w->free(w);
  context_unref(cx);
}

void work_start(Work *w) {
  context_ref(w->cx);
  uv_queue_work(w->cx->loop, &w->uv, on_run, on_done); /* fails only without a function */
}
