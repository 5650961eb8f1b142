/* script_stream.h - classes Readable, Writable, Duplex, Transform and PassThrough. */
#ifndef SCRIPT_STREAM_H
#define SCRIPT_STREAM_H

#include "class.h"

/* Sets the tables of their methods in the table on top, under their names. [-0, +0, m] */
void script_stream_define(lua_State *L, Context *cx);
extern const luaL_Reg script_stream_functions[]; /* of moonport.core */

#endif
