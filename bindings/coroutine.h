/* coroutine.h - what takes the place of Lua's functions of the same names. */
#ifndef COROUTINE_H
#define COROUTINE_H

#include "class.h"

/* Pushes { resume =, wrap =, status =, close = }, which globals.lua puts into the library. [-0, +1, m] */
void coroutine_open(lua_State *L, Context *cx);

#endif
