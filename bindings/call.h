/* call.h - a function and its arguments, kept for later: for timers, immediates and ticks of scripts. */
#ifndef CALL_H
#define CALL_H

#include "task.h"

/* Keeps the function under nargs arguments, which are popped: a registry reference. [-(nargs + 1), +0, m] */
int call_keep(lua_State *L, int nargs);
/* Calls what is kept on a task; see task_call. for_good: the reference is given back first. [-0, +0, e] */
bool call_run(lua_State *L, Context *cx, int ref, bool for_good, const char *role);

#endif
