/* file_stream.h - classes ReadStream and WriteStream of fs. */
#ifndef FILE_STREAM_H
#define FILE_STREAM_H

#include "class.h"

void file_stream_define_read(lua_State *L, Context *cx);  /* [-0, +1, m] */
void file_stream_define_write(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg file_stream_functions[];            /* of moonport.core */

#endif
