/* context.c - one Lua state on one loop. Holds the only lua_pcall of bindings/: the door through which every libuv
 * callback enters Lua. Never ends the process, never prints. */
#include "context.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "error.h"
#include "handle.h"
#include "task.h"

static const char CONTEXT_KEY = 0; /* its address is the context's place in the registry */

/* -- lifetime -------------------------------------------------------------------------------------------------- */

Context *context_of(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &CONTEXT_KEY);
  Context **box = (Context **)lua_touserdata(L, -1);
  lua_pop(L, 1);
  return box != NULL ? *box : NULL;
}

void context_ref(Context *cx) { ++cx->refs; }

void context_unref(Context *cx) {
  if (--cx->refs > 0) return;
  free(cx->ticks);
  free(cx->read_buffer);
  free(cx->pipe_buffer);
  free(cx->datagrams);
  while (cx->spares != NULL) {
    Spare *spare = cx->spares;
    cx->spares = spare->next;
    free(spare);
  }
  free(cx);
}

static void on_own_handle_closed(uv_handle_t *uv) { context_unref((Context *)uv->data); }

/* No tick runs any more: the tasks that wait for one would keep the context for ever. */
static void drop_ticks(Context *cx) {
  for (; cx->tick_count > 0; --cx->tick_count) {
    Task *task = cx->ticks[cx->tick_first].task;
    cx->tick_first = (cx->tick_first + 1) % cx->tick_room;
    if (task != NULL) task_unref(task);
  }
}

void context_close(Context *cx) {
  if (cx->L == NULL) return;
  cx->L = NULL;
  atomic_store_explicit(&cx->closed, true, memory_order_relaxed);
  task_abandon_all(cx);
  drop_ticks(cx);
  uv_close((uv_handle_t *)&cx->kick, on_own_handle_closed);
  uv_close((uv_handle_t *)&cx->wake, on_own_handle_closed);
}

/* The state is being closed: whatever happens on the loop from now on stays in C. */
static int context_gc(lua_State *L) {
  Context **box = (Context **)lua_touserdata(L, 1);
  Context *cx = *box;
  if (cx == NULL) return 0;
  *box = NULL;
  context_close(cx);
  context_unref(cx);
  return 0;
}

static void on_kick(uv_idle_t *idle) {
  Context *cx = (Context *)idle->data;
  uv_idle_stop(idle);
  cx->kicked = false;
  context_settle(cx);
}

static int body_interrupt(lua_State *L) {
  Context *cx = (Context *)lua_touserdata(L, 1);
  if (cx->interrupted) {
    cx->interrupted = false;
    cx->on_interrupt(L, cx->interrupt_data);
  }
  return 0;
}

static void on_wake(uv_async_t *async) { enter((Context *)async->data, body_interrupt, async->data); }

Context *context_new(lua_State *L, uv_loop_t *loop, const moonport_Options *options, int *status) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  lua_State *main_state = lua_tothread(L, -1);
  lua_pop(L, 1);
  Context **box = (Context **)lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, context_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &CONTEXT_KEY);

  lua_newtable(L);
  int anchors = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_newtable(L);
  int pool = luaL_ref(L, LUA_REGISTRYINDEX);

  Context *cx = (Context *)calloc(1, sizeof *cx);
  char *read_buffer = (char *)malloc(READ_BUFFER_SIZE);
  *status = cx == NULL || read_buffer == NULL ? UV_ENOMEM : uv_async_init(loop, &cx->wake, on_wake);
  if (*status != 0) {
    free(cx);
    free(read_buffer);
    return NULL;
  }
  cx->wake.data = cx->kick.data = cx;
  uv_idle_init(loop, &cx->kick);
  uv_unref((uv_handle_t *)&cx->wake);
  cx->read_buffer = read_buffer;
  cx->L = main_state;
  cx->loop = loop;
  cx->anchors = anchors;
  cx->pool = pool;
  cx->refs = 3; /* the state, the idle and the async handle */
  if (options != NULL) cx->options = *options;
  *box = cx;
  return cx;
}

bool context_open(const Context *cx) {
  return cx->L != NULL && !cx->exiting && !(cx->failed && (cx->options.flags & MOONPORT_FATAL));
}

void context_check(lua_State *L, const Context *cx) {
  if (cx->L == NULL) luaL_error(L, "moonport is closed");
}

void context_push_weak(lua_State *L, const void *key, const char *mode) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushstring(L, mode);
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void context_warn(Context *cx, const char *text) {
  if (cx->options.on_warning != NULL) cx->options.on_warning(text, cx->options.data);
}

