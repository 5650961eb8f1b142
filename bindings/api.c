/* api.c - the public C API, and how Lua finds the modules. What these stand on is core.c's. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "async.h"
#include "context.h"
#include "core.h"
#include "embedded.h"
#include "error.h"
#include "handle.h"
#include "listen.h"
#include "timer.h"
#include "wait.h"

static const char LOADED_KEY = 0; /* registry: built-in modules, once per state, also when package.loaded is reset */
static const char HOUSE_KEY = 0;  /* registry: what the files of lua/ have for globals */
static const char LOOP_KEY = 0;   /* registry: the loop of the module for stock Lua */

/* -- require --------------------------------------------------------------------------------------------------- */

/* What a plain require "name" finds; the rest of lua/ is found as "moonport.name" only. */
static const char *const public_modules[] = { "async", "buffer", "console", "dgram", "dns", "events", "fs", "moonport",
  "net", "process", "stream", "string_decoder", "timers", "util", NULL };

static bool is_public(const char *name) {
  for (const char *const *module = public_modules; *module != NULL; ++module) {
    if (strcmp(*module, name) == 0) return true;
  }
  return false;
}

/* [-0, +0, m] Lua's own names as they are now, for the files of lua/: a script that calls something of its own `table` or
 * `type` must not break them. The libraries are the script's, so that what is done to os.exit or package.path holds. */
static void keep_globals(lua_State *L) {
  static const char *const names[] = { "_VERSION", "assert", "collectgarbage", "coroutine", "debug", "error",
    "getmetatable", "io", "ipairs", "load", "math", "next", "os", "package", "pairs", "pcall", "print", "rawequal",
    "rawget", "rawlen", "rawset", "require", "select", "setmetatable", "string", "table", "tonumber", "tostring",
    "type", "utf8", "xpcall", NULL };
  lua_createtable(L, 0, sizeof names / sizeof names[0] + 1);
  lua_pushglobaltable(L);
  for (const char *const *name = names; *name != NULL; ++name) {
    lua_pushstring(L, *name);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    lua_rawset(L, -4);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "_G");
  lua_createtable(L, 0, 1); /* what a host opens later */
  lua_insert(L, -2);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_getfield(L, -1, "require");
  lua_setfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &HOUSE_KEY);
}

/* The file of lua/ that a module name means, or NULL. */
static const EmbeddedModule *find_module(const char *name) {
  static const char *const prefixes[] = { "moonport.", "moonport:", "node:", NULL };
  bool open = is_public(name);
  for (const char *const *prefix = prefixes; *prefix != NULL && !open; ++prefix) {
    size_t len = strlen(*prefix);
    if (strncmp(name, *prefix, len) != 0) continue;
    name += len;
    open = (*prefix)[len - 1] == '.' || is_public(name);
    break;
  }
  for (const EmbeddedModule *m = embedded_modules; open && m->name != NULL; ++m) {
    if (strcmp(m->name, name) == 0) return m;
  }
  return NULL;
}

/* The loader: the same table again for a module that was loaded before. */
static int load_module(lua_State *L) {
  const EmbeddedModule *m = (const EmbeddedModule *)lua_touserdata(L, lua_upvalueindex(1));
  lua_settop(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &LOADED_KEY);
  if (lua_getfield(L, 2, m->name) != LUA_TNIL) return 1;
  lua_pop(L, 1);
  if (luaL_loadbufferx(L, m->source, m->size, m->chunk, NULL) != LUA_OK) return lua_error(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &HOUSE_KEY);
  lua_setupvalue(L, -2, 1);
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, 2, m->name);
  return 1;
}

/* Whether the script's own folder has a module of that name: it comes before the built-ins. Upvalue 1 is the folder. */
static bool in_script_folder(lua_State *L, const char *name) {
  if (!lua_isstring(L, lua_upvalueindex(1))) return false;
  lua_getglobal(L, "package");
  if (!lua_istable(L, -1) || lua_getfield(L, -1, "searchpath") != LUA_TFUNCTION) return false;
  lua_pushstring(L, name);
  lua_pushfstring(
      L, "%s/?.lua;%s/?/init.lua", lua_tostring(L, lua_upvalueindex(1)), lua_tostring(L, lua_upvalueindex(1)));
  lua_call(L, 2, 1);
  return lua_isstring(L, -1);
}

static int search(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  if (strcmp(name, "moonport.core") == 0) {
    lua_pushcfunction(L, core_push);
    return 1;
  }
  const EmbeddedModule *m = find_module(name);
  if (m == NULL || (is_public(name) && in_script_folder(L, name))) {
    lua_pushfstring(L, "no built-in module '%s'", name);
    return 1;
  }
  lua_pushlightuserdata(L, (void *)m);
  lua_pushcclosure(L, load_module, 1);
  lua_pushstring(L, m->chunk);
  return 2;
}

