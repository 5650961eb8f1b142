/* class.c - a Lua class from tables of methods and properties. An index is looked up in the script's own fields,
 * then among the methods, then among the properties, as in JavaScript. */
#include "class.h"

#include <string.h>

#include "emitter.h"
#include "error.h"
#include "handle.h"

static const char CLASS_KEY = 0; /* in a metatable: its Class, which marks it as ours */

bool class_own_source(const char *source) { return strncmp(source, "@lua/", 5) == 0; }

/* -- receivers ------------------------------------------------------------------------------------------------- */

/* Upvalue 1 of a method is the context, 2 the metatable of its class, 3 its name. */
void *class_self(lua_State *L) {
  Box *box = (Box *)lua_touserdata(L, 1);
  if (box != NULL && lua_getmetatable(L, 1)) {
    bool mine = lua_rawequal(L, -1, lua_upvalueindex(2));
    lua_pop(L, 1);
    if (mine) return box->h;
  }
  lua_settop(L, 1); /* or nil is there, which was received */
  lua_getfield(L, lua_upvalueindex(2), "__name");
  error_receiver_of(L, lua_tostring(L, -1), lua_tostring(L, lua_upvalueindex(3)));
  return NULL;
}

void *class_test(lua_State *L, int index, const Class *class) {
  Box *box = (Box *)lua_touserdata(L, index);
  if (box == NULL || !lua_getmetatable(L, index)) return NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, class);
  bool mine = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return mine ? box->h : NULL;
}

void *class_check(lua_State *L, int index, const Class *class) {
  void *h = class_test(L, index, class);
  if (h == NULL) error_receiver(L, class->name);
  return h;
}

Handle *class_any(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
  bool ours = lua_rawgetp(L, -1, &CLASS_KEY) == LUA_TLIGHTUSERDATA;
  lua_pop(L, 2);
  return ours ? ((Box *)lua_touserdata(L, index))->h : NULL;
}

/* -- metamethods: upvalues are the context, the methods, the properties by name, the metatable -------------------- */

/* The debug library hands metamethods out: they are called on anything. */
static Handle *object(lua_State *L) {
  Box *box = (Box *)lua_touserdata(L, 1);
  bool ours = box != NULL && lua_getmetatable(L, 1) && lua_rawequal(L, -1, lua_upvalueindex(4));
  if (!ours) luaL_error(L, "a metamethod was called on something else");
  lua_pop(L, 1);
  return box->h;
}

static int index_object(lua_State *L) {
  Handle *h = object(L);
  if (h->own_fields) {
    lua_getiuservalue(L, 1, FIELDS);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNIL) return 1;
    lua_settop(L, 2);
  }
  if (h->extended) {
    lua_getiuservalue(L, 1, FIELDS);
    lua_rawgetp(L, -1, &CLASS_OF_SCRIPT);
    lua_pushvalue(L, 2);
    if (lua_gettable(L, -2) != LUA_TNIL) return 1;
    lua_settop(L, 2);
  }
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(3)) == LUA_TNIL) return 1;
  const Property *property = (const Property *)lua_touserdata(L, -1);
  return property->get(L, h);
}

static int assign(lua_State *L) {
  Handle *h = object(L);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL) {
    const Property *property = (const Property *)lua_touserdata(L, -1);
    if (property->set != NULL) return property->set(L, h);
    return error_read_only(L, property->name, h->class->name);
  }
  lua_pop(L, 1);
  if (lua_isnil(L, 2)) return luaL_error(L, "index is nil");
  if (!h->own_fields) {
    if (lua_isnil(L, 3)) return 0;
    if (lua_getiuservalue(L, 1, FIELDS) == LUA_TNIL) {
      lua_newtable(L);
      lua_setiuservalue(L, 1, FIELDS);
    }
    lua_settop(L, 3);
    h->own_fields = true;
  }
  if (lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "emit") == 0) h->own_emit = !lua_isnil(L, 3);
  lua_getiuservalue(L, 1, FIELDS);
  lua_insert(L, 2);
  lua_rawset(L, 2);
  return 0;
}

static int collect(lua_State *L) {
  Handle *h = object(L);
  if (h == NULL) return 0; /* collected already, by hand */
  if (h->class->collect != NULL) h->class->collect(h);
  ((Box *)lua_touserdata(L, 1))->h = NULL;
  handle_unref(h);
  return 0;
}

static int to_string(lua_State *L) {
  Handle *h = object(L);
  if (!h->extended || lua_getfield(L, 1, "__name") != LUA_TSTRING) lua_pushstring(L, h->class->name);
  if (h->class->push_address != NULL) {
    lua_pushliteral(L, " ");
    h->class->push_address(L, h);
    if (lua_rawlen(L, -1) == 0) lua_pop(L, 2);
    else lua_concat(L, 3);
  }
  if (lua_getfield(L, 1, "readyState") == LUA_TSTRING)
    lua_pushfstring(L, "%s (%s)", lua_tostring(L, -2), lua_tostring(L, -1));
  else lua_pop(L, 1);
  return 1;
}

