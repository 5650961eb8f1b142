/* error_report.c - what becomes of an error that nobody caught: its traceback is kept when its task fails, it is
 * offered to the script, and shown. Nothing here may fail on the error it shows. */
#include <string.h>

#include "error.h"
#include "handle.h"

static const char TRACED_VALUE = 0; /* registry: the last value that a task failed with, ... */
static const char TRACED_TEXT = 0;  /* ... and its traceback */
static const char KEPT = 0;         /* registry: the error that ended the loop */
const char UNCAUGHT_HOOK = 0;       /* registry: process.lua's function(err, traceback or nil) -> taken */
const char WARNING_HOOK = 0;        /* registry: process.lua's function(name, text) */

/* [-0, +1, m] Pushes a line that says who called the task. */
static void push_caller(lua_State *L, const Caller *caller) {
  int top = lua_gettop(L);
  if (caller->event == NULL) {
    handle_push_line(L, caller->where);
    if (lua_isnil(L, -1)) lua_pushfstring(L, "\n\t[%s]", caller->role);
    else lua_pushfstring(L, "\n\t[%s of %s]", caller->role, lua_tostring(L, -1));
    lua_remove(L, -2);
    return;
  }
  lua_pushfstring(L, "\n\t[%s of '%s'", caller->role, caller->event);
  if (caller->h != NULL) {
    lua_pushliteral(L, " on ");
    handle_push_name(L, caller->h);
    handle_push_where(L, caller->h);
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else lua_pushfstring(L, ", created at %s", lua_tostring(L, -1)), lua_remove(L, -2);
  }
  lua_pushliteral(L, "]");
  lua_concat(L, lua_gettop(L) - top);
}

void error_name_overflow(lua_State *co, const Caller *caller) {
  const char *text = lua_type(co, -1) == LUA_TSTRING ? lua_tostring(co, -1) : "";
  if (caller->event == NULL || strstr(text, "C stack overflow") == NULL || strstr(text, "nested") != NULL) return;
  lua_pushfstring(co, "%s: listeners of '%s' are nested too deep", text, caller->event);
  lua_remove(co, -2);
}

void error_push_stack(lua_State *L, lua_State *co, int level) {
  static const char ours[] = "\n\t[C]: in ?"; /* it has no name that a script could know */
  luaL_traceback(L, co, NULL, level);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (size < sizeof ours || strcmp(text + size - (sizeof ours - 1), ours) != 0) return;
  lua_pushlstring(L, text, size - (sizeof ours - 1));
  lua_replace(L, -2);
}

void error_trace(lua_State *L, Context *cx, lua_State *co, const Caller *caller) {
  lua_xmove(co, L, 1);
  int value = lua_gettop(L);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &TRACED_VALUE);
  bool known = cx->traced && lua_rawequal(L, -1, value); /* it comes from a task inside this one */
  cx->traced = true;
  lua_pop(L, 1);
  if (known) return;
  error_push_stack(L, co, 0);
  push_caller(L, caller);
  lua_concat(L, 2);
  lua_pushvalue(L, value);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &TRACED_VALUE);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &TRACED_TEXT);
  if (error_is(L, value)) { /* made by Error(): it has the traceback of its making, who called is still to be said */
    if (lua_getfield(L, value, "traceback") == LUA_TSTRING) push_caller(L, caller), lua_concat(L, 2);
    else lua_pushvalue(L, value + 1);
    lua_setfield(L, value, "traceback");
  }
  lua_settop(L, value);
}

void error_push_trace(lua_State *L) { lua_rawgetp(L, LUA_REGISTRYINDEX, &TRACED_TEXT); }

void error_set_trace(lua_State *L) {
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &TRACED_VALUE);
  lua_insert(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &TRACED_TEXT);
}

void error_push_trace_of(lua_State *L, int value) {
  if (lua_type(L, value) == LUA_TTABLE) {
    lua_pushliteral(L, "traceback");
    if (lua_rawget(L, value) == LUA_TSTRING) return;
    lua_pop(L, 1);
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &TRACED_VALUE);
  if (lua_rawequal(L, -1, value)) error_push_trace(L);
  else lua_pushnil(L);
  lua_remove(L, -2);
}

