/* session.c - the way from the prompt into lua/repl.lua: each message is a task, so that what was entered may wait. Knows
 * no terminal. */
#include "session.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "moonport.h"

static const char SESSION = 0; /* registry: the table of its functions */

void session_open(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.repl");
  lua_call(L, 1, 1);
  lua_insert(L, -2);
  lua_call(L, 1, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &SESSION);
}

/* -- messages ------------------------------------------------------------------------------------------------------- */

typedef struct Message {
  const char *name; /* of the session's function */
  const char *text; /* its argument, or NULL */
  size_t size;
} Message;

static int done(lua_State *L, int status, lua_KContext context) {
  (void)L, (void)status, (void)context;
  return 0;
}

static int body_tell(lua_State *L) {
  const Message *message = (const Message *)lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &SESSION);
  lua_getfield(L, -1, message->name);
  if (message->text != NULL) lua_pushlstring(L, message->text, message->size);
  else lua_pushnil(L);
  lua_callk(L, 1, 0, 0, done); /* it may wait */
  return 0;
}

static bool call_session(lua_State *L, const Message *message) {
  lua_pushcfunction(L, body_tell);
  lua_pushlightuserdata(L, (void *)message);
  return moonport_call(L, 1);
}

bool session_tell(lua_State *L, const char *name, const char *text, size_t size) {
  bool well = call_session(L, &(Message){ name, text, size });
  int code;
  if (moonport_exit_code(L, &code)) return false;
  if (!well) call_session(L, &(Message){ .name = "recover" });
  return true;
}

bool session_show_error(lua_State *L) {
  int error = lua_gettop(L);
  bool begun = lua_rawgetp(L, LUA_REGISTRYINDEX, &SESSION) == LUA_TTABLE;
  if (begun) {
    lua_getfield(L, -1, "uncaught");
    lua_pushvalue(L, error);
    moonport_report(L, -1);
    lua_call(L, 2, 0);
  }
  lua_settop(L, error);
  return begun;
}

/* -- completion ------------------------------------------------------------------------------------------------------- */

typedef struct Completion {
  const char *line;
  size_t size, start;
  char **words; /* owned, ends with NULL */
} Completion;

static int body_complete(lua_State *L) {
  Completion *c = (Completion *)lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &SESSION);
  lua_getfield(L, -1, "complete");
  lua_pushlstring(L, c->line, c->size);
  lua_pushinteger(L, (lua_Integer)c->start);
  lua_call(L, 2, 1);
  size_t count = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
  if (count > 0) c->words = (char **)calloc(count + 1, sizeof *c->words);
  for (size_t i = 0; c->words != NULL && i < count; ++i) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    c->words[i] = strdup(lua_tostring(L, -1)); /* texts, as lua/repl_complete.lua makes them */
    lua_pop(L, 1);
    if (c->words[i] == NULL) break;
  }
  return 0;
}

char **session_complete(lua_State *L, const char *line, size_t size, size_t start) {
  Completion c = { line, size, start, NULL };
  lua_pushcfunction(L, body_complete);
  lua_pushlightuserdata(L, &c);
  moonport_call(L, 1);
  if (c.words != NULL && c.words[0] == NULL) {
    free(c.words);
    c.words = NULL;
  }
  return c.words;
}
