/* embed_report_test.c - moonport_report makes a text of any value, and any value may be thrown. */
#include "embed_world.h"

/* -- reports ------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *chunk; /* returns the value */
  const char *part;  /* what the report has */
  const char *none;  /* what it has not; or NULL */
} values[] = {
  { "return 'a text'", "a text", NULL },
  { "return ''", "", NULL },
  { "return nil", "nil", NULL },
  { "return true", "boolean", NULL },
  { "return 42", "", NULL },
  { "return 0/0", "", NULL },
  { "return print", "function", NULL },
  { "return coroutine.create(print)", "thread", NULL },
  { "return io.stdout", "file (", NULL },
  { "return {}", "", NULL },
  { "return { 1, 2, 3 }", "", NULL },
  { "return { message = 'only a message' }", "only a message", NULL },
  { "return { message = {}, name = print, code = true, errno = {}, traceback = 7, where = {} }", "table", NULL },
  { "return { message = 12.5, code = 7 }", "12.5", NULL },
  { "return setmetatable({}, { __tostring = function() error 'no' end })", "", NULL },
  { "return setmetatable({}, { __tostring = function() return 1 end })", "", NULL },
  { "return setmetatable({}, { __tostring = 5, __name = 5, __index = 5, __len = 5 })", "", NULL },
  { "return setmetatable({}, { __index = function() error 'no' end })", "", NULL },
  { "local t = {} t.message = t t.traceback = t return setmetatable(t, t)", "", NULL },
  { "return require('moonport.core').errors.Error('an error')", "Error: an error", NULL },
  { "return require('moonport.core').errors.system(-111, 'connect', '127.0.0.1', 80)", "ECONNREFUSED", NULL },
  { "local e = require('moonport.core').errors.Error('x') e.message = nil e.name = nil return e", "", NULL },
  { "return require('net').Socket()", "Socket", NULL },
  { "return 'a\\0b'", "a\\x00b", NULL },
  { "return 'clear \\27[2J screen'", "clear \\x1b[2J screen", "\x1b" },
  { "return 'bell \\a back \\b return \\r del \\127'", "bell \\x07 back \\x08 return \\x0d del \\x7f", "\r" },
  { "return 'line\\nline\\tx'", "line\nline\tx", NULL },
  { "return 'Gr\\u{fc}\\u{df}e'",
      "Gr\xc3\xbc\xc3\x9f"
      "e",
      NULL },
  { "return { message = '\\27]0;title\\7' }", "\\x1b]0;title\\x07", "\x1b" },
  { "return { message = 'x', code = '\\27[1m', traceback = '\\27[2m', where = '\\27[3m', syscall = '\\27[4m' }",
      "\\x1b[3m", "\x1b" },
  { "return 'eight bits: \\u{9b}2J'", "eight bits: ", "\xc2\x9b" }, /* CSI in one character */
  { "return ('long '):rep(1000000)", "long long", NULL },
  { "return { message = ('long '):rep(100000), traceback = ('\\27'):rep(100000) }", "long long", "\x1b" },
};

static void test_report(void) {
  World w;
  open_world(&w);
  if (luaL_loadstring(w.L, values[row].chunk) != LUA_OK || lua_pcall(w.L, 0, 1, 0) != LUA_OK) {
    CHECK(0, "%s", lua_tostring(w.L, -1));
    return;
  }
  moonport_report(w.L, -1);
  size_t len = 0;
  const char *text = lua_tolstring(w.L, -1, &len);
  CHECK(lua_gettop(w.L) == 2 && lua_type(w.L, -1) == LUA_TSTRING, "%s: %d values", values[row].chunk, lua_gettop(w.L));
  if (text != NULL) {
    CHECK(strlen(text) == len, "%s: a NUL in the report", values[row].chunk);
    CHECK(strstr(text, values[row].part) != NULL, "%s: %.200s", values[row].chunk, text);
    CHECK(values[row].none == NULL || strstr(text, values[row].none) == NULL, "%s: %.200s", values[row].chunk, text);
    CHECK(len > 0 || row == 1, "%s: an empty report", values[row].chunk);
  }
  moonport_report(w.L, 1); /* by another index; the value is as it was */
  CHECK(lua_gettop(w.L) == 3 && lua_rawequal(w.L, 2, 3), "%s: a second report differs", values[row].chunk);
  lua_settop(w.L, 0);
  finish(&w, __func__);
}

