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
  s->more->buffered = s->more->searched = 0;
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
  more->searched = 0;
  chunk->next = more->first_chunk;
  more->first_chunk = chunk;
  if (more->last_chunk == NULL) more->last_chunk = chunk;
  more->buffered += len;
}

/* Copies the first n bytes out, or only drops them. */
static void take_out(StreamMore *more, char *to, size_t n) {
  more->buffered -= n;
  more->searched = 0;
  while (n > 0) {
    Chunk *chunk = more->first_chunk;
    size_t part = chunk->size < n ? chunk->size : n;
    if (to != NULL) {
      memcpy(to, chunk->bytes + chunk->from, part);
      to += part;
    }
    n -= part;
    chunk->from += part;
    chunk->size -= part;
    if (chunk->size > 0) break;
    more->first_chunk = chunk->next;
    if (more->first_chunk == NULL) more->last_chunk = NULL;
    free(chunk);
  }
}

void buffer_take(lua_State *L, Stream *s, size_t n) {
  luaL_Buffer b;
  char *to = luaL_buffinitsize(L, &b, n);
  s->did_read = true;
  take_out(s->more, to, n);
  luaL_pushresultsize(&b, n);
}

void buffer_take_line(lua_State *L, Stream *s, size_t n, size_t total, bool cut_return) {
  const Chunk *chunk = s->more->first_chunk;
  s->did_read = true;
  if (n <= chunk->size) { /* as good as always: the bytes are in one piece */
    const char *line = chunk->bytes + chunk->from;
    lua_pushlstring(L, line, cut_return && n > 0 && line[n - 1] == '\r' ? n - 1 : n);
    take_out(s->more, NULL, total);
    return;
  }
  luaL_Buffer b;
  char *line = luaL_buffinitsize(L, &b, n);
  take_out(s->more, line, n);
  take_out(s->more, NULL, total - n);
  luaL_pushresultsize(&b, cut_return && line[n - 1] == '\r' ? n - 1 : n);
}

/* Whether the bytes from an offset of a piece on are the text, over the borders of pieces. */
static bool matches(const Chunk *chunk, size_t offset, const char *text, size_t len) {
  while (len > 0 && chunk != NULL) {
    size_t part = chunk->size - offset < len ? chunk->size - offset : len;
    if (memcmp(chunk->bytes + chunk->from + offset, text, part) != 0) return false;
    text += part;
    len -= part;
    chunk = chunk->next;
    offset = 0;
  }
  return len == 0;
}

bool buffer_find(Stream *s, const char *delimiter, size_t len, size_t *at) {
  StreamMore *more = s->more;
  size_t start = more->searched, before = 0; /* `before`: bytes of the pieces that were passed */
  for (const Chunk *chunk = more->first_chunk; chunk != NULL; before += chunk->size, chunk = chunk->next) {
    for (size_t offset = start > before ? start - before : 0; offset < chunk->size;) {
      const char *bytes = chunk->bytes + chunk->from;
      const char *hit = (const char *)memchr(bytes + offset, delimiter[0], chunk->size - offset);
      if (hit == NULL) break;
      offset = (size_t)(hit - bytes);
      if (len == 1 || matches(chunk, offset, delimiter, len)) {
        *at = before + offset;
        return true;
      }
      ++offset;
    }
  }
  more->searched = more->buffered >= len ? more->buffered - len + 1 : 0;
  return false;
}

size_t buffer_first_size(const Stream *s) { return s->more->first_chunk->size; }
