/* embed_test.c - moonport.h as embedders use it, and misuse it: open and close in any order, several states, loops and
 * threads. After each test the loop must close with 0; leaks and late touches are the sanitizers' to see. */
#include <sys/resource.h>

#include "embed_world.h"

/* -- open ---------------------------------------------------------------------------------------------------------- */

static void test_open_on_coroutine(void) {
  World w;
  begin(&w);
  lua_State *co = lua_newthread(w.L);
  moonport_Options options = options_of(&w);
  CHECK(moonport_open(co, &w.loop, &options) == 0, "open on a coroutine");
  CHECK(lua_gettop(co) == 0, "the coroutine's stack has %d values", lua_gettop(co));
  CHECK(moonport_context(co) == moonport_context(w.L), "one context a state");
  lua_settop(w.L, 0); /* the coroutine is garbage from here on */
  lua_gc(w.L, LUA_GCCOLLECT);
  run(&w, echo);
  lua_gc(w.L, LUA_GCCOLLECT);
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  CHECK(w.seen == 1 && w.errors == 0, "seen %d, errors %d: %s", w.seen, w.errors, w.error);

  co = lua_newthread(w.L); /* every call may come from a coroutine */
  luaL_loadstring(co, echo);
  CHECK(moonport_call(co, 0), "call from a coroutine: %s", w.error);
  CHECK(moonport_alive(co), "alive");
  CHECK(moonport_run(co) == MOONPORT_DONE && lua_gettop(co) == 0, "run from a coroutine");
  CHECK(w.seen == 2, "seen %d", w.seen);
  lua_settop(w.L, 0);
  finish(&w, __func__);
}

/* What Lua itself has on its stack stays where it is. */
static int open_deep(lua_State *L) {
  World *w = (World *)lua_touserdata(L, 1);
  for (int i = 0; i < 100; ++i) {
    luaL_checkstack(L, 1, NULL);
    lua_pushinteger(L, i);
  }
  moonport_Options options = options_of(w);
  lua_pushinteger(L, moonport_open(L, &w->loop, &options));
  for (int i = 0; i < 100; ++i) {
    if (lua_tointeger(L, i + 2) != i) lua_pushinteger(L, -1);
  }
  return 1;
}

static void test_open_in_a_function(void) {
  World w;
  begin(&w);
  lua_pushcfunction(w.L, open_deep);
  lua_pushlightuserdata(w.L, &w);
  CHECK(lua_pcall(w.L, 1, 1, 0) == LUA_OK && lua_tointeger(w.L, -1) == 0, "%s", lua_tostring(w.L, -1));
  lua_settop(w.L, 0);
  run(&w, echo);
  moonport_run(w.L);
  CHECK(w.seen == 1, "seen %d", w.seen);
  finish(&w, __func__);
}

static void test_open_twice(void) {
  World w;
  uv_loop_t other;
  uv_loop_init(&other);
  open_world(&w);
  run(&w, "require('net').answer = 42");
  moonport_Context *context = moonport_context(w.L);
  CHECK(moonport_open(w.L, &other, NULL) == 0, "a second open");
  CHECK(moonport_open(w.L, &w.loop, &(moonport_Options){ .flags = MOONPORT_GLOBALS }) == 0, "a third open");
  CHECK(moonport_context(w.L) == context, "changes nothing");
  CHECK(uv_loop_close(&other) == 0, "the other loop was not touched");
  run(&w, "assert(require('net').answer == 42 and setTimeout == nil)");
  run(&w, echo);
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1 && w.errors == 0, "%s", w.error);
  finish(&w, __func__);
}

static void test_not_open(void) {
  World w;
  int code = 99;
  begin(&w);
  CHECK(moonport_context(w.L) == NULL, "no context");
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  CHECK(!moonport_alive(w.L) && !moonport_exit_code(w.L, &code) && code == 99, "alive, exit code %d", code);
  moonport_unlink(w.L);
  moonport_close(w.L);
  lua_pushcfunction(w.L, seen);
  lua_pushinteger(w.L, 1);
  CHECK(!moonport_call(w.L, 1), "call");
  lua_pushliteral(w.L, "text");
  moonport_report(w.L, -1);
  CHECK(strcmp(lua_tostring(w.L, -1), "text") == 0, "%s", lua_tostring(w.L, -1));
  lua_settop(w.L, 0);
  finish(&w, __func__);
}

