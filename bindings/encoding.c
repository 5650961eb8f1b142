/* encoding.c - bytes <-> text in Node's encodings; see encoding.h for what it never does. */
#include "encoding.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef unsigned char Byte;

/* -- names ------------------------------------------------------------------ */

static const struct {
  const char *name;
  Encoding encoding;
} names[] = {
  /* an encoding's canonical name stands before its aliases */
  { "buffer", ENCODING_BYTES },
  { "utf8", ENCODING_UTF8 },
  { "utf-8", ENCODING_UTF8 },
  { "utf16le", ENCODING_UTF16LE },
  { "utf-16le", ENCODING_UTF16LE },
  { "ucs2", ENCODING_UTF16LE },
  { "ucs-2", ENCODING_UTF16LE },
  { "latin1", ENCODING_LATIN1 },
  { "binary", ENCODING_LATIN1 },
  { "ascii", ENCODING_ASCII },
  { "base64", ENCODING_BASE64 },
  { "base64url", ENCODING_BASE64URL },
  { "hex", ENCODING_HEX },
};
enum { NAMES = sizeof names / sizeof *names };

/* Not strncasecmp: an embedder's locale must not decide what an encoding is called. */
static bool same_name(const char *lower, const char *name, size_t len) {
  if (strlen(lower) != len) return false;
  for (size_t i = 0; i < len; i++) {
    char c = name[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c != lower[i]) return false;
  }
  return true;
}

Encoding encoding_find(const char *name, size_t len) {
  for (int i = 0; i < NAMES; i++)
    if (same_name(names[i].name, name, len)) return names[i].encoding;
  return ENCODING_UNKNOWN;
}

const char *encoding_name(Encoding e) {
  for (int i = 0; i < NAMES; i++)
    if (names[i].encoding == e) return names[i].name;
  return NULL;
}

/* -- UTF-8 ------------------------------------------------------------------ */

/* The length of the well-formed character that p begins with (len > 0); 0: its end is missing; -1: it is none. */
static int utf8_length(const Byte *p, size_t len) {
  /* what the second byte may be: keeps out overlong forms, surrogates and what is above U+10FFFF */
  Byte low = 0x80, high = 0xBF;
  int n;

  if (p[0] < 0x80) return 1;
  if (p[0] < 0xC2 || p[0] > 0xF4) return -1;
  n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  if (p[0] == 0xE0) low = 0xA0;
  if (p[0] == 0xED) high = 0x9F;
  if (p[0] == 0xF0) low = 0x90;
  if (p[0] == 0xF4) high = 0x8F;
  for (int i = 1; i < n; i++) {
    if ((size_t)i == len) return 0;
    if (p[i] < low || p[i] > high) return -1;
    low = 0x80;
    high = 0xBF;
  }
  return n;
}

/* Takes one character off the text; a byte that is not UTF-8 counts as the code point of its value. */
static uint32_t take_utf8(const Byte **text, const Byte *end) {
  const Byte *p = *text;
  int n = utf8_length(p, (size_t)(end - p));
  uint32_t code = p[0];

  if (n < 2) {
    *text = p + 1;
    return code;
  }
  code &= 0x7Fu >> n;
  for (int i = 1; i < n; i++) code = code << 6 | (p[i] & 0x3F);
  *text = p + n;
  return code;
}

static char *put_utf8(char *out, uint32_t code) {
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xC0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out++ = (char)(0xE0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    *out++ = (char)(0x80 | (code & 0x3F));
  } else {
    *out++ = (char)(0xF0 | code >> 18);
    *out++ = (char)(0x80 | (code >> 12 & 0x3F));
    *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    *out++ = (char)(0x80 | (code & 0x3F));
  }
  return out;
}

/* A chunk of no bytes may come with a null pointer, which memcpy must not see. */
static char *put_bytes(char *out, const void *bytes, size_t len) {
  if (len > 0) memcpy(out, bytes, len);
  return out + len;
}

/* -- text -> bytes ---------------------------------------------------------- */