/* The same values thrown, on the way to the host and in a report there. */
static void on_error_report(lua_State *L, void *data) {
  World *w = (World *)data;
  int top = lua_gettop(L);
  ++w->errors;
  moonport_report(L, -1);
  if (lua_type(L, -1) != LUA_TSTRING || lua_gettop(L) != top + 1) w->errors += 1000;
  snprintf(w->error, sizeof w->error, "%s", lua_tostring(L, -1));
  lua_pop(L, 1);
}

static void test_thrown_values(void) {
  static const char *const thrown[] = {
    "nil",
    "true",
    "42",
    "print",
    "coroutine.create(print)",
    "io.stdout",
    "{}",
    "'text'",
    "('x'):rep(1000000)",
    "'\\27[2J'",
    "setmetatable({}, { __tostring = function() error 'no' end })",
    "setmetatable({}, { __index = error, __newindex = error })",
    "setmetatable({}, { __name = 'x', __metatable = 'locked', __eq = error, __len = error, __concat = error })",
  };
  static const char *const ways[] = {
    "local e = %s error(e)",
    "local e = %s require('moonport.process').nextTick(error, e)",
    "local e = %s require('timers').setTimeout(function() error(e) end, 1)",
    "local e = %s local s = require('net').Socket() s:on('x', function() error(e) end) s:emit 'x'",
    "local e = %s require('net').Socket():emit('error', e)",
    "local e = %s require('net').Socket():destroy(e)",
    "local e = %s local s <close> = setmetatable({}, { __close = function() error(e) end }) error 'first'",
  };
  for (size_t i = 0; i < sizeof thrown / sizeof thrown[0]; ++i) {
    for (size_t n = 0; n < sizeof ways / sizeof ways[0]; ++n) {
      World w;
      char script[512];
      bool destroy = strstr(ways[n], "destroy") != NULL; /* nil: destroyed without an error */
      snprintf(script, sizeof script, ways[n], thrown[i]);
      begin(&w);
      moonport_open(w.L, &w.loop, &(moonport_Options){ .on_error = on_error_report, .data = &w });
      run(&w, script);
      moonport_run(w.L);
      CHECK(w.errors == 1 || (destroy && i == 0 && w.errors == 0), "%s: %d errors, %.100s", script, w.errors, w.error);
      CHECK(strchr(w.error, '\27') == NULL, "%s: control bytes", script);
      finish(&w, script);
    }
  }
}

/* Each report tells of its own error, also when the same text was raised somewhere else before. */
static void test_same_text_twice(void) {
  World w;
  begin(&w);
  moonport_open(w.L, &w.loop, &(moonport_Options){ .on_error = on_error_report, .data = &w });
  for (int line = 1; line <= 3; ++line) {
    char script[64] = "\n\n\n\n", wanted[32];
    snprintf(script + line, sizeof script - line, "error('the same text', 0)");
    snprintf(wanted, sizeof wanted, "test.lua:%d:", line + 1);
    run(&w, script);
    CHECK(w.errors == line && strstr(w.error, wanted) != NULL, "not %s: %s", wanted, w.error);
  }
  finish(&w, __func__);
}

/* What the report is for: where it happened, who called, what the error says of itself. */
static void test_report_of_a_script(void) {
  World w;
  begin(&w);
  moonport_open(w.L, &w.loop, &(moonport_Options){ .on_error = on_error_report, .data = &w });
  run(&w, "local function inner()\n"
          "  error 'deep down'\n"
          "end\n"
          "require('timers').setTimeout(function()\n"
          "  inner()\n"
          "end, 1)\n");
  moonport_run(w.L);
  static const char *const parts[] = { "test.lua:2: deep down\n", "stack traceback:", "test.lua:2: in ",
    "test.lua:5: in ", "[timer" };
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    CHECK(strstr(w.error, parts[i]) != NULL, "without '%s': %s", parts[i], w.error);
  }
  run(&w, "\nrequire('net').connect(1, '127.0.0.1')\n");
  moonport_run(w.L);
  static const char *const fields[] = { "connect ECONNREFUSED 127.0.0.1:1", "[ECONNREFUSED]", "test.lua:2",
    "errno: -111", "syscall: connect", "address: 127.0.0.1", "port: 1" };
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; ++i) {
    CHECK(strstr(w.error, fields[i]) != NULL, "without '%s': %s", fields[i], w.error);
  }
  CHECK(w.errors == 2, "%d errors", w.errors);
  finish(&w, __func__);
}

int main(void) {
  TEST_ROWS(test_report, values);
  TEST(test_thrown_values);
  TEST(test_same_text_twice);
  TEST(test_report_of_a_script);
  return check_result("embed_report_test");
}