/* Without a library but the base, `package` is missing: no reason to crash. */
static int open_protected(lua_State *L) {
  World *w = (World *)lua_touserdata(L, 1);
  moonport_Options options = options_of(w);
  lua_pushinteger(L, moonport_open(L, &w->loop, &options));
  return 1;
}

static void test_open_without_libraries(void) {
  World w;
  memset(&w, 0, sizeof w);
  w.L = luaL_newstate();
  uv_loop_init(&w.loop);
  lua_pushcfunction(w.L, open_protected);
  lua_pushlightuserdata(w.L, &w);
  lua_pcall(w.L, 1, 1, 0); /* an error is as good as an answer */
  lua_settop(w.L, 0);
  lua_gc(w.L, LUA_GCCOLLECT);
  finish(&w, __func__);
}

/* Whatever the loop needs of the kernel, an open that fails leaves nothing half-made. */
static void test_open_without_descriptors(void) {
  World w;
  struct rlimit old, none;
  begin(&w);
  getrlimit(RLIMIT_NOFILE, &old);
  none = old;
  none.rlim_cur = 3;
  setrlimit(RLIMIT_NOFILE, &none);
  moonport_Options options = options_of(&w);
  int status = moonport_open(w.L, &w.loop, &options);
  setrlimit(RLIMIT_NOFILE, &old);
  CHECK(status <= 0 && lua_gettop(w.L) == 0, "status %d", status);
  CHECK((status == 0) == (moonport_context(w.L) != NULL), "status %d, but the context says something else", status);
  CHECK(moonport_open(w.L, &w.loop, &options) == 0, "a later open");
  run(&w, echo);
  moonport_run(w.L);
  CHECK(w.seen == 1, "seen %d: %s", w.seen, w.error);
  finish(&w, __func__);
}

/* -- close --------------------------------------------------------------------------------------------------------- */

/* A bit of everything, nothing of it at rest: servers, connections half made, reads, megabytes of writes, timers. */
static const char busy[] =
    "local net, timers = require 'net', require 'timers'\n"
    "local big = ('x'):rep(4 * 1024 * 1024)\n"
    "local tcp = net.createServer(function(peer)\n"
    "  peer:write(big, function() seen(100) end)\n"
    "  peer:setTimeout(60000)\n"
    "end):listen(0, '127.0.0.1')\n"
    "local unix = net.createServer({ pauseOnConnect = true }, function(peer) peer:pipe(peer) end)\n"
    "unix:listen('\\0moonport-embed-test-' .. tostring({}))\n"
    "for _ = 1, 5 do\n"
    "  local a = net.connect(tcp:address().port, '127.0.0.1')\n"
    "  a:on('connect', function() a:write(big) a:write(big, function() seen(100) end) end)\n"
    "  net.connect(unix:address()):write(big)\n"
    "end\n"
    "net.connect(tcp:address().port, 'localhost')\n"
    "net.connect { port = tcp:address().port, host = '127.0.0.1', timeout = 60000 }:finish('early')\n"
    "timers.setInterval(function() seen(1) end, 1)\n"
    "timers.setTimeout(function() end, 60000):unref()\n"
    "timers.setImmediate(function() end)\n"
    "net.Socket()\n"
    "net.createServer()\n";

enum { CLOSE_LOOP_STATE, CLOSE_STATE_LOOP, STATE_LOOP, STATE_AFTER_A_TURN };

