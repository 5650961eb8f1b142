/* embed_run_test.c - what runs in an embedded state and how it ends: errors that reach the host, calls, exits, interrupts. */
#include <sys/time.h>

#include "embed_world.h"

/* -- errors -------------------------------------------------------------------------------------------------------- */

static void test_on_error(void) {
  World w;
  open_world(&w);
  run(&w, "local timers = require 'timers'\n"
          "for i = 1, 5 do timers.setTimeout(function() error('timer ' .. i, 0) end, i) end\n"
          "timers.setTimeout(function() seen(1) end, 20)");
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  CHECK(w.errors == 5 && w.seen == 1 && strcmp(w.error, "timer 5") == 0, "%d errors, seen %d: %s", w.errors, w.seen,
      w.error);
  finish(&w, __func__);
}

/* A listener of every event raises: the host is told once, the loop goes on, and all can be closed. */
static const struct {
  const char *on, *event;
} listeners[] = {
  { "server", "listening" },
  { "server", "connection" },
  { "server", "close" },
  { "client", "connect" },
  { "client", "ready" },
  { "client", "lookup" },
  { "client", "data" },
  { "client", "readable" },
  { "client", "end" },
  { "client", "finish" },
  { "client", "drain" },
  { "client", "timeout" },
  { "client", "close" },
  { "client", "pause" },
  { "client", "resume" },
  { "peer", "data" },
  { "peer", "end" },
  { "peer", "finish" },
  { "peer", "close" },
};

static void test_on_error_in_listeners(void) {
  static const char script[] =
      "local net, timers = require 'net', require 'timers'\n"
      "local on, event = ...\n"
      "local objects = {}\n"
      "local function add(name, object)\n"
      "  objects[name] = object\n"
      "  if name == on then object:on(event, function() error('in ' .. event, 0) end) end\n"
      "  return object\n"
      "end\n"
      "local server = add('server', net.createServer(function(peer)\n"
      "  add('peer', peer):resume()\n"
      "  peer:write 'hello'\n"
      "end))\n"
      "server:listen(0, '127.0.0.1')\n"
      "local client = add('client', net.connect(server:address().port, 'localhost'))\n"
      "client:write(('x'):rep(5000000), function() client:finish() end)\n"
      "client:setTimeout(1)\n"
      "timers.setTimeout(function() client:resume():pause():resume() end, 5)\n"
      "local waited, over = 0\n"
      "over = timers.setInterval(function() -- both ends have closed, or never will\n"
      "  waited = waited + 20\n"
      "  if waited < 2500 and not (client.destroyed and objects.peer.destroyed) then return end\n"
      "  timers.clearInterval(over)\n"
      "  for _, object in pairs(objects) do (object.destroy or object.close)(object) end\n"
      "end, 20)\n";
  World w;
  char name[64];
  snprintf(name, sizeof name, "%s of %s", listeners[row].event, listeners[row].on);
  open_world(&w);
  luaL_loadstring(w.L, script);
  lua_pushstring(w.L, listeners[row].on);
  lua_pushstring(w.L, listeners[row].event);
  moonport_call(w.L, 2);
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "%s", name);
  snprintf(name, sizeof name, "in %s", listeners[row].event);
  CHECK(w.errors >= 1 && strcmp(w.error, name) == 0, "%s of %s: %d errors, %s", listeners[row].event, listeners[row].on,
      w.errors, w.error);
  w.seen = 0;
  run(&w, echo);
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1, "%s: no echo afterwards", name);
  finish(&w, name);
}

/* Destroyed while 'drain' is due: nothing waits for it any more, and the loop comes to its end. */
static void test_destroyed_before_drain(void) {
  World w;
  open_world(&w);
  run(&w, "local net = require 'net'\n"
          "local server\n"
          "server = net.createServer(function(peer) peer:resume() end):listen(0, '127.0.0.1', function()\n"
          "  local client = net.connect(server:address().port, '127.0.0.1')\n"
          "  assert(client:write(('x'):rep(300000)) == false)\n"
          "  client:on('connect', function() client:destroy() end)\n"
          "  client:on('close', function() server:close() seen(1) end)\n"
          "end)");
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1 && w.errors == 0, "seen %d, %s", w.seen, w.error);
  finish(&w, __func__);
}

