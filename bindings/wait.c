/* wait.c - waiting: yield, be woken, look again. Why a wait ended is kept in the task; what it waited for is the affair of
 * whoever made it wait. */
#include "wait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "handle.h"

enum { REFUSALS = 10000 }; /* waits that a cancelled task may ask for, and be refused, until it is given up */

/* -- where one can wait ------------------------------------------------------------------------------------------- */

/* [-1, +1, m] Replaces a function by its name in one of the loaded modules, or nil: "table.sort". */
static void name_function(lua_State *L) {
  int function = lua_gettop(L);
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_pushnil(L);
  while (lua_next(L, function + 1)) {
    lua_pushnil(L);
    while (lua_istable(L, function + 3) && lua_next(L, function + 3)) {
      bool found = lua_rawequal(L, -1, function) && lua_type(L, function + 2) == LUA_TSTRING;
      lua_pop(L, 1);
      if (!found || lua_type(L, -1) != LUA_TSTRING) continue;
      const char *module = lua_tostring(L, function + 2);
      if (strcmp(module, "_G") == 0) lua_pushvalue(L, -1);
      else lua_pushfstring(L, "%s.%s", module, lua_tostring(L, -1));
      lua_replace(L, function);
      lua_settop(L, function);
      return;
    }
    lua_settop(L, function + 2);
  }
  lua_pop(L, 1);
  lua_pushnil(L);
  lua_replace(L, function);
}

/* [-0, +1, m] The C function that keeps the coroutine from yielding, in words. */
static void push_obstacle(lua_State *L) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); ++level) {
    lua_getinfo(L, "Sf", &ar);
    if (ar.what[0] != 'C') {
      lua_pop(L, 1);
      continue;
    }
    name_function(L);
    const char *name = lua_tostring(L, -1);
    bool harmless = name != NULL && (strcmp(name, "pcall") == 0 || strcmp(name, "xpcall") == 0);
    if (name != NULL && !harmless) lua_pushfstring(L, "inside %s, which cannot be left and entered again", name);
    lua_remove(L, name != NULL && !harmless ? -2 : -1);
    if (name != NULL && !harmless) return;
  }
  lua_pushliteral(L, "inside a C function or a metamethod that cannot be left and entered again");
}

static int raise_no_wait(lua_State *L, Context *cx) {
  if (cx->closing_time) lua_pushliteral(L, "in a listener of 'exit': the program ends");
  else if (cx->root == NULL) lua_pushliteral(L, "outside of a task: call moonport.run(f), and wait in f");
  else if (L != cx->running) lua_pushliteral(L, "in a coroutine of the script that Lua's own coroutine functions run");
  else push_obstacle(L);
  lua_pushfstring(L, "cannot wait %s", lua_tostring(L, -1));
  error_push(L, "Error", "ERR_CANNOT_WAIT", lua_tostring(L, -1));
  return lua_error(L);
}

/* Whether a __close metamethod is running: it may wait although its task was cancelled. One that an error runs is known by
 * its first parameter only. */
static bool closes(lua_State *L) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); ++level) {
    lua_getinfo(L, "fn", &ar);
    int top = lua_gettop(L);
    bool found = ar.name != NULL && strcmp(ar.name, "close") == 0 && strcmp(ar.namewhat, "metamethod") == 0;
    found = found || (lua_getlocal(L, &ar, 1) != NULL && luaL_getmetafield(L, top + 1, "__close") != LUA_TNIL &&
                         lua_rawequal(L, -1, top));
    lua_settop(L, top - 1);
    if (found) return true;
  }
  return false;
}

/* -- cancelled ---------------------------------------------------------------------------------------------------- */

void wait_push_cancellation(lua_State *L, Task *task) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->reason);
  if (lua_type(L, -1) == LUA_TSTRING) lua_pushfstring(L, "the task was cancelled: %s", lua_tostring(L, -1));
  else lua_pushliteral(L, "the task was cancelled");
  error_push(L, "CancelledError", "ECANCELED", lua_tostring(L, -1));
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "cause");
  lua_replace(L, -3);
  lua_pop(L, 1);
}

bool wait_is_cancellation(lua_State *L) {
  if (!error_is(L, -1)) return false;
  lua_getfield(L, -1, "code");
  lua_getfield(L, -2, "name");
  bool is = lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING &&
            strcmp(lua_tostring(L, -1), "CancelledError") == 0 && strcmp(lua_tostring(L, -2), "ECANCELED") == 0;
  lua_pop(L, 2);
  return is;
}

/* A loop around a pcall around a wait would never leave the loop of events alone again: it does not go on then. */
static void raise_if_cancelled(lua_State *L, Task *task) {
  if (task == NULL || !task->cancelled || closes(L)) return;
  if (task->refused == REFUSALS && lua_isyieldable(L)) {
    task->given_up = true;
    task->cx->waits = true;
    lua_yield(L, 0);
  }
  if (task->refused < REFUSALS) ++task->refused;
  wait_push_cancellation(L, task);
  lua_error(L);
}

void wait_check(lua_State *L, Context *cx) {
  context_check(L, cx);
  bool possible = cx->root != NULL && L == cx->running && cx->passable && lua_isyieldable(L) && !cx->closing_time;
  if (!possible) raise_no_wait(L, cx);
  raise_if_cancelled(L, cx->task);
}

double wait_limit(lua_State *L, int index) {
  if (lua_isnoneornil(L, index)) return -1;
  if (lua_type(L, index) != LUA_TNUMBER) error_argument_type(L, "timeout", "of type number", index);
  double ms = lua_tonumber(L, index);
  if (!(ms >= 0)) error_out_of_range(L, "timeout", "a non-negative number", index);
  return ms;
}

