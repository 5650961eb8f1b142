/* timer.c - setTimeout, setInterval, setImmediate (https://nodejs.org/api/timers.html). Ticks run after each timer and
 * each immediate, as the door does after every callback. */
#include "timer.h"

#include <math.h>

#include "error.h"
#include "handle.h"
#include "task.h"

/* -- what is called: a function, or { function, arguments..., n = count } -------------------------------------- */

/* [-0, +0, m] The function at 1 with what follows the argument at `last`, as a registry reference. */
static int keep_call(lua_State *L, int last) {
  int extra = lua_gettop(L) - last;
  if (extra <= 0) {
    lua_pushvalue(L, 1);
  } else {
    lua_createtable(L, extra + 1, 1);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    for (int i = 1; i <= extra; ++i) {
      lua_pushvalue(L, last + i);
      lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, extra);
    lua_setfield(L, -2, "n");
  }
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* [-0, +0, e] for_good: the reference is given back. */
static void call(lua_State *L, Context *cx, int ref, bool for_good, const char *role) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
  if (for_good) luaL_unref(L, LUA_REGISTRYINDEX, ref);
  int nargs = 0, at = lua_gettop(L);
  if (lua_istable(L, at) && lua_getfield(L, at, "n") == LUA_TNUMBER) {
    nargs = (int)lua_tointeger(L, -1);
    luaL_checkstack(L, nargs + 1, NULL);
    for (int i = 1; i <= nargs + 1; ++i) lua_rawgeti(L, at, i);
  } else {
    lua_settop(L, at);
  }
  task_call(L, cx, nargs, &(Caller){ .role = role });
}

static void check_callback(lua_State *L) {
  if (!error_callable(L, 1)) error_argument_type(L, "callback", "of type function", 1);
}

/* -- Timeout --------------------------------------------------------------------------------------------------- */

enum { LONGEST = 2147483647 };

typedef struct Timeout {
  Handle h; /* first; held while it runs */
  int call; /* registry reference, LUA_NOREF: cleared or fired for good */
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
  call(L, t->h.cx, t->call, false, "timer");
  return 0;
}

static void on_timeout(uv_timer_t *uv) {
  Timeout *t = (Timeout *)uv->data;
  handle_ref(&t->h);
  enter(t->h.cx, body_timeout, t);
  if (t->running && t->repeats) uv_timer_start(uv, on_timeout, t->ms, 0);
  handle_unref(&t->h);
}

