/* immediate.h - immediates. */
#ifndef IMMEDIATE_H
#define IMMEDIATE_H

#include "context.h"

/* Pushes { setImmediate =, clearImmediate = } and what lua/timers.lua needs. [-0, +1, m] */
void immediate_open(lua_State *L, Context *cx);

#endif
