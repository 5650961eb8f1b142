/* emitter.h - Node's EventEmitter, one implementation for our userdata and for plain tables. */
#ifndef EMITTER_H
#define EMITTER_H

#include "context.h"

/* Events that C emits or looks at have numbers; any other name is itself the key. */
/* clang-format off */
#define EVENTS(X)                                                                                                      \
  X(ABORT, "abort")                                                                                                    \
  X(CLOSE, "close")                                                                                                    \
  X(CONNECT, "connect")                                                                                                \
  X(CONNECTION, "connection")                                                                                          \
  X(DATA, "data")                                                                                                      \
  X(DRAIN, "drain")                                                                                                    \
  X(DROP, "drop") X(END, "end") X(ERROR, "error") X(FINISH, "finish") X(LISTENING, "listening") X(LOOKUP, "lookup")    \
      X(MESSAGE, "message") X(NEW_LISTENER, "newListener") X(OPEN, "open") X(PAUSE, "pause") X(PIPE, "pipe") X(PREFINISH, "prefinish") \
          X(READABLE, "readable") X(READY, "ready") X(REMOVE_LISTENER, "removeListener") X(RESUME, "resume")           \
              X(TIMEOUT, "timeout") X(UNPIPE, "unpipe")
/* clang-format on */

typedef enum Event {
  EVENT_NONE,
#define X(id, name) EVENT_##id,
  EVENTS(X)
#undef X
      EVENT_COUNT
} Event;

/* Pushes the arguments of an event and returns their count. [-0, +n, m] */
typedef int (*PushArguments)(lua_State *L, const void *arg);

/* Emits an event of an object: its listeners run in order, the arguments are pushed only if there are any. push may
 * be NULL. Returns whether there was a listener; 'error' without one raises. [-0, +0, e] */
bool emit(lua_State *L, Handle *h, Event event, PushArguments push, const void *arg);
/* The same for whoever has the object on its stack. [-0, +0, e] */
bool emit_from(lua_State *L, Handle *h, int self, Event event, PushArguments push, const void *arg);
/* The commonest case by far: pushes the one listener that an object has, if it is one of this event and a function.
 * [-0, +(0|1), -] */
bool emitter_push_lone(lua_State *L, const Handle *h, int self, Event event);
/* Whether an event of an object has listeners. [-0, +0, -] */
bool emitter_listened(lua_State *L, Handle *h, Event event);
/* on, once, emit, ...: what classes and EventEmitter tables share. */
extern const luaL_Reg emitter_methods[];
/* core.default_max_listeners([n]) -> n, behind events.defaultMaxListeners */
int emitter_default_max(lua_State *L);
/* Pushes the methods as EventEmitter's prototype has them. [-0, +1, m] */
void emitter_open(lua_State *L, Context *cx);

#endif
