/* handle.h - who frees an object of ours, and when. Two owners, the Lua box and libuv; the last one frees. */
#ifndef HANDLE_H
#define HANDLE_H

#include "class.h"
#include "context.h"

struct Handle {
  Context *cx;         /* kept by context_ref while libuv knows the handle */
  const Class *class;  /* static */
  int anchor;          /* of the box in the table of anchors, while holds > 0 */
  uint32_t holds;      /* reasons to keep the box: libuv knows the handle, a tick is due, ... */
  uint32_t where;      /* the script's line that made it: source << 20 | line */
  uint16_t refs;       /* owners of this block: the box, each handle that libuv knows, each request */
  uint8_t lone;        /* Event of the one listener that is stored without a list, or 0 */
  bool own_fields : 1; /* the script assigned a field */
  bool own_emit : 1;   /* ... the field emit: events go through it */
  bool extended : 1;   /* the script has a class of its own for it: under CLASS_OF_SCRIPT */
};

/* The userdata: a box with one pointer. */
typedef struct Box {
  Handle *h; /* never NULL between creation and collection */
} Box;

enum { LISTENERS = 1, FIELDS = 2 }; /* the box's user values */

extern const char CLASS_OF_SCRIPT; /* of the object's own values: the class, a table */

/* Pushes a new object of a class: size zeroed bytes that begin with a Handle. [-0, +1, m] */
void *handle_new(lua_State *L, Context *cx, const Class *class, size_t size);
/* One more or one less reason to keep the box. An object that is not held yet is argument 1 of the running C
 * function: only its methods can reach it. [-0, +0, m] */
void handle_hold(lua_State *L, Handle *h);
void handle_hold_at(lua_State *L, Handle *h, int index); /* ... or the argument at an index */
void handle_release(lua_State *L, Handle *h);            /* [-0, +0, -] */
/* Pushes the box of an object that is held, or argument 1. [-0, +1, -] */
void handle_push(lua_State *L, Handle *h);
/* A value that belongs to an object, under the address of a key: as the object's own it may lead back to it and is still
 * garbage with it, which a registry reference is not. nil when there is none. [-1, +0, m] and [-0, +1, -] */
void handle_set_value(lua_State *L, Handle *h, const void *key);
void handle_push_value(lua_State *L, Handle *h, const void *key);
/* One more or one less owner of the block. */
void handle_ref(Handle *h);
void handle_unref(Handle *h);
/* libuv knows the handle from now on: it owns the block and holds the box. [-0, +0, m] */
void handle_opened(lua_State *L, Handle *h);
void handle_opened_at(lua_State *L, Handle *h, int index); /* ... of an object that is not argument 1 */
/* From a close callback: libuv has forgotten it. */
void handle_closed(Handle *h);
/* The line of the script that called, as a number; 0: not known. [-0, +0, m] */
uint32_t handle_line(lua_State *L);
/* Pushes "file:line" or nil. [-0, +1, m] */
void handle_push_line(lua_State *L, uint32_t line);
/* The same, kept in an object. */
void handle_set_where(lua_State *L, Handle *h);
void handle_push_where(lua_State *L, const Handle *h);
/* Pushes "net.Socket 127.0.0.1:8124", or "net.Socket". [-0, +1, m] */
void handle_push_name(lua_State *L, Handle *h);
/* Calls f(object, data) for every object that is held; what f pushes is popped. [-0, +0, e] */
void handle_each(lua_State *L, Context *cx, void (*f)(Handle *h, void *data), void *data);

#endif
