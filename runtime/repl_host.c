/* repl_host.c - files of the prompt: its history, names for completion, the texts of .help. Knows no prompt. */
#include "repl_host.h"

#include <dirent.h>
#include <lauxlib.h>
#include <string.h>

#include "history.h"
#include "types.h"

/* write_history(path, text, append) -> nil | why it failed */
static int write_history(lua_State *L) {
  size_t size;
  const char *path = luaL_checkstring(L, 1), *text = luaL_checklstring(L, 2, &size);
  int failed = history_write(path, text, size, lua_toboolean(L, 3));
  if (failed == 0) return 0;
  lua_pushstring(L, strerror(failed));
  return 1;
}

static int close_folder(lua_State *L) {
  DIR **dir = (DIR **)lua_touserdata(L, 1);
  if (*dir != NULL) closedir(*dir);
  *dir = NULL;
  return 0;
}

/* files(folder) -> list of names, in no order; empty when it cannot be read */
static int files(lua_State *L) {
  const char *folder = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_newtable(L);
  DIR **dir = (DIR **)lua_newuserdatauv(L, sizeof *dir, 0);
  *dir = NULL;
  lua_createtable(L, 0, 1); /* pushing may raise: then the collector closes it */
  lua_pushcfunction(L, close_folder);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  *dir = opendir(folder);
  lua_Integer n = 0;
  const struct dirent *entry;
  while (*dir != NULL && (entry = readdir(*dir)) != NULL) {
    lua_pushstring(L, entry->d_name);
    lua_rawseti(L, 2, ++n);
  }
  if (*dir != NULL) closedir(*dir);
  *dir = NULL;
  lua_settop(L, 2);
  return 1;
}

/* types() -> list of { name, text }: lua/types/ */
static int types(lua_State *L) {
  lua_newtable(L);
  for (lua_Integer i = 0; type_files[i].name != NULL; ++i) {
    lua_createtable(L, 2, 0);
    lua_pushstring(L, type_files[i].name);
    lua_rawseti(L, -2, 1);
    lua_pushlstring(L, type_files[i].source, type_files[i].size);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {
  { "write_history", write_history },
  { "files", files },
  { "types", types },
  { NULL, NULL },
};

void repl_host_functions(lua_State *L) { luaL_setfuncs(L, functions, 0); }
