/* error_argument.c - wrong arguments: what was received, in words, and the errors that are raised for it. The texts are
 * Node's, kept for compatibility. */
#include <math.h>
#include <string.h>

#include "error.h"

/* -- "Received ..." -------------------------------------------------------------------------------------------- */

void error_push_number(lua_State *L, int index) {
  lua_Number n = lua_tonumber(L, index);
  if (isnan(n)) lua_pushliteral(L, "NaN");
  else if (isinf(n)) lua_pushstring(L, n > 0 ? "Infinity" : "-Infinity");
  else if (n == floor(n) && fabs(n) < 1e18) lua_pushfstring(L, "%I", (LUAI_UACINT)n);
  else lua_pushfstring(L, "%s", luaL_tolstring(L, index, NULL)), lua_remove(L, -2);
}

/* Pushes a large integer with "_" between its thousands, as ERR_OUT_OF_RANGE has it. [-0, +1, m] */
static void push_separated(lua_State *L, int index) {
  error_push_number(L, index);
  lua_Number n = lua_tonumber(L, index);
  if (n != floor(n) || fabs(n) <= 4294967296.0 || fabs(n) >= 1e18) return;
  size_t len;
  const char *digits = lua_tolstring(L, -1, &len);
  char out[32];
  size_t to = 0;
  for (size_t i = 0; i < len; ++i) {
    if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-') out[to++] = '_';
    out[to++] = digits[i];
  }
  lua_pop(L, 1);
  lua_pushlstring(L, out, to);
}

/* Pushes the beginning of a string in quotes, its control bytes escaped: a NUL is often the mistake. [-0, +1, m] */
static void push_quoted(lua_State *L, int index, size_t most, size_t cut) {
  size_t len;
  const char *text = lua_tolstring(L, index, &len);
  bool whole = len <= most;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  luaL_addchar(&b, '\'');
  for (size_t i = 0; i < (whole ? len : cut); ++i) {
    static const char named[] = "btn.fr", digits[] = "0123456789ABCDEF"; /* those of C from \b on, without \v */
    unsigned char c = (unsigned char)text[i];
    if (c >= '\b' && c <= '\r' && c != '\v') {
      luaL_addchar(&b, '\\');
      luaL_addchar(&b, named[c - '\b']);
    } else if (c < 0x20 || c == 0x7f) {
      luaL_addlstring(&b, (char[]){ '\\', 'x', digits[c >> 4], digits[c & 15] }, 4);
    } else {
      luaL_addchar(&b, (char)c);
    }
  }
  luaL_addstring(&b, whole ? "'" : "...'");
  luaL_pushresult(&b);
}

void error_push_shown(lua_State *L, int index) {
  switch (lua_type(L, index)) {
    case LUA_TNUMBER: error_push_number(L, index); break;
    case LUA_TSTRING: push_quoted(L, index, 126, 126); break;
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TTHREAD: lua_pushstring(L, luaL_typename(L, index)); break;
    case LUA_TNONE: lua_pushliteral(L, "nil"); break;
    default: luaL_tolstring(L, index, NULL);
  }
}

/* Pushes what an argument of a wrong type is. [-0, +1, m] */
static void push_received(lua_State *L, int index) {
  enum { SHOWN = 28, CUT = 25 };
  switch (lua_type(L, index)) {
    case LUA_TNUMBER:
      error_push_number(L, index);
      lua_pushfstring(L, "type number (%s)", lua_tostring(L, -1));
      lua_remove(L, -2);
      break;
    case LUA_TSTRING:
      push_quoted(L, index, SHOWN, CUT);
      lua_pushfstring(L, "type string (%s)", lua_tostring(L, -1));
      lua_remove(L, -2);
      break;
    case LUA_TBOOLEAN: lua_pushfstring(L, "type boolean (%s)", lua_toboolean(L, index) ? "true" : "false"); break;
    case LUA_TUSERDATA:
    case LUA_TTABLE:
      if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING) {
        lua_pushfstring(L, "an instance of %s", lua_tostring(L, -1));
        lua_remove(L, -2);
        break;
      }
      lua_pushstring(L, luaL_typename(L, index));
      break;
    case LUA_TNONE: lua_pushliteral(L, "nil"); break;
    default: lua_pushstring(L, luaL_typename(L, index));
  }
}

