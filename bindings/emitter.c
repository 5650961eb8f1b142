/* emitter.c - listeners: stored, called, counted. Lists are replaced, never changed, so that emit walks the list it
 * found while listeners come and go. The methods that scripts call are in emitter_methods.c. */
#include "emitter.h"

#include <string.h>

#include "emitter_store.h"
#include "error.h"
#include "handle.h"
#include "task.h"

static const char *const event_names[] = { NULL,
#define X(id, name) name,
  EVENTS(X)
#undef X
};

/* -- keys ------------------------------------------------------------------------------------------------------ */

static const char EVENT_KEYS = 0;   /* registry: event name -> its number */
static const char EVENTS_FIELD = 0; /* in a plain table: its listeners */
const char ONCE_METATABLE = 0;
const char ERROR_MONITOR = 0;

void emitter_push_key(lua_State *L, int name) {
  if (lua_type(L, name) != LUA_TSTRING) {
    lua_pushvalue(L, name);
    if (lua_type(L, -1) == LUA_TNUMBER) lua_tostring(L, -1); /* numbers are the keys of the events of EVENTS */
    return;
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &EVENT_KEYS);
  lua_pushvalue(L, name);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_pushvalue(L, name);
  }
  lua_remove(L, -2);
}

void emitter_push_name(lua_State *L, int key) {
  if (lua_isinteger(L, key)) lua_pushstring(L, event_names[lua_tointeger(L, key)]);
  else lua_pushvalue(L, key);
}

int emitter_key_event(lua_State *L, int key) { return lua_isinteger(L, key) ? (int)lua_tointeger(L, key) : EVENT_NONE; }

/* -- the store: { key, listeners, key, listeners, ... } in the order in which events got their first listener -- */

bool emitter_push_store(lua_State *L, int self) {
  Handle *h = class_any(L, self);
  if (h != NULL) lua_getiuservalue(L, self, LISTENERS);
  else lua_rawgetp(L, self, &EVENTS_FIELD);
  return !lua_isnil(L, -1);
}

static lua_Integer find(lua_State *L, int store, int key) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, store);
  for (lua_Integer i = 1; i < n; i += 2) {
    lua_rawgeti(L, store, i);
    bool same = lua_rawequal(L, -1, key);
    lua_pop(L, 1);
    if (same) return i;
  }
  return 0;
}

void emitter_push_listeners(lua_State *L, int self, int key) {
  Handle *h = class_any(L, self);
  if (!emitter_push_store(L, self)) return;
  if (h != NULL && h->lone != EVENT_NONE) {
    if (emitter_key_event(L, key) == h->lone) return;
    lua_pop(L, 1);
    lua_pushnil(L);
    return;
  }
  lua_Integer at = find(L, lua_gettop(L), key);
  if (at == 0) lua_pushnil(L);
  else lua_rawgeti(L, -1, at + 1);
  lua_remove(L, -2);
}

static void set_store(lua_State *L, int self, Handle *h) {
  if (h != NULL) lua_setiuservalue(L, self, LISTENERS);
  else lua_rawsetp(L, self, &EVENTS_FIELD);
}

static void remove_pair(lua_State *L, int store, lua_Integer at) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, store);
  for (lua_Integer i = at; i + 2 <= n; ++i) {
    lua_rawgeti(L, store, i + 2);
    lua_rawseti(L, store, i);
  }
  for (lua_Integer i = n; i > n - 2; --i) {
    lua_pushnil(L);
    lua_rawseti(L, store, i);
  }
}

/* One listener is left, of an event that C knows: it is a lone one again. */
static void make_lone(lua_State *L, int self, Handle *h, int store) {
  if (lua_rawlen(L, store) != 2) return;
  lua_rawgeti(L, store, 1);
  int event = emitter_key_event(L, lua_gettop(L));
  lua_rawgeti(L, store, 2);
  if (event != EVENT_NONE && !emitter_is_list(L, lua_gettop(L))) {
    h->lone = (uint8_t)event;
    lua_setiuservalue(L, self, LISTENERS);
  }
}

