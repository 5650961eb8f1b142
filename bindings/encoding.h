/* encoding.h - bytes <-> text in Node's encodings; "text" is UTF-8.
 * Never allocates, never fails, keeps nothing between calls but a Decoder; knows neither Lua nor libuv.
 *
 * Where JavaScript's strings and ours differ:
 * - Malformed UTF-8 given as text: each invalid byte counts as the code point of its value (E9 alone is "é").
 * - Decoding utf8 passes invalid bytes on as they are; a lone UTF-16 surrogate becomes U+FFFD.
 * - In hex and base64 a character beyond ASCII is no digit (Node looks at its low byte and takes "Ł" for "A"). */
#ifndef ENCODING_H
#define ENCODING_H

#include <stddef.h>

typedef enum Encoding {
  ENCODING_BYTES, /* no encoding: nothing is changed, nothing is held back */
  ENCODING_UTF8,
  ENCODING_UTF16LE,
  ENCODING_LATIN1,
  ENCODING_ASCII,
  ENCODING_BASE64,
  ENCODING_BASE64URL,
  ENCODING_HEX,
  ENCODING_UNKNOWN /* only ever an answer of encoding_find; the other functions give nothing for it */
} Encoding;

/* Case does not matter, aliases are Node's, "buffer" is ENCODING_BYTES. "" is unknown: the caller's rule says
 * what it means. */
Encoding encoding_find(const char *name, size_t len);

/* The canonical name, as readableEncoding shows it ("buffer" for bytes, NULL for unknown). */
const char *encoding_name(Encoding e);

/* text -> bytes: what write(data, encoding) sends. Both return a number of bytes; out has room for the bound. */
size_t encode_bound(Encoding e, size_t len);
size_t encode(Encoding e, const char *text, size_t len, char *out);

/* bytes -> text, chunk by chunk: what setEncoding gives. A character cut off by a chunk's end waits for the next. */
typedef struct Decoder {
  unsigned char encoding; /* an Encoding; a byte, because every stream carries a Decoder */
  unsigned char held;     /* how many bytes of hold count: 3 at most between two calls, 4 within one */
  char hold[6];           /* the beginning of a character */
} Decoder;

void decoder_init(Decoder *d, Encoding e);
size_t decode_bound(const Decoder *d, size_t len); /* most text that the next len bytes can give */
size_t decode(Decoder *d, const char *bytes, size_t len, char *out);

/* What was held back, at the end of the stream; out has room for 16. The decoder can be used again. */
size_t decode_end(Decoder *d, char *out);

#endif
