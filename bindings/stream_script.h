/* stream_script.h - streams written in Lua, for the rest of stream*.c and for their classes. */
#ifndef STREAM_SCRIPT_H
#define STREAM_SCRIPT_H

#include "stream.h"

extern const luaL_Reg stream_script_functions[]; /* of moonport.core */

Stream *stream_script_self(lua_State *L); /* argument 1. [-0, +0, e] */
/* read() is about to take so many bytes: calls _read if it is time. Whether something was pushed. [-0, +0, e] */
bool stream_script_demand(lua_State *L, Stream *s, size_t taken);
void stream_script_more(lua_State *L, Stream *s);      /* looks by tick whether more is to be read. [-0, +0, m] */
void stream_script_write(lua_State *L, Stream *s);     /* hands the queue to _write. [-0, +0, e] */
bool stream_script_final(lua_State *L, Stream *s);     /* calls _final if there is one. [-0, +0, e] */
void stream_script_construct(lua_State *L, Stream *s); /* _construct comes by tick; before it nothing moves. [-0, +0, m] */

#endif
