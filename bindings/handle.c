/* handle.c - lifetime. A box is anchored in one table while there is a reason to keep it, so that a script may drop
 * every reference to a server that serves. */
#include "handle.h"

#include <stdlib.h>

const char CLASS_OF_SCRIPT = 0;
static const char SOURCES_KEY = 0; /* registry: source name <-> number */
enum { LINE_BITS = 20, LINES = (1 << LINE_BITS) - 1, SOURCES_AT_MOST = (1 << 12) - 1 };

void *handle_new(lua_State *L, Context *cx, const Class *class, size_t size) {
  context_check(L, cx);
  Box *box = (Box *)lua_newuserdatauv(L, sizeof *box, 2);
  Handle *h = (Handle *)calloc(1, size);
  if (h == NULL) luaL_error(L, "not enough memory");
  h->cx = cx;
  h->class = class;
  h->anchor = LUA_NOREF;
  h->refs = 1;
  context_ref(cx);
  box->h = h;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, class) != LUA_TTABLE) luaL_error(L, "class %s is not open", class->name);
  lua_setmetatable(L, -2);
  return h;
}

void handle_hold(lua_State *L, Handle *h) { handle_hold_at(L, h, 1); }

void handle_hold_at(lua_State *L, Handle *h, int index) {
  if (h->holds == 0) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->cx->anchors);
    lua_pushvalue(L, index);
    h->anchor = luaL_ref(L, -2);
    lua_pop(L, 1);
  }
  ++h->holds;
}

void handle_release(lua_State *L, Handle *h) {
  if (h->holds == 0 || --h->holds > 0) return; /* 0: there was no memory to hold it */
  int anchor = h->anchor;
  h->anchor = LUA_NOREF;
  if (L == NULL) return;
  lua_rawgeti(L, LUA_REGISTRYINDEX, h->cx->anchors);
  luaL_unref(L, -1, anchor);
  lua_pop(L, 1);
}

void handle_push(lua_State *L, Handle *h) {
  if (h->holds == 0) {
    lua_pushvalue(L, 1);
  } else {
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->cx->anchors);
    lua_rawgeti(L, -1, h->anchor);
    lua_replace(L, -2);
  }
}

void handle_set_value(lua_State *L, Handle *h, const void *key) {
  handle_push(L, h);
  if (lua_getiuservalue(L, -1, FIELDS) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, -3, FIELDS);
  }
  lua_pushvalue(L, -3);
  lua_rawsetp(L, -2, key);
  lua_pop(L, 3);
}

void handle_push_value(lua_State *L, Handle *h, const void *key) {
  handle_push(L, h);
  if (lua_getiuservalue(L, -1, FIELDS) == LUA_TTABLE) lua_rawgetp(L, -1, key);
  else lua_pushnil(L);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void handle_ref(Handle *h) { ++h->refs; }

void handle_unref(Handle *h) {
  if (--h->refs > 0) return;
  Context *cx = h->cx;
  if (h->class->free != NULL) h->class->free(h);
  free(h);
  context_unref(cx);
}

void handle_opened(lua_State *L, Handle *h) { handle_opened_at(L, h, 1); }

void handle_opened_at(lua_State *L, Handle *h, int index) {
  handle_ref(h); /* first: holding may raise, and libuv knows the handle already */
  handle_hold_at(L, h, index);
}

void handle_closed(Handle *h) {
  lua_State *L = h->cx->L;
  if (L != NULL && !lua_checkstack(L, LUA_MINSTACK)) L = NULL; /* then it is kept for ever */
  handle_release(L, h);
  handle_unref(h);
}

/* -- where it was made ----------------------------------------------------------------------------------------- */

/* [-0, +1, m] The number of the source name on top of the stack, which is replaced. */
static uint32_t source_number(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &SOURCES_KEY) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SOURCES_KEY);
  }
  lua_pushvalue(L, -2);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_Integer number = (lua_Integer)lua_rawlen(L, -2) + 1;
    if (number > SOURCES_AT_MOST) { /* a program that makes sources: its objects do not know their line */
      lua_pop(L, 3);
      return 0;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, number);
    lua_pushvalue(L, -2);
    lua_pushinteger(L, number);
    lua_rawset(L, -3);
    lua_pop(L, 2);
    return (uint32_t)number;
  }
  uint32_t number = (uint32_t)lua_tointeger(L, -1);
  lua_pop(L, 3);
  return number;
}

uint32_t handle_line(lua_State *L) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); ++level) {
    lua_getinfo(L, "Sl", &ar);
    bool named = ar.source[0] == '@' || ar.source[0] == '='; /* a file; -e, or the prompt */
    if (ar.currentline < 0 || !named || class_own_source(ar.source)) continue;
    lua_pushstring(L, ar.short_src);
    uint32_t line = ar.currentline > LINES ? LINES : (uint32_t)ar.currentline;
    return source_number(L) << LINE_BITS | line;
  }
  return 0;
}

void handle_set_where(lua_State *L, Handle *h) {
  uint32_t line = handle_line(L);
  if (line != 0) h->where = line;
}

void handle_push_where(lua_State *L, const Handle *h) { handle_push_line(L, h->where); }

void handle_push_line(lua_State *L, uint32_t line) {
  if (line >> LINE_BITS == 0) {
    lua_pushnil(L);
    return;
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &SOURCES_KEY);
  lua_rawgeti(L, -1, line >> LINE_BITS);
  lua_pushfstring(L, "%s:%d", lua_tostring(L, -1), (int)(line & LINES));
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void handle_push_name(lua_State *L, Handle *h) {
  int top = lua_gettop(L);
  if (h->class->push_address != NULL) h->class->push_address(L, h);
  else lua_pushliteral(L, "");
  const char *address = lua_tostring(L, -1), *space = address != NULL && *address != '\0' ? " " : "";
  lua_pushfstring(L, "%s.%s%s%s", h->class->module, h->class->name, space, *space != '\0' ? address : "");
  lua_replace(L, top + 1);
  lua_settop(L, top + 1);
}

/* -- all of them ------------------------------------------------------------------------------------------------- */

void handle_each(lua_State *L, Context *cx, void (*f)(Handle *h, void *data), void *data) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, cx->anchors);
  int anchors = lua_gettop(L);
  for (lua_Integer i = (lua_Integer)lua_rawlen(L, anchors); i >= 1; --i) {
    if (lua_rawgeti(L, anchors, i) == LUA_TUSERDATA) f(((Box *)lua_touserdata(L, -1))->h, data);
    lua_settop(L, anchors);
  }
  lua_pop(L, 1);
}
