/* host.c - the state, the loop and the end of a script's life. What a script may do is bindings/'s, which it knows by
 * moonport.h only. */
#include "host.h"

#include <fcntl.h>
#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "alloc.h"
#include "moonport.h"
#include "repl.h"
#include "terminal.h"

enum { FAILED = 1, STILL_WAITING = 13 };

/* -- telling the user ------------------------------------------------------------------------------------------ */

static void report(lua_State *L) {
  moonport_report(L, -1);
  fflush(stdout);
  fprintf(stderr, "moonport: %s\n", lua_tostring(L, -1));
  lua_pop(L, 1);
}

/* At the prompt nothing ends by an error. Before there is one, the script with -i runs: its error is told here as well. */
static void on_error(lua_State *L, void *data) {
  (void)data;
  int top = lua_gettop(L);
  if (!repl_show_error(L)) report(L);
  lua_settop(L, top);
}

static void on_warning(const char *text, void *data) {
  (void)data;
  fprintf(stderr, "moonport: %s\n", text);
}

/* -- signals: the default is to end as by the signal, but cleanly ----------------------------------------------- */

static moonport_Context *interrupted; /* of the one state that this process has */

static void die(lua_State *L, void *data) {
  int number = (int)(intptr_t)data;
  uv_tty_reset_mode();
  terminal_restore();
  fflush(NULL);
  moonport_unlink(L);
  signal(number, SIG_DFL);
  raise(number);
}

enum { PATIENCE = 200 }; /* ms that a busy script has to notice a signal */

static volatile sig_atomic_t pending; /* the signal that it has not noticed yet */

/* Lua is busy in a coroutine of the script's own, or in C: end without tidying up. */
static void on_late(int number) {
  (void)number;
  uv_tty_reset_mode();
  terminal_restore();
  signal(pending, SIG_DFL);
  raise(pending);
}

static void on_signal(int number) {
  if (interrupted == NULL) return;
  if (number == SIGINT && repl_interrupt(interrupted)) return;
  pending = number;
  signal(SIGALRM, on_late);
  setitimer(ITIMER_REAL, &(struct itimerval){ .it_value = { .tv_usec = PATIENCE * 1000 } }, NULL);
  moonport_interrupt(interrupted, die, (void *)(intptr_t)number);
}

/* Nobody reads our output any more: a quiet end, as of other filters. A socket's peer may be meant as well. */
static void check_output(lua_State *L, void *data) {
  (void)data;
  if (!ferror(stdout)) return;
  moonport_unlink(L);
  _exit(EXIT_SUCCESS);
}

static void on_sigpipe(int number) {
  (void)number;
  if (interrupted != NULL) moonport_interrupt(interrupted, check_output, NULL);
}

static void watch_signals(moonport_Context *context) {
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  interrupted = context;
  signal(SIGPIPE, on_sigpipe);
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; ++i) {
    struct sigaction action;
    if (sigaction(numbers[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue; /* as nohup wants it */
    memset(&action, 0, sizeof action);
    action.sa_handler = context != NULL ? on_signal : SIG_DFL;
    action.sa_flags = SA_RESTART;
    sigaction(numbers[i], &action, NULL);
  }
}

/* -- the script's surroundings --------------------------------------------------------------------------------- */

static void set_arguments(lua_State *L, const Job *job) {
  int count = 0;
  while (job->arguments[count] != NULL) ++count;
  lua_createtable(L, count, 2);
  lua_pushstring(L, job->program);
  lua_rawseti(L, -2, job->script != NULL ? -1 : 0);
  if (job->script != NULL) {
    lua_pushstring(L, job->script);
    lua_rawseti(L, -2, 0);
  }
  for (int i = 0; i < count; ++i) {
    lua_pushstring(L, job->arguments[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setglobal(L, "arg");

  lua_getglobal(L, "process"); /* argv has Node's numbers */
  lua_getfield(L, -1, "argv");
  lua_pushstring(L, job->program);
  lua_rawseti(L, -2, 0);
  int first = 1;
  if (job->script != NULL) {
    lua_pushstring(L, job->script);
    lua_rawseti(L, -2, first++);
  }
  for (int i = 0; i < count; ++i) {
    lua_pushstring(L, job->arguments[i]);
    lua_rawseti(L, -2, first + i);
  }
  lua_pop(L, 1);
  /* os.exit ends as process.exit does: os.exit([code[, close]]), true and false are codes too. */
  static const char os_exit[] =
      "local exit = ...; os.exit = function(code) "
      "if code == nil or code == true then code = 0 elseif code == false then code = 1 end; exit(code) end";
  if (luaL_loadbufferx(L, os_exit, sizeof os_exit - 1, "=os.exit", "t") != LUA_OK) lua_error(L);
  lua_getfield(L, -2, "exit");
  lua_call(L, 1, 0);
  lua_pop(L, 1);
}

/* The folder of a path, or NULL. */
static char *folder_of(const char *path) {
  if (path == NULL || strcmp(path, "-") == 0) return NULL;
  const char *slash = strrchr(path, '/');
  if (slash == NULL) return strdup(".");
  return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static void prepend_path(lua_State *L, const char *folder) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "path");
  lua_pushfstring(L, "%s/?.lua;%s/?/init.lua;%s", folder, folder, lua_tostring(L, -1));
  lua_setfield(L, -3, "path");
  lua_pop(L, 2);
}

/* A server of many connections needs many descriptors. */
static void raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* A descriptor of the loop must not become what scripts take for standard output. */
static void hold_standard_descriptors(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) < 0) (void)!open("/dev/null", O_RDWR);
  }
}

/* -- running --------------------------------------------------------------------------------------------------- */

/* Calls process.<name>(process or code) as a task. */
static void tell_process(lua_State *L, const char *name, int code) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "moonport.process");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, name);
  lua_remove(L, -2);
  if (code >= 0) lua_pushinteger(L, code);
  moonport_call(L, code >= 0 ? 1 : 0);
}