/* Closes a busy state after some turns of the loop, in every order that is allowed. */
static void close_busy(int order, int turns) {
  World w;
  char name[64];
  snprintf(name, sizeof name, "close_busy(order %d, %d turns)", order, turns);
  open_world(&w);
  run(&w, busy);
  turn(&w, turns);
  int before = w.seen;
  CHECK(w.errors == 0, "%s: %s", name, w.error);
  switch (order) {
    case CLOSE_LOOP_STATE:
      moonport_close(w.L);
      while (uv_run(&w.loop, UV_RUN_DEFAULT) != 0) continue;
      lua_close(w.L);
      break;
    case CLOSE_STATE_LOOP:
      moonport_close(w.L);
      lua_close(w.L);
      break;
    case STATE_LOOP: lua_close(w.L); break;
    case STATE_AFTER_A_TURN:
      moonport_close(w.L);
      uv_run(&w.loop, UV_RUN_NOWAIT);
      lua_close(w.L);
      break;
  }
  close_loop(&w.loop, name);
  CHECK(w.seen == before && w.errors == 0, "%s: Lua was entered: %d times, %s", name, w.seen - before, w.error);
}

static void test_close_busy(void) {
  static const int turns[] = { 0, 1, 2, 3, 5, 10, 50 };
  for (int order = CLOSE_LOOP_STATE; order <= STATE_AFTER_A_TURN; ++order) {
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; ++i) close_busy(order, turns[i]);
  }
}

static void test_close_twice(void) {
  World w;
  open_world(&w);
  run(&w, busy);
  turn(&w, 3);
  moonport_close(w.L);
  moonport_close(w.L);
  CHECK(!moonport_alive(w.L), "alive");
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  lua_pushcfunction(w.L, seen);
  CHECK(!moonport_call(w.L, 0) && lua_gettop(w.L) == 0, "call");
  moonport_interrupt(moonport_context(w.L), NULL, NULL);
  moonport_unlink(w.L);
  finish(&w, __func__);
}

static void test_loop_first(void) {
  World w;
  open_world(&w);
  run(&w, "server = require('net').createServer():listen(0, '127.0.0.1')");
  turn(&w, 2);
  CHECK(uv_loop_close(&w.loop) == UV_EBUSY, "a loop with a server was closed");
  run(&w, "server:close()");
  turn(&w, 2);
  CHECK(uv_loop_close(&w.loop) == UV_EBUSY, "a loop with moonport on it was closed");
  run(&w, echo); /* nothing has changed */
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1, "seen %d: %s", w.seen, w.error);
  finish(&w, __func__);
}

/* The script goes on with its objects after the host has closed moonport under it. */
static int close_here(lua_State *L) {
  moonport_close(L);
  return 0;
}

static const char after_close[] =
    "local net, timers = require 'net', require 'timers'\n"
    "function after_close(socket)\n"
    "  close_here()\n"
    "  local server = net.createServer()\n"
    "  for _, f in ipairs {\n"
    "    function() socket:write 'more' end, function() socket:finish 'end' end, function() socket:pause() end,\n"
    "    function() socket:resume() end, function() socket:setTimeout(10) end, function() socket:setNoDelay() end,\n"
    "    function() return socket.remoteAddress, socket.localPort, socket.readyState, tostring(socket) end,\n"
    "    function() socket:ref():unref() end, function() socket:read() end, function() socket:resetAndDestroy() end,\n"
    "    function() socket:destroy() end, function() socket:connect(1, '127.0.0.1') end,\n"
    "    function() server:listen(0, '127.0.0.1') end, function() server:close() end,\n"
    "    function() net.connect(1, '127.0.0.1'):write 'x' end, function() net.connect('/no/such') end,\n"
    "    function() timers.setTimeout(seen, 1) end, function() timers.setInterval(seen, 1):unref() end,\n"
    "    function() timers.setImmediate(seen) end, function() require 'moonport.process'.nextTick(seen) end,\n"
    "    function() require 'moonport.process':on('SIGUSR2', seen) end,\n"
    "  } do pcall(f) end\n"
    "end\n";