bool error_tell_script(lua_State *L, int index) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &UNCAUGHT_HOOK) == LUA_TNIL) {
    lua_pop(L, 1);
    return false;
  }
  lua_pushvalue(L, index);
  error_push_trace_of(L, lua_absindex(L, index));
  lua_call(L, 2, 1);
  bool taken = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return taken;
}

void error_keep(lua_State *L, int index) {
  lua_pushvalue(L, index);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &KEPT);
}

void error_push_kept(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &KEPT);
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &KEPT);
}

void error_warn(lua_State *L, Context *cx, const char *name, const char *text) {
  handle_push_line(L, handle_line(L));
  error_warn_at(L, cx, name, text, lua_gettop(L));
  lua_pop(L, 1);
}

void error_warn_at(lua_State *L, Context *cx, const char *name, const char *text, int where) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &WARNING_HOOK) == LUA_TNIL) {
    lua_pushfstring(L, "%s: %s", name, text);
    context_warn(cx, lua_tostring(L, -1));
    lua_pop(L, 2);
  } else {
    lua_pushstring(L, name);
    lua_pushstring(L, text);
    lua_pushvalue(L, where);
    lua_call(L, 3, 0);
  }
}

/* -- the report ------------------------------------------------------------------------------------------------ */

/* Adds text with control bytes escaped, but for line ends and tabs: what a peer sent must not steer a terminal. */
static void add_escaped(luaL_Buffer *b, const char *text, size_t len) {
  for (size_t i = 0; i < len; ++i) {
    unsigned char c = (unsigned char)text[i];
    unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;
    bool eight_bit = c == 0xc2 && next >= 0x80 && next < 0xa0; /* the control characters of ISO 6429, in UTF-8 */
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || eight_bit) {
      static const char digits[] = "0123456789abcdef";
      char escape[] = { '\\', 'x', digits[c >> 4], digits[c & 15] };
      luaL_addlstring(b, escape, sizeof escape);
    } else {
      luaL_addchar(b, (char)c);
    }
  }
}

void error_push_escaped(lua_State *L, int index) {
  size_t len;
  const char *text = lua_tolstring(L, index, &len);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  add_escaped(&b, text, len);
  luaL_pushresult(&b);
}

