/* stream_buffer.h - the read buffer, between stream_read.c and stream_buffer.c only. */
#ifndef STREAM_BUFFER_H
#define STREAM_BUFFER_H

#include "stream.h"

void buffer_append(lua_State *L, Stream *s, const char *data, size_t len);  /* [-0, +0, m] */
void buffer_prepend(lua_State *L, Stream *s, const char *data, size_t len); /* [-0, +0, m] */
void buffer_take(lua_State *L, Stream *s, size_t n); /* pushes n bytes, which must be there. [-0, +1, m] */
/* Whether a delimiter is in the buffer, and how many bytes are before it. What was searched is not searched again. */
bool buffer_find(Stream *s, const char *delimiter, size_t len, size_t *at);
/* Takes `total` bytes and pushes the first n of them; a "\r" that ends those is cut off. [-0, +1, m] */
void buffer_take_line(lua_State *L, Stream *s, size_t n, size_t total, bool cut_return);
size_t buffer_first_size(const Stream *s); /* of the first piece, which must be there */

#endif
