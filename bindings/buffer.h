/* buffer.h - strings as bytes and as text, for lua/buffer.lua. */
#ifndef BUFFER_H
#define BUFFER_H

#include "context.h"

/* Pushes { find =, encode =, decode =, decode_chunk =, compare = }. [-0, +1, m] */
void buffer_open(lua_State *L, Context *cx);

#endif