/* A chunk on top of the stack, with the script's arguments as `...`; true unless the program is to end. */
static int run_chunk(lua_State *L, char **arguments) {
  int count = 0;
  luaL_checkstack(L, 1, NULL);
  for (; arguments[count] != NULL; ++count) {
    luaL_checkstack(L, 2, "too many arguments to script");
    lua_pushstring(L, arguments[count]);
  }
  return moonport_call(L, count);
}

static int fail_to_load(lua_State *L) {
  fprintf(stderr, "moonport: %s\n", lua_tostring(L, -1));
  const char *text = lua_tostring(L, -1);
  if (strstr(text, "<name> expected near 'end'") != NULL)
    fprintf(stderr, "'end' is a word of Lua: write socket:finish(), or socket[\"end\"](socket)\n");
  return FAILED;
}

static char *none[] = { NULL };

/* LUA_INIT as lua(1) has it: code, or @file. False when it could not be loaded. */
static bool run_init(lua_State *L) {
  const char *name = "LUA_INIT_5_4", *init = getenv(name);
  if (init == NULL) init = getenv(name = "LUA_INIT");
  if (init == NULL) return true;
  int status = init[0] == '@' ? luaL_loadfilex(L, init + 1, "t") : luaL_loadbufferx(L, init, strlen(init), name, "t");
  if (status != LUA_OK) return !fail_to_load(L);
  return run_chunk(L, none);
}

/* A chunk did not come to its end: by an exit, or by an error, which without a prompt ends the loop's first run. */
static int stopped(lua_State *L, const Job *job) {
  int code;
  return job->interactive && !moonport_exit_code(L, &code) ? FAILED : 0;
}

static int load_job(lua_State *L, const Job *job) {
  if (!run_init(L)) return FAILED;
  for (char **code = job->code; *code != NULL; ++code) {
    if (**code == 'l') {
      static const char set_global[] = "local name = ...; _G[name] = require(name)";
      if (luaL_loadbufferx(L, set_global, sizeof set_global - 1, "=(-l)", "t") != LUA_OK) return fail_to_load(L);
      lua_pushstring(L, *code + 1);
      if (!moonport_call(L, 1)) return stopped(L, job);
    } else {
      if (luaL_loadbufferx(L, *code + 1, strlen(*code + 1), "=(command line)", "t") != LUA_OK) return fail_to_load(L);
      if (!run_chunk(L, none)) return stopped(L, job);
    }
  }
  if (job->script == NULL) return 0;
  const char *file = strcmp(job->script, "-") == 0 ? NULL : job->script;
  if (luaL_loadfilex(L, file, "t") != LUA_OK) return fail_to_load(L);
  return run_chunk(L, job->arguments) ? 0 : stopped(L, job);
}

/* Shows the error that moonport_run pushed. */
static int fail(lua_State *L) {
  report(L);
  lua_pop(L, 1);
  return FAILED;
}

