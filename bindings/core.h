/* core.h - the table behind lua/: classes, functions and constants. */
#ifndef CORE_H
#define CORE_H

#include "context.h"

/* Makes the table, in an opened context. [-0, +0, m] */
void core_open(lua_State *L, Context *cx);
/* Pushes it; also what require "moonport.core" calls. [-0, +1, -] */
int core_push(lua_State *L);

#endif