/* For inspect: the object as an ordered list of { key, value }, or as a text. */
static int inspect(lua_State *L) {
  Handle *h = object(L);
  if (h->class->summary == NULL && h->class->push_address != NULL) {
    h->class->push_address(L, h);
    lua_pushfstring(L, "%s { %s }", h->class->name, lua_tostring(L, -1));
    return 1;
  }
  lua_newtable(L);
  for (int i = 0; h->class->summary != NULL && h->class->summary[i] != NULL; ++i) {
    const char *label = h->class->summary[i], *colon = strchr(label, ':');
    lua_createtable(L, 2, 0);
    lua_pushlstring(L, label, colon != NULL ? (size_t)(colon - label) : strlen(label));
    lua_rawseti(L, -2, 1);
    lua_getfield(L, 1, colon != NULL ? colon + 1 : label);
    if (lua_isboolean(L, -1) && lua_toboolean(L, -1) && h->class->push_address != NULL) {
      lua_pop(L, 1); /* it does not only listen, but here */
      h->class->push_address(L, h);
    }
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

/* local s <close> = ...: starts the close, never waits. */
static int close_object(lua_State *L) {
  Handle *h = object(L);
  if (h->class->closed != NULL && h->class->closed(h)) return 0;
  for (const char *const *name = (const char *const[]){ "destroy", "close", NULL }; *name != NULL; ++name) {
    if (lua_getfield(L, 1, *name) == LUA_TFUNCTION) {
      lua_pushvalue(L, 1);
      lua_call(L, 1, 0);
      break;
    }
    lua_pop(L, 1);
  }
  return 0;
}

/* -- definition ------------------------------------------------------------------------------------------------ */

static void set_methods(lua_State *L, Context *cx, const luaL_Reg *methods, int metatable) {
  for (const luaL_Reg *m = methods; m->name != NULL; ++m) {
    lua_pushlightuserdata(L, cx);
    lua_pushvalue(L, metatable);
    lua_pushstring(L, m->name);
    lua_pushcclosure(L, m->func, 3);
    lua_setfield(L, -2, m->name);
  }
}

static void set_properties(lua_State *L, const Property *properties) {
  for (const Property *p = properties; p->name != NULL; ++p) {
    lua_pushlightuserdata(L, (void *)p);
    lua_setfield(L, -2, p->name);
  }
}

static void set_metamethod(lua_State *L, Context *cx, const char *name, lua_CFunction f, int methods, int properties) {
  lua_pushlightuserdata(L, cx);
  lua_pushvalue(L, methods);
  lua_pushvalue(L, properties);
  lua_pushvalue(L, -4); /* the metatable itself is on top */
  lua_pushcclosure(L, f, 4);
  lua_setfield(L, -2, name);
}

void class_define(lua_State *L, Context *cx, const Class *class) {
  lua_newtable(L); /* the metatable */
  int metatable = lua_gettop(L);
  lua_newtable(L);
  int methods = lua_gettop(L);
  if (!class->no_events) set_methods(L, cx, emitter_methods, metatable);
  for (int i = 0; i < 8 && class->parts[i] != NULL; ++i) set_methods(L, cx, class->parts[i], metatable);
  lua_newtable(L);
  int properties = lua_gettop(L);
  set_properties(L, class->properties);
  for (int i = 0; i < 3 && class->more_properties[i] != NULL; ++i) set_properties(L, class->more_properties[i]);
  lua_pushvalue(L, metatable);
  lua_pushlightuserdata(L, (void *)class);
  lua_rawsetp(L, -2, &CLASS_KEY);
  lua_pushstring(L, class->name);
  lua_setfield(L, -2, "__name");
  lua_pushstring(L, class->name); /* getmetatable() gives the name: nobody gets at __gc */
  lua_setfield(L, -2, "__metatable");
  set_metamethod(L, cx, "__index", index_object, methods, properties);
  set_metamethod(L, cx, "__newindex", assign, methods, properties);
  set_metamethod(L, cx, "__gc", collect, methods, properties);
  set_metamethod(L, cx, "__tostring", to_string, methods, properties);
  set_metamethod(L, cx, "__inspect", inspect, methods, properties);
  set_metamethod(L, cx, "__close", close_object, methods, properties);
  lua_rawsetp(L, LUA_REGISTRYINDEX, class);
  lua_settop(L, methods);
  lua_remove(L, metatable);
}

void class_functions(lua_State *L, Context *cx, const luaL_Reg *functions) {
  lua_pushlightuserdata(L, cx);
  luaL_setfuncs(L, functions, 1);
}
