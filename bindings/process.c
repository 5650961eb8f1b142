/* process.c - the C behind lua/process.lua: ticks, exit, environment, signals, figures. Never ends the process by
 * itself: an exit is asked for, the host does it. */
#include "process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "error.h"
#include "handle.h"
#include "options.h"
#include "task.h"

extern char **environ;

/* next_tick(callback, ...) */
static int next_tick(lua_State *L) {
  if (!error_callable(L, 1)) error_argument_type(L, "callback", "of type function", 1);
  tick_function(L, CONTEXT(L), lua_gettop(L) - 1);
  return 0;
}

/* exit(code): does not return */
static int process_exit(lua_State *L) { return context_exit(L, CONTEXT(L), (int)luaL_optinteger(L, 1, 0)); }

/* on_uncaught(f): f(err, traceback or nil) returns true when it took the error */
static int on_uncaught(lua_State *L) {
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &UNCAUGHT_HOOK);
  return 0;
}

/* on_warning(f): f(name, text, where) */
static int on_warning(lua_State *L) {
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &WARNING_HOOK);
  return 0;
}

/* warn(text): for the host; what a peer sent must not steer its terminal */
static int warn(lua_State *L) {
  luaL_checkstring(L, 1);
  error_push_escaped(L, 1);
  context_warn(CONTEXT(L), lua_tostring(L, -1));
  return 0;
}

/* warn_of(name, text, object): about an object, at the line that made it */
static int warn_of(lua_State *L) {
  Context *cx = CONTEXT(L);
  const char *name = luaL_checkstring(L, 1), *text = luaL_checkstring(L, 2);
  const Handle *h = class_any(L, 3);
  if (h != NULL) handle_push_where(L, h);
  else lua_pushnil(L);
  error_warn_at(L, cx, name, text, lua_gettop(L));
  return 0;
}

/* hrtime() -> integer, ns of a clock that only goes forward */
static int hrtime(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)uv_hrtime());
  return 1;
}

/* now() -> integer, ms: the loop's time */
static int now(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)uv_now(CONTEXT(L)->loop));
  return 1;
}

static int fail(lua_State *L, int err, const char *syscall) {
  error_push_system(L, err, syscall);
  return lua_error(L);
}

static int cwd(lua_State *L) {
  char path[4096];
  size_t size = sizeof path;
  int err = uv_cwd(path, &size);
  if (err != 0) return fail(L, err, "uv_cwd");
  lua_pushlstring(L, path, size);
  return 1;
}

static int change_dir(lua_State *L) {
  int err = uv_chdir(option_string(L, 1, "directory"));
  return err != 0 ? fail(L, err, "chdir") : 0;
}

/* kill(pid, signal number) */
static int process_kill(lua_State *L) {
  int err = uv_kill((int)luaL_checkinteger(L, 1), (int)luaL_checkinteger(L, 2));
  return err != 0 ? fail(L, err, "kill") : 0;
}

/* memory() -> resident bytes, bytes of the Lua heap */
static int memory(lua_State *L) {
  size_t rss = 0;
  uv_resident_set_memory(&rss);
  lua_pushinteger(L, (lua_Integer)rss);
  lua_pushinteger(L, (lua_Integer)lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB));
  return 2;
}

typedef struct List {
  lua_State *L;
  lua_Integer count;
} List;

static void add_handle(Handle *h, void *data) {
  List *list = (List *)data;
  if (h->class->parts[0] == NULL) return; /* one of our own, that scripts never see */
  lua_createtable(list->L, 2, 0);
  handle_push(list->L, h);
  lua_rawseti(list->L, -2, 1);
  handle_push_where(list->L, h);
  lua_rawseti(list->L, -2, 2);
  lua_rawseti(list->L, 1, ++list->count); /* the list is the caller's first value */
}

/* handles() -> list of { object, where }: those that libuv knows or that ticks wait for */
static int handles(lua_State *L) {
  lua_settop(L, 0);
  lua_newtable(L);
  handle_each(L, CONTEXT(L), add_handle, &(List){ L, 0 });
  lua_settop(L, 1);
  return 1;
}

/* ticks() -> integer: how many wait for the end of this callback */
static int ticks(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)CONTEXT(L)->tick_count);
  return 1;
}

static int get_env(lua_State *L) {
  size_t len;
  const char *name = luaL_checklstring(L, 1, &len);
  lua_pushstring(L, strlen(name) == len ? getenv(name) : NULL);
  return 1;
}

static int set_env(lua_State *L) {
  const char *name = option_string(L, 1, "name");
  if (name[0] == '\0' || strchr(name, '=') != NULL) error_argument_value(L, "name", "must be a name without '='", 1);
  if (lua_isnoneornil(L, 2)) {
    unsetenv(name);
  } else {
    luaL_tolstring(L, 2, NULL);
    setenv(name, option_string(L, lua_gettop(L), "value"), 1);
  }
  return 0;
}

/* env() -> table, a copy */
static int env(lua_State *L) {
  lua_newtable(L);
  for (char **entry = environ; *entry != NULL; ++entry) {
    const char *equals = strchr(*entry, '=');
    if (equals == NULL) continue;
    lua_pushlstring(L, *entry, (size_t)(equals - *entry));
    lua_pushstring(L, equals + 1);
    lua_rawset(L, -3);
  }
  return 1;
}