/* -- time limits -------------------------------------------------------------------------------------------------- */

struct TaskTimer {
  uv_timer_t uv;     /* first */
  Task *task;        /* borrowed; NULL: it has gone */
  uint64_t deadline; /* loop time, ms, of the wait that is under way; 0: none */
};

static void on_timer_closed(uv_handle_t *uv) { free(uv); }

void wait_drop_timer(Task *task) {
  TaskTimer *timer = task->timer;
  if (timer == NULL) return;
  task->timer = NULL;
  timer->task = NULL;
  uv_close((uv_handle_t *)&timer->uv, on_timer_closed);
}

/* Whoever it waits for forgets it. */
static void stop(Task *task) {
  if (task->stop != NULL) task->stop(task);
  task->stop = NULL;
  if (task->timer != NULL) uv_timer_stop(&task->timer->uv);
}

static int body_time_out(lua_State *L) {
  Task *task = (Task *)lua_touserdata(L, 1);
  if (task->status != TASK_WAITING) return 0;
  task->timed_out = true;
  stop(task);
  wait_wake_now(L, task);
  return 0;
}

static void on_timer(uv_timer_t *uv) {
  Task *task = ((TaskTimer *)uv)->task;
  if (task != NULL) enter(task->cx, body_time_out, task);
}

static void start_timer_again(TaskTimer *timer) {
  uint64_t now = uv_now(timer->uv.loop);
  uv_timer_start(&timer->uv, on_timer, timer->deadline > now ? timer->deadline - now : 0, 0);
}

static void start_timer(lua_State *L, Task *task, double ms) {
  if (task->timer == NULL) {
    TaskTimer *timer = (TaskTimer *)malloc(sizeof *timer);
    if (timer == NULL) luaL_error(L, "not enough memory");
    uv_timer_init(task->cx->loop, &timer->uv);
    timer->task = task;
    task->timer = timer;
  }
  uv_update_time(task->cx->loop);
  task->timer->deadline = uv_now(task->cx->loop) + (ms < 1e15 ? (uint64_t)ceil(ms) : (uint64_t)1e15);
  start_timer_again(task->timer);
}

/* -- a wait ------------------------------------------------------------------------------------------------------- */

void wait_prepare(lua_State *L, Context *cx, double limit, void (*forget)(Task *task), void *subject) {
  Task *task = task_current(L, cx);
  task_list(L, task);
  if (task->timer != NULL) task->timer->deadline = 0;
  if (limit >= 0) start_timer(L, task, limit);
  task->stop = forget;
  task->subject = subject;
}

int wait_yield(lua_State *L, Context *cx, lua_KFunction k) {
  Task *task = cx->task;
  task->timed_out = task->aborted = false;
  task->status = TASK_WAITING;
  task->since = (uint32_t)uv_now(cx->loop);
  cx->waits = true;
  return lua_yieldk(L, 0, (lua_KContext)task, k);
}

int wait_begin(lua_State *L, Context *cx, double limit, void (*forget)(Task *task), void *subject, lua_KFunction k) {
  wait_prepare(L, cx, limit, forget, subject);
  return wait_yield(L, cx, k);
}

int wait_more(lua_State *L, Task *task, void (*forget)(Task *task), lua_KFunction k) {
  task->stop = forget;
  if (task->timer != NULL && task->timer->deadline > 0) start_timer_again(task->timer);
  return wait_yield(L, task->cx, k);
}

bool wait_is_over(lua_KContext context) { return ((Task *)context)->status == TASK_RUNNING; }

int wait_again(lua_State *L, lua_KContext context, lua_KFunction k) { return lua_yieldk(L, 0, context, k); }

WaitEnd wait_ended(lua_State *L, lua_KContext context) {
  Task *task = (Task *)context;
  raise_if_cancelled(L, task);
  if (task->timed_out) return WAIT_TIMED_OUT;
  if (!task->aborted) return WAIT_WOKEN;
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
  luaL_unref(L, LUA_REGISTRYINDEX, task->value);
  task->value = LUA_NOREF;
  return WAIT_ABORTED;
}

int wait_push_failure(lua_State *L, WaitEnd end, const char *what) {
  if (end == WAIT_TIMED_OUT) error_push_system(L, UV_ETIMEDOUT, what);
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}

/* -- its end ------------------------------------------------------------------------------------------------------ */

void wait_wake(lua_State *L, Task *task) {
  if (task->status != TASK_WAITING) return;
  task->stop = NULL;
  if (task->timer != NULL) uv_timer_stop(&task->timer->uv);
  task->status = TASK_READY;
  ++task->refs;
  tick_task(L, task->cx, task);
}

void wait_wake_now(lua_State *L, Task *task) {
  if (task->status != TASK_WAITING) return;
  task->stop = NULL;
  if (task->timer != NULL) uv_timer_stop(&task->timer->uv);
  task->status = TASK_READY;
  ++task->refs;
  task_continue(L, task);
}

void wait_cancel(lua_State *L, Task *task) {
  if (task->cancelled || task->status >= TASK_DONE) {
    lua_pop(L, 1);
    return;
  }
  task->reason = luaL_ref(L, LUA_REGISTRYINDEX);
  task->cancelled = true;
  if (task->status != TASK_WAITING) return;
  stop(task);
  wait_wake(L, task);
}

void wait_abort(lua_State *L, Task *task) {
  if (task->status != TASK_WAITING) {
    lua_pop(L, 1);
    return;
  }
  luaL_unref(L, LUA_REGISTRYINDEX, task->value);
  task->value = luaL_ref(L, LUA_REGISTRYINDEX);
  task->aborted = true;
  stop(task);
  wait_wake(L, task);
}