/* -- raised ---------------------------------------------------------------------------------------------------- */

static int throw_new(lua_State *L, const char *name, const char *code, const char *message) {
  error_push(L, name, code, message);
  return lua_error(L);
}

static const char *kind(const char *name) { return strchr(name, '.') != NULL ? "property" : "argument"; }

int error_argument_type(lua_State *L, const char *name, const char *expected, int index) {
  size_t len = strlen(name), tail = strlen(" argument");
  push_received(L, index);
  if (len > tail && strcmp(name + len - tail, " argument") == 0)
    lua_pushfstring(L, "The %s must be %s. Received %s", name, expected, lua_tostring(L, -1));
  else lua_pushfstring(L, "The \"%s\" %s must be %s. Received %s", name, kind(name), expected, lua_tostring(L, -1));
  return throw_new(L, "TypeError", "ERR_INVALID_ARG_TYPE", lua_tostring(L, -1));
}

int error_argument_value(lua_State *L, const char *name, const char *reason, int index) {
  error_push_shown(L, index);
  lua_pushfstring(L, "The %s '%s' %s. Received %s", kind(name), name, reason, lua_tostring(L, -1));
  return throw_new(L, "TypeError", "ERR_INVALID_ARG_VALUE", lua_tostring(L, -1));
}

int error_out_of_range(lua_State *L, const char *name, const char *range, int index) {
  if (lua_type(L, index) == LUA_TNUMBER) push_separated(L, index);
  else error_push_shown(L, index);
  lua_pushfstring(L, "The value of \"%s\" is out of range. It must be %s. Received %s", name, range, lua_tostring(L, -1));
  return throw_new(L, "RangeError", "ERR_OUT_OF_RANGE", lua_tostring(L, -1));
}

int error_bad_port(lua_State *L, const char *name, bool zero, int index) {
  push_received(L, index);
  lua_pushfstring(L, "%s should be %s 0 and < 65536. Received %s.", name, zero ? ">=" : ">", lua_tostring(L, -1));
  return throw_new(L, "RangeError", "ERR_SOCKET_BAD_PORT", lua_tostring(L, -1));
}

int error_unknown_encoding(lua_State *L, int index) {
  lua_pushfstring(L, "Unknown encoding: %s", luaL_tolstring(L, index, NULL));
  return throw_new(L, "TypeError", "ERR_UNKNOWN_ENCODING", lua_tostring(L, -1));
}

int error_receiver(lua_State *L, const char *class_name) {
  lua_Debug ar;
  const char *method = "method";
  if (lua_getstack(L, 0, &ar) && lua_getinfo(L, "n", &ar) && ar.name != NULL) method = ar.name;
  return error_receiver_of(L, class_name, method);
}

int error_receiver_of(lua_State *L, const char *class_name, const char *method) {
  const char *article = strchr("AEIO", class_name[0]) != NULL ? "an" : "a";
  push_received(L, 1);
  lua_pushfstring(L, "%s must be called on %s %s, with a colon: object:%s(...). Received %s", method, article,
      class_name, method, lua_tostring(L, -1));
  return throw_new(L, "TypeError", "ERR_INVALID_THIS", lua_tostring(L, -1));
}

int error_read_only(lua_State *L, const char *property, const char *class_name) {
  lua_pushfstring(L, "Cannot assign to read only property '%s' of %s", property, class_name);
  return throw_new(L, "TypeError", "ERR_INVALID_ARG_VALUE", lua_tostring(L, -1));
}
