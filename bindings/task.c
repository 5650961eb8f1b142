/* task.c - the pool of coroutines, and those that left it because they wait. Calls nest, so the pool is a stack: level n
 * runs on coroutine n. Knows nothing of what is waited for. */
#include "task.h"

#include <stdlib.h>

#include "error.h"
#include "handle.h"
#include "wait.h"

static const char GIVEN = 0;  /* registry: the coroutines that were given away, as weak keys */
static const char ON_NEW = 0; /* registry: the function of task_on_new */

/* -- frames ------------------------------------------------------------------------------------------------------- */

void task_frame_enter(Context *cx, TaskFrame *frame, lua_State *co, Task *task, const Caller *caller) {
  *frame = (TaskFrame){ cx->running, cx->root, cx->task, cx->caller, cx->passable };
  cx->running = cx->root = co;
  cx->task = task;
  cx->caller = caller;
  cx->passable = true;
}

void task_frame_leave(Context *cx, const TaskFrame *frame) {
  cx->running = frame->running;
  cx->root = frame->root;
  cx->task = frame->task;
  cx->caller = frame->caller;
  cx->passable = frame->passable;
}

/* -- the pool ----------------------------------------------------------------------------------------------------- */

/* [-0, +0, e] Shows a new coroutine to the function of task_on_new. */
static void show_new(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &ON_NEW) == LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  lua_pushvalue(L, -2);
  lua_call(L, 1, 0);
}

int task_on_new(lua_State *L) {
  Context *cx = CONTEXT(L);
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &ON_NEW);
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) show_new(L);
  return 0;
}

/* [-0, +0, e] The coroutine of the next level. */
static lua_State *take(lua_State *L, Context *cx) {
  if (cx->level < TASKS_AT_HAND && cx->tasks[cx->level] != NULL) return cx->tasks[cx->level];
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  if (lua_rawgeti(L, -1, cx->level + 1) != LUA_TTHREAD) {
    lua_pop(L, 1);
    lua_newthread(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, cx->level + 1);
    show_new(L);
  }
  lua_State *co = lua_tothread(L, -1);
  lua_pop(L, 2);
  if (cx->level < TASKS_AT_HAND) cx->tasks[cx->level] = co;
  return co;
}

/* The coroutine of this level is no longer the pool's. */
static void give_away(lua_State *L, Context *cx) {
  if (cx->level < TASKS_AT_HAND) cx->tasks[cx->level] = NULL;
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  lua_pushnil(L);
  lua_rawseti(L, -2, cx->level + 1);
  lua_pop(L, 1);
}

/* [-0, +0, -] One that has ended takes the place of one that was given away. */
static void take_back(lua_State *L, Context *cx, lua_State *co) {
  if (cx->level >= TASKS_AT_HAND || cx->tasks[cx->level] != NULL) return;
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  if (lua_rawgeti(L, -1, cx->level + 1) == LUA_TNIL && lua_rawlen(L, -2) == cx->level) {
    lua_pushthread(co);
    lua_xmove(co, L, 1);
    lua_rawseti(L, -3, cx->level + 1);
    cx->tasks[cx->level] = co;
  }
  lua_pop(L, 2);
}

/* -- given away --------------------------------------------------------------------------------------------------- */

/* [-0, +0, m] A plain yield: the coroutine belongs to whoever resumes it, the yielded values are nobody's. */
static void mark_given(lua_State *L, lua_State *co) {
  context_push_weak(L, &GIVEN, "k");
  lua_pushthread(co);
  lua_xmove(co, L, 1);
  lua_pushboolean(L, true);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

/* [-0, +0, -] */
static void unmark_given(lua_State *L, lua_State *co) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &GIVEN);
  lua_pushthread(co);
  lua_xmove(co, L, 1);
  lua_pushnil(L);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

