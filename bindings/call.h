/* call.h - a function and its arguments, kept for later: for timers, immediates and ticks of scripts. */
#ifndef CALL_H
#define CALL_H

#include "task.h"

/* The function under nargs arguments as one value. [-(nargs + 1), +1, m] */
void call_pack(lua_State *L, int nargs);
/* Calls a packed call on a task; see task_call. [-1, +0, e] */
bool call_packed(lua_State *L, Context *cx, const char *role);
/* Keeps the function under nargs arguments, which are popped: a registry reference. [-(nargs + 1), +0, m] */
int call_keep(lua_State *L, int nargs);
/* Calls what is kept, and gives the reference back. [-0, +0, e] */
bool call_run(lua_State *L, Context *cx, int ref, const char *role);

#endif