/* Tasks that nothing will wake: shown, with where each waits. */
static int report_waiting(lua_State *L) {
  int count = moonport_waiting(L);
  if (count == 0) return 0;
  fflush(stdout);
  fprintf(stderr, "moonport: nothing is left to do, but %d %s:\n%s\n", count, count == 1 ? "task waits" : "tasks wait",
      lua_tostring(L, -1));
  lua_pop(L, 1);
  return STILL_WAITING;
}

/* Until nothing is left to do, an exit was asked for or an error ended it; returns the code. */
static int run_to_the_end(lua_State *L) {
  int code = 0, outcome;
  do {
    outcome = moonport_run(L);
    if (outcome == MOONPORT_DONE) tell_process(L, "_before_exit", -1);
  } while (outcome == MOONPORT_DONE && moonport_alive(L));
  if (outcome == MOONPORT_FAILED) code = fail(L);
  if (outcome == MOONPORT_DONE) code = report_waiting(L);
  /* 'exit' is told, whatever the end; process.exit also keeps the loop from turning again. */
  if (outcome != MOONPORT_EXIT) tell_process(L, "exit", code != 0 ? code : -1);
  if (moonport_run(L) == MOONPORT_FAILED) code = fail(L); /* a listener of 'exit' raised */
  else moonport_exit_code(L, &code);
  return code & 0xff;
}

static void exit_now(int code, void *data) {
  (void)data;
  uv_tty_reset_mode();
  terminal_restore();
  fflush(NULL);
  _exit(code & 0xff);
}

typedef struct Life {
  const Job *job;
  uv_loop_t *loop;
  const char *folder;
  int code;
} Life;

static int live(lua_State *L) {
  Life *life = (Life *)lua_touserdata(L, 1);
  if (life->job->interactive) repl_prepare();
  luaL_openlibs(L);
  bool interactive = life->job->interactive;
  moonport_Options options = {
    .on_error = interactive ? on_error : NULL,
    .on_warning = on_warning,
    .on_exit = exit_now,
    .script_folder = life->folder,
    .flags = MOONPORT_GLOBALS | (interactive ? 0 : MOONPORT_FATAL),
  };
  int status = moonport_open(L, life->loop, &options);
  if (status != 0) return luaL_error(L, "cannot open the loop: %s", uv_strerror(status));
  watch_signals(moonport_context(L));
  set_arguments(L, life->job);
  if (life->folder != NULL) prepend_path(L, life->folder);
  life->code = load_job(L, life->job);
  int code;
  if (life->code == 0 && interactive && !moonport_exit_code(L, &code)) repl_start(L, life->loop);
  if (life->code == 0) life->code = run_to_the_end(L);
  return 0;
}

static void flush_output(uv_prepare_t *prepare) {
  (void)prepare;
  fflush(stdout);
}

int host_run(const Job *job) {
  uv_loop_t loop;
  hold_standard_descriptors();
  raise_descriptor_limit();
  Alloc *alloc = alloc_new();
  lua_State *L = alloc != NULL ? lua_newstate(alloc_realloc, alloc) : NULL;
  if (L == NULL || uv_loop_init(&loop) != 0) {
    fprintf(stderr, "moonport: not enough memory\n");
    return FAILED;
  }
  lua_gc(L, LUA_GCGEN, 50, 300); /* with the default, a small heap has a major collection for every large string */
  /* What was printed is shown before the loop waits, whatever stdout is. */
  uv_prepare_t flusher;
  uv_prepare_init(&loop, &flusher);
  uv_unref((uv_handle_t *)&flusher);
  uv_prepare_start(&flusher, flush_output);
  Life life = { job, &loop, folder_of(job->script), FAILED };
  lua_pushcfunction(L, live);
  lua_pushlightuserdata(L, &life);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    fprintf(stderr, "moonport: %s\n", lua_tostring(L, -1));
    life.code = FAILED;
  }
  repl_stop();
  watch_signals(NULL);
  fflush(stdout);
  uv_prepare_stop(&flusher);
  uv_close((uv_handle_t *)&flusher, NULL);
  moonport_close(L);
  while (uv_run(&loop, UV_RUN_DEFAULT) != 0) continue;
  lua_close(L);
  repl_release();
  while (uv_run(&loop, UV_RUN_DEFAULT) != 0) continue;
  uv_loop_close(&loop);
  alloc_free(alloc);
  free((char *)life.folder);
  return life.code;
}
