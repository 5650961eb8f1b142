/* emitter_store.h - how listeners are stored; between emitter.c and emitter_methods.c only. Indices are absolute. */
#ifndef EMITTER_STORE_H
#define EMITTER_STORE_H

#include "context.h"

extern const char ONCE_METATABLE; /* registry key */
extern const char ERROR_MONITOR;  /* its address is the key of events.errorMonitor */

/* Pushes the key of the event name at an index. [-0, +1, m] */
void emitter_push_key(lua_State *L, int name);
/* Pushes the name of a key. [-0, +1, m] */
void emitter_push_name(lua_State *L, int key);
/* The Event of a key, or EVENT_NONE. [-0, +0, -] */
int emitter_key_event(lua_State *L, int key);
/* Pushes the store of an emitter or nil; for a lone listener, that listener. [-0, +1, -] */
bool emitter_push_store(lua_State *L, int self);
/* Pushes what listens to a key: nil, one listener, or a list of them. [-0, +1, -] */
void emitter_push_listeners(lua_State *L, int self, int key);
/* Replaces what listens to a key by the value on top. [-1, +0, m] */
void emitter_set_listeners(lua_State *L, int self, int key);
bool emitter_is_list(lua_State *L, int index); /* [-0, +0, -] */
bool emitter_is_once(lua_State *L, int index); /* [-0, +0, -] */
bool emitter_take_once(lua_State *L, int self, int key);
/* Removes the last listener that is, or wraps, the one at an index; tells 'removeListener'. [-0, +0, e] */
bool emitter_remove(lua_State *L, int self, int key, int listener);
/* Emits with nargs arguments from an index on. Returns whether anybody listened. [-0, +0, e] */
bool emitter_emit(lua_State *L, Context *cx, int self, int key, int first, int nargs);

#endif
