/* storm.c - a module for proofs: collects all garbage every 500 VM instructions, in every coroutine. New coroutines
 * inherit the hook of the one that makes them, so it is set on the main state before any is made. */
#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

enum { INSTRUCTIONS = 500 };

static int armed;
static lua_Integer collections;

static void on_count(lua_State *L, lua_Debug *ar) {
  (void)ar;
  if (!armed) return;
  ++collections;
  lua_gc(L, LUA_GCCOLLECT);
}

/* storm.arm(on): whether the hook collects */
static int arm(lua_State *L) {
  armed = lua_toboolean(L, 1);
  return 0;
}

/* storm.hook(coroutine): for one that was made before the module was loaded */
static int hook(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTHREAD);
  lua_sethook(lua_tothread(L, 1), on_count, LUA_MASKCOUNT, INSTRUCTIONS);
  return 0;
}

/* storm.collections() -> integer */
static int count(lua_State *L) {
  lua_pushinteger(L, collections);
  return 1;
}

int luaopen_storm(lua_State *L);

/* With STORM=later in the environment nothing is collected before storm.arm(true). */
int luaopen_storm(lua_State *L) {
  const char *when = getenv("STORM");
  armed = when == NULL || strcmp(when, "later") != 0;
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  lua_sethook(lua_tothread(L, -1), on_count, LUA_MASKCOUNT, INSTRUCTIONS);
  lua_sethook(L, on_count, LUA_MASKCOUNT, INSTRUCTIONS);
  static const luaL_Reg functions[] = { { "arm", arm }, { "hook", hook }, { "collections", count }, { NULL, NULL } };
  luaL_newlib(L, functions);
  return 1;
}
