/* class.h - method and property tables -> a Lua class. */
#ifndef CLASS_H
#define CLASS_H

#include "context.h"

typedef struct Property {
  const char *name;
  int (*get)(lua_State *L, Handle *h); /* [-0, +1, m] pushes the value, returns 1 */
  int (*set)(lua_State *L, Handle *h); /* the value is argument 3; NULL: read-only */
} Property;

typedef struct Class {
  const char *name;                   /* "Socket": the metatable's __name */
  const char *module;                 /* "net" */
  const luaL_Reg *parts[8];           /* tables of methods, each ends with a NULL name */
  bool no_events;                     /* it is no emitter: the user value of the listeners is free for the class */
  const Property *properties;         /* likewise */
  const Property *more_properties[3]; /* likewise: what several classes share */
  const char *const *summary; /* properties that inspect shows, also as "label:property", NULL-terminated; or NULL */
  void (*push_address)(lua_State *L, Handle *h);                     /* "127.0.0.1:8124" or "", in texts; or NULL */
  void (*listening)(lua_State *L, Handle *h, int event, bool added); /* listeners of an event changed; or NULL */
  bool (*closed)(const Handle *h); /* __close has nothing to do any more; NULL: destroy() or close() may be called again */
  void (*collect)(Handle *h);      /* the box is gone, or the state is: close what libuv knows. Must not touch Lua */
  void (*free)(Handle *h);         /* the last owner is gone: free what the block owns; or NULL */
} Class;

/* Makes the metatable; the table of its methods is left on the stack, Lua files may add to it. [-0, +1, m] */
void class_define(lua_State *L, Context *cx, const Class *class);
/* The receiver of a method: raises unless argument 1 is of the method's class. [-0, +0, e] */
void *class_self(lua_State *L);
/* An object of a class at an index, or an error. [-0, +0, e] */
void *class_check(lua_State *L, int index, const Class *class);
/* An object of a class, or NULL. [-0, +0, -] */
void *class_test(lua_State *L, int index, const Class *class);
/* Any object of ours, or NULL. [-0, +0, -] */
Handle *class_any(lua_State *L, int index);
/* Adds functions that carry the context as upvalue to the table on top. [-0, +0, m] */
void class_functions(lua_State *L, Context *cx, const luaL_Reg *functions);
/* Whether a chunk is one of lua/. */
bool class_own_source(const char *source);

#endif
