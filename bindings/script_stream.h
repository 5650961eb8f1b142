/* script_stream.h - classes Readable, Writable, Duplex, Transform and PassThrough. */
#ifndef SCRIPT_STREAM_H
#define SCRIPT_STREAM_H

#include "class.h"

/* Pushes a table of the tables of their methods, by their names. [-0, +1, m] */
void script_stream_define(lua_State *L, Context *cx);
extern const luaL_Reg script_stream_functions[]; /* of moonport.core */

#endif
