/* process.h - what a script may know and want of its process, its signals included. */
#ifndef PROCESS_H
#define PROCESS_H

#include "context.h"

void process_open(lua_State *L, Context *cx); /* pushes the functions behind lua/process.lua. [-0, +1, m] */

#endif