static const char *const closing[] = {
  "local s = net.Socket() timers.setTimeout(function() after_close(s) end, 1)",
  "local s = net.Socket() timers.setImmediate(function() after_close(s) end)",
  "local s = net.Socket() require 'moonport.process'.nextTick(function() after_close(s) end)",
  "local server server = net.createServer(function(s) after_close(s) end):listen(0, '127.0.0.1', function()\n"
  "  net.connect(server:address().port, '127.0.0.1') end)",
  "local server server = net.createServer(function(s) s:write 'x' s:on('data', function() after_close(s) end) end)\n"
  "server:listen(0, '127.0.0.1', function() net.connect(server:address().port, '127.0.0.1'):write 'x' end)",
  "local server server = net.createServer(function(s) s:finish() s:on('close', function() after_close(s) end) end)\n"
  "server:listen(0, '127.0.0.1', function() net.connect(server:address().port, '127.0.0.1'):resume() end)",
  "local server server = net.createServer(function(s) s:finish 'x' end)\n"
  "server:listen(0, '127.0.0.1', function()\n"
  "  local s s = net.connect(server:address().port, '127.0.0.1', function() after_close(s) end) end)",
  "local server server = net.createServer(function(s) s:resume() end)\n"
  "server:listen(0, '127.0.0.1', function()\n"
  "  local s = net.connect(server:address().port, '127.0.0.1')\n"
  "  s:write(('x'):rep(8000000), function() after_close(s) end) end)",
  "local s = net.connect(1, '127.0.0.1') s:on('error', function() after_close(s) end)",
  "local s = net.connect(1, 'localhost') s:on('lookup', function() after_close(s) end)",
  "after_close(net.connect(1, 'localhost'))", /* inside the main chunk */
};

static void test_close_in_callbacks(void) {
  for (int order = 0; order < 2; ++order) {
    World w;
    char script[2048], name[64];
    snprintf(name, sizeof name, "test_close_in_callbacks, row %d, order %d", row, order);
    open_world(&w);
    add_function(&w, "close_here", close_here);
    run(&w, after_close);
    snprintf(script, sizeof script, "local net, timers = require 'net', require 'timers'\n%s", closing[row]);
    run(&w, script);
    for (int n = 0; n < 2000 && moonport_alive(w.L); ++n) {
      turn(&w, 1);
      usleep(n > 100 ? 1000 : 0);
    }
    CHECK(!moonport_alive(w.L), "%s: close was never called: %s", name, w.error);
    CHECK(w.seen == 0 && w.errors == 0, "%s: Lua was entered: %d, %s", name, w.seen, w.error);
    turn(&w, order * 3);
    lua_close(w.L);
    close_loop(&w.loop, name);
    CHECK(w.seen == 0 && w.errors == 0, "%s: Lua was entered: %d, %s", name, w.seen, w.error);
  }
}

/* -- several states ------------------------------------------------------------------------------------------------ */

static void test_two_states_on_one_loop(void) {
  World a, b;
  open_world(&a);
  begin(&b);
  moonport_Options options = options_of(&b);
  CHECK(moonport_open(b.L, &a.loop, &options) == 0, "the second state");
  run(&a, echo);
  run(&b, echo);
  CHECK(moonport_run(a.L) == MOONPORT_DONE, "run");
  CHECK(a.seen == 1 && b.seen == 1 && a.errors == 0 && b.errors == 0, "%d, %d: %s %s", a.seen, b.seen, a.error, b.error);

  a.seen = 0;
  run(&a, "local server = require('net').createServer(function(s) s:finish(('x'):rep(3000000)) end)\n"
          "server:listen(0, '127.0.0.1', function() seen(server:address().port) end)");
  while (a.seen == 0) turn(&a, 1);
  lua_pushinteger(b.L, a.seen);
  lua_setglobal(b.L, "port");
  run(&b, "local client = require('net').connect(port, '127.0.0.1')\n"
          "client:on('data', function(d) seen(#d) end):on('close', function() seen(1000000000) end)");
  b.seen = 0;
  while (b.seen < 100000) uv_run(&a.loop, UV_RUN_ONCE);
  moonport_close(a.L); /* one goes in the middle of it, the other lives on */
  lua_close(a.L);
  while (b.seen < 1000000000) uv_run(&a.loop, UV_RUN_ONCE);
  b.seen = 0;
  run(&b, echo);
  CHECK(moonport_run(b.L) == MOONPORT_DONE && b.seen == 1, "seen %d: %s", b.seen, b.error);
  lua_close(b.L);
  close_loop(&a.loop, __func__);
  close_loop(&b.loop, __func__);
}

