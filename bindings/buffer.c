/* buffer.c - strings as bytes and as text (https://nodejs.org/api/buffer.html): what lua/buffer.lua and
 * lua/string_decoder.lua need of C. The encodings themselves are encoding.c's. Never keeps anything between two calls. */
#include "buffer.h"

#include <string.h>

#include "class.h"
#include "encoding.h"
#include "error.h"

/* Of the name at an index; "buffer", which a stream may be told, is none here, as in Node. [-0, +0, e] */
static Encoding check_encoding(lua_State *L, int index) {
  size_t len;
  const char *name = luaL_checklstring(L, index, &len);
  Encoding encoding = encoding_find(name, len);
  if (encoding == ENCODING_UNKNOWN || encoding == ENCODING_BYTES) error_unknown_encoding(L, index);
  return encoding;
}

/* find(name) -> "utf8", "utf16le", ... or nil */
static int find(lua_State *L) {
  size_t len;
  const char *name = luaL_checklstring(L, 1, &len);
  Encoding encoding = encoding_find(name, len);
  lua_pushstring(L, encoding == ENCODING_BYTES ? NULL : encoding_name(encoding));
  return 1;
}

/* encode(text, encoding) -> bytes */
static int encode_text(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  Encoding encoding = check_encoding(L, 2);
  lua_settop(L, 2);
  if (encoding == ENCODING_UTF8) {
    lua_settop(L, 1);
    return 1;
  }
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, encode_bound(encoding, len));
  luaL_pushresultsize(&b, encode(encoding, text, len, out));
  return 1;
}

/* Pushes the text of the bytes at 1. [-0, +1, e] */
static void push_decoded(lua_State *L, Decoder *d, const char *bytes, size_t len, bool whole) {
  enum { END = 16 };
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, decode_bound(d, len) + END);
  size_t size = decode(d, bytes, len, out);
  if (whole) size += decode_end(d, out + size);
  luaL_pushresultsize(&b, size);
}

/* decode(bytes, encoding) -> text */
static int decode_bytes(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  Encoding encoding = check_encoding(L, 2);
  Decoder decoder;
  decoder_init(&decoder, encoding);
  lua_settop(L, encoding == ENCODING_UTF8 ? 1 : 2);
  if (encoding != ENCODING_UTF8) push_decoded(L, &decoder, bytes, len, true);
  return 1;
}

/* decode_chunk(bytes, encoding) -> text, rest: the rest is the beginning of a character, to be put before the next chunk */
static int decode_chunk(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  Decoder decoder;
  decoder_init(&decoder, check_encoding(L, 2));
  lua_settop(L, 2);
  push_decoded(L, &decoder, bytes, len, false);
  lua_pushlstring(L, decoder.hold, decoder.held);
  return 2;
}

/* compare(a, b) -> -1, 0 or 1, by the values of their bytes: Lua's < asks the locale */
static int compare(lua_State *L) {
  size_t a_len, b_len;
  const char *a = luaL_checklstring(L, 1, &a_len);
  const char *b = luaL_checklstring(L, 2, &b_len);
  int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
  if (order == 0) order = (a_len > b_len) - (a_len < b_len);
  lua_pushinteger(L, (order > 0) - (order < 0));
  return 1;
}

static const luaL_Reg functions[] = {
  { "find", find },
  { "encode", encode_text },
  { "decode", decode_bytes },
  { "decode_chunk", decode_chunk },
  { "compare", compare },
  { NULL, NULL },
};

void buffer_open(lua_State *L, Context *cx) {
  lua_newtable(L);
  class_functions(L, cx, functions);
}