/* The host's function may be odd: it raises, it turns to Lua again, it closes moonport. */
static void on_error_raises(lua_State *L, void *data) {
  ++((World *)data)->errors;
  luaL_error(L, "the host's own error");
}

static void on_error_calls(lua_State *L, void *data) {
  World *w = (World *)data;
  ++w->errors;
  if (w->errors > 3) return;
  luaL_loadstring(L, "error('again')");
  moonport_call(L, 0);
}

static void on_error_closes(lua_State *L, void *data) {
  ++((World *)data)->errors;
  moonport_close(L);
}

static void test_odd_on_error(void) {
  World w;
  void (*const functions[])(lua_State *, void *) = { on_error_raises, on_error_calls, on_error_closes };
  static const int expected[] = { 1, 4, 1 };
  for (size_t i = 0; i < 3; ++i) {
    begin(&w);
    moonport_open(w.L, &w.loop, &(moonport_Options){ .on_error = functions[i], .data = &w });
    run(&w, "require('timers').setTimeout(function() error('first') end, 1)");
    int status = moonport_run(w.L);
    if (i == 0) { /* an error that cannot be told is kept */
      CHECK(status == MOONPORT_FAILED && strstr(lua_tostring(w.L, -1), "the host's own error") != NULL, "%d", status);
    } else {
      CHECK(status == MOONPORT_DONE, "%d", status);
    }
    lua_settop(w.L, 0);
    CHECK(w.errors == expected[i], "function %zu: %d errors", i, w.errors);
    finish(&w, __func__);
  }
}

static void test_call(void) {
  World w;
  open_world(&w);
  luaL_loadstring(w.L, "local a, b, c = ... seen(a + b) assert(c == nil and select('#', ...) == 3)\n"
                       "require('moonport.process').nextTick(seen, 100)");
  lua_pushinteger(w.L, 1);
  lua_pushinteger(w.L, 2);
  lua_pushnil(w.L);
  CHECK(moonport_call(w.L, 3) && lua_gettop(w.L) == 0, "%s", w.error);
  CHECK(w.seen == 103, "the ticks have run: %d", w.seen);

  CHECK(!run(&w, "seen(1000) error('wrong', 0)"), "a failing function");
  CHECK(w.errors == 1 && strcmp(w.error, "wrong") == 0, "%d: %s", w.errors, w.error);
  CHECK(!run(&w, "local t = nil; return t.x"), "another one");
  CHECK(w.errors == 2 && strstr(w.error, "test.lua:1:") != NULL, "%d: %s", w.errors, w.error);
  lua_pushnil(w.L); /* what cannot be called is an error, not a crash */
  CHECK(!moonport_call(w.L, 0) && w.errors == 3, "%d: %s", w.errors, w.error);
  lua_settop(w.L, 0);

  CHECK(run(&w, "coroutine.yield() seen(5000)"), "a function that yields has not failed");
  CHECK(run(&w, "require('moonport.process').nextTick(error, 'in a tick')"), "nor one whose tick fails");
  CHECK(w.errors == 4, "%d: %s", w.errors, w.error);
  luaL_loadstring(w.L, "seen(select('#', ...))");
  luaL_checkstack(w.L, 3000, NULL);
  w.seen = 0;
  for (int i = 0; i < 2000; ++i) lua_pushinteger(w.L, i);
  CHECK(moonport_call(w.L, 2000) && w.seen == 2000, "2,000 arguments: %d %s", w.seen, w.error);
  finish(&w, __func__);
}

/* moonport_call inside Lua, from a function of the host, and on full stacks. */
static int call_nested(lua_State *L) {
  luaL_loadstring(L, "seen(1) require('moonport.process').nextTick(seen, 10)");
  lua_pushboolean(L, moonport_call(L, 0));
  return 1;
}

