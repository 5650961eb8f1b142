/* stream_buffer.c - the read buffer of a stream: pieces as they arrived, for 'data' shows their borders. */
#include "stream_buffer.h"

#include <stdlib.h>
#include <string.h>

struct Chunk {
  Chunk *next;
  size_t from, size; /* what is left of it */
  char bytes[];
};

size_t stream_buffered(const Stream *s) { return s->more != NULL ? s->more->buffered : 0; }

size_t stream_read_mark(const Stream *s) { return s->more != NULL ? s->more->read_mark : DEFAULT_HIGH_WATER_MARK; }

void stream_drop_chunks(Stream *s) {
  if (s->more == NULL) return;
  while (s->more->first_chunk != NULL) {
    Chunk *chunk = s->more->first_chunk;
    s->more->first_chunk = chunk->next;
    free(chunk);
  }
  s->more->last_chunk = NULL;
  s->more->buffered = 0;
}

static Chunk *new_chunk(lua_State *L, const char *data, size_t len) {
  Chunk *chunk = (Chunk *)malloc(sizeof *chunk + len);
  if (chunk == NULL) luaL_error(L, "not enough memory");
  *chunk = (Chunk){ .size = len };
  memcpy(chunk->bytes, data, len);
  return chunk;
}

void buffer_append(lua_State *L, Stream *s, const char *data, size_t len) {
  StreamMore *more = stream_more(L, s);
  Chunk *chunk = new_chunk(L, data, len);
  if (more->last_chunk != NULL) more->last_chunk->next = chunk;
  else more->first_chunk = chunk;
  more->last_chunk = chunk;
  more->buffered += len;
}

void buffer_prepend(lua_State *L, Stream *s, const char *data, size_t len) {
  StreamMore *more = stream_more(L, s);
  Chunk *chunk = new_chunk(L, data, len);
  chunk->next = more->first_chunk;
  more->first_chunk = chunk;
  if (more->last_chunk == NULL) more->last_chunk = chunk;
  more->buffered += len;
}

void buffer_take(lua_State *L, Stream *s, size_t n) {
  StreamMore *more = s->more;
  luaL_Buffer b;
  char *to = luaL_buffinitsize(L, &b, n);
  more->buffered -= n;
  for (size_t left = n; left > 0;) {
    Chunk *chunk = more->first_chunk;
    size_t part = chunk->size < left ? chunk->size : left;
    memcpy(to, chunk->bytes + chunk->from, part);
    to += part;
    left -= part;
    chunk->from += part;
    chunk->size -= part;
    if (chunk->size > 0) break;
    more->first_chunk = chunk->next;
    if (more->first_chunk == NULL) more->last_chunk = NULL;
    free(chunk);
  }
  luaL_pushresultsize(&b, n);
}

size_t buffer_first_size(const Stream *s) { return s->more->first_chunk->size; }