/* flush(): hands what sockets have joined to the kernel, before something blocks the loop */
static int flush(lua_State *L) {
  flush_now(CONTEXT(L));
  return 0;
}

/* -- signals --------------------------------------------------------------------------------------------------- */

typedef struct Signal {
  Handle h;     /* first */
  int callback; /* registry reference */
  uv_signal_t uv;
} Signal;

static const Class signal_class;

static int body_signal(lua_State *L) {
  Signal *s = (Signal *)lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, s->callback);
  task_call(L, s->h.cx, 0, &(Caller){ .role = "signal" });
  return 0;
}

static void on_signal(uv_signal_t *uv, int number) {
  (void)number;
  Signal *s = (Signal *)uv->data;
  enter(s->h.cx, body_signal, s);
}

static void on_signal_closed(uv_handle_t *uv) { handle_closed(&((Signal *)uv->data)->h); }

/* signal(callback, number) -> Signal: runs the callback on each; does not keep the loop alive */
static int process_signal(lua_State *L) {
  Context *cx = CONTEXT(L);
  luaL_checktype(L, 1, LUA_TFUNCTION);
  int number = (int)luaL_checkinteger(L, 2);
  lua_settop(L, 1);
  int callback = luaL_ref(L, LUA_REGISTRYINDEX);
  Signal *s = (Signal *)handle_new(L, cx, &signal_class, sizeof *s);
  s->callback = callback;
  uv_signal_init(cx->loop, &s->uv);
  s->uv.data = s;
  uv_unref((uv_handle_t *)&s->uv);
  handle_opened(L, &s->h);
  int err = uv_signal_start(&s->uv, on_signal, number);
  return err != 0 ? fail(L, err, "uv_signal_start") : 1;
}

static void collect_signal(Handle *h) {
  Signal *s = (Signal *)h;
  if (!uv_is_closing((uv_handle_t *)&s->uv)) uv_close((uv_handle_t *)&s->uv, on_signal_closed);
}

static int signal_close(lua_State *L) {
  Signal *s = (Signal *)class_self(L);
  luaL_unref(L, LUA_REGISTRYINDEX, s->callback);
  s->callback = LUA_NOREF;
  collect_signal(&s->h);
  return 0;
}

static const luaL_Reg signal_methods[] = { { "close", signal_close }, { NULL, NULL } };
static const Property no_properties[] = { { NULL, NULL, NULL } };

static const Class signal_class = {
  .name = "Signal",
  .module = "process",
  .parts = { signal_methods },
  .properties = no_properties,
  .collect = collect_signal,
};

static const struct {
  const char *name;
  int number;
} signals[] = {
  { "SIGHUP", SIGHUP },
  { "SIGINT", SIGINT },
  { "SIGQUIT", SIGQUIT },
  { "SIGUSR1", SIGUSR1 },
  { "SIGUSR2", SIGUSR2 },
  { "SIGPIPE", SIGPIPE },
  { "SIGALRM", SIGALRM },
  { "SIGTERM", SIGTERM },
  { "SIGCHLD", SIGCHLD },
  { "SIGCONT", SIGCONT },
  { "SIGTSTP", SIGTSTP },
  { "SIGTTIN", SIGTTIN },
  { "SIGTTOU", SIGTTOU },
  { "SIGURG", SIGURG },
  { "SIGXCPU", SIGXCPU },
  { "SIGXFSZ", SIGXFSZ },
  { "SIGVTALRM", SIGVTALRM },
  { "SIGPROF", SIGPROF },
  { "SIGWINCH", SIGWINCH },
  { "SIGIO", SIGIO },
  { "SIGPWR", SIGPWR },
  { "SIGSYS", SIGSYS },
  { "SIGKILL", SIGKILL },
  { "SIGSTOP", SIGSTOP },
  { "SIGABRT", SIGABRT },
};

/* -- the module ------------------------------------------------------------------------------------------------ */

static const luaL_Reg functions[] = {
  { "next_tick", next_tick },
  { "exit", process_exit },
  { "on_uncaught", on_uncaught },
  { "on_warning", on_warning },
  { "warn", warn },
  { "warn_of", warn_of },
  { "hrtime", hrtime },
  { "now", now },
  { "cwd", cwd },
  { "chdir", change_dir },
  { "kill", process_kill },
  { "memory", memory },
  { "handles", handles },
  { "ticks", ticks },
  { "getenv", get_env },
  { "setenv", set_env },
  { "env", env },
  { "flush", flush },
  { "signal", process_signal },
  { NULL, NULL },
};

void process_open(lua_State *L, Context *cx) {
  class_define(L, cx, &signal_class);
  lua_pop(L, 1);
  lua_newtable(L);
  class_functions(L, cx, functions);
  lua_newtable(L);
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; ++i) {
    lua_pushinteger(L, signals[i].number);
    lua_setfield(L, -2, signals[i].name);
  }
  lua_setfield(L, -2, "signals");
  lua_pushinteger(L, (lua_Integer)getpid());
  lua_setfield(L, -2, "pid");
  lua_pushinteger(L, (lua_Integer)getppid());
  lua_setfield(L, -2, "ppid");
}