static void test_nested_call(void) {
  World w;
  open_world(&w);
  add_function(&w, "call_nested", call_nested);
  run(&w, "local timers = require 'timers'\n"
          "assert(call_nested())\n"
          "timers.setTimeout(function() assert(call_nested()) end, 1)\n"
          "coroutine.wrap(function() assert(call_nested()) end)()\n"
          "table.sort({ 1, 2 }, function(a, b) assert(call_nested()) return a < b end)\n");
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "run");
  CHECK(w.errors == 0 && w.seen >= 44 && w.seen % 11 == 0, "seen %d: %s", w.seen, w.error);
  finish(&w, __func__);
}

static void test_run_failed(void) {
  World w;
  begin(&w);
  moonport_open(w.L, &w.loop, NULL); /* no on_error: the error is kept, the loop stops */
  CHECK(moonport_run(w.L) == MOONPORT_DONE && lua_gettop(w.L) == 0, "an empty loop");
  run(&w, "local timers = require 'timers'\n"
          "timers.setTimeout(function() seen(1) error({ answer = 42 }) end, 1)\n"
          "timers.setTimeout(function() seen(10) error('a later one', 0) end, 30)\n"
          "timers.setTimeout(function() seen(100) end, 60)\n");
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && lua_gettop(w.L) == 1, "failed");
  CHECK(lua_istable(w.L, -1) && lua_getfield(w.L, -1, "answer") == LUA_TNUMBER, "the value is pushed as it was");
  CHECK(w.seen == 1 && moonport_alive(w.L), "seen %d", w.seen);
  lua_settop(w.L, 0);
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && strcmp(lua_tostring(w.L, -1), "a later one") == 0,
      "the loop goes on when asked");
  lua_settop(w.L, 0);
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 111, "seen %d", w.seen);

  CHECK(!run(&w, "error('in the main chunk', 0)"), "call");
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && strcmp(lua_tostring(w.L, -1), "in the main chunk") == 0, "kept");
  lua_settop(w.L, 0);
  run(&w, "error()"); /* nil is an error too */
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && lua_gettop(w.L) == 1 && lua_isnil(w.L, 1), "nil");
  lua_settop(w.L, 0);
  run(&w, "error 'one'");
  run(&w, "seen(1000) error 'two'"); /* the host chose to go on: no event is lost, the first error is kept */
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && strstr(lua_tostring(w.L, -1), "one") != NULL, "the first one is kept");
  lua_settop(w.L, 0);
  CHECK(w.seen == 1111, "seen %d", w.seen);
  CHECK(moonport_run(w.L) == MOONPORT_DONE, "and only that");
  run(&w, echo);
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1112, "an echo works afterwards");
  finish(&w, __func__);
}

/* MOONPORT_FATAL: what is left of a program that failed must not run. */
static void test_run_fatal(void) {
  World w;
  begin(&w);
  moonport_open(w.L, &w.loop, &(moonport_Options){ .flags = MOONPORT_FATAL });
  run(&w, "local timers, tick = require 'timers', require('moonport.process').nextTick\n"
          "timers.setTimeout(function() tick(seen, 10) timers.setImmediate(seen, 100) seen(1) error('it', 0) end, 1)\n"
          "timers.setTimeout(seen, 1, 1000)");
  CHECK(moonport_run(w.L) == MOONPORT_FAILED && strcmp(lua_tostring(w.L, -1), "it") == 0, "failed");
  lua_settop(w.L, 0);
  CHECK(w.seen == 1, "seen %d", w.seen);
  CHECK(run(&w, "seen(10000)") && w.seen >= 10001, "taken: Lua is entered again: %d", w.seen);
  CHECK(!run(&w, "error 'one'") && !run(&w, "seen(100000)") && w.seen < 100000, "seen %d", w.seen);
  finish(&w, __func__);
}

