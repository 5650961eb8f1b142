/* call.c - calls that are made later. A function without arguments is kept as it is, others in a table
 * { function, arguments..., n = count }. */
#include "call.h"

void call_pack(lua_State *L, int nargs) {
  if (nargs <= 0) return;
  lua_createtable(L, nargs + 1, 1);
  lua_insert(L, -(nargs + 2));
  for (int i = nargs + 1; i >= 1; --i) lua_rawseti(L, -(i + 1), i);
  lua_pushinteger(L, nargs);
  lua_setfield(L, -2, "n");
}

int call_keep(lua_State *L, int nargs) {
  call_pack(L, nargs);
  return luaL_ref(L, LUA_REGISTRYINDEX);
}

bool call_packed(lua_State *L, Context *cx, const char *role) {
  int nargs = 0, at = lua_gettop(L);
  if (lua_istable(L, at) && !lua_getmetatable(L, at)) { /* a callable table has a metatable */
    lua_getfield(L, at, "n");
    nargs = (int)lua_tointeger(L, -1);
    luaL_checkstack(L, nargs + 1, NULL);
    for (int i = 1; i <= nargs + 1; ++i) lua_rawgeti(L, at, i);
  } else {
    lua_settop(L, at);
  }
  return task_call(L, cx, nargs, &(Caller){ .role = role });
}

bool call_run(lua_State *L, Context *cx, int ref, const char *role) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
  luaL_unref(L, LUA_REGISTRYINDEX, ref);
  return call_packed(L, cx, role);
}
