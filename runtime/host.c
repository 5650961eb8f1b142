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
#include "message.h"
#include "moonport.h"
#include "repl.h"
#include "script.h"
#include "steps.h"
#include "terminal.h"
#include "watch.h"

enum { FAILED = 1, STILL_WAITING = 13 };

/* -- --trace-handles ----------------------------------------------------------------------------------------------- */

static const uv_loop_t *traced; /* NULL: nobody asked */

static int push_handles(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.handles");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "lines");
  lua_call(L, 0, 1);
  return 1;
}

/* What is open at the end, whatever ended the program. */
static void show_handles(lua_State *L) {
  const uv_loop_t *loop = traced;
  if (loop == NULL || !lua_checkstack(L, LUA_MINSTACK)) return;
  traced = NULL; /* once */
  int top = lua_gettop(L);
  lua_pushcfunction(L, push_handles);
  if (lua_pcall(L, 0, 1, 0) != LUA_OK) {
    message_report(L);
    return;
  }
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  unsigned requests = loop->active_reqs.count;
  message(count == 0 && requests == 0 ? "nothing keeps the loop alive" : "this keeps the loop alive:");
  for (lua_Integer i = 1; i <= count; ++i) {
    lua_rawgeti(L, top + 1, i);
    fprintf(stderr, "    %s\n", lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  if (requests > 0) fprintf(stderr, "    %u of the system's answers (names, files, writes)\n", requests);
  lua_settop(L, top);
}

/* -- errors at the prompt ------------------------------------------------------------------------------------------- */

/* They end nothing. Before there is a prompt, a script with -i runs: its error is told here as well. */
static void on_error(lua_State *L, void *data) {
  (void)data;
  int top = lua_gettop(L);
  if (!repl_show_error(L)) {
    lua_pushvalue(L, top);
    message_report(L);
  }
  lua_settop(L, top);
}

/* -- signals: the default is to end as by the signal, but cleanly ----------------------------------------------- */

static moonport_Context *interrupted; /* of the one state that this process has */

static void die(lua_State *L, void *data) {
  int number = (int)(intptr_t)data;
  show_handles(L);
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

/* arg as in lua(1): the script is number 0, what stands before it is negative; without a script the program is 0. */
static void set_arguments(lua_State *L, const Job *job) {
  int script = job->script_at == job->argc ? 0 : job->script_at;
  lua_createtable(L, job->argc - script, script + 1);
  for (int i = 0; i < job->argc; ++i) {
    lua_pushstring(L, job->argv[i]);
    lua_rawseti(L, -2, i - script);
  }
  lua_setglobal(L, "arg");

  lua_getglobal(L, "process"); /* argv has Node's numbers, and no options */
  lua_getfield(L, -1, "argv");
  lua_pushstring(L, job->argv[0]);
  lua_rawseti(L, -2, 0);
  for (int i = job->script_at, n = 1; i < job->argc; ++i, ++n) {
    lua_pushstring(L, job->argv[i]);
    lua_rawseti(L, -2, n);
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
  char *folder = NULL;
  int length = slash == path ? 1 : (int)(slash - path);
  return asprintf(&folder, "%s%.*s", script_own_folder(path), length, path) < 0 ? NULL : folder;
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
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.process");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, name);
  lua_remove(L, -2);
  if (code >= 0) lua_pushinteger(L, code);
  moonport_call(L, code >= 0 ? 1 : 0);
}

/* -- to the end ---------------------------------------------------------------------------------------------------- */

/* Shows the error that moonport_run pushed. */
static int fail(lua_State *L) {
  message_report(L);
  return FAILED;
}

/* Tasks that nothing will wake: shown, with where each waits. */
static int report_waiting(lua_State *L) {
  int count = moonport_waiting(L);
  if (count == 0) return 0;
  message("nothing is left to do, but %d %s:", count, count == 1 ? "task waits" : "tasks wait");
  fprintf(stderr, "%s\n", lua_tostring(L, -1));
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
  show_handles(L);
  /* 'exit' is told, whatever the end; process.exit also keeps the loop from turning again. */
  if (outcome != MOONPORT_EXIT) tell_process(L, "exit", code != 0 ? code : -1);
  if (moonport_run(L) == MOONPORT_FAILED) code = fail(L); /* a listener of 'exit' raised */
  else moonport_exit_code(L, &code);
  return code & 0xff;
}

static void exit_now(int code, void *data) {
  show_handles((lua_State *)data);
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
  const Job *job = life->job;
  lua_pushboolean(L, job->ignore_environment);
  lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
  if (job->interactive) repl_prepare();
  luaL_openlibs(L);
  moonport_Options options = {
    .on_error = job->interactive ? on_error : NULL,
    .on_warning = message_warning,
    .on_exit = exit_now,
    .data = L,
    .script_folder = life->folder,
    .flags = MOONPORT_GLOBALS | (job->interactive ? 0 : MOONPORT_FATAL),
  };
  int status = moonport_open(L, life->loop, &options);
  if (status != 0) return luaL_error(L, "cannot open the loop: %s", uv_strerror(status));
  watch_signals(moonport_context(L));
  set_arguments(L, job);
  if (life->folder != NULL) prepend_path(L, life->folder);
  if (job->check) {
    life->code = steps_check(L, job) ? 0 : FAILED;
    return 0;
  }
  watch_loading(L);
  if (job->trace_handles) traced = life->loop;
  Step step = steps_run(L, job);
  int code;
  bool failed = step == STEP_REFUSED || (step == STEP_STOPPED && job->interactive && !moonport_exit_code(L, &code));
  if (step == STEP_DONE && job->interactive && !moonport_exit_code(L, &code)) repl_start(L, life->loop);
  life->code = failed ? FAILED : run_to_the_end(L);
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
    message("not enough memory");
    return FAILED;
  }
  message_lua_warnings(L);
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
    message_report(L);
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
