/* immediate.c - setImmediate (https://nodejs.org/api/timers.html): what runs when the loop has looked at its
 * descriptors. Ticks run after each immediate. */
#include "immediate.h"

#include "call.h"
#include "error.h"
#include "handle.h"

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
  bool running;        /* the queue is being walked */
  unsigned walks;      /* how often it was: a callback may run the loop itself */
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
  if (ref != LUA_NOREF) call_run(L, i->h.cx, ref, "immediate");
  return 0;
}

static void on_check(uv_check_t *check) {
  Immediates *queue = (Immediates *)check->data;
  unsigned walk = ++queue->walks;
  queue->running = true;
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
    if (!context_open(queue->h.cx) || queue->walks != walk) break;
  }
  queue->running = false;
  if (queue->first == NULL) uv_check_stop(&queue->check);
}

/* setImmediate(callback[, ...]) -> Immediate */
static int set_immediate(lua_State *L) {
  if (!error_callable(L, 1)) error_argument_type(L, "callback", "of type function", 1);
  Immediates *queue = immediates_of(L);
  int ref = call_keep(L, lua_gettop(L) - 1);
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

static void unlink_immediate(lua_State *L, Immediates *queue, Immediate *i) {
  Immediate **link = &queue->first, *previous = NULL;
  while (*link != i) {
    previous = *link;
    link = &previous->next;
  }
  *link = i->next;
  if (queue->last == i) queue->last = previous;
  i->next = NULL;
  handle_release(L, &i->h);
}

static int clear_immediate(lua_State *L) {
  Immediate *i = (Immediate *)class_test(L, 1, &immediate_class);
  if (i == NULL || !i->queued) return 0;
  Immediates *queue = immediates_of(L);
  i->queued = false;
  luaL_unref(L, LUA_REGISTRYINDEX, i->call);
  i->call = LUA_NOREF;
  if (!i->unreferenced) count(queue, -1);
  if (!queue->running) unlink_immediate(L, queue, i); /* else the queue is being walked, which drops it */
  return 0;
}

/* set_ref(immediate, on): the methods ref and unref are lua/timers.lua's, because this needs the queue. */
static int set_ref(lua_State *L) {
  Immediate *i = (Immediate *)class_check(L, 1, &immediate_class);
  bool on = lua_toboolean(L, 2);
  if (i->queued && i->unreferenced == on) {
    count(immediates_of(L), on ? 1 : -1);
    i->unreferenced = !on;
  }
  lua_settop(L, 1);
  return 1;
}

/* hasRef() -> boolean: false also once it has run or is cleared. */
static int immediate_has_ref(lua_State *L) {
  Immediate *i = (Immediate *)class_self(L);
  lua_pushboolean(L, i->queued && !i->unreferenced);
  return 1;
}

static void collect_immediate(Handle *h) {
  Immediate *i = (Immediate *)h;
  if (h->cx->L != NULL) luaL_unref(h->cx->L, LUA_REGISTRYINDEX, i->call);
  i->call = LUA_NOREF;
}

static const Property no_properties[] = { { NULL, NULL, NULL } };
static const luaL_Reg immediate_methods[] = { { "hasRef", immediate_has_ref }, { NULL, NULL } };

static const Class immediate_class = {
  .no_events = true,
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

/* -- the module: its functions carry the queue as second upvalue ------------------------------------------------ */

static const luaL_Reg functions[] = {
  { "setImmediate", set_immediate },
  { "clearImmediate", clear_immediate },
  { "set_ref", set_ref },
  { NULL, NULL },
};

void immediate_open(lua_State *L, Context *cx) {
  class_define(L, cx, &immediates_class);
  lua_pop(L, 1);
  lua_newtable(L);
  int module = lua_gettop(L);
  class_define(L, cx, &immediate_class);
  lua_setfield(L, module, "Immediate");
  lua_pushlightuserdata(L, cx);
  Immediates *queue = (Immediates *)handle_new(L, cx, &immediates_class, sizeof *queue);
  uv_check_init(cx->loop, &queue->check);
  uv_idle_init(cx->loop, &queue->idle);
  uv_unref((uv_handle_t *)&queue->check);
  queue->check.data = queue->idle.data = queue;
  queue->handles = 2;
  handle_opened_at(L, &queue->h, lua_gettop(L));
  luaL_setfuncs(L, functions, 2);
}