void emitter_set_listeners(lua_State *L, int self, int key) {
  Handle *h = class_any(L, self);
  int event = emitter_key_event(L, key);
  int value = lua_gettop(L);
  if (h != NULL && h->lone != EVENT_NONE) {
    if (h->lone == event) { /* the lone listener is replaced or removed */
      if (lua_isnil(L, value) || !emitter_is_list(L, value)) {
        if (lua_isnil(L, value)) h->lone = EVENT_NONE;
        lua_setiuservalue(L, self, LISTENERS);
        return;
      }
      lua_createtable(L, 2, 0);
    } else { /* it gets company */
      lua_createtable(L, 4, 0);
      lua_pushinteger(L, h->lone);
      lua_rawseti(L, -2, 1);
      lua_getiuservalue(L, self, LISTENERS);
      lua_rawseti(L, -2, 2);
    }
    h->lone = EVENT_NONE;
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, self, LISTENERS);
  } else if (!emitter_push_store(L, self)) {
    lua_pop(L, 1);
    if (lua_isnil(L, value)) {
      lua_pop(L, 1);
      return;
    }
    if (h != NULL && event != EVENT_NONE && !emitter_is_list(L, value)) {
      h->lone = (uint8_t)event;
      lua_setiuservalue(L, self, LISTENERS);
      return;
    }
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, -1);
    set_store(L, self, h);
  }
  int store = lua_gettop(L);
  lua_Integer at = find(L, store, key);
  if (lua_isnil(L, value)) {
    if (at != 0) remove_pair(L, store, at);
  } else {
    if (at == 0) {
      at = (lua_Integer)lua_rawlen(L, store) + 1;
      lua_pushvalue(L, key);
      lua_rawseti(L, store, at);
    }
    lua_pushvalue(L, value);
    lua_rawseti(L, store, at + 1);
  }
  if (h != NULL) make_lone(L, self, h, store);
  lua_settop(L, value - 1);
}

bool emitter_is_list(lua_State *L, int index) {
  if (!lua_istable(L, index)) return false;
  if (!lua_getmetatable(L, index)) return true; /* a callable table has one */
  lua_pop(L, 1);
  return false;
}

bool emitter_is_once(lua_State *L, int index) {
  if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &ONCE_METATABLE);
  bool once = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return once;
}

/* -- emit ------------------------------------------------------------------------------------------------------ */

/* Calls the listener on top of the stack with the arguments from `first` on; pops it. false: see task_call. */
static bool call_listener(lua_State *L, Context *cx, int self, int key, int first, int nargs, const Caller *caller) {
  if (emitter_is_once(L, -1) && !emitter_take_once(L, self, key)) return true;
  luaL_checkstack(L, nargs + 1, NULL);
  for (int i = 0; i < nargs; ++i) lua_pushvalue(L, first + i);
  return task_call(L, cx, nargs, caller);
}

/* Calls what stands on top of the stack: one listener, or a list. Pops it. */
static void call_listeners(lua_State *L, Context *cx, int self, int key, int first, int nargs, const Caller *caller) {
  if (!emitter_is_list(L, -1)) {
    call_listener(L, cx, self, key, first, nargs, caller);
    return;
  }
  int list = lua_gettop(L);
  lua_Integer n = (lua_Integer)lua_rawlen(L, list);
  bool ok = true;
  for (lua_Integer i = 1; i <= n && ok; ++i) { /* one that fails ends the event, as in Node */
    lua_rawgeti(L, list, i);
    ok = call_listener(L, cx, self, key, first, nargs, caller);
  }
  lua_pop(L, 1);
}

bool emitter_emit(lua_State *L, Context *cx, int self, int key, int first, int nargs) {
  int top = lua_gettop(L);
  int event = emitter_key_event(L, key);
  Handle *h = class_any(L, self);
  emitter_push_name(L, key);
  Caller caller = { .role = "listener", .event = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "?", .h = h };
  if (event == EVENT_ERROR) {
    lua_pushlightuserdata(L, (void *)&ERROR_MONITOR);
    emitter_push_listeners(L, self, lua_gettop(L));
    if (lua_isnil(L, -1)) lua_pop(L, 1);
    else call_listeners(L, cx, self, lua_gettop(L) - 1, first, nargs, &caller);
  }
  emitter_push_listeners(L, self, key);
  if (lua_isnil(L, -1)) {
    lua_settop(L, top);
    if (event != EVENT_ERROR) return false;
    if (nargs > 0) lua_pushvalue(L, first);
    else lua_pushnil(L);
    return error_throw_unhandled(L);
  }
  call_listeners(L, cx, self, key, first, nargs, &caller);
  lua_settop(L, top);
  return true;
}

/* The script has its own emit: the event goes through it. */
static bool emit_through(lua_State *L, Event event, PushArguments push, const void *arg) {
  int self = lua_gettop(L);
  lua_getfield(L, self, "emit");
  lua_pushvalue(L, self);
  lua_pushstring(L, event_names[event]);
  int nargs = push != NULL ? push(L, arg) : 0;
  lua_call(L, nargs + 2, 1);
  bool listened = lua_toboolean(L, -1);
  lua_settop(L, self - 1);
  return listened;
}