/* [-0, +0, e] Puts our searcher behind that of package.preload; folder may be NULL. */
static void add_searcher(lua_State *L, const char *folder) {
  lua_getglobal(L, "package");
  if (lua_istable(L, -1) && lua_getfield(L, -1, "searchers") == LUA_TTABLE) {
    for (lua_Integer i = (lua_Integer)lua_rawlen(L, -1); i >= 2; --i) {
      lua_rawgeti(L, -1, i);
      lua_rawseti(L, -2, i + 1);
    }
    lua_pushstring(L, folder);
    lua_pushcclosure(L, search, 1);
    lua_rawseti(L, -2, 2);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* [-0, +1, e] */
static void require(lua_State *L, const char *name) {
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushstring(L, name);
  lua_call(L, 1, 1);
}

/* -- open and close -------------------------------------------------------------------------------------------- */

static void on_sigpipe(int number) { (void)number; }

/* A write to a peer that vanished must not end the process. A handler, not SIG_IGN, which children would inherit. */
static void catch_sigpipe(void) {
  struct sigaction action;
  if (sigaction(SIGPIPE, NULL, &action) != 0 || action.sa_handler != SIG_DFL) return;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_sigpipe;
  action.sa_flags = SA_RESTART;
  sigaction(SIGPIPE, &action, NULL);
}

int moonport_open(lua_State *L, uv_loop_t *loop, const moonport_Options *options) {
  int status;
  Context *cx = context_of(L);
  if (cx != NULL && cx->complete) return 0;
  if (cx == NULL) cx = context_new(L, loop, options, &status); /* else an error ended the last open: go on */
  if (cx == NULL) return status;
  unsigned flags = options != NULL ? options->flags : 0;
  if (!(flags & MOONPORT_KEEP_SIGPIPE)) catch_sigpipe();
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &LOADED_KEY);
  keep_globals(L);
  core_open(L, cx);
  add_searcher(L, options != NULL ? options->script_folder : NULL);
  if (flags & MOONPORT_GLOBALS) {
    require(L, "moonport.globals");
    lua_call(L, 0, 0);
  }
  cx->complete = true;
  return 0;
}

static void collect_handle(Handle *h, void *data) {
  (void)data;
  if (h->class->collect != NULL) h->class->collect(h);
}

void moonport_close(lua_State *L) {
  Context *cx = context_of(L);
  if (cx == NULL || cx->L == NULL) return;
  if (!lua_checkstack(L, LUA_MINSTACK)) return; /* then lua_close does it */
  flush_now(cx);
  handle_each(L, cx, collect_handle, NULL);
  timer_close_all(cx);
  context_close(cx);
}

void moonport_unlink(lua_State *L) {
  Context *cx = context_of(L);
  if (cx != NULL) listen_unlink_all(&cx->files);
}

/* -- run ------------------------------------------------------------------------------------------------------- */

int moonport_call(lua_State *L, int nargs) {
  Context *cx = context_of(L);
  if (cx != NULL && cx->L != NULL) return context_call(cx, L, nargs);
  lua_pop(L, nargs + 1);
  return 0;
}

int moonport_run(lua_State *L) {
  Context *cx = context_of(L);
  return cx != NULL && cx->L != NULL ? context_run(cx, L) : MOONPORT_DONE;
}

int moonport_alive(lua_State *L) {
  Context *cx = context_of(L);
  return cx != NULL && context_open(cx) && (cx->tick_count > 0 || uv_loop_alive(cx->loop));
}

int moonport_waiting(lua_State *L) {
  Context *cx = context_of(L);
  return cx != NULL && cx->L != NULL ? async_push_waiting(L, cx) : 0;
}

int moonport_exit_code(lua_State *L, int *code) {
  Context *cx = context_of(L);
  if (cx == NULL || !cx->exiting) return 0;
  *code = cx->exit_code;
  return 1;
}

void moonport_report(lua_State *L, int index) { error_push_report(L, index); }

moonport_Context *moonport_context(lua_State *L) { return context_of(L); }

void moonport_interrupt(moonport_Context *context, void (*f)(lua_State *L, void *data), void *data) {
  if (context->L != NULL) context_interrupt(context, f, data);
}

/* -- the module for stock Lua: a loop of its own --------------------------------------------------------------- */

/* Collected last, because it was made first: every handle has been asked to close by then. */
static int collect_loop(lua_State *L) {
  uv_loop_t *loop = (uv_loop_t *)lua_touserdata(L, 1);
  while (uv_run(loop, UV_RUN_DEFAULT) != 0) continue;
  uv_loop_close(loop);
  return 0;
}

static void exit_now(int code, void *data) {
  (void)data;
  exit(code);
}

int luaopen_moonport(lua_State *L) {
  if (context_of(L) == NULL) {
    uv_loop_t *loop = (uv_loop_t *)lua_newuserdatauv(L, sizeof *loop, 0);
    int status = uv_loop_init(loop);
    if (status != 0) return luaL_error(L, "cannot make a loop: %s", uv_strerror(status));
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, collect_loop);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &LOOP_KEY);
    status = moonport_open(L, loop, &(moonport_Options){ .on_exit = exit_now });
    if (status != 0) return luaL_error(L, "cannot open moonport: %s", uv_strerror(status));
  }
  require(L, "moonport.moonport");
  return 1;
}