/* One state's uncaught error is no matter of the other. */
static void test_failure_beside_another_state(void) {
  World a, b;
  begin(&a);
  begin(&b);
  CHECK(moonport_open(a.L, &a.loop, NULL) == 0 && moonport_open(b.L, &a.loop, NULL) == 0, "open");
  run(&a, "require('timers').setTimeout(function() error('from a', 0) end, 1)");
  run(&b, "require('timers').setTimeout(seen, 20)");
  int status = moonport_run(b.L);
  CHECK(status == MOONPORT_DONE && b.seen == 1, "b: status %d, seen %d", status, b.seen);
  status = moonport_run(a.L);
  CHECK(status == MOONPORT_FAILED && strcmp(lua_tostring(a.L, -1), "from a") == 0, "a: status %d", status);
  lua_close(a.L);
  lua_close(b.L);
  close_loop(&a.loop, __func__);
  close_loop(&b.loop, __func__);
}

typedef struct Thread {
  uv_thread_t thread;
  int echoes, errors, status;
} Thread;

static void live_in_thread(void *data) {
  Thread *t = (Thread *)data;
  for (int round = 0; round < 20; ++round) {
    World w;
    begin(&w);
    moonport_Options options = options_of(&w);
    options.flags = round % 2 == 0 ? MOONPORT_GLOBALS : 0;
    if (moonport_open(w.L, &w.loop, &options) != 0) return;
    for (int i = 0; i < 5; ++i) {
      luaL_loadstring(w.L, echo);
      moonport_call(w.L, 0);
    }
    moonport_run(w.L);
    t->echoes += w.seen;
    t->errors += w.errors;
    if (round % 3 != 0) moonport_close(w.L);
    lua_close(w.L);
    while (uv_run(&w.loop, UV_RUN_DEFAULT) != 0) continue;
    if (uv_loop_close(&w.loop) != 0) ++t->status;
  }
}

static void test_threads(void) {
  enum { THREADS = 2 };
  Thread threads[THREADS];
  memset(threads, 0, sizeof threads);
  for (int i = 0; i < THREADS; ++i) uv_thread_create(&threads[i].thread, live_in_thread, &threads[i]);
  for (int i = 0; i < THREADS; ++i) uv_thread_join(&threads[i].thread);
  for (int i = 0; i < THREADS; ++i) {
    CHECK(threads[i].echoes == 100 && threads[i].errors == 0, "thread %d: %d echoes, %d errors", i, threads[i].echoes,
        threads[i].errors);
    CHECK(threads[i].status == 0, "thread %d: %d loops were busy", i, threads[i].status);
  }
}

/* -- flags and options --------------------------------------------------------------------------------------------- */

static void test_globals(void) {
  static const char names[] =
      "local n = 0\n"
      "for _, name in ipairs { 'console', 'process', 'setTimeout', 'setInterval', 'setImmediate',\n"
      "  'clearTimeout', 'clearInterval', 'clearImmediate', 'Error', 'TypeError', 'RangeError',\n"
      "  'AbortController', 'AbortSignal' } do if _G[name] ~= nil then n = n + 1 end end\n"
      "seen(n)";
  World w;
  open_world(&w);
  run(&w, names);
  CHECK(w.seen == 0, "%d globals without the flag", w.seen);
  run(&w,
      "local before = {} for k in pairs(_G) do before[k] = true end\n"
      "require 'net' require 'events' require 'timers' require 'moonport.process' require 'util' require 'moonport'\n"
      "require 'moonport.test' require 'console'\n"
      "for k in pairs(_G) do assert(before[k], k) end");
  CHECK(w.errors == 0, "requiring a module makes a global: %s", w.error);
  run(&w, "local moonport = require 'moonport' assert(moonport.run and moonport.globals) moonport.globals()");
  run(&w, names);
  CHECK(w.seen == 13, "%d globals after moonport.globals(): %s", w.seen, w.error);
  finish(&w, "test_globals, without");

  begin(&w);
  moonport_Options options = options_of(&w);
  options.flags = MOONPORT_GLOBALS;
  CHECK(moonport_open(w.L, &w.loop, &options) == 0, "open");
  run(&w, names);
  CHECK(w.seen == 13, "%d globals with the flag: %s", w.seen, w.error);
  finish(&w, "test_globals, with");
}

