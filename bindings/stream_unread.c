/* stream_unread.c - a stream that will never end, because nobody reads it: found, so that it can be told. Changes nothing. */
#include "class.h"
#include "stream.h"

static const char UNREAD_HOOK = 0; /* registry: net.lua's function(socket), until it was called */

/* The peer has ended, but bytes lie here that nobody has asked for: 'end' and 'close' wait for that. */
static bool unread(const Stream *s) {
  return s->state.read_ended && !s->state.destroyed && s->flowing == FLOWING_UNASKED && !s->readable_listening &&
         s->reader == NULL && !s->waited_on && stream_buffered(s) > 0;
}

/* Told once: such servers do it with every connection. */
void stream_check_unread(lua_State *L, Stream *s) {
  if (!unread(s)) return;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &UNREAD_HOOK) != LUA_TFUNCTION) {
    lua_pop(L, 1);
    return;
  }
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &UNREAD_HOOK);
  handle_push(L, &s->h);
  lua_call(L, 1, 0);
}

/* core.on_unread(f): f(socket) */
static int on_unread(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &UNREAD_HOOK);
  return 0;
}

/* core.is_unread(stream) -> boolean: it is still so */
static int is_unread(lua_State *L) {
  const Handle *h = class_any(L, 1);
  lua_pushboolean(L, h != NULL && h->class->listening == stream_listening && unread((const Stream *)h));
  return 1;
}

const luaL_Reg stream_unread_functions[] = {
  { "on_unread", on_unread },
  { "is_unread", is_unread },
  { NULL, NULL },
};
