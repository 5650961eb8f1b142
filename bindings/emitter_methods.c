/* emitter_methods.c - what scripts call on an emitter: on, once, off, emit, ... (https://nodejs.org/api/events.html).
 * The receiver is one of our objects or any table. */
#include <math.h>
#include <string.h>

#include "emitter.h"
#include "emitter_store.h"
#include "error.h"
#include "handle.h"

/* Pseudo keys of the store, which eventNames does not show. */
static const char MAX_LISTENERS = 0;
static const char DEFAULT_MAX = 0; /* registry: events.defaultMaxListeners */
enum { DEFAULT_MAX_LISTENERS = 10 };

static void check_receiver(lua_State *L) {
  if (!lua_istable(L, 1) && class_any(L, 1) == NULL) error_receiver(L, "EventEmitter");
}

static void check_listener(lua_State *L, int index) {
  if (!error_callable(L, index)) error_argument_type(L, "listener", "of type function", index);
}

/* Tells the class that listeners of an event changed. */
static void changed(lua_State *L, int self, int key, bool added) {
  Handle *h = class_any(L, self);
  if (h != NULL && h->class->listening != NULL) h->class->listening(L, h, emitter_key_event(L, key), added);
}

static bool listened(lua_State *L, int self, Event event) {
  lua_pushinteger(L, event);
  emitter_push_listeners(L, self, lua_gettop(L));
  bool any = !lua_isnil(L, -1);
  lua_pop(L, 2);
  return any;
}

/* -- adding ---------------------------------------------------------------------------------------------------- */

static lua_Number max_listeners(lua_State *L, int self) {
  int top = lua_gettop(L);
  lua_pushlightuserdata(L, (void *)&MAX_LISTENERS);
  emitter_push_listeners(L, self, top + 1);
  if (lua_isnil(L, -1)) lua_rawgetp(L, LUA_REGISTRYINDEX, &DEFAULT_MAX);
  lua_Number max = lua_isnil(L, -1) ? DEFAULT_MAX_LISTENERS : lua_tonumber(L, -1);
  lua_settop(L, top);
  return max;
}

static void warn_of_leak(lua_State *L, Context *cx, int self, int key, lua_Integer count, lua_Number max) {
  int top = lua_gettop(L);
  Handle *h = class_any(L, self);
  emitter_push_name(L, key);
  const char *name = h != NULL                                             ? h->class->name
                     : luaL_getmetafield(L, self, "__name") == LUA_TSTRING ? lua_tostring(L, -1)
                                                                           : "EventEmitter";
  lua_pushfstring(L,
      "Possible EventEmitter memory leak detected. %I %s listeners added to [%s]. MaxListeners is %d. "
      "Use emitter.setMaxListeners() to increase limit",
      (LUAI_UACINT)count, luaL_tolstring(L, top + 1, NULL), name, (int)max);
  error_warn(L, cx, "MaxListenersExceededWarning", lua_tostring(L, -1));
  lua_settop(L, top);
}

/* [-0, +0, e] Adds the listener at an index (a function or a once wrapper) to the event at argument 2. */
static void add(lua_State *L, int listener, int original, bool first) {
  Context *cx = CONTEXT(L);
  emitter_push_key(L, 2);
  int key = lua_gettop(L);
  if (listened(L, 1, EVENT_NEW_LISTENER)) { /* told before it is added */
    lua_pushinteger(L, EVENT_NEW_LISTENER);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, original);
    emitter_emit(L, cx, 1, key + 1, key + 2, 2);
    lua_settop(L, key);
  }
  emitter_push_listeners(L, 1, key);
  if (lua_isnil(L, -1)) {
    lua_pushvalue(L, listener);
  } else {
    int old = lua_gettop(L);
    bool list = emitter_is_list(L, old);
    lua_Integer n = list ? (lua_Integer)lua_rawlen(L, old) : 1;
    lua_createtable(L, (int)n + 1, 0);
    for (lua_Integer i = 1; i <= n; ++i) {
      if (list) lua_rawgeti(L, old, i);
      else lua_pushvalue(L, old);
      lua_rawseti(L, -2, first ? i + 1 : i);
    }
    lua_pushvalue(L, listener);
    lua_rawseti(L, -2, first ? 1 : n + 1);
    bool warned = list && lua_getfield(L, old, "warned") == LUA_TBOOLEAN;
    if (list) lua_pop(L, 1);
    lua_Number max = max_listeners(L, 1);
    if (max > 0 && (lua_Number)(n + 1) > max && !warned) {
      warned = true;
      warn_of_leak(L, cx, 1, key, n + 1, max);
    }
    if (warned) {
      lua_pushboolean(L, true);
      lua_setfield(L, -2, "warned");
    }
  }
  emitter_set_listeners(L, 1, key);
  changed(L, 1, key, true);
}

static int add_listener(lua_State *L, bool once, bool first) {
  check_receiver(L);
  check_listener(L, 3);
  lua_settop(L, 3);
  int listener = 3;
  if (once) {
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, 3);
    lua_setfield(L, -2, "listener");
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "emitter");
    emitter_push_key(L, 2);
    lua_setfield(L, -2, "key");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "fired");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &ONCE_METATABLE);
    lua_setmetatable(L, -2);
    listener = 4;
  }
  add(L, listener, 3, first);
  lua_settop(L, 1);
  return 1;
}