/* -- the door -------------------------------------------------------------------------------------------------- */

/* The first error is kept, and ends the loop's run; what else this turn of the loop brings is still told. */
static void keep(lua_State *L, Context *cx, int index) {
  if (!cx->failed) error_keep(L, index);
  cx->failed = true;
  uv_stop(cx->loop);
}

void context_uncaught(lua_State *L, Context *cx) {
  int error = lua_gettop(L);
  bool taken = false;
  if (!cx->telling) { /* else it comes from an 'uncaughtException' listener itself */
    cx->telling = true;
    taken = error_tell_script(L, error);
    cx->telling = false;
  }
  bool raised = cx->host_depth == cx->depth; /* on_error itself: it did not come back */
  if (!taken && cx->options.on_error != NULL && !raised) {
    uint16_t outer = cx->host_depth;
    cx->host_depth = cx->depth;
    lua_pushvalue(L, error);
    cx->options.on_error(L, cx->options.data);
    cx->host_depth = outer;
  } else if (!taken) {
    keep(L, cx, error);
  }
  lua_settop(L, error - 1);
}

static int body_uncaught(lua_State *L) {
  lua_settop(L, 2);
  context_uncaught(L, (Context *)lua_touserdata(L, 1));
  return 0;
}

/* An error that left a body: not one of a listener, those are told where they are called. */
static void uncaught(Context *cx) {
  lua_State *L = cx->L;
  lua_pushcfunction(L, body_uncaught);
  lua_pushlightuserdata(L, cx);
  lua_rotate(L, -3, 2);
  bool told = lua_pcall(L, 2, 0, 0) == LUA_OK;
  cx->host_depth = 0;
  if (told) return;
  cx->telling = false; /* telling it failed as well: that error is the one to keep */
  if (context_open(cx)) keep(L, cx, -1);
  lua_pop(L, 1);
}

static bool protect(Context *cx, lua_CFunction body, void *arg) {
  lua_State *L = cx->L;
  if (!lua_checkstack(L, LUA_MINSTACK)) return false;
  lua_pushcfunction(L, body);
  lua_pushlightuserdata(L, arg);
  if (lua_pcall(L, 1, 0, 0) == LUA_OK) return true;
  if (context_open(cx)) uncaught(cx);
  else lua_pop(L, 1);
  return false;
}

void enter(Context *cx, lua_CFunction body, void *arg) {
  if (!context_open(cx)) return;
  ++cx->depth;
  protect(cx, body, arg);
  if (cx->depth == 1) context_settle(cx);
  --cx->depth;
}

/* -- what waits for the end of a callback ---------------------------------------------------------------------- */

enum { TICKS_BETWEEN_FLUSHES = 1000 };

/* No callback is running whose end would see to it (a host called Lua by itself): let the loop do it. */
static void kick(Context *cx) {
  if (cx->depth == 0 && !cx->kicked && uv_idle_start(&cx->kick, on_kick) == 0) cx->kicked = true;
}

void flush_later(lua_State *L, Handle *h, void (*run)(Handle *h)) {
  Context *cx = h->cx;
  if (cx->flushing == FLUSHES_AT_MOST) flush_now(cx);
  handle_hold(L, h);
  cx->flushes[cx->flushing++] = (Flush){ run, h };
  kick(cx);
}

void flush_now(Context *cx) {
  while (cx->flushing > 0) {
    Flush flush = cx->flushes[--cx->flushing];
    flush.run(flush.h);
    handle_release(cx->L, flush.h);
  }
}

static void push_tick(lua_State *L, Context *cx, Tick entry) {
  if (cx->tick_count == cx->tick_room) {
    uint32_t room = cx->tick_room > 0 ? cx->tick_room * 2 : 64;
    Tick *ticks = (Tick *)malloc(room * sizeof *ticks);
    if (ticks == NULL) luaL_error(L, "not enough memory");
    for (uint32_t i = 0; i < cx->tick_count; ++i) ticks[i] = cx->ticks[(cx->tick_first + i) % cx->tick_room];
    free(cx->ticks);
    cx->ticks = ticks;
    cx->tick_first = 0;
    cx->tick_room = room;
  }
  cx->ticks[(cx->tick_first + cx->tick_count++) % cx->tick_room] = entry;
  kick(cx);
}

void tick(lua_State *L, Handle *h, TickRun run) {
  if (h->cx->L == NULL) return;
  handle_hold(L, h);
  push_tick(L, h->cx, (Tick){ .run = run, .h = h, .ref = LUA_NOREF });
}

void tick_task(lua_State *L, Context *cx, Task *task) {
  push_tick(L, cx, (Tick){ .run = NULL, .task = task, .ref = LUA_NOREF });
}

