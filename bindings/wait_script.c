/* wait_script.c - waiting for verbs that are written in Lua: a function that wakes, and one that waits for it; and what C
 * needs of lua/limit.lua. The waiting itself is wait.c's. */
#include "error.h"
#include "wait.h"

static const char WAKERS = 0;  /* registry: number of a waker -> its Task as light userdata */
static const char LIMITED = 0; /* registry: limit.lua's function(options, f, index, ...) */

/* -- a limit with a signal ---------------------------------------------------------------------------------------- */

static int with_options_k(lua_State *L, int status, lua_KContext base) {
  (void)status;
  return lua_gettop(L) - (int)base;
}

int wait_with_options(lua_State *L, int index) {
  int n = lua_gettop(L);
  lua_Debug ar;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &LIMITED) == LUA_TNIL) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
    lua_pushliteral(L, "moonport.limit");
    lua_call(L, 1, 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &LIMITED);
    lua_replace(L, -2);
  }
  lua_pushvalue(L, index);
  lua_getstack(L, 0, &ar);
  lua_getinfo(L, "f", &ar);
  lua_pushinteger(L, index);
  for (int i = 1; i <= n; ++i) lua_pushvalue(L, i);
  lua_callk(L, n + 3, LUA_MULTRET, n, with_options_k);
  return with_options_k(L, LUA_OK, n);
}

/* -- wakers ------------------------------------------------------------------------------------------------------- */

/* [-0, +1, m] Pushes the table of wakers. */
static void push_wakers(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &WAKERS) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_newtable(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &WAKERS);
}

/* The function of core.waker(): upvalue 2 is its number. */
static int wake(lua_State *L) {
  push_wakers(L);
  lua_Integer number = lua_tointeger(L, lua_upvalueindex(2));
  if (lua_rawgeti(L, -1, number) == LUA_TNIL) return 0; /* the wait is over */
  Task *task = (Task *)lua_touserdata(L, -1);
  lua_pushnil(L);
  lua_rawseti(L, -3, number);
  lua_pop(L, 2);
  task->waker = 0;
  int n = lua_gettop(L);
  lua_createtable(L, n, 1);
  lua_insert(L, 1);
  lua_pushinteger(L, n);
  lua_setfield(L, 1, "n");
  for (int i = n; i >= 1; --i) lua_rawseti(L, 1, i);
  luaL_unref(L, LUA_REGISTRYINDEX, task->value);
  task->value = luaL_ref(L, LUA_REGISTRYINDEX);
  wait_wake(L, task);
  return 0;
}

void wait_forget_waker(lua_State *L, Task *task) {
  if (task->waker == 0) return;
  push_wakers(L);
  lua_pushnil(L);
  lua_rawseti(L, -2, task->waker);
  lua_pop(L, 1);
  task->waker = 0;
}

/* core.waker() -> wake(...): ends the core.wait() that follows, also when it is called before; later calls do nothing */
static int waker(lua_State *L) {
  Context *cx = CONTEXT(L);
  wait_check(L, cx);
  Task *task = task_current(L, cx);
  task_list(L, task); /* its end forgets the waker */
  wait_forget_waker(L, task);
  task->waker = ++cx->wakers;
  push_wakers(L);
  lua_pushlightuserdata(L, task);
  lua_rawseti(L, -2, task->waker);
  lua_pushlightuserdata(L, cx);
  lua_pushinteger(L, task->waker);
  lua_pushcclosure(L, wake, 2);
  return 1;
}

/* [-0, +n, m] What wake() was called with, behind true. */
static int push_woken(lua_State *L, Task *task) {
  lua_pushboolean(L, true);
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->value);
  luaL_unref(L, LUA_REGISTRYINDEX, task->value);
  task->value = LUA_NOREF;
  int list = lua_gettop(L);
  lua_getfield(L, list, "n");
  int n = (int)lua_tointeger(L, -1);
  lua_pop(L, 1);
  luaL_checkstack(L, n, NULL);
  for (int i = 1; i <= n; ++i) lua_rawgeti(L, list, i);
  lua_remove(L, list);
  return n + 1;
}

static void nothing_to_stop(Task *task) { (void)task; }

static int wait_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  Task *task = (Task *)context;
  if (!wait_is_over(context)) return wait_again(L, context, wait_k);
  wait_forget_waker(L, task);
  WaitEnd end = wait_ended(L, context);
  if (end == WAIT_WOKEN) return push_woken(L, task);
  wait_push_failure(L, end, luaL_optstring(L, 2, "wait"));
  lua_pushboolean(L, false);
  lua_replace(L, -3);
  return 2;
}

/* core.wait([limit ms[, what]]) -> true, what wake() was called with | false, err: `what` failed by its time limit */
static int wait(lua_State *L) {
  Context *cx = CONTEXT(L);
  double limit = wait_limit(L, 1);
  lua_settop(L, 2);
  wait_check(L, cx);
  Task *task = task_current(L, cx);
  if (task->waker == 0) return push_woken(L, task); /* woken already */
  return wait_begin(L, cx, limit, nothing_to_stop, NULL, wait_k);
}

static int sleep_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  if (!wait_is_over(context)) return wait_again(L, context, sleep_k);
  WaitEnd end = wait_ended(L, context);
  if (end == WAIT_ABORTED) return wait_push_failure(L, end, "sleep");
  lua_pushboolean(L, true);
  return 1;
}

/* core.sleep(ms) -> true | nil, err when its signal aborted it */
static int wait_sleep(lua_State *L) {
  Context *cx = CONTEXT(L);
  luaL_checkany(L, 1);
  double limit = wait_limit(L, 1);
  lua_settop(L, 1);
  wait_check(L, cx);
  /* at least 1, as setTimeout has it: timers that are due again at once would keep the loop from its sockets */
  return wait_begin(L, cx, limit < 1 ? 1 : limit, nothing_to_stop, NULL, sleep_k);
}

/* core.wait_set_limited(f): see wait_with_options */
static int set_limited(lua_State *L) {
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &LIMITED);
  return 0;
}

/* core.can_wait(): raises when the function that calls cannot wait, or its task was cancelled */
static int can_wait(lua_State *L) {
  wait_check(L, CONTEXT(L));
  return 0;
}

/* core.wait_no_more(): from now on nobody can wait */
static int wait_no_more(lua_State *L) {
  CONTEXT(L)->closing_time = true;
  return 0;
}

const luaL_Reg wait_functions[] = {
  { "waker", waker },
  { "wait", wait },
  { "sleep", wait_sleep },
  { "can_wait", can_wait },
  { "wait_no_more", wait_no_more },
  { "wait_set_limited", set_limited },
  { NULL, NULL },
};
