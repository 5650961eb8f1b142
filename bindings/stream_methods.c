/* stream_methods.c - what scripts call to write: write, finish, cork, destroy (https://nodejs.org/api/stream.html). The
 * arguments are settled here; the writing is stream_write.c's. */
#include "emitter.h"
#include "error.h"
#include "stream.h"
#include "stream_queue.h"

/* -- the script says ------------------------------------------------------------------------------------------- */

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

static Encoding check_encoding(lua_State *L, Stream *s, int index) {
  if (lua_isnoneornil(L, index)) return s->more != NULL ? (Encoding)s->more->default_encoding : ENCODING_UTF8;
  size_t len;
  const char *name = luaL_tolstring(L, index, &len);
  Encoding encoding = len == 0 ? ENCODING_UTF8 : encoding_find(name, len);
  if (encoding == ENCODING_UNKNOWN) error_unknown_encoding(L, index);
  lua_pop(L, 1);
  return encoding;
}

const char *stream_encode(lua_State *L, Stream *s, int index, int encoding_index, size_t *len) {
  Encoding encoding = check_encoding(L, s, encoding_index);
  const char *text = lua_tolstring(L, index, len);
  lua_pushvalue(L, index);
  if (encoding == ENCODING_UTF8 || encoding == ENCODING_BYTES) return text;
  char *bytes = (char *)lua_newuserdatauv(L, encode_bound(encoding, *len) + 1, 0);
  lua_replace(L, -2);
  *len = encode(encoding, text, *len, bytes);
  return bytes;
}

/* Argument 4 may be a callback, argument 3 an encoding or a callback: puts nil or a function at 4. */
static void arrange_arguments(lua_State *L) {
  lua_settop(L, 4);
  if (!lua_isnil(L, 3) && lua_type(L, 3) != LUA_TSTRING && error_callable(L, 3)) {
    lua_replace(L, 4);
    lua_pushnil(L);
    lua_insert(L, 3);
    lua_pushvalue(L, 4);
    lua_replace(L, 4);
    lua_settop(L, 4);
  }
}

/* [-0, +0, e] Writes the string at 2, with the encoding at 3 and the callback at 4. Returns what write() does. */
static bool write_arguments(lua_State *L, Stream *s, bool *refused) {
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "chunk", "of type string", 2);
  Encoding encoding = check_encoding(L, s, 3);
  int callback = error_callable(L, 4) ? 4 : 0;
  *refused = stream_refuses(L, s, callback);
  if (*refused) return false;
  size_t len;
  const char *text = lua_tolstring(L, 2, &len);
  if (encoding == ENCODING_UTF8 || encoding == ENCODING_BYTES) return stream_write(L, s, text, len, 2, callback);
  char *bytes = (char *)lua_newuserdatauv(L, encode_bound(encoding, len) + 1, 0);
  size_t size = encode(encoding, text, len, bytes);
  return stream_write(L, s, bytes, size, 0, callback);
}

/* write(data[, encoding][, callback(err)]) -> boolean: false asks the caller to wait for 'drain'.
 * https://nodejs.org/api/net.html#socketwritedata-encoding-callback */
static int write_method(lua_State *L) {
  Stream *s = self(L);
  bool refused;
  if (lua_gettop(L) == 2 && lua_type(L, 2) == LUA_TSTRING && !s->state.ending && !s->state.destroyed &&
      (s->more == NULL || s->more->default_encoding == ENCODING_UTF8)) { /* by far the commonest call */
    size_t len;
    const char *data = lua_tolstring(L, 2, &len);
    lua_pushboolean(L, stream_write(L, s, data, len, 2, 0));
    return 1;
  }
  arrange_arguments(L);
  lua_pushboolean(L, write_arguments(L, s, &refused));
  return 1;
}

/* finish([data[, encoding]][, callback]) -> self: ends our side when all is written.
 * https://nodejs.org/api/net.html#socketenddata-encoding-callback */
static int finish_method(lua_State *L) {
  Stream *s = self(L);
  if (lua_gettop(L) >= 2 && lua_type(L, 2) != LUA_TSTRING && !lua_isnil(L, 2) && error_callable(L, 2)) {
    lua_settop(L, 2);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_rotate(L, 2, 2); /* self, nil, nil, callback */
  } else {
    arrange_arguments(L);
  }
  bool refused = false;
  if (!lua_isnil(L, 2)) { /* the callback is finish's, not the write's */
    lua_pushvalue(L, 4);
    lua_pushnil(L);
    lua_replace(L, 4);
    write_arguments(L, s, &refused);
    lua_pushvalue(L, 5);
    lua_replace(L, 4);
    if (!refused) lua_settop(L, 4); /* else the error is on top */
  }
  bool callback = error_callable(L, 4);
  const char *code = NULL;
  if (refused) {
    if (callback) stream_fail_by_tick(L, s, 4);
  } else if (!s->state.ending && !s->errored) {
    stream_end(L, s);
    if (callback && s->errored) { /* at once, by _final */
      stream_push_error(L, s);
      stream_fail_by_tick(L, s, 4);
    } else if (callback) {
      stream_add_finish_callback(L, s, 4);
    }
  } else {
    code = s->finished ? "ERR_STREAM_ALREADY_FINISHED" : s->state.destroyed ? "ERR_STREAM_DESTROYED:end" : NULL;
    if (callback && code != NULL) {
      error_push_code(L, code);
      stream_fail_by_tick(L, s, 4);
    } else if (callback && s->errored) {
      stream_push_error(L, s);
      stream_fail_by_tick(L, s, 4);
    } else if (callback) {
      stream_add_finish_callback(L, s, 4);
    }
  }
  lua_settop(L, 1);
  return 1;
}

/* flush() -> self: hands what this callback has written to the kernel now. Not in Node. */
static int flush(lua_State *L) {
  stream_flush(L, self(L));
  lua_settop(L, 1);
  return 1;
}

static int cork(lua_State *L) {
  Stream *s = self(L);
  StreamMore *more = stream_more(L, s);
  stream_flush(L, s);
  ++more->corks;
  s->state.corked = true;
  return 0;
}

static int uncork(lua_State *L) {
  Stream *s = self(L);
  if (s->more == NULL || s->more->corks == 0 || --s->more->corks > 0) return 0;
  s->state.corked = false;
  bool open = s->state.connected || s->state.connecting || s->plain;
  if (!open && s->queue != NULL) s->more->write_error = WRITE_CLOSED;
  stream_flush(L, s);
  stream_settle(L, s);
  return 0;
}

/* setDefaultEncoding(encoding) -> self: what write() takes text for. */
static int set_default_encoding(lua_State *L) {
  Stream *s = self(L);
  if (lua_type(L, 2) != LUA_TSTRING) error_unknown_encoding(L, 2);
  Encoding encoding = check_encoding(L, s, 2);
  stream_more(L, s)->default_encoding = (uint8_t)encoding;
  lua_settop(L, 1);
  return 1;
}

static int destroy(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 2);
  bool has_error = lua_toboolean(L, 2);
  if (has_error) lua_pushvalue(L, 2);
  stream_destroy(L, s, has_error);
  lua_settop(L, 1);
  return 1;
}

const luaL_Reg stream_methods[] = { { "destroy", destroy }, { NULL, NULL } };

const luaL_Reg stream_write_methods[] = {
  { "write", write_method },
  { "finish", finish_method },
  { "end_", finish_method },
  { "end", finish_method },
  { "cork", cork },
  { "flush", flush },
  { "uncork", uncork },
  { "setDefaultEncoding", set_default_encoding },
  { NULL, NULL },
};
