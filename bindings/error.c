/* error.c - error values: how they are made and worded. The texts are Node's, kept for compatibility. Those of wrong
 * arguments are in error_argument.c, how an uncaught one is shown in error_report.c. */
#include "error.h"

#include <string.h>

#include "handle.h"

static const char ERROR_METATABLE = 0;

/* The errors of state: their code, class and text. */
static const struct {
  const char *code, *name, *text;
} coded[] = {
  { "ERR_SERVER_ALREADY_LISTEN", "Error", "Listen method has been called more than once without closing." },
  { "ERR_SERVER_NOT_RUNNING", "Error", "Server is not running." },
  { "ERR_SOCKET_CLOSED", "Error", "Socket is closed" },
  { "ERR_SOCKET_CLOSED_BEFORE_CONNECTION", "Error", "Socket closed before the connection was established" },
  { "ERR_SOCKET_ALREADY_CONNECTED", "Error", "Socket is already connected" },
  { "ERR_SOCKET_CONNECTION_TIMEOUT", "Error", "Socket connection timeout" },
  { "ERR_STREAM_WRITE_AFTER_END", "Error", "write after end" },
  { "ERR_STREAM_DESTROYED:write", "Error", "Cannot call write after a stream was destroyed" },
  { "ERR_STREAM_DESTROYED:end", "Error", "Cannot call end after a stream was destroyed" },
  { "ERR_STREAM_ALREADY_FINISHED", "Error", "Cannot call end after a stream was finished" },
  { "ERR_STREAM_UNSHIFT_AFTER_END_EVENT", "Error", "stream.unshift() after end event" },
  { "ERR_STREAM_PREMATURE_CLOSE", "Error", "Premature close" },
  { "ERR_STREAM_PUSH_AFTER_EOF", "Error", "stream.push() after EOF" },
  { "ERR_MULTIPLE_CALLBACK", "Error", "Callback called multiple times" },
  { "ERR_SOCKET_ALREADY_BOUND", "Error", "Socket is already bound" },
  { "ERR_SOCKET_BAD_BUFFER_SIZE", "TypeError", "Buffer size must be a positive integer" },
  { "ERR_SOCKET_BAD_TYPE", "TypeError", "Bad socket type specified. Valid types are: udp4, udp6" },
  { "ERR_SOCKET_DGRAM_IS_CONNECTED", "Error", "Already connected" },
  { "ERR_SOCKET_DGRAM_NOT_CONNECTED", "Error", "Not connected" },
  { "ERR_SOCKET_DGRAM_NOT_RUNNING", "Error", "Not running" },
  { "ERR_BUFFER_OUT_OF_BOUNDS:offset", "RangeError", "\"offset\" is outside of buffer bounds" },
  { "ERR_BUFFER_OUT_OF_BOUNDS:length", "RangeError", "\"length\" is outside of buffer bounds" },
  { "ERR_MISSING_ARGS:multicastAddress", "TypeError", "The \"multicastAddress\" argument must be specified" },
  { "ERR_SOCKET_HANDLE_ADOPTED", "Error", "The bound socket has already been adopted by a server or socket" },
  { "ERR_INVALID_ADDRESS", "Error", "Invalid socket address" },
  { "EPIPE", "Error", "This socket has been ended by the other party" },
  { "ERR_INVALID_HANDLE_TYPE", "TypeError", "This handle type cannot be sent" },
};

/* -- values ---------------------------------------------------------------------------------------------------- */

void error_push(lua_State *L, const char *name, const char *code, const char *message) {
  lua_createtable(L, 0, 5);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "name");
  lua_pushstring(L, message);
  lua_setfield(L, -2, "message");
  if (code != NULL) {
    lua_pushstring(L, code);
    lua_setfield(L, -2, "code");
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &ERROR_METATABLE);
  lua_setmetatable(L, -2);
}

void error_push_code(lua_State *L, const char *code) {
  for (size_t i = 0; i < sizeof coded / sizeof coded[0]; ++i) {
    if (strcmp(coded[i].code, code) != 0) continue;
    lua_pushlstring(L, code, strcspn(code, ":"));
    error_push(L, coded[i].name, lua_tostring(L, -1), coded[i].text);
    lua_remove(L, -2);
    return;
  }
  luaL_error(L, "no such error: %s", code);
}

