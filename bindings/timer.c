/* timer.c - setTimeout and setInterval (https://nodejs.org/api/timers.html). Ticks run after each timer, as the door
 * does after every callback. */
#include "timer.h"

#include <math.h>

#include "call.h"
#include "error.h"
#include "handle.h"

/* -- Timeout --------------------------------------------------------------------------------------------------- */

enum {
  LONGEST = 2147483647,
  CALL = LISTENERS, /* the user value with what is called: with the timer it is garbage, also when it knows the timer */
};

typedef struct Timeout {
  Handle h;     /* first; held while it runs */
  bool cleared; /* for good */
  uint64_t ms;
  bool repeats;
  bool running;
  bool unreferenced;
  uv_timer_t uv;
} Timeout;

static const Class timeout_class;

static void stop(lua_State *L, Timeout *t) {
  if (!t->running) return;
  t->running = false;
  uv_timer_stop(&t->uv);
  handle_release(L, &t->h);
}

static int body_timeout(lua_State *L) {
  Timeout *t = (Timeout *)lua_touserdata(L, 1);
  handle_push(L, &t->h);
  lua_replace(L, 1); /* argument 1 keeps it */
  if (!t->repeats) stop(L, t);
  lua_getiuservalue(L, 1, CALL);
  call_packed(L, t->h.cx, "timer");
  return 0;
}

static void on_timeout(uv_timer_t *uv) {
  Timeout *t = (Timeout *)uv->data;
  handle_ref(&t->h);
  uint64_t begun = uv_now(uv->loop);
  enter(t->h.cx, body_timeout, t);
  if (t->running && t->repeats) { /* counted from its beginning; a timer that it started has moved the loop's time */
    uint64_t taken = uv_now(uv->loop) - begun;
    uv_timer_start(uv, on_timeout, taken < t->ms ? t->ms - taken : 1, 0);
  }
  handle_unref(&t->h);
}

static uint64_t check_delay(lua_State *L, Context *cx, int index) {
  lua_Number ms = lua_tonumber(L, index);
  if (ms >= 1 && ms <= LONGEST) return (uint64_t)ms;
  if (ms < 0) {
    error_push_number(L, index);
    lua_pushfstring(L, "%s is a negative number.\nTimeout duration was set to 1.", lua_tostring(L, -1));
    error_warn(L, cx, "TimeoutNegativeWarning", lua_tostring(L, -1));
    lua_pop(L, 2);
  }
  if (ms > LONGEST) {
    error_push_number(L, index);
    lua_pushfstring(
        L, "%s does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.", lua_tostring(L, -1));
    error_warn(L, cx, "TimeoutOverflowWarning", lua_tostring(L, -1));
    lua_pop(L, 2);
  }
  return 1;
}

static void start(lua_State *L, Timeout *t, int index) {
  if (!t->running) handle_hold_at(L, &t->h, index);
  t->running = true;
  uv_timer_start(&t->uv, on_timeout, t->ms, 0);
}

static int make_timeout(lua_State *L, bool repeats) {
  Context *cx = CONTEXT(L);
  if (!error_callable(L, 1)) error_argument_type(L, "callback", "of type function", 1);
  if (lua_gettop(L) < 2) lua_settop(L, 2);
  uint64_t ms = check_delay(L, cx, 2);
  lua_remove(L, 2);
  call_pack(L, lua_gettop(L) - 1);
  Timeout *t = (Timeout *)handle_new(L, cx, &timeout_class, sizeof *t);
  lua_pushvalue(L, -2);
  lua_setiuservalue(L, -2, CALL);
  t->ms = ms;
  t->repeats = repeats;
  uv_timer_init(cx->loop, &t->uv);
  t->uv.data = t;
  handle_ref(&t->h); /* libuv knows it until it is collected */
  handle_set_where(L, &t->h);
  uv_update_time(cx->loop);
  start(L, t, lua_gettop(L));
  return 1;
}

/* setTimeout(callback[, ms = 1[, ...]]) -> Timeout */
static int set_timeout(lua_State *L) { return make_timeout(L, false); }