static int emitter_on(lua_State *L) { return add_listener(L, false, false); }
static int emitter_once(lua_State *L) { return add_listener(L, true, false); }
static int emitter_prepend(lua_State *L) { return add_listener(L, false, true); }
static int emitter_prepend_once(lua_State *L) { return add_listener(L, true, true); }

/* -- removing -------------------------------------------------------------------------------------------------- */

/* Whether the listener on top is, or wraps, the one at an index. */
static bool matches(lua_State *L, int listener) {
  if (lua_rawequal(L, -1, listener)) return true;
  if (!emitter_is_once(L, -1)) return false;
  lua_getfield(L, -1, "listener");
  bool same = lua_rawequal(L, -1, listener);
  lua_pop(L, 1);
  return same;
}

static void tell_removed(lua_State *L, Context *cx, int self, int key, int listener) {
  changed(L, self, key, false);
  if (!listened(L, self, EVENT_REMOVE_LISTENER)) return;
  int top = lua_gettop(L);
  lua_pushinteger(L, EVENT_REMOVE_LISTENER);
  emitter_push_name(L, key);
  if (emitter_is_once(L, listener)) lua_getfield(L, listener, "listener");
  else lua_pushvalue(L, listener);
  emitter_emit(L, cx, self, top + 1, top + 2, 2);
  lua_settop(L, top);
}

bool emitter_remove(lua_State *L, int self, int key, int listener) {
  int top = lua_gettop(L);
  emitter_push_listeners(L, self, key);
  int old = top + 1;
  if (lua_isnil(L, old)) {
    lua_settop(L, top);
    return false;
  }
  lua_Integer at = 0, n = 1;
  if (emitter_is_list(L, old)) {
    n = (lua_Integer)lua_rawlen(L, old);
    for (at = n; at >= 1; --at) {
      lua_rawgeti(L, old, at);
      if (matches(L, listener)) break;
      lua_pop(L, 1);
    }
  } else if (matches(L, listener)) {
    at = 1;
    lua_pushvalue(L, old);
  }
  if (at == 0) {
    lua_settop(L, top);
    return false;
  }
  int removed = lua_gettop(L);
  if (n == 1) {
    lua_pushnil(L);
  } else if (n == 2) {
    lua_rawgeti(L, old, 3 - at);
  } else {
    lua_createtable(L, (int)n - 1, 0);
    for (lua_Integer i = 1, to = 1; i <= n; ++i) {
      if (i == at) continue;
      lua_rawgeti(L, old, i);
      lua_rawseti(L, -2, to++);
    }
    lua_getfield(L, old, "warned");
    lua_setfield(L, -2, "warned");
  }
  emitter_set_listeners(L, self, key);
  tell_removed(L, context_of(L), self, key, removed);
  lua_settop(L, top);
  return true;
}

static int emitter_off(lua_State *L) {
  check_receiver(L);
  check_listener(L, 3);
  emitter_push_key(L, 2);
  emitter_remove(L, 1, lua_gettop(L), 3);
  lua_settop(L, 1);
  return 1;
}

static bool is_pseudo(lua_State *L, int key) { return lua_touserdata(L, key) == &MAX_LISTENERS; }

/* Removes the listeners of a key, the last one first. */
static void remove_all_of(lua_State *L, int key) {
  int top = lua_gettop(L);
  for (;;) {
    emitter_push_listeners(L, 1, key);
    if (lua_isnil(L, -1)) break;
    if (emitter_is_list(L, -1)) lua_rawgeti(L, -1, (lua_Integer)lua_rawlen(L, -1));
    emitter_remove(L, 1, key, lua_gettop(L));
    lua_settop(L, top);
  }
  lua_settop(L, top);
}

/* Pushes the list of the keys that have listeners. [-0, +1, m] */
static void push_keys(lua_State *L) {
  lua_newtable(L);
  int list = lua_gettop(L);
  Handle *h = class_any(L, 1);
  if (h != NULL && h->lone != EVENT_NONE) {
    lua_pushinteger(L, h->lone);
    lua_rawseti(L, list, 1);
    return;
  }
  if (emitter_push_store(L, 1)) {
    lua_Integer count = 0;
    for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, -1); i < n; i += 2) {
      lua_rawgeti(L, list + 1, i);
      if (is_pseudo(L, -1)) lua_pop(L, 1);
      else lua_rawseti(L, list, ++count);
    }
  }
  lua_settop(L, list);
}

static int emitter_remove_all(lua_State *L) {
  check_receiver(L);
  if (lua_isnoneornil(L, 2)) { /* every event, 'removeListener' last: it is told of the others */
    lua_settop(L, 1);
    push_keys(L);
    for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 2); i <= n; ++i) {
      lua_rawgeti(L, 2, i);
      if (emitter_key_event(L, 3) != EVENT_REMOVE_LISTENER) remove_all_of(L, 3);
      lua_settop(L, 2);
    }
    lua_pushinteger(L, EVENT_REMOVE_LISTENER);
    remove_all_of(L, 3);
  } else {
    lua_settop(L, 2);
    emitter_push_key(L, 2);
    remove_all_of(L, 3);
  }
  lua_settop(L, 1);
  return 1;
}