const char *error_name(int err) {
  return err == UV_EAI_NONAME || err == UV_EAI_NODATA ? "ENOTFOUND" : uv_err_name(err);
}

static void set_system_fields(lua_State *L, int err, const char *syscall) {
  lua_pushinteger(L, err);
  lua_setfield(L, -2, "errno");
  lua_pushstring(L, syscall);
  lua_setfield(L, -2, "syscall");
}

void error_push_system(lua_State *L, int err, const char *syscall) {
  lua_pushfstring(L, "%s %s", syscall, error_name(err));
  error_push(L, "Error", error_name(err), lua_tostring(L, -1));
  set_system_fields(L, err, syscall);
  lua_remove(L, -2);
}

void error_push_file(lua_State *L, int err, const char *syscall, const char *path, const char *dest) {
  int top = lua_gettop(L);
  lua_pushfstring(L, "%s: %s, %s", error_name(err), uv_strerror(err), syscall);
  if (path != NULL) lua_pushfstring(L, " '%s'", path);
  if (dest != NULL) lua_pushfstring(L, " -> '%s'", dest);
  lua_concat(L, lua_gettop(L) - top);
  error_push(L, "Error", error_name(err), lua_tostring(L, -1));
  lua_remove(L, -2);
  set_system_fields(L, err, syscall);
  if (path != NULL) lua_pushstring(L, path), lua_setfield(L, -2, "path");
  if (dest != NULL) lua_pushstring(L, dest), lua_setfield(L, -2, "dest");
}

static void push_endpoint(lua_State *L, const char *address, int port) {
  if (port > 0) lua_pushfstring(L, "%s:%d", address, port);
  else lua_pushstring(L, address);
}

void error_push_address(lua_State *L, int err, const char *syscall, const char *address, int port) {
  push_endpoint(L, address, port);
  lua_pushfstring(L, "%s %s %s", syscall, error_name(err), lua_tostring(L, -1));
  error_push(L, "Error", error_name(err), lua_tostring(L, -1));
  set_system_fields(L, err, syscall);
  lua_pushstring(L, address);
  lua_setfield(L, -2, "address");
  if (port > 0) {
    lua_pushinteger(L, port);
    lua_setfield(L, -2, "port");
  }
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void error_set_where(lua_State *L, const Handle *h) {
  handle_push_where(L, h);
  lua_setfield(L, -2, "where");
}

bool error_is(lua_State *L, int index) {
  if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &ERROR_METATABLE);
  bool is = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return is;
}

void error_coerce(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TSTRING) return;
  error_push(L, "Error", NULL, lua_tostring(L, index));
  lua_replace(L, index);
}

bool error_callable(lua_State *L, int index) {
  if (lua_isfunction(L, index)) return true;
  if (lua_type(L, index) == LUA_TBOOLEAN) return false; /* whatever waiting.lua makes of a call of socket.closed */
  if (luaL_getmetafield(L, index, "__call") == LUA_TNIL) return false;
  lua_pop(L, 1);
  return true;
}

/* -- raised ---------------------------------------------------------------------------------------------------- */

int error_raise_code(lua_State *L, const char *code) {
  error_push_code(L, code);
  return lua_error(L);
}

int error_throw_unhandled(lua_State *L) {
  if (error_is(L, -1)) return lua_error(L);
  if (lua_istable(L, -1)) { /* the script's own kind of error */
    if (lua_getfield(L, -1, "message") != LUA_TNIL) {
      lua_pop(L, 1);
      return lua_error(L);
    }
    lua_pop(L, 1);
  }
  int value = lua_gettop(L);
  error_push_shown(L, value);
  lua_pushfstring(L, "Unhandled error. (%s)", lua_tostring(L, -1));
  error_push(L, "Error", "ERR_UNHANDLED_ERROR", lua_tostring(L, -1));
  lua_pushvalue(L, value);
  lua_setfield(L, -2, "context");
  return lua_error(L);
}

/* -- for lua/ -------------------------------------------------------------------------------------------------- */