void tick_function(lua_State *L, Context *cx, int nargs) {
  push_tick(L, cx, (Tick){ .run = NULL, .h = NULL, .ref = call_keep(L, nargs) });
}

/* Runs ticks until none is left, or enough for a flush in between; an error leaves, and the door comes back. */
static int body_ticks(lua_State *L) {
  Context *cx = (Context *)lua_touserdata(L, 1);
  for (int ran = 0; cx->tick_count > 0 && ran < TICKS_BETWEEN_FLUSHES && context_open(cx); ++ran) {
    Tick t = cx->ticks[cx->tick_first];
    cx->tick_first = (cx->tick_first + 1) % cx->tick_room;
    --cx->tick_count;
    lua_settop(L, 0);
    if (t.task != NULL) {
      task_continue(L, t.task);
    } else if (t.run == NULL) {
      call_run(L, cx, t.ref, "tick");
    } else {
      handle_push(L, t.h);
      handle_release(L, t.h); /* as argument 1 the object is kept until its tick has run or raised */
      t.run(L, t.h);
    }
  }
  return 0;
}

void context_run_ticks(Context *cx) {
  while (context_open(cx) && cx->tick_count > 0) {
    ++cx->depth;
    protect(cx, body_ticks, cx);
    --cx->depth;
  }
}

void context_settle(Context *cx) {
  flush_now(cx);
  while (context_open(cx) && cx->tick_count > 0) {
    ++cx->depth;
    protect(cx, body_ticks, cx);
    --cx->depth;
    flush_now(cx);
  }
}

/* -- the end --------------------------------------------------------------------------------------------------- */

int context_leave(lua_State *L, Context *cx) {
  if (L == cx->running && lua_isyieldable(L)) return lua_yield(L, 0);
  if (L == cx->L && cx->depth > 0)
    return lua_error(L); /* the door's own pcall is next: it looks at cx->exiting, not at the value */
  if (cx->options.on_exit != NULL) {
    flush_now(cx);
    moonport_unlink(L);
    cx->options.on_exit(cx->exit_code, cx->options.data);
  }
  return luaL_error(L, "cannot exit inside a metamethod, a sort or a coroutine of the script");
}

int context_exit(lua_State *L, Context *cx, int code) {
  cx->exit_code = code;
  cx->exiting = true;
  uv_stop(cx->loop);
  return context_leave(L, cx);
}

typedef struct Call {
  Context *cx;
  int ref;
  bool ok;
} Call;

static int body_call(lua_State *L) {
  Call *call = (Call *)lua_touserdata(L, 1);
  call->ok = call_run(L, call->cx, call->ref, "main chunk");
  return 0;
}

bool context_call(Context *cx, lua_State *L, int nargs) {
  Call call = { cx, call_keep(L, nargs), false };
  enter(cx, body_call, &call);
  return call.ok;
}

int context_run(Context *cx, lua_State *L) {
  uint16_t depth = cx->depth, level = cx->level;
  TaskFrame frame;
  cx->depth = 0; /* a main chunk may run the loop: the callbacks are not inside its door */
  task_frame_enter(cx, &frame, NULL, NULL, NULL);
  context_settle(cx);
  while (context_open(cx) && !cx->failed && uv_run(cx->loop, UV_RUN_DEFAULT) != 0) continue;
  flush_now(cx);
  cx->depth = depth;
  cx->level = level;
  task_frame_leave(cx, &frame);
  if (cx->exiting) {
    if (depth > 0) uv_stop(cx->loop); /* for the run that this one is inside of: uv_run() forgets that it was asked */
    return MOONPORT_EXIT;
  }
  if (!cx->failed) return MOONPORT_DONE;
  cx->failed = false;
  error_push_kept(L);
  return MOONPORT_FAILED;
}

/* -- interrupts ------------------------------------------------------------------------------------------------ */

static void on_hook(lua_State *L, lua_Debug *ar) {
  (void)ar;
  Context *cx = context_of(L);
  lua_sethook(L, NULL, 0, 0);
  if (cx == NULL || !cx->interrupted) return;
  cx->interrupted = false;
  cx->on_interrupt(L, cx->interrupt_data);
}

void context_hook(lua_State *co) { lua_sethook(co, on_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1); }

void context_interrupt(Context *cx, void (*f)(lua_State *L, void *data), void *data) {
  cx->on_interrupt = f;
  cx->interrupt_data = data;
  cx->interrupted = true;
  if (cx->running != NULL) context_hook(cx->running);
  uv_async_send(&cx->wake);
}