bool task_was_given(lua_State *L, lua_State *co) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &GIVEN) != LUA_TTABLE) {
    lua_pop(L, 1);
    return false;
  }
  if (!lua_checkstack(co, 1)) return false;
  lua_pushthread(co);
  if (co != L) lua_xmove(co, L, 1);
  bool given = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return given;
}

/* -- tasks -------------------------------------------------------------------------------------------------------- */

Task *task_new(lua_State *L, Context *cx, const char *role) {
  Task *task = (Task *)calloc(1, sizeof *task);
  if (task == NULL) luaL_error(L, "not enough memory");
  *task = (Task){ .cx = cx,
    .ref = LUA_NOREF,
    .refs = 1,
    .role = role,
    .value = LUA_NOREF,
    .reason = LUA_NOREF,
    .watchers = LUA_NOREF,
    .trace = LUA_NOREF };
  context_ref(cx);
  return task;
}

void task_unref(Task *task) {
  if (--task->refs > 0) return;
  Context *cx = task->cx;
  if (cx->L != NULL) {
    const int refs[] = { task->ref, task->value, task->reason, task->watchers, task->trace };
    for (size_t i = 0; i < sizeof refs / sizeof refs[0]; ++i) luaL_unref(cx->L, LUA_REGISTRYINDEX, refs[i]);
  }
  wait_drop_timer(task);
  free(task);
  context_unref(cx);
}

Task *task_current(lua_State *L, Context *cx) {
  if (cx->task == NULL) {
    cx->task = task_new(L, cx, cx->caller != NULL ? cx->caller->role : "task");
    cx->task->co = cx->root;
    if (cx->caller != NULL && cx->caller->h != NULL) cx->task->where = cx->caller->h->where;
  }
  return cx->task;
}