bool emitter_push_lone(lua_State *L, const Handle *h, int self, Event event) {
  if (h->lone != event || h->own_emit) return false;
  lua_getiuservalue(L, self, LISTENERS);
  if (lua_isfunction(L, -1)) return true;
  lua_pop(L, 1); /* one that is called once, or an object */
  return false;
}

static bool emit_on_top(lua_State *L, Handle *h, Event event, PushArguments push, const void *arg) {
  if (h->own_emit) return emit_through(L, event, push, arg);
  int self = lua_gettop(L);
  if (event != EVENT_ERROR && emitter_push_lone(L, h, self, event)) {
    int nargs = push != NULL ? push(L, arg) : 0;
    task_call(L, h->cx, nargs, &(Caller){ .role = "listener", .event = event_names[event], .h = h });
    lua_settop(L, self - 1);
    return true;
  }
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  lua_pushinteger(L, event);
  bool listened;
  emitter_push_listeners(L, self, self + 1);
  bool anybody = !lua_isnil(L, -1) || event == EVENT_ERROR;
  lua_pop(L, 1);
  if (!anybody) {
    listened = false;
  } else {
    int nargs = push != NULL ? push(L, arg) : 0;
    listened = emitter_emit(L, h->cx, self, self + 1, self + 2, nargs);
  }
  lua_settop(L, self - 1);
  return listened;
}

static bool nobody_listens(const Handle *h, Event event) {
  return h->lone != EVENT_NONE && h->lone != event && event != EVENT_ERROR && !h->own_emit;
}

bool emit(lua_State *L, Handle *h, Event event, PushArguments push, const void *arg) {
  if (nobody_listens(h, event) || !context_open(h->cx)) return false;
  handle_push(L, h);
  return emit_on_top(L, h, event, push, arg);
}

bool emit_from(lua_State *L, Handle *h, int self, Event event, PushArguments push, const void *arg) {
  if (nobody_listens(h, event) || !context_open(h->cx)) return false;
  lua_pushvalue(L, self);
  return emit_on_top(L, h, event, push, arg);
}

bool emitter_listened(lua_State *L, Handle *h, Event event) {
  if (h->lone != EVENT_NONE) return h->lone == event;
  handle_push(L, h);
  lua_pushinteger(L, event);
  emitter_push_listeners(L, lua_gettop(L) - 1, lua_gettop(L));
  bool listened = !lua_isnil(L, -1);
  lua_pop(L, 3);
  return listened;
}

/* -- once ------------------------------------------------------------------------------------------------------ */

/* [-(0|1), +(0|1), m] The once wrapper on top is removed from its emitter and replaced by its listener; false, and
 * popped, when it has fired already. */
bool emitter_take_once(lua_State *L, int self, int key) {
  int wrapper = lua_gettop(L);
  lua_getfield(L, wrapper, "fired");
  bool fired = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (fired) {
    lua_pop(L, 1);
    return false;
  }
  lua_pushboolean(L, true);
  lua_setfield(L, wrapper, "fired");
  emitter_remove(L, self, key, wrapper);
  lua_getfield(L, wrapper, "listener");
  lua_remove(L, wrapper);
  return true;
}

static int call_once(lua_State *L) { /* a wrapper of rawListeners, called by the script */
  int nargs = lua_gettop(L) - 1;
  lua_getfield(L, 1, "emitter");
  lua_getfield(L, 1, "key");
  lua_pushvalue(L, 1);
  int self = nargs + 2;
  if (!emitter_take_once(L, self, self + 1)) return 0;
  lua_insert(L, 2);
  lua_settop(L, nargs + 2);
  lua_call(L, nargs, LUA_MULTRET);
  return lua_gettop(L) - 1;
}

void emitter_open(lua_State *L, Context *cx) {
  lua_newtable(L);
  for (int i = 1; i < EVENT_COUNT; ++i) {
    lua_pushinteger(L, i);
    lua_setfield(L, -2, event_names[i]);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &EVENT_KEYS);
  lua_newtable(L);
  lua_pushcfunction(L, call_once);
  lua_setfield(L, -2, "__call");
  lua_pushliteral(L, "once");
  lua_setfield(L, -2, "__name");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &ONCE_METATABLE);
  lua_newtable(L);
  class_functions(L, cx, emitter_methods);
}