/* -- exits --------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *script;
  int code;
} exits[] = {
  { "setTimeout(function() process.exit(6) end, 9) local run = require('moonport').run "
    "setTimeout(function() run(function() setInterval(function() end, 9) end) end, 1)",
      6 },
  { "process.exit(7)", 7 },
  { "process.exit()", 0 },
  { "process.exitCode = 5 process.exit()", 5 },
  { "setTimeout(function() process.exit(8) end, 1)", 8 },
  { "setImmediate(function() process.exit(9) end)", 9 },
  { "process.nextTick(function() process.exit(10) end)", 10 },
  { "pcall(process.exit, 11) seen(100)", 11 },
  { "require('net').createServer():listen(0, '127.0.0.1', function() process.exit(12) end)", 12 },
  { "process:on('exit', function(code) seen(code) process.exit(13) end) process.exit(1)", 13 },
};

static void test_exit(void) {
  World w;
  int code = -1;
  begin(&w);
  moonport_Options options = options_of(&w);
  options.flags = MOONPORT_GLOBALS;
  options.on_exit = on_exit_asked;
  moonport_open(w.L, &w.loop, &options);
  CHECK(!moonport_exit_code(w.L, &code), "no exit yet");
  run(&w, exits[row].script);
  CHECK(moonport_run(w.L) == MOONPORT_EXIT && lua_gettop(w.L) == 0, "%s", exits[row].script);
  CHECK(moonport_exit_code(w.L, &code) && code == exits[row].code, "%s: %d", exits[row].script, code);
  CHECK(w.errors == 0 && w.exits == 0 && w.seen < 100, "%s: %s, on_exit %d, seen %d", exits[row].script, w.error,
      w.exits, w.seen);
  run(&w, "seen(1000)"); /* nothing enters Lua any more */
  CHECK(w.seen < 100, "%s: seen %d", exits[row].script, w.seen);
  finish(&w, exits[row].script);
}

/* Where Lua cannot be unwound the host is asked to end the process. One that does not gets an error. */
static const char *const deep_exits[] = {
  "table.sort({ 1, 2, 3 }, function() process.exit(3) end)",
  "('%s'):format(setmetatable({}, { __tostring = function() process.exit(3) end }))",
  "local c <close> = nil; require('moonport.process').nextTick(table.sort, { 1, 2 }, function() process.exit(3) end)",
  "table.sort({ 1, 2 }, function() pcall(process.exit, 3) end)",
  "tostring(setmetatable({}, { __tostring = function() process.exit(3) end }))",
  "('x'):gsub('x', function() process.exit(3) end)",
};

static void test_exit_where_it_cannot(void) {
  for (int told = 0; told < 2; ++told) {
    World w;
    int code = -1;
    begin(&w);
    moonport_Options options = options_of(&w);
    options.flags = MOONPORT_GLOBALS;
    if (told) options.on_exit = on_exit_asked;
    moonport_open(w.L, &w.loop, &options);
    run(&w, deep_exits[row]);
    bool ends = moonport_run(w.L) == MOONPORT_EXIT && moonport_exit_code(w.L, &code) && code == 3;
    bool raised = w.errors == 1;
    if (told) CHECK(w.exits == 1 && w.exit_code == 3, "%s: on_exit %d, code %d", deep_exits[row], w.exits, w.exit_code);
    CHECK(ends || raised, "%s: code %d, errors %d %s", deep_exits[row], code, w.errors, w.error);
    finish(&w, deep_exits[row]);
  }
}

/* -- interrupts ---------------------------------------------------------------------------------------------------- */

static moonport_Context *interrupted;
static int interruptions;

static void raise_interrupted(lua_State *L, void *data) {
  ++interruptions;
  luaL_error(L, "%s", (const char *)data);
}

static void only_count(lua_State *L, void *data) {
  (void)L;
  (void)data;
  ++interruptions;
}

static void set_stop(lua_State *L, void *data) {
  (void)data;
  ++interruptions;
  lua_pushboolean(L, 1);
  lua_setglobal(L, "stop");
}

static void on_alarm_stop(int number) {
  (void)number;
  moonport_interrupt(interrupted, set_stop, NULL);
}

static void on_alarm_raise(int number) {
  (void)number;
  moonport_interrupt(interrupted, raise_interrupted, "interrupted!");
}

static void on_alarm_count(int number) {
  (void)number;
  moonport_interrupt(interrupted, only_count, NULL);
}