/* -- emitting and asking --------------------------------------------------------------------------------------- */

static int emitter_emit_method(lua_State *L) {
  check_receiver(L);
  int nargs = lua_gettop(L) - 2;
  if (nargs < 0) nargs = 0;
  luaL_checkstack(L, LUA_MINSTACK, NULL);
  lua_settop(L, nargs + 2);
  emitter_push_key(L, 2);
  lua_pushboolean(L, emitter_emit(L, CONTEXT(L), 1, nargs + 3, 3, nargs));
  return 1;
}

static int emitter_listener_count(lua_State *L) {
  check_receiver(L);
  lua_settop(L, 3);
  emitter_push_key(L, 2);
  emitter_push_listeners(L, 1, 4);
  lua_Integer count = 0;
  if (!lua_isnil(L, 5)) {
    bool list = emitter_is_list(L, 5);
    lua_Integer n = list ? (lua_Integer)lua_rawlen(L, 5) : 1;
    for (lua_Integer i = 1; i <= n; ++i) {
      if (list) lua_rawgeti(L, 5, i);
      else lua_pushvalue(L, 5);
      if (lua_isnil(L, 3) || matches(L, 3)) ++count;
      lua_pop(L, 1);
    }
  }
  lua_pushinteger(L, count);
  return 1;
}

static int copy_listeners(lua_State *L, bool raw) {
  check_receiver(L);
  lua_settop(L, 2);
  emitter_push_key(L, 2);
  emitter_push_listeners(L, 1, 3);
  lua_newtable(L);
  if (lua_isnil(L, 4)) return 1;
  bool list = emitter_is_list(L, 4);
  lua_Integer n = list ? (lua_Integer)lua_rawlen(L, 4) : 1;
  for (lua_Integer i = 1; i <= n; ++i) {
    if (list) lua_rawgeti(L, 4, i);
    else lua_pushvalue(L, 4);
    if (!raw && emitter_is_once(L, -1)) {
      lua_getfield(L, -1, "listener");
      lua_remove(L, -2);
    }
    lua_rawseti(L, 5, i);
  }
  return 1;
}

static int emitter_listeners(lua_State *L) { return copy_listeners(L, false); }
static int emitter_raw_listeners(lua_State *L) { return copy_listeners(L, true); }

static int emitter_event_names(lua_State *L) {
  check_receiver(L);
  lua_settop(L, 1);
  push_keys(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 2); i <= n; ++i) {
    lua_rawgeti(L, 2, i);
    emitter_push_name(L, 3);
    lua_rawseti(L, 2, i);
    lua_settop(L, 2);
  }
  return 1;
}

static void check_max(lua_State *L, int index, const char *name) {
  if (lua_type(L, index) != LUA_TNUMBER) error_argument_type(L, name, "of type number", index);
  lua_Number n = lua_tonumber(L, index);
  if (isnan(n) || n < 0) error_out_of_range(L, name, ">= 0", index);
}

static int emitter_set_max(lua_State *L) {
  check_receiver(L);
  check_max(L, 2, "setMaxListeners");
  lua_settop(L, 2);
  lua_pushlightuserdata(L, (void *)&MAX_LISTENERS);
  lua_pushvalue(L, 2);
  emitter_set_listeners(L, 1, 3);
  lua_settop(L, 1);
  return 1;
}

static int emitter_get_max(lua_State *L) {
  check_receiver(L);
  lua_settop(L, 1);
  lua_Number max = max_listeners(L, 1);
  lua_Integer n;
  if (lua_numbertointeger(max, &n)) lua_pushinteger(L, n);
  else lua_pushnumber(L, max);
  return 1;
}

/* core.default_max_listeners([n]) -> n: behind events.defaultMaxListeners */
int emitter_default_max(lua_State *L) {
  if (!lua_isnoneornil(L, 1)) {
    check_max(L, 1, "defaultMaxListeners");
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &DEFAULT_MAX);
  }
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &DEFAULT_MAX) == LUA_TNIL) lua_pushinteger(L, DEFAULT_MAX_LISTENERS);
  return 1;
}

const luaL_Reg emitter_methods[] = {
  { "on", emitter_on },
  { "addListener", emitter_on },
  { "once", emitter_once },
  { "prependListener", emitter_prepend },
  { "prependOnceListener", emitter_prepend_once },
  { "off", emitter_off },
  { "removeListener", emitter_off },
  { "removeAllListeners", emitter_remove_all },
  { "emit", emitter_emit_method },
  { "listenerCount", emitter_listener_count },
  { "listeners", emitter_listeners },
  { "rawListeners", emitter_raw_listeners },
  { "eventNames", emitter_event_names },
  { "setMaxListeners", emitter_set_max },
  { "getMaxListeners", emitter_get_max },
  { NULL, NULL },
};