/* Error(message[, { code =, cause = }]): upvalue 2 is the class's name. */
static int construct(lua_State *L) {
  lua_remove(L, 1); /* the callable itself */
  const char *message = lua_isnoneornil(L, 1) ? "" : luaL_tolstring(L, 1, NULL);
  error_push(L, lua_tostring(L, lua_upvalueindex(2)), NULL, message);
  if (lua_istable(L, 2)) {
    lua_getfield(L, 2, "code");
    lua_setfield(L, -2, "code");
    lua_getfield(L, 2, "cause");
    lua_setfield(L, -2, "cause");
  }
  error_push_stack(L, L, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "stack");
  lua_setfield(L, -2, "traceback");
  return 1;
}

/* make(name, code, message) -> error */
static int make(lua_State *L) {
  error_push(L, luaL_checkstring(L, 1), luaL_optstring(L, 2, NULL), luaL_checkstring(L, 3));
  return 1;
}

static int make_coded(lua_State *L) {
  error_push_code(L, luaL_checkstring(L, 1));
  return 1;
}

/* system(errno, syscall[, address[, port]]) -> error */
static int make_system(lua_State *L) {
  int err = (int)luaL_checkinteger(L, 1);
  if (lua_isnoneornil(L, 3)) error_push_system(L, err, luaL_checkstring(L, 2));
  else error_push_address(L, err, luaL_checkstring(L, 2), luaL_checkstring(L, 3), (int)luaL_optinteger(L, 4, 0));
  return 1;
}

static int raise_type(lua_State *L) {
  return error_argument_type(L, luaL_checkstring(L, 1), luaL_checkstring(L, 2), 3);
}
static int raise_value(lua_State *L) {
  return error_argument_value(L, luaL_checkstring(L, 1), luaL_checkstring(L, 2), 3);
}
static int raise_range(lua_State *L) {
  return error_out_of_range(L, luaL_checkstring(L, 1), luaL_checkstring(L, 2), 3);
}
/* raise_port(name, value[, positive]) */
static int raise_port(lua_State *L) { return error_bad_port(L, luaL_checkstring(L, 1), !lua_toboolean(L, 3), 2); }

static int is_error(lua_State *L) {
  lua_pushboolean(L, error_is(L, 1));
  return 1;
}

static int is_callable(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, error_callable(L, 1));
  return 1;
}

static int to_string(lua_State *L) {
  lua_settop(L, 1);
  lua_getfield(L, 1, "name");
  lua_getfield(L, 1, "message");
  const char *name = luaL_tolstring(L, 2, NULL);
  const char *message = luaL_tolstring(L, 3, NULL);
  if (lua_getfield(L, 1, "code") == LUA_TSTRING && strncmp(lua_tostring(L, -1), "ERR_", 4) == 0)
    lua_pushfstring(L, "%s [%s]: %s", name, lua_tostring(L, -1), message); /* as Node's own errors have it */
  else lua_pushfstring(L, message[0] != '\0' ? "%s: %s" : "%s", name, message);
  return 1;
}

static int concat(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  luaL_tolstring(L, 2, NULL);
  lua_concat(L, 2);
  return 1;
}

static const luaL_Reg functions[] = {
  { "make", make },
  { "coded", make_coded },
  { "system", make_system },
  { "raise_type", raise_type },
  { "raise_value", raise_value },
  { "raise_range", raise_range },
  { "raise_port", raise_port },
  { "is", is_error },
  { "is_callable", is_callable },
  { NULL, NULL },
};

void error_open(lua_State *L, Context *cx) {
  lua_newtable(L);
  lua_pushliteral(L, "Error");
  lua_setfield(L, -2, "__name");
  lua_pushcfunction(L, to_string);
  lua_setfield(L, -2, "__tostring");
  lua_pushcfunction(L, concat);
  lua_setfield(L, -2, "__concat");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &ERROR_METATABLE);
  lua_newtable(L);
  class_functions(L, cx, functions);
  for (const char *const *name = (const char *const[]){ "Error", "TypeError", "RangeError", NULL }; *name != NULL;
       ++name) {
    lua_newtable(L); /* a class: a table that is called */
    lua_createtable(L, 0, 1);
    lua_pushlightuserdata(L, cx);
    lua_pushstring(L, *name);
    lua_pushcclosure(L, construct, 2);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, *name);
  }
}