/* setInterval(callback[, ms = 1[, ...]]) -> Timeout */
static int set_interval(lua_State *L) { return make_timeout(L, true); }

/* For good: refresh() does not revive it. */
static void clear(lua_State *L, Timeout *t) {
  stop(L, t);
  t->repeats = false;
  t->cleared = true;
}

/* clearTimeout(timeout), clearInterval(timeout): anything else is ignored. */
static int clear_timeout(lua_State *L) {
  Timeout *t = (Timeout *)class_test(L, 1, &timeout_class);
  if (t == NULL) return 0;
  lua_settop(L, 1);
  clear(L, t);
  return 0;
}

static Timeout *self(lua_State *L) { return (Timeout *)class_self(L); }

static int timeout_ref(lua_State *L) {
  Timeout *t = self(L);
  t->unreferenced = false;
  uv_ref((uv_handle_t *)&t->uv);
  lua_settop(L, 1);
  return 1;
}

static int timeout_unref(lua_State *L) {
  Timeout *t = self(L);
  t->unreferenced = true;
  uv_unref((uv_handle_t *)&t->uv);
  lua_settop(L, 1);
  return 1;
}

static int timeout_has_ref(lua_State *L) {
  lua_pushboolean(L, !self(L)->unreferenced);
  return 1;
}

/* refresh() -> self: runs its whole time again, also when it has fired. */
static int timeout_refresh(lua_State *L) {
  Timeout *t = self(L);
  lua_settop(L, 1);
  context_check(L, t->h.cx);
  if (t->cleared) return 1;
  uv_update_time(t->h.cx->loop);
  start(L, t, 1);
  return 1;
}

static int timeout_close(lua_State *L) {
  Timeout *t = self(L);
  lua_settop(L, 1);
  clear(L, t);
  return 1;
}

static void on_timeout_closed(uv_handle_t *uv) { handle_unref(&((Timeout *)uv->data)->h); }

static void collect_timeout(Handle *h) {
  Timeout *t = (Timeout *)h;
  t->running = false;
  if (!uv_is_closing((uv_handle_t *)&t->uv)) uv_close((uv_handle_t *)&t->uv, on_timeout_closed);
}

static const luaL_Reg timeout_methods[] = {
  { "ref", timeout_ref },
  { "unref", timeout_unref },
  { "hasRef", timeout_has_ref },
  { "refresh", timeout_refresh },
  { "close", timeout_close },
  { NULL, NULL },
};

/* What it is told apart by: its time. */
static void push_time(lua_State *L, Handle *h) {
  const Timeout *t = (const Timeout *)h;
  lua_pushfstring(L, "%s%I ms", t->repeats ? "every " : "", (LUAI_UACINT)t->ms);
}

static const Property no_properties[] = { { NULL, NULL, NULL } };

static const Class timeout_class = {
  .no_events = true,
  .name = "Timeout",
  .module = "timers",
  .parts = { timeout_methods },
  .properties = no_properties,
  .push_address = push_time,
  .collect = collect_timeout,
};

/* -- the module ------------------------------------------------------------------------------------------------ */

static const luaL_Reg functions[] = {
  { "setTimeout", set_timeout },
  { "setInterval", set_interval },
  { "clearTimeout", clear_timeout },
  { "clearInterval", clear_timeout },
  { NULL, NULL },
};

/* A timer at rest is not held by anything, but libuv knows it: it is found in the loop. */
static void close_timer(uv_handle_t *uv, void *data) {
  if (uv->type != UV_TIMER || ((uv_timer_t *)uv)->timer_cb != on_timeout || uv_is_closing(uv)) return;
  Timeout *t = (Timeout *)uv->data;
  if (t->h.cx == (Context *)data) collect_timeout(&t->h);
}

void timer_close_all(Context *cx) { uv_walk(cx->loop, close_timer, cx); }

void timer_open(lua_State *L, Context *cx) {
  class_define(L, cx, &timeout_class);
  lua_pop(L, 1);
  lua_newtable(L);
  class_functions(L, cx, functions);
}
