/* embed_world.h - what the embed_*_test.c share: a state on a loop, what of it reached the host, a loop that must be
 * empty in the end. Every test runs in a process of its own: one that crashes or hangs is one failure, not the end. */
#ifndef EMBED_WORLD_H
#define EMBED_WORLD_H

#include <lauxlib.h>
#include <lualib.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "moonport.h"

/* -- a state, a loop, and what reached the host -------------------------------------------------------------------- */

typedef struct World {
  lua_State *L;
  uv_loop_t loop;
  int errors;
  char error[512]; /* the last one: its message */
  int warnings;
  char warning[512];
  int exits, exit_code;
  int seen; /* what seen(n) added up to */
} World;

static inline void on_error(lua_State *L, void *data) {
  World *w = (World *)data;
  ++w->errors;
  snprintf(w->error, sizeof w->error, "%s", luaL_tolstring(L, -1, NULL));
  lua_pop(L, 1);
}

static inline void on_warning(const char *text, void *data) {
  World *w = (World *)data;
  ++w->warnings;
  snprintf(w->warning, sizeof w->warning, "%s", text);
}

static inline void on_exit_asked(int code, void *data) {
  World *w = (World *)data;
  ++w->exits;
  w->exit_code = code;
}

/* seen(n): the script shows that it came here */
static inline int seen(lua_State *L) {
  ((World *)lua_touserdata(L, lua_upvalueindex(1)))->seen += (int)luaL_optinteger(L, 1, 1);
  return 0;
}

static inline void add_function(World *w, const char *name, lua_CFunction f) {
  lua_pushlightuserdata(w->L, w);
  lua_pushcclosure(w->L, f, 1);
  lua_setglobal(w->L, name);
}

static inline void begin(World *w) {
  memset(w, 0, sizeof *w);
  w->L = luaL_newstate();
  if (w->L == NULL || uv_loop_init(&w->loop) != 0) abort();
  luaL_openlibs(w->L);
  add_function(w, "seen", seen);
}

static inline moonport_Options options_of(World *w) {
  return (moonport_Options){ .on_error = on_error, .on_warning = on_warning, .data = w };
}

static inline void open_world(World *w) {
  begin(w);
  moonport_Options options = options_of(w);
  int status = moonport_open(w->L, &w->loop, &options);
  CHECK(status == 0, "%s", uv_strerror(status));
}

static inline void print_handle(uv_handle_t *handle, void *data) {
  (void)data;
  fprintf(stderr, "  left in the loop: %s%s\n", uv_handle_type_name(handle->type),
      uv_is_closing(handle) ? ", closing" : "");
}

static inline void close_loop(uv_loop_t *loop, const char *test) {
  int turns = 0;
  while (uv_run(loop, UV_RUN_NOWAIT) != 0 && ++turns < 5000) usleep(turns > 1000 ? 1000 : 0);
  int status = uv_loop_close(loop);
  CHECK(status == 0, "%s: %s", test, uv_strerror(status));
  if (status != 0) uv_walk(loop, print_handle, NULL);
}

/* The orderly end: moonport, the loop until it is empty, the state. */
static inline void finish(World *w, const char *test) {
  CHECK(lua_gettop(w->L) == 0, "%s: %d values are left on the stack", test, lua_gettop(w->L));
  moonport_close(w->L);
  while (uv_run(&w->loop, UV_RUN_DEFAULT) != 0) continue;
  lua_close(w->L);
  close_loop(&w->loop, test);
}

/* Runs a script as a main chunk. */
static inline int run(World *w, const char *script) {
  if (luaL_loadbufferx(w->L, script, strlen(script), "@test.lua", "t") != LUA_OK) {
    CHECK(0, "%s", lua_tostring(w->L, -1));
    lua_pop(w->L, 1);
    return 0;
  }
  return moonport_call(w->L, 0);
}

static inline void turn(World *w, int times) {
  for (int i = 0; i < times; ++i) uv_run(&w->loop, UV_RUN_NOWAIT);
}

/* One connection, one word there and back; seen() is 1 when it came. */
static const char echo[] =
    "local net = require 'net'\n"
    "local server = net.createServer(function(peer) peer:pipe(peer) end)\n"
    "server:listen(0, '127.0.0.1', function()\n"
    "  local client = net.connect(server:address().port, '127.0.0.1')\n"
    "  client:on('data', function(word) if word == 'word' then seen(1) end client:finish() end)\n"
    "  client:on('close', function() server:close() end)\n"
    "  client:write 'word'\n"
    "end)\n";

/* -- running ------------------------------------------------------------------------------------------------------- */

enum { TEST_LIMIT = 60 }; /* s */

static int row; /* of the table that a test has */

/* Runs f in a child. */
static inline void test(const char *name, void (*f)(void)) {
  int ends[2], counts[2], status = 0;
  fflush(NULL);
  if (pipe(ends) != 0) abort();
  pid_t child = fork();
  if (child < 0) abort();
  if (child == 0) {
    passed = failed = 0;
    f();
    counts[0] = passed;
    counts[1] = failed;
    exit(write(ends[1], counts, sizeof counts) != sizeof counts); /* through atexit: leaks are looked for */
  }
  close(ends[1]);
  struct pollfd told = { .fd = ends[0], .events = POLLIN };
  bool in_time = poll(&told, 1, TEST_LIMIT * 1000) == 1;
  if (!in_time) kill(child, SIGKILL);
  if (read(ends[0], counts, sizeof counts) == sizeof counts) {
    passed += counts[0];
    failed += counts[1];
  }
  close(ends[0]);
  waitpid(child, &status, 0);
  if (!in_time) fprintf(stderr, "%s, row %d: did not end within %d s\n", name, row, TEST_LIMIT);
  else if (WIFSIGNALED(status)) fprintf(stderr, "%s, row %d: was killed by signal %d\n", name, row, WTERMSIG(status));
  else if (status != 0) fprintf(stderr, "%s, row %d: exited with %d\n", name, row, WEXITSTATUS(status));
  if (status != 0) ++failed;
}

#define TEST(f) test(#f, f)

/* ... once for each row of a table. */
#define TEST_ROWS(f, table)                                                                                            \
  for (row = 0; row < (int)(sizeof table / sizeof table[0]); ++row) test(#f, f)

#endif