static void alarm_in(int ms, void (*handler)(int)) {
  struct sigaction action = { .sa_handler = handler };
  struct itimerval timer = { .it_value = { .tv_usec = ms * 1000 } };
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &timer, NULL);
}

static const char *const busy_loops[] = {
  "while true do end",
  "local function f() return f() end f()",
  "for i = 1, math.huge do local x = i * 2 end",
  "table.sort({ 1, 2, 3 }, function() while true do end end)",
  "setmetatable({}, { __tostring = function() while true do end end }) local t = setmetatable({}, { __index = "
  "function()\n"
  "  while true do end end }) return t.x",
  "require('timers').setTimeout(function() while true do end end, 1)",
  "require('moonport.process').nextTick(function() while true do end end)",
};

static void test_interrupt(void) {
  World w;
  open_world(&w);
  interrupted = moonport_context(w.L);
  interruptions = 0;
  alarm_in(20, on_alarm_raise);
  run(&w, busy_loops[row]);
  moonport_run(w.L);
  CHECK(interruptions == 1, "%s: %d interruptions", busy_loops[row], interruptions);
  CHECK(w.errors == 1 && strstr(w.error, "interrupted!") != NULL, "%s: %d errors %s", busy_loops[row], w.errors, w.error);
  run(&w, echo); /* the hook is gone, all works on */
  CHECK(moonport_run(w.L) == MOONPORT_DONE && w.seen == 1 && w.errors == 1, "%s: seen %d, %s", busy_loops[row], w.seen,
      w.error);
  finish(&w, busy_loops[row]);
}

/* A loop that only waits is woken; an interrupt that does not raise lets the script go on. */
static void test_interrupt_of_the_loop(void) {
  World w;
  open_world(&w);
  interrupted = moonport_context(w.L);
  interruptions = 0;
  run(&w, "server = require('net').createServer():listen(0, '127.0.0.1')");
  alarm_in(20, on_alarm_count);
  for (int i = 0; i < 20 && interruptions == 0; ++i) uv_run(&w.loop, UV_RUN_ONCE);
  CHECK(interruptions == 1, "%d", interruptions);
  alarm_in(20, on_alarm_raise);
  for (int i = 0; i < 20 && w.errors == 0; ++i) uv_run(&w.loop, UV_RUN_ONCE);
  CHECK(w.errors == 1 && interruptions == 2, "%d errors, %d interruptions", w.errors, interruptions);

  interruptions = 0;
  alarm_in(20, on_alarm_stop); /* between ticks that never end */
  run(&w,
      "stop = false local function tick() if not stop then require('moonport.process').nextTick(tick) end end tick()");
  CHECK(interruptions == 1 && w.errors == 1, "%d interruptions, %s", interruptions, w.error);

  interruptions = 0;
  alarm_in(20, on_alarm_count);
  run(&w, "server:close() local t = os.clock() while os.clock() - t < 0.06 do end seen(1)");
  CHECK(interruptions == 1 && w.seen == 1 && w.errors == 1, "%d interruptions, seen %d, %s", interruptions, w.seen,
      w.error);
  for (int i = 0; i < 1000; ++i) moonport_interrupt(interrupted, only_count, NULL); /* many are one */
  turn(&w, 3);
  CHECK(interruptions == 2, "%d", interruptions);
  moonport_interrupt(interrupted, raise_interrupted, "too late"); /* not told any more */
  finish(&w, __func__);
  CHECK(interruptions == 2 && w.errors == 1, "%d interruptions, %s", interruptions, w.error);
}

int main(void) {
  TEST(test_on_error);
  TEST_ROWS(test_on_error_in_listeners, listeners);
  TEST(test_destroyed_before_drain);
  TEST(test_odd_on_error);
  TEST(test_call);
  TEST(test_nested_call);
  TEST(test_run_failed);
  TEST(test_run_fatal);
  TEST_ROWS(test_exit, exits);
  TEST_ROWS(test_exit_where_it_cannot, deep_exits);
  TEST_ROWS(test_interrupt, busy_loops);
  TEST(test_interrupt_of_the_loop);
  return check_result("embed_run_test");
}
