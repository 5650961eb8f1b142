/* async.c - class Task: what a script holds of a task that it spawned. Joining, and what is made of several tasks, are
 * lua/async.lua's. */
#include "async.h"

#include <stdlib.h>

#include "error.h"
#include "handle.h"
#include "wait.h"

typedef struct TaskObject {
  Handle h;   /* first */
  Task *task; /* owned: one reference */
} TaskObject;

static Task *check(lua_State *L, int index) { return ((TaskObject *)class_check(L, index, &task_class))->task; }

static const char OBJECTS = 0; /* registry: task -> its object, as weak values; not of those that end at once */

/* [-0, +0, m] The object on top is that of a task, whoever asks. */
static void name_object(lua_State *L, Task *task) {
  context_push_weak(L, &OBJECTS, "v");
  lua_pushvalue(L, -2);
  lua_rawsetp(L, -2, task);
  lua_pop(L, 1);
  task->named = true;
}

/* [-0, +(0|1), m] Pushes the object of a task, if there is one. */
static bool push_object(lua_State *L, Task *task) {
  if (!task->named) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &OBJECTS);
  bool known = lua_rawgetp(L, -1, task) != LUA_TNIL;
  lua_remove(L, -2);
  if (!known) lua_pop(L, 1);
  return known;
}

/* [-0, +1, m] */
static void push_task(lua_State *L, Context *cx, Task *task) {
  if (push_object(L, task)) return;
  TaskObject *object = (TaskObject *)handle_new(L, cx, &task_class, sizeof *object);
  object->task = task;
  object->h.where = task->where;
  ++task->refs;
  name_object(L, task);
}

/* async.spawn(f, ...) -> Task: f(...) runs until it waits for the first time, or to its end */
static int spawn(lua_State *L) {
  Context *cx = CONTEXT(L);
  if (!error_callable(L, 1)) error_argument_type(L, "f", "of type function", 1);
  int nargs = lua_gettop(L) - 1;
  TaskObject *object = (TaskObject *)handle_new(L, cx, &task_class, sizeof *object);
  Task *task = object->task = task_new(L, cx, "task");
  task->spawned = true;
  task->where = object->h.where = handle_line(L);
  lua_insert(L, 1);
  ++task->refs; /* of the run */
  task_start(L, task, nargs);
  lua_settop(L, 1);
  if (push_object(L, task)) return 1; /* it has asked for itself */
  if (task->status < TASK_DONE) name_object(L, task);
  return 1;
}

/* -- for lua/async.lua -------------------------------------------------------------------------------------------- */

/* core.task_result(task) -> false: it has not ended | true, results... | nil, err */
static int result(lua_State *L) {
  Task *task = check(L, 1);
  if (task->status < TASK_DONE) {
    lua_pushboolean(L, false);
    return 1;
  }
  luaL_unref(L, LUA_REGISTRYINDEX, task->trace); /* somebody has asked: it is not uncaught */
  task->trace = LUA_NOREF;
  if (task->status != TASK_DONE) {
    lua_pushnil(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
    return 2;
  }
  lua_pushboolean(L, true);
  if (lua_rawgeti(L, LUA_REGISTRYINDEX, task->value) != LUA_TTABLE) { /* no results */
    lua_pop(L, 1);
    return 1;
  }
  lua_getfield(L, 3, "n");
  int n = (int)lua_tointeger(L, -1);
  lua_settop(L, 3);
  luaL_checkstack(L, n, NULL);
  for (int i = 1; i <= n; ++i) lua_rawgeti(L, 3, i);
  lua_remove(L, 3);
  return n + 1;
}

/* core.task_watch(task, f): f() is called at its end, which must not fail: one of core.waker(), for example */
static int watch(lua_State *L) {
  Task *task = check(L, 1);
  lua_settop(L, 2);
  if (task->watchers == LUA_NOREF) {
    lua_newtable(L);
    task->watchers = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->watchers);
  lua_pushvalue(L, 2);
  lua_rawseti(L, 3, (lua_Integer)lua_rawlen(L, 3) + 1);
  return 0;
}

/* core.task_unwatch(task, f) */
static int unwatch(lua_State *L) {
  Task *task = check(L, 1);
  lua_settop(L, 2);
  if (task->watchers == LUA_NOREF) return 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->watchers);
  lua_Integer n = (lua_Integer)lua_rawlen(L, 3), to = 0;
  for (lua_Integer i = 1; i <= n; ++i) {
    lua_rawgeti(L, 3, i);
    if (lua_rawequal(L, 4, 2)) lua_pop(L, 1);
    else lua_rawseti(L, 3, ++to);
  }
  for (lua_Integer i = to + 1; i <= n; ++i) {
    lua_pushnil(L);
    lua_rawseti(L, 3, i);
  }
  if (to == 0) {
    luaL_unref(L, LUA_REGISTRYINDEX, task->watchers);
    task->watchers = LUA_NOREF;
  }
  return 0;
}

/* core.is_task(value) -> boolean */
static int is_task(lua_State *L) {
  lua_pushboolean(L, lua_type(L, 1) == LUA_TUSERDATA && class_test(L, 1, &task_class) != NULL);
  return 1;
}