void task_list(lua_State *L, Task *task) {
  Context *cx = task->cx;
  if (task->ref == LUA_NOREF) {
    luaL_checkstack(L, 2, NULL);
    lua_pushthread(task->co);
    if (task->co != L) lua_xmove(task->co, L, 1);
    task->ref = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  if (task->listed) return;
  task->listed = true;
  task->prev = cx->last_task;
  task->next = NULL;
  if (cx->last_task != NULL) cx->last_task->next = task;
  else cx->first_task = task;
  cx->last_task = task;
}

static void unlist(Task *task) {
  if (!task->listed) return;
  task->listed = false;
  *(task->prev != NULL ? &task->prev->next : &task->cx->first_task) = task->next;
  *(task->next != NULL ? &task->next->prev : &task->cx->last_task) = task->prev;
}

void task_abandon_all(Context *cx) {
  while (cx->first_task != NULL) {
    Task *task = cx->first_task;
    unlist(task);
    if (task->stop != NULL) task->stop(task);
    task->stop = NULL;
    task->status = TASK_CANCELLED;
    wait_drop_timer(task);
    task_unref(task);
  }
}

/* -- the end of a run --------------------------------------------------------------------------------------------- */

static void call_watchers(lua_State *L, Task *task) {
  int top = lua_gettop(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->watchers);
  luaL_unref(L, LUA_REGISTRYINDEX, task->watchers);
  task->watchers = LUA_NOREF;
  lua_Integer n = (lua_Integer)lua_rawlen(L, top + 1);
  for (lua_Integer i = 1; i <= n; ++i) {
    lua_rawgeti(L, top + 1, i);
    lua_call(L, 0, 0); /* functions of ours, which wake */
  }
  lua_settop(L, top);
}

/* [-1, +0, m] The task has ended with the value on top of L: a table of its results, or its error. */
static void end(lua_State *L, Task *task, TaskStatus status) {
  unlist(task);
  wait_drop_timer(task);
  wait_forget_waker(L, task);
  task->co = NULL;
  task->status = status;
  luaL_unref(L, LUA_REGISTRYINDEX, task->value);
  luaL_unref(L, LUA_REGISTRYINDEX, task->ref);
  task->ref = LUA_NOREF;
  if (task->served) lua_pushvalue(L, -1);
  task->value = luaL_ref(L, LUA_REGISTRYINDEX);
  bool watched = task->watchers != LUA_NOREF;
  if (watched) call_watchers(L, task);
  if (task->served) {
    task->cx->served(L, task);
    return;
  }
  if (!watched && status == TASK_FAILED && task->spawned) { /* one may still ask, until the callback returns */
    error_push_trace(L);
    task->trace = luaL_ref(L, LUA_REGISTRYINDEX);
    tick_task(L, task->cx, task); /* takes the reference of the run */
    return;
  }
  task_unref(task);
}

/* [-0, +0, m] */
static void end_well(lua_State *L, Task *task, int nresults) {
  lua_State *co = task->co;
  if (!task->spawned || nresults == 0) {
    lua_pushnil(L);
  } else {
    lua_createtable(L, nresults, 1);
    lua_pushinteger(L, nresults);
    lua_setfield(L, -2, "n");
    for (int i = nresults; i >= 1; --i) {
      lua_xmove(co, L, 1);
      lua_rawseti(L, -2, i);
    }
  }
  lua_settop(co, 0);
  take_back(L, task->cx, co);
  end(L, task, TASK_DONE);
}

/* [-0, +1, m] The coroutine failed: its error on L, its <close> variables run, itself as new. */
static void fail(lua_State *L, Context *cx, lua_State *co, const Caller *caller) {
  error_name_overflow(co, caller);
  error_trace(L, cx, co, caller);
  lua_resetthread(co);
  lua_settop(co, 0);
}

/* [-1, +0, e] ... and its task with it. An error that nobody can ask for is told at once. */
static void end_badly(lua_State *L, Task *task) {
  Context *cx = task->cx;
  bool cancelled = task->cancelled && wait_is_cancellation(L);
  bool told = !task->spawned && !cancelled;
  if (told) lua_pushvalue(L, -1);
  end(L, task, cancelled ? TASK_CANCELLED : TASK_FAILED);
  if (told) context_uncaught(L, cx);
}

/* [-0, +0, e] The task was cancelled, and has ignored that again and again. */
static void give_up(lua_State *L, Task *task) {
  lua_State *co = task->co;
  task->cx->waits = false;
  lua_resetthread(co);
  lua_settop(co, 0);
  wait_push_cancellation(L, task);
  end_badly(L, task);
}

/* -- running ------------------------------------------------------------------------------------------------------ */

/* [-0, +0, e] What a task of its own came to; pooled: on a coroutine of the pool. */
static void settle(lua_State *L, Task *task, int status, int nresults, bool pooled, const Caller *caller) {
  Context *cx = task->cx;
  lua_State *co = task->co;
  if (status == LUA_OK) {
    end_well(L, task, nresults);
  } else if (status != LUA_YIELD) {
    fail(L, cx, co, caller);
    end_badly(L, task);
  } else if (task->given_up) {
    give_up(L, task);
  } else {
    if (pooled) give_away(L, cx);
    if (cx->waits) {
      cx->waits = false;
      return;
    }
    lua_pop(co, nresults);
    if (!cx->exiting) mark_given(L, co);
    lua_pushnil(L);
    end(L, task, TASK_DONE);
  }
}

static int resume(lua_State *L, Context *cx, lua_State *co, int nargs, int *nresults) {
  cx->traced = false;
  if (cx->interrupted) context_hook(co); /* it came between two tasks: the loop may be kept from telling it */
  return lua_resume(co, L, nargs, nresults);
}

void task_start(lua_State *L, Task *task, int nargs) {
  Context *cx = task->cx;
  lua_State *co = take(L, cx);
  if (!lua_checkstack(co, nargs + LUA_MINSTACK)) luaL_error(L, "not enough memory");
  lua_xmove(L, co, nargs + 1);
  task->co = co;
  TaskFrame frame;
  Caller caller = { .role = task->role, .where = task->where };
  task_frame_enter(cx, &frame, co, task, &caller);
  ++cx->level;
  int nresults;
  int status = resume(L, cx, co, nargs, &nresults);
  --cx->level;
  task_frame_leave(cx, &frame);
  settle(L, task, status, nresults, true, &caller);
  if (cx->exiting && status == LUA_YIELD) context_leave(L, cx);
}

static void tell_failure(lua_State *L, Task *task) {
  if (task->trace == LUA_NOREF) return; /* somebody has asked meanwhile */
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->trace);
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
  error_set_trace(L);
  context_uncaught(L, task->cx);
}

