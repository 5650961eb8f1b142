/* task.c - the pool of coroutines. Calls nest, so the pool is a stack: level n runs on coroutine n. */
#include "task.h"

#include "error.h"

/* [-0, +0, m] The coroutine of the next level. */
static lua_State *take(lua_State *L, Context *cx) {
  if (cx->level < TASKS_AT_HAND && cx->tasks[cx->level] != NULL) return cx->tasks[cx->level];
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  if (lua_rawgeti(L, -1, cx->level + 1) != LUA_TTHREAD) {
    lua_pop(L, 1);
    lua_newthread(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, cx->level + 1);
  }
  lua_State *co = lua_tothread(L, -1);
  lua_pop(L, 2);
  if (cx->level < TASKS_AT_HAND) cx->tasks[cx->level] = co;
  return co;
}

/* Its function yielded: the coroutine is no longer ours. */
static void give_away(lua_State *L, Context *cx) {
  if (cx->level < TASKS_AT_HAND) cx->tasks[cx->level] = NULL;
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->pool);
  lua_pushnil(L);
  lua_rawseti(L, -2, cx->level + 1);
  lua_pop(L, 1);
}

bool task_call(lua_State *L, Context *cx, int nargs, const Caller *caller) {
  lua_State *co = take(L, cx);
  /* a coroutine at rest has twice that room; L has what its C function was given */
  if (nargs > LUA_MINSTACK && !lua_checkstack(co, nargs + LUA_MINSTACK)) luaL_error(L, "not enough memory");
  lua_xmove(L, co, nargs + 1);

  cx->traced = false;
  lua_State *outer = cx->running;
  cx->running = co;
  ++cx->level;
  if (cx->interrupted) context_hook(co); /* it came between two tasks: the loop may be kept from telling it */
  int nresults;
  int status = lua_resume(co, L, nargs, &nresults);
  --cx->level;
  cx->running = outer;

  if (status == LUA_OK) {
    lua_settop(co, 0);
  } else if (status == LUA_YIELD) {
    lua_pop(co, nresults);
    give_away(L, cx);
    if (cx->exiting) context_leave(L, cx);
  } else {
    error_name_overflow(co, caller);
    error_trace(L, cx, co, caller); /* [error value] on L, its traceback kept */
    lua_resetthread(co);
    lua_settop(co, 0);
    if (outer != NULL || cx->depth == 0 || L != cx->L) lua_error(L);
    context_uncaught(L, cx);
    return false;
  }
  return true;
}