static void add_value(luaL_Buffer *b, lua_State *L, int index) {
  size_t len;
  const char *text;
  switch (lua_type(L, index)) {
    case LUA_TSTRING:
      text = lua_tolstring(L, index, &len);
      add_escaped(b, text, len);
      break;
    case LUA_TNUMBER: /* a copy: the original may be a key */
      lua_pushvalue(L, index);
      text = lua_tolstring(L, -1, &len);
      lua_insert(L, 1); /* the buffer may have a slot on top of the stack */
      luaL_addlstring(b, text, len);
      lua_remove(L, 1);
      break;
    case LUA_TBOOLEAN: luaL_addstring(b, lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TNIL: luaL_addstring(b, "nil"); break;
    default: luaL_addstring(b, luaL_typename(L, index));
  }
}

/* Adds a raw field of the table at `table` between two texts; nothing where it is absent. */
static bool add_field(
    luaL_Buffer *b, lua_State *L, int table, int slot, const char *before, const char *field, const char *after) {
  lua_pushstring(L, field);
  lua_rawget(L, table);
  lua_replace(L, slot);
  if (lua_isnil(L, slot)) return false;
  luaL_addstring(b, before);
  add_value(b, L, slot);
  luaL_addstring(b, after);
  return true;
}

/* Whether a table has a field by itself. [-0, +0, m] */
static bool has_field(lua_State *L, int value, int slot, const char *name) {
  lua_pushstring(L, name);
  lua_rawget(L, value);
  lua_replace(L, slot);
  return !lua_isnil(L, slot);
}

/* Whether it is this text. [-0, +0, m] */
static bool is_field(lua_State *L, int value, int slot, const char *name, const char *text) {
  return has_field(L, value, slot, name) && lua_type(L, slot) == LUA_TSTRING && strcmp(lua_tostring(L, slot), text) == 0;
}

/* Fields of a system error that its message does not word by itself. */
static const char *const extra_fields[] = { "errno", "syscall", "address", "port", "path", "dest", "hostname", NULL };

/* Whether the message begins with the code, as that of an error of files does. */
static bool says_code(lua_State *L, int value, int slot) {
  lua_pushliteral(L, "code");
  lua_rawget(L, value);
  lua_replace(L, slot);
  lua_pushliteral(L, "message");
  lua_rawget(L, value);
  lua_replace(L, slot + 1);
  if (lua_type(L, slot) != LUA_TSTRING || lua_type(L, slot + 1) != LUA_TSTRING) return false;
  const char *code = lua_tostring(L, slot), *message = lua_tostring(L, slot + 1);
  size_t len = strlen(code);
  return strncmp(message, code, len) == 0 && message[len] == ':';
}

static void add_error_table(luaL_Buffer *b, lua_State *L, int value, int slot) {
  bool named = add_field(b, L, value, slot, "", "name", "");
  if (!named && !has_field(L, value, slot, "code") && !has_field(L, value, slot, "message")) {
    luaL_addstring(b, "(error object is a table value)"); /* as lua(1) says it */
  } else {
    if (!named) luaL_addstring(b, "Error");
    if (!says_code(L, value, slot)) add_field(b, L, value, slot, " [", "code", "]");
    add_field(b, L, value, slot, ": ", "message", "");
  }
  if (add_field(b, L, value, slot, "\n    at ", "where", "") && is_field(L, value, slot, "syscall", "listen"))
    luaL_addstring(b, " (net.Server:listen)"); /* that line is the call: of other errors it is where the object was made */
  add_field(b, L, value, slot, "\n    ", "hint", "");
  bool any = false;
  for (const char *const *field = extra_fields; *field != NULL; ++field) {
    lua_pushfstring(L, "%s%s: ", any ? ", " : "\n    { ", *field);
    lua_replace(L, slot + 1);
    any |= add_field(b, L, value, slot, lua_tostring(L, slot + 1), *field, "");
  }
  if (any) luaL_addstring(b, " }");
}

/* Whether a traceback shows a line of the script: one of our own files says nothing to its author. */
static bool shows_script(const char *trace) {
  for (const char *line = strstr(trace, "\n\t"); line != NULL; line = strstr(line + 1, "\n\t")) {
    bool tail_calls = strncmp(line + 2, "(...", 4) == 0;
    if (line[2] != '[' && !tail_calls && strncmp(line + 2, "lua/", 4) != 0) return true;
  }
  return false;
}

/* [-0, +1, m] Pushes what __tostring says of a value that is no error of ours, or nil: on a coroutine, for it may fail. */
static void push_own_text(lua_State *L, int value) {
  if (error_is(L, value) || luaL_getmetafield(L, value, "__tostring") != LUA_TFUNCTION) {
    lua_pushnil(L);
    return;
  }
  lua_State *co = lua_newthread(L);
  lua_insert(L, -2);
  lua_pushvalue(L, value);
  lua_xmove(L, co, 2);
  int nresults = 0;
  bool ok = lua_resume(co, L, 1, &nresults) == LUA_OK && nresults > 0 && lua_type(co, -nresults) == LUA_TSTRING;
  if (ok) lua_pushstring(L, lua_tostring(co, -nresults));
  else lua_pushnil(L);
}

/* [-0, +1, m] */
void error_push_report(lua_State *L, int index) {
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  int value = lua_absindex(L, index);
  int slot = lua_gettop(L) + 1;
  lua_settop(L, slot + 2); /* a field, its label, the trace */
  const char *shown = NULL;
  size_t len = 0;
  error_push_trace_of(L, value);
  lua_replace(L, slot + 2);
  if (lua_type(L, value) == LUA_TSTRING) shown = lua_tolstring(L, value, &len);
  push_own_text(L, value);
  if (lua_type(L, -1) == LUA_TSTRING) shown = lua_tolstring(L, -1, &len);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  if (shown != NULL) {
    add_escaped(&b, shown, len);
  } else if (lua_type(L, value) == LUA_TTABLE) {
    add_error_table(&b, L, value, slot);
  } else if (lua_type(L, value) == LUA_TNUMBER) {
    add_value(&b, L, value);
  } else {
    luaL_addstring(&b, "(error object is a ");
    luaL_addstring(&b, luaL_typename(L, value));
    luaL_addstring(&b, " value)");
  }
  if (lua_type(L, slot + 2) == LUA_TSTRING && shows_script(lua_tostring(L, slot + 2))) {
    luaL_addstring(&b, "\n");
    add_value(&b, L, slot + 2);
  }
  luaL_pushresult(&b);
  lua_replace(L, slot);
  lua_settop(L, slot);
}