void task_continue(lua_State *L, Task *task) {
  Context *cx = task->cx;
  if (task->status == TASK_FAILED) {
    tell_failure(L, task);
  } else if (task->status == TASK_READY && task->co != NULL) {
    TaskFrame frame;
    Caller caller = { .role = task->role, .where = task->where };
    lua_State *co = task->co;
    task->status = TASK_RUNNING;
    task_frame_enter(cx, &frame, co, task, &caller);
    int nresults;
    int status = resume(L, cx, co, 0, &nresults);
    task_frame_leave(cx, &frame);
    settle(L, task, status, nresults, false, &caller);
  }
  bool leaves = cx->exiting;
  task_unref(task);
  if (leaves) context_leave(L, cx); /* process.exit was called in it */
}

bool task_call(lua_State *L, Context *cx, int nargs, const Caller *caller) {
  lua_State *co = take(L, cx);
  if (lua_status(co) != LUA_OK) { /* its last function failed, and there was no memory to trace that */
    lua_resetthread(co);
    lua_settop(co, 0);
  }
  /* a coroutine at rest has twice that room; L has what its C function was given */
  if (nargs > LUA_MINSTACK && !lua_checkstack(co, nargs + LUA_MINSTACK)) luaL_error(L, "not enough memory");
  lua_xmove(L, co, nargs + 1);

  TaskFrame frame;
  task_frame_enter(cx, &frame, co, NULL, caller);
  ++cx->level;
  int nresults;
  int status = resume(L, cx, co, nargs, &nresults);
  --cx->level;
  Task *task = cx->task;
  task_frame_leave(cx, &frame);

  if (status == LUA_OK) {
    lua_settop(co, 0);
  } else if (status == LUA_YIELD && task != NULL && task->given_up) {
    give_up(L, task);
    return true;
  } else if (status == LUA_YIELD) {
    give_away(L, cx);
    if (cx->waits) {
      cx->waits = false;
      return true;
    }
    lua_pop(co, nresults);
    if (!cx->exiting) mark_given(L, co);
  } else {
    fail(L, cx, co, caller); /* [error value] on L, its traceback kept */
  }
  if (task != NULL) { /* it was asked for, or has waited inside a call that failed */
    lua_pushnil(L);
    task->spawned = false;
    end(L, task, TASK_DONE);
  }
  if (status == LUA_YIELD && cx->exiting) context_leave(L, cx);
  if (status == LUA_OK || status == LUA_YIELD) return true;
  if (frame.running != NULL || cx->depth == 0 || L != cx->L) lua_error(L);
  context_uncaught(L, cx);
  return false;
}

int task_resume_given(lua_State *L, Context *cx, lua_State *co, int nargs, int *nresults) {
  TaskFrame frame;
  unmark_given(L, co);
  task_frame_enter(cx, &frame, co, NULL, &(Caller){ .role = "coroutine" });
  int status = resume(L, cx, co, nargs, nresults);
  Task *task = cx->task;
  task_frame_leave(cx, &frame);
  if (status == LUA_YIELD && cx->waits) {
    cx->waits = false;
    *nresults = 0;
    if (!task->given_up) return status;
    give_up(L, task);
    return LUA_OK;
  }
  if (task != NULL) {
    lua_pushnil(L);
    end(L, task, TASK_DONE);
  }
  if (status == LUA_YIELD && !cx->exiting) mark_given(L, co);
  return status;
}
