/* stream_buffer.h - the read buffer, between stream_read.c and stream_buffer.c only. */
#ifndef STREAM_BUFFER_H
#define STREAM_BUFFER_H

#include "stream.h"

void buffer_append(lua_State *L, Stream *s, const char *data, size_t len);  /* [-0, +0, m] */
void buffer_prepend(lua_State *L, Stream *s, const char *data, size_t len); /* [-0, +0, m] */
void buffer_take(lua_State *L, Stream *s, size_t n); /* pushes n bytes, which must be there. [-0, +1, m] */
size_t buffer_first_size(const Stream *s);           /* of the first piece, which must be there */

#endif
