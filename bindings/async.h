/* async.h - class Task, for api.c. */
#ifndef ASYNC_H
#define ASYNC_H

#include "class.h"

extern const Class task_class;

void async_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg async_functions[];      /* of moonport.core */
/* Pushes what waits and will never be woken, once the loop is empty: a text with the traceback of each task; or nothing.
 * Returns how many there are. [-0, +(0|1), m] */
int async_push_waiting(lua_State *L, Context *cx);

#endif
