/* steps.c - what a job runs, in its order: LUA_INIT, the code of the options, the script. Never turns the loop. */
#include "steps.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "moonport.h"
#include "script.h"
#include "watch.h"

/* [-0, +n, e] The script's arguments: what arg holds by now. */
static int push_arguments(lua_State *L) {
  if (lua_getglobal(L, "arg") != LUA_TTABLE) return luaL_error(L, "'arg' is not a table");
  int table = lua_gettop(L), count = (int)luaL_len(L, table);
  luaL_checkstack(L, count + 3, "too many arguments to script");
  for (int i = 1; i <= count; ++i) lua_rawgeti(L, table, i);
  lua_remove(L, table);
  return count;
}

static Step call(lua_State *L, int nargs) { return moonport_call(L, nargs) ? STEP_DONE : STEP_STOPPED; }

/* LUA_INIT as lua(1) has it: code, or @file. */
static Step run_init(lua_State *L, const Job *job) {
  const char *name = "=LUA_INIT_5_4", *init = getenv(name + 1);
  if (init == NULL) init = getenv((name = "=LUA_INIT") + 1);
  if (init == NULL || job->ignore_environment) return STEP_DONE;
  bool loaded = init[0] == '@' ? script_load(L, init + 1, job->allow_bytecode) : script_load_text(L, init, name);
  return loaded ? call(L, 0) : STEP_REFUSED;
}

/* "module", whose name may have a suffix behind a hyphen, or "name=module" */
static int require_as_global(lua_State *L) {
  const char *what = luaL_checkstring(L, 1), *equals = strchr(what, '=');
  const char *name_end = equals != NULL ? equals : what + strcspn(what, "-");
  lua_pushglobaltable(L);
  lua_pushlstring(L, what, (size_t)(name_end - what));
  lua_getglobal(L, "require");
  lua_pushstring(L, equals != NULL ? equals + 1 : what);
  lua_call(L, 1, 1);
  lua_settable(L, 2);
  return 0;
}

/* What -l asks for. */
static Step require_module(lua_State *L, const char *what) {
  lua_pushcfunction(L, require_as_global); /* in C: what require says is not about a line of ours */
  lua_pushstring(L, what);
  return call(L, 1);
}

/* Shows what a chunk has returned, each value on a line of its own. */
static int show_values(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  int count = lua_gettop(L);
  luaL_checkstack(L, LUA_MINSTACK, "too many values to show");
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.console");
  lua_call(L, 1, 1);
  for (int i = 1; i <= count; ++i) {
    lua_getfield(L, count + 1, "log");
    lua_pushvalue(L, i);
    lua_call(L, 1, 0);
  }
  return 0;
}

static int call_and_show(lua_State *L) {
  lua_callk(L, 0, LUA_MULTRET, 0, show_values); /* it may wait */
  return show_values(L, LUA_OK, 0);
}

/* In C: the traceback of an error is of the code alone. */
static Step print_values(lua_State *L, const char *code) {
  lua_pushcfunction(L, call_and_show);
  return script_load_expression(L, code, "=(command line)") ? call(L, 1) : STEP_REFUSED;
}

static Step run_code(lua_State *L, const char *entry) {
  switch (entry[0]) {
    case 'W': lua_warning(L, "@on", 0); return STEP_DONE;
    case 'l': return require_module(L, entry + 1);
    case 'p': return print_values(L, entry + 1);
    default: return script_load_text(L, entry + 1, "=(command line)") ? call(L, 0) : STEP_REFUSED;
  }
}

Step steps_run(lua_State *L, const Job *job) {
  Step step = run_init(L, job);
  for (char **entry = job->code; *entry != NULL && step == STEP_DONE; ++entry) step = run_code(L, *entry);
  if (job->script == NULL || step != STEP_DONE) return step;
  watch_tell(job->script);
  if (!script_load(L, job->script, job->allow_bytecode)) return STEP_REFUSED;
  return call(L, job->script_at < job->argc ? push_arguments(L) : 0);
}

bool steps_check(lua_State *L, const Job *job) {
  bool good = true;
  for (char **entry = job->code; *entry != NULL; ++entry) {
    if (**entry == 'e') good &= script_load_text(L, *entry + 1, "=(command line)");
    if (**entry == 'p') good &= script_load_expression(L, *entry + 1, "=(command line)");
    lua_settop(L, 1);
  }
  for (int i = job->script_at; i < job->argc || (i == job->script_at && job->script != NULL); ++i) {
    good &= script_load(L, i < job->argc ? job->argv[i] : job->script, job->allow_bytecode);
    lua_settop(L, 1);
  }
  return good;
}