/* utf16le sends both bytes of a UTF-16 code unit, latin1 and ascii the low one: "😀" is two bytes in latin1. */
static char *encode_units(const Byte *text, const Byte *end, size_t width, char *out) {
  while (text < end) {
    uint32_t code = take_utf8(&text, end);
    uint32_t units[2] = { code, 0 };
    int n = 1;

    if (code > 0xFFFF) {
      units[0] = 0xD800 + ((code - 0x10000) >> 10);
      units[1] = 0xDC00 + (code & 0x3FF);
      n = 2;
    }
    for (int i = 0; i < n; i++) {
      *out++ = (char)(units[i] & 0xFF);
      if (width == 2) *out++ = (char)(units[i] >> 8);
    }
  }
  return out;
}

static int base64_value(Byte c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

/* Either alphabet, whatever was asked for; strangers are skipped, the first '=' ends it, and bits that do not
 * make a byte are dropped. */
static char *encode_base64(const Byte *text, const Byte *end, char *out) {
  uint32_t bits = 0;
  int count = 0;

  for (; text < end && *text != '='; text++) {
    int value = base64_value(*text);
    if (value < 0) continue;
    bits = bits << 6 | (uint32_t)value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      *out++ = (char)(bits >> count & 0xFF);
    }
  }
  return out;
}

static int hex_value(Byte c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* The first pair that is not hex ends it, as does an odd digit at the end. */
static char *encode_hex(const Byte *text, const Byte *end, char *out) {
  for (; end - text >= 2; text += 2) {
    int high = hex_value(text[0]), low = hex_value(text[1]);
    if (high < 0 || low < 0) break;
    *out++ = (char)(high << 4 | low);
  }
  return out;
}

size_t encode_bound(Encoding e, size_t len) {
  switch (e) {
    case ENCODING_BYTES:
    case ENCODING_UTF8:
    case ENCODING_LATIN1:
    case ENCODING_ASCII: return len;
    case ENCODING_UTF16LE: return len * 2;
    case ENCODING_BASE64:
    case ENCODING_BASE64URL: return len / 4 * 3 + len % 4 * 3 / 4;
    case ENCODING_HEX: return len / 2;
    case ENCODING_UNKNOWN: break;
  }
  return 0;
}

size_t encode(Encoding e, const char *text, size_t len, char *out) {
  const Byte *p = (const Byte *)text, *end = p + len;
  char *last = out;

  switch (e) {
    case ENCODING_BYTES:
    case ENCODING_UTF8: last = put_bytes(out, text, len); break;
    case ENCODING_LATIN1:
    case ENCODING_ASCII: last = encode_units(p, end, 1, out); break;
    case ENCODING_UTF16LE: last = encode_units(p, end, 2, out); break;
    case ENCODING_BASE64:
    case ENCODING_BASE64URL: last = encode_base64(p, end, out); break;
    case ENCODING_HEX: last = encode_hex(p, end, out); break;
    case ENCODING_UNKNOWN: break;
  }
  return (size_t)(last - out);
}

/* -- bytes -> text: encodings that never hold anything back ------------------ */

/* Node masks the high bit when it reads ascii, though it does not when it writes it. */
static char *decode_single(const Byte *p, size_t len, Byte mask, char *out) {
  for (size_t i = 0; i < len; i++) out = put_utf8(out, p[i] & mask);
  return out;
}

static char *decode_hex(const Byte *p, size_t len, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < len; i++) {
    *out++ = digits[p[i] >> 4];
    *out++ = digits[p[i] & 15];
  }
  return out;
}

/* -- bytes -> text: utf8 passes everything on but a character cut off at the end -- */

static char *decode_utf8(Decoder *d, const Byte *p, size_t len, char *out) {
  char *start = out;

  out = put_bytes(out, d->hold, d->held);
  out = put_bytes(out, p, len);
  d->held = 0;
  for (int back = 1; back <= 3 && back <= out - start; back++) {
    if (utf8_length((const Byte *)out - back, (size_t)back) != 0) continue;
    memcpy(d->hold, out - back, (size_t)back);
    d->held = (Byte)back;
    return out - back;
  }
  return out;
}

/* -- bytes -> text: utf16le and base64 go step by step ----------------------- */
/* A step turns the first few bytes into text and returns how many it took; 0: it needs more of them. */

static uint32_t utf16_unit(const Byte *p) { return p[0] | (uint32_t)p[1] << 8; }