/* core.traceback_of(err) -> text | nil: of the error that a task failed with last, or that keep_trace was given */
static int traceback_of(lua_State *L) {
  lua_settop(L, 1);
  error_push_trace_of(L, 1);
  return 1;
}

/* core.warn_failure(err): the report of an error that ends nothing, for whoever shows warnings */
static int warn_failure(lua_State *L) {
  error_push_report(L, 1);
  context_warn(CONTEXT(L), lua_tostring(L, -1));
  return 0;
}

/* core.now() -> ms on the loop's clock, brought up to date */
static int now(lua_State *L) {
  uv_update_time(CONTEXT(L)->loop);
  lua_pushinteger(L, (lua_Integer)uv_now(CONTEXT(L)->loop));
  return 1;
}

/* core.task_abort(task, err): ends its wait, if it waits, with nil, err */
static int task_abort(lua_State *L) {
  Task *task = check(L, 1);
  lua_settop(L, 2);
  wait_abort(L, task);
  return 0;
}

/* async.current() -> Task | nil outside of a task */
static int current(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 0);
  if (cx->root == NULL) return 0;
  push_task(L, cx, task_current(L, cx));
  return 1;
}

/* async.tasks() -> list of those that wait or are about to go on, the oldest first */
static int tasks(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 0);
  lua_newtable(L);
  lua_Integer n = 0;
  for (Task *task = cx->first_task; task != NULL; task = task->next) {
    push_task(L, cx, task);
    lua_rawseti(L, 1, ++n);
  }
  return 1;
}

int async_push_waiting(lua_State *L, Context *cx) {
  int count = 0;
  for (const Task *task = cx->first_task; task != NULL; task = task->next) {
    if (task->status != TASK_WAITING) continue;
    ++count;
    error_push_stack(L, task->co, 0);
    handle_push_line(L, task->where);
    lua_pushfstring(L, "%s\n\t[%s%s%s]", lua_tostring(L, -2), task->role, lua_isnil(L, -1) ? "" : " of ",
        lua_isnil(L, -1) ? "" : lua_tostring(L, -1));
    lua_replace(L, -3);
    lua_pop(L, 1);
    if (count == 1) continue;
    lua_pushliteral(L, "\n");
    lua_insert(L, -2);
    lua_concat(L, 3);
  }
  return count;
}

/* -- the script says ---------------------------------------------------------------------------------------------- */

static Task *self(lua_State *L) { return ((TaskObject *)class_self(L))->task; }

/* cancel([reason]) -> self: its wait, and each that follows, raises; what it waited for is free again */
static int task_cancel(lua_State *L) {
  Task *task = self(L);
  lua_settop(L, 2);
  wait_cancel(L, task);
  return 1;
}

/* traceback() -> text of where it waits, or "" */
static int task_traceback(lua_State *L) {
  Task *task = self(L);
  if (task->co == NULL) lua_pushliteral(L, "");
  else error_push_stack(L, task->co, 0);
  return 1;
}

static int get_status(lua_State *L, Handle *h) {
  static const char *const names[] = { "running", "waiting", "ready", "done", "failed", "cancelled" };
  lua_pushstring(L, names[((TaskObject *)h)->task->status]);
  return 1;
}

static int get_where(lua_State *L, Handle *h) {
  handle_push_line(L, ((TaskObject *)h)->task->where);
  return 1;
}

static int get_waiting(lua_State *L, Handle *h) {
  const Task *task = ((TaskObject *)h)->task;
  if (task->status != TASK_WAITING) return 0;
  uv_update_time(task->cx->loop);
  lua_pushinteger(L, (lua_Integer)((uint32_t)uv_now(task->cx->loop) - task->since));
  return 1;
}

static void push_name(lua_State *L, Handle *h) {
  handle_push_line(L, ((TaskObject *)h)->task->where);
  if (lua_isnil(L, -1)) lua_pushliteral(L, "");
}

static void free_object(Handle *h) {
  if (((TaskObject *)h)->task != NULL) task_unref(((TaskObject *)h)->task);
}

static const luaL_Reg methods[] = { { "cancel", task_cancel }, { "traceback", task_traceback }, { NULL, NULL } };

static const Property properties[] = {
  { "status", get_status, NULL },
  { "waiting", get_waiting, NULL },
  { "where", get_where, NULL },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "status", "where", NULL };

const Class task_class = {
  .no_events = true,
  .name = "Task",
  .module = "async",
  .parts = { methods },
  .properties = properties,
  .summary = summary,
  .push_address = push_name,
  .free = free_object,
};

void async_define(lua_State *L, Context *cx) { class_define(L, cx, &task_class); }

const luaL_Reg async_functions[] = {
  { "spawn", spawn },
  { "task_result", result },
  { "task_watch", watch },
  { "task_unwatch", unwatch },
  { "is_task", is_task },
  { "on_new_coroutine", task_on_new },
  { "traceback_of", traceback_of },
  { "warn_failure", warn_failure },
  { "now", now },
  { "task_abort", task_abort },
  { "current_task", current },
  { "tasks", tasks },
  { NULL, NULL },
};