static void test_sigpipe(void) {
  struct sigaction action, old;
  World w;
  signal(SIGPIPE, SIG_DFL);
  begin(&w);
  moonport_open(w.L, &w.loop, &(moonport_Options){ .flags = MOONPORT_KEEP_SIGPIPE });
  sigaction(SIGPIPE, NULL, &action);
  CHECK(action.sa_handler == SIG_DFL, "the flag keeps SIGPIPE as it is");
  finish(&w, __func__);

  open_world(&w);
  sigaction(SIGPIPE, NULL, &action);
  CHECK(
      action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN, "SIGPIPE has a handler: a child starts without it");
  finish(&w, __func__);

  signal(SIGPIPE, SIG_IGN);
  sigaction(SIGPIPE, NULL, &old);
  open_world(&w);
  sigaction(SIGPIPE, NULL, &action);
  CHECK(action.sa_handler == old.sa_handler, "a host's own choice stays");
  finish(&w, __func__);
  signal(SIGPIPE, SIG_DFL);
}

static void test_warnings(void) {
  World w;
  open_world(&w);
  run(&w, "require('moonport.process').emitWarning('attention')");
  moonport_run(w.L);
  CHECK(w.warnings == 1 && strstr(w.warning, "attention") != NULL && strchr(w.warning, '\n') == NULL, "%d: %s",
      w.warnings, w.warning);
  run(&w, "local s = require('net').Socket() for _ = 1, 11 do s:on('data', print) end");
  moonport_run(w.L);
  CHECK(w.warnings == 2 && strstr(w.warning, "leak") != NULL, "%d: %s", w.warnings, w.warning);
  CHECK(w.errors == 0, "%s", w.error);
  finish(&w, __func__);

  begin(&w); /* nobody listens */
  moonport_open(w.L, &w.loop, NULL);
  run(&w, "require('moonport.process').emitWarning('attention')");
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  finish(&w, __func__);
}

static void test_script_folder(void) {
  char folder[] = "/tmp/moonport-embed.XXXXXX", file[64];
  if (mkdtemp(folder) == NULL) abort();
  snprintf(file, sizeof file, "%s/events.lua", folder);
  FILE *f = fopen(file, "w");
  if (f == NULL) abort();
  fputs("return 'the script\\'s own'", f);
  fclose(f);
  World w;
  begin(&w);
  moonport_Options options = options_of(&w);
  char *copy = strdup(folder);
  options.script_folder = copy;
  moonport_open(w.L, &w.loop, &options);
  memset(copy, 'x', strlen(copy)); /* the host's string is the host's */
  free(copy);
  lua_getglobal(w.L, "package");
  lua_pushfstring(w.L, "%s/?.lua", folder);
  lua_setfield(w.L, -2, "path");
  lua_pop(w.L, 1);
  run(&w, "assert(require 'events' == \"the script's own\") assert(type(require 'net') == 'table')\n"
          "assert(require 'node:events'.once) seen(1)");
  CHECK(w.seen == 1, "%s", w.error);
  finish(&w, __func__);
  unlink(file);
  rmdir(folder);
}

int main(void) {
  TEST(test_open_on_coroutine);
  TEST(test_open_in_a_function);
  TEST(test_open_twice);
  TEST(test_not_open);
  TEST(test_open_without_libraries);
  TEST(test_open_without_descriptors);
  TEST(test_close_busy);
  TEST(test_close_twice);
  TEST(test_loop_first);
  TEST_ROWS(test_close_in_callbacks, closing);
  TEST(test_two_states_on_one_loop);
  TEST(test_failure_beside_another_state);
  TEST(test_threads);
  TEST(test_globals);
  TEST(test_sigpipe);
  TEST(test_warnings);
  TEST(test_script_folder);
  return check_result("embed_test");
}