static uint64_t check_delay(lua_State *L, Context *cx, int index) {
  lua_Number ms = lua_tonumber(L, index);
  if (ms >= 1 && ms <= LONGEST) return (uint64_t)ms;
  if (ms > LONGEST) {
    lua_pushfstring(L, "%f does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.", ms);
    error_warn(L, cx, "TimeoutOverflowWarning", lua_tostring(L, -1));
    lua_pop(L, 1);
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
  check_callback(L);
  if (lua_gettop(L) < 2) lua_settop(L, 2);
  uint64_t ms = check_delay(L, cx, 2);
  int ref = keep_call(L, 2);
  Timeout *t = (Timeout *)handle_new(L, cx, &timeout_class, sizeof *t);
  t->call = ref;
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
  luaL_unref(L, LUA_REGISTRYINDEX, t->call);
  t->call = LUA_NOREF;
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
  if (t->call == LUA_NOREF) return 1;
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
  if (h->cx->L != NULL) luaL_unref(h->cx->L, LUA_REGISTRYINDEX, t->call);
  t->call = LUA_NOREF;
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

static const Property no_properties[] = { { NULL, NULL, NULL } };

static const Class timeout_class = {
  .name = "Timeout",
  .module = "timers",
  .parts = { timeout_methods },
  .properties = no_properties,
  .collect = collect_timeout,
};

/* -- Immediate ------------------------------------------------------------------------------------------------- */

typedef struct Immediate {
  Handle h; /* first; held while it is queued */
  int call;
  bool queued, unreferenced;
  struct Immediate *next;
} Immediate;

/* One per context: the queue, and the handles that run it. Never seen by scripts. */
typedef struct Immediates {
  Handle h; /* first */
  Immediate *first, *last;
  unsigned referenced; /* queued ones that keep the loop alive */
  uv_check_t check;
  uv_idle_t idle; /* keeps the loop from waiting while any of those is queued */
  int handles;
} Immediates;

static const Class immediate_class;
static const Class immediates_class;

static Immediates *immediates_of(lua_State *L) {
  return (Immediates *)((Box *)lua_touserdata(L, lua_upvalueindex(2)))->h;
}

static void on_idle(uv_idle_t *idle) { (void)idle; }

static void count(Immediates *queue, int more) {
  queue->referenced += (unsigned)more;
  if (queue->referenced > 0) uv_idle_start(&queue->idle, on_idle);
  else uv_idle_stop(&queue->idle);
}

static int body_immediate(lua_State *L) {
  Immediate *i = (Immediate *)lua_touserdata(L, 1);
  handle_push(L, &i->h);
  lua_replace(L, 1);
  handle_release(L, &i->h);
  int ref = i->call;
  i->call = LUA_NOREF;
  if (ref != LUA_NOREF) call(L, i->h.cx, ref, true, "immediate");
  return 0;
}

static void on_check(uv_check_t *check) {
  Immediates *queue = (Immediates *)check->data;
  Immediate *last = queue->last; /* those that are added meanwhile wait for the next turn */
  for (bool more = queue->first != NULL; more;) {
    Immediate *i = queue->first;
    more = i != last;
    queue->first = i->next;
    if (queue->first == NULL) queue->last = NULL;
    i->next = NULL;
    if (i->queued) {
      i->queued = false;
      if (!i->unreferenced) count(queue, -1);
    }
    enter(queue->h.cx, body_immediate, i);
    if (!context_open(queue->h.cx)) break;
  }
  if (queue->first == NULL) uv_check_stop(&queue->check);
}

/* setImmediate(callback[, ...]) -> Immediate */
static int set_immediate(lua_State *L) {
  check_callback(L);
  Immediates *queue = immediates_of(L);
  int ref = keep_call(L, 1);
  Immediate *i = (Immediate *)handle_new(L, queue->h.cx, &immediate_class, sizeof *i);
  i->call = ref;
  i->queued = true;
  handle_hold_at(L, &i->h, lua_gettop(L));
  if (queue->last != NULL) queue->last->next = i;
  else queue->first = i;
  queue->last = i;
  uv_check_start(&queue->check, on_check);
  count(queue, 1);
  return 1;
}

static int clear_immediate(lua_State *L) {
  Immediate *i = (Immediate *)class_test(L, 1, &immediate_class);
  if (i == NULL || !i->queued) return 0;
  i->queued = false;
  luaL_unref(L, LUA_REGISTRYINDEX, i->call);
  i->call = LUA_NOREF;
  if (!i->unreferenced) count(immediates_of(L), -1);
  return 0;
}

/* core.immediate_ref(immediate, on): the methods ref and unref are lua/timers.lua's, they need the queue. */
static int immediate_set_ref(lua_State *L) {
  Immediate *i = (Immediate *)class_check(L, 1, &immediate_class);
  bool on = lua_toboolean(L, 2);
  if (i->queued && i->unreferenced == on) count(immediates_of(L), on ? 1 : -1);
  i->unreferenced = !on;
  lua_settop(L, 1);
  return 1;
}

static int immediate_has_ref(lua_State *L) {
  lua_pushboolean(L, !((Immediate *)class_self(L))->unreferenced);
  return 1;
}

static void collect_immediate(Handle *h) {
  Immediate *i = (Immediate *)h;
  if (h->cx->L != NULL) luaL_unref(h->cx->L, LUA_REGISTRYINDEX, i->call);
  i->call = LUA_NOREF;
}

static const luaL_Reg immediate_methods[] = { { "hasRef", immediate_has_ref }, { NULL, NULL } };

static const Class immediate_class = {
  .name = "Immediate",
  .module = "timers",
  .parts = { immediate_methods },
  .properties = no_properties,
  .collect = collect_immediate,
};

static void on_queue_closed(uv_handle_t *uv) {
  Immediates *queue = (Immediates *)uv->data;
  if (--queue->handles == 0) handle_closed(&queue->h);
}

static void collect_immediates(Handle *h) {
  Immediates *queue = (Immediates *)h;
  if (uv_is_closing((uv_handle_t *)&queue->check)) return;
  queue->first = queue->last = NULL;
  uv_close((uv_handle_t *)&queue->check, on_queue_closed);
  uv_close((uv_handle_t *)&queue->idle, on_queue_closed);
}

static const Class immediates_class = {
  .name = "Immediates", .module = "timers", .properties = no_properties, .collect = collect_immediates
};

/* -- the module ------------------------------------------------------------------------------------------------ */

static const luaL_Reg timeouts[] = {
  { "setTimeout", set_timeout },
  { "setInterval", set_interval },
  { "clearTimeout", clear_timeout },
  { "clearInterval", clear_timeout },
  { NULL, NULL },
};

static const luaL_Reg immediates[] = {
  { "setImmediate", set_immediate },
  { "clearImmediate", clear_immediate },
  { "immediate_set_ref", immediate_set_ref },
  { NULL, NULL },
};

/* A timer at rest is not held by anything, but libuv knows it: it is found in the loop. */
static void close_timer(uv_handle_t *uv, void *data) {
  if (uv->type != UV_TIMER || ((uv_timer_t *)uv)->timer_cb != on_timeout || uv_is_closing(uv)) return;
  Timeout *t = (Timeout *)uv->data;
  if (t->h.cx == (Context *)data) collect_timeout(&t->h);
}

void timer_close_all(Context *cx) { uv_walk(cx->loop, close_timer, cx); }

int timer_open(lua_State *L, Context *cx) {
  class_define(L, cx, &timeout_class);
  class_define(L, cx, &immediate_class);
  int immediate = lua_gettop(L);
  class_define(L, cx, &immediates_class);
  lua_newtable(L);
  class_functions(L, cx, timeouts);
  lua_pushvalue(L, immediate);
  lua_setfield(L, -2, "Immediate");
  Immediates *queue = (Immediates *)handle_new(L, cx, &immediates_class, sizeof *queue);
  uv_check_init(cx->loop, &queue->check);
  uv_idle_init(cx->loop, &queue->idle);
  uv_unref((uv_handle_t *)&queue->check);
  queue->check.data = queue->idle.data = queue;
  queue->handles = 2;
  handle_opened_at(L, &queue->h, lua_gettop(L));
  int box = lua_gettop(L);
  lua_pushvalue(L, box - 1);
  lua_pushlightuserdata(L, cx);
  lua_pushvalue(L, box);
  luaL_setfuncs(L, immediates, 2);
  lua_settop(L, box - 1);
  lua_replace(L, immediate - 1);
  lua_settop(L, immediate - 1);
  return 1;
}
