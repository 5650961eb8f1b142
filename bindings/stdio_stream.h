/* stdio_stream.h - standard input, output and error as streams, for lua/stdio.lua. */
#ifndef STDIO_STREAM_H
#define STDIO_STREAM_H

#include "class.h"

void stdio_stream_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg stdio_stream_functions[];      /* of moonport.core */

#endif