static size_t step_utf16(const Byte *p, size_t len, char **out) {
  uint32_t unit, next;

  if (len < 2) return 0;
  unit = utf16_unit(p);
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    if (len < 4) return 0;
    next = utf16_unit(p + 2);
    if (next >= 0xDC00 && next <= 0xDFFF) {
      *out = put_utf8(*out, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
      return 4;
    }
  }
  *out = put_utf8(*out, unit >= 0xD800 && unit <= 0xDFFF ? 0xFFFD : unit);
  return 2;
}

/* Puts len bytes, 1 to 3, as len + 1 digits. */
static char *put_base64(Encoding e, const Byte *p, size_t len, char *out) {
  const char *digits = e == ENCODING_BASE64URL ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                                               : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint32_t bits = 0;

  for (size_t i = 0; i < 3; i++) bits = bits << 8 | (i < len ? p[i] : 0u);
  for (size_t i = 0; i <= len; i++) *out++ = digits[bits >> (18 - 6 * i) & 63];
  return out;
}

static size_t step_base64(Encoding e, const Byte *p, size_t len, char **out) {
  if (len < 3) return 0;
  *out = put_base64(e, p, 3, *out);
  return 3;
}

static size_t step(Encoding e, const Byte *p, size_t len, char **out) {
  return e == ENCODING_UTF16LE ? step_utf16(p, len, out) : step_base64(e, p, len, out);
}

static char *decode_steps(Decoder *d, const Byte *p, size_t len, char *out) {
  size_t used;

  while (d->held > 0 && len > 0) { /* the chunk's first bytes complete what was held back */
    d->hold[d->held++] = (char)*p++;
    len--;
    while ((used = step(d->encoding, (const Byte *)d->hold, d->held, &out)) > 0) {
      d->held = (Byte)(d->held - used);
      memmove(d->hold, d->hold + used, d->held);
    }
  }
  while ((used = step(d->encoding, p, len, &out)) > 0) {
    p += used;
    len -= used;
  }
  put_bytes(d->hold + d->held, p, len); /* one of held and len is 0 here */
  d->held = (Byte)(d->held + len);
  return out;
}

/* -- the decoder ------------------------------------------------------------- */

void decoder_init(Decoder *d, Encoding e) { *d = (Decoder){ .encoding = (Byte)e }; }

size_t decode_bound(const Decoder *d, size_t len) {
  size_t all = d->held + len;

  switch ((Encoding)d->encoding) {
    case ENCODING_BYTES:
    case ENCODING_UTF8:
    case ENCODING_ASCII: return all;
    case ENCODING_LATIN1:
    case ENCODING_HEX: return all * 2;
    case ENCODING_UTF16LE: return all / 2 * 3; /* a unit gives 3 bytes at most, a pair of them 4 */
    case ENCODING_BASE64:
    case ENCODING_BASE64URL: return all / 3 * 4;
    case ENCODING_UNKNOWN: break;
  }
  return 0;
}

size_t decode(Decoder *d, const char *bytes, size_t len, char *out) {
  const Byte *p = (const Byte *)bytes;
  char *last = out;

  switch ((Encoding)d->encoding) {
    case ENCODING_BYTES: last = put_bytes(out, bytes, len); break;
    case ENCODING_UTF8: last = decode_utf8(d, p, len, out); break;
    case ENCODING_LATIN1: last = decode_single(p, len, 0xFF, out); break;
    case ENCODING_ASCII: last = decode_single(p, len, 0x7F, out); break;
    case ENCODING_HEX: last = decode_hex(p, len, out); break;
    case ENCODING_UTF16LE:
    case ENCODING_BASE64:
    case ENCODING_BASE64URL: last = decode_steps(d, p, len, out); break;
    case ENCODING_UNKNOWN: break;
  }
  return (size_t)(last - out);
}

size_t decode_end(Decoder *d, char *out) {
  const Byte *hold = (const Byte *)d->hold;
  size_t held = d->held;
  char *last = out;

  d->held = 0;
  if (held == 0) return 0;
  if (d->encoding == ENCODING_UTF8) {
    last = put_bytes(out, hold, held);
  } else if (d->encoding == ENCODING_UTF16LE) {
    if (held >= 2) last = put_utf8(out, 0xFFFD); /* a high surrogate; half a unit is dropped, as Node does */
  } else {
    last = put_base64(d->encoding, hold, held, out);
    while (d->encoding == ENCODING_BASE64 && (last - out) % 4 != 0) *last++ = '=';
  }
  return (size_t)(last - out);
}
