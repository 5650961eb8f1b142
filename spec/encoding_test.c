/* encoding_test.c - bindings/encoding.c against values taken from Node 20, and against itself:
 * however a stream is cut into chunks, the text is the same. */
#include "../bindings/encoding.h"
#include "check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- a place to write to that tells when a bound was exceeded ---------------- */

enum { GUARD = 16, ROOM = 1024 };
typedef struct Place {
  char bytes[ROOM]; /* what is not used yet is filled with a mark */
  size_t len;
} Place;

static const char mark = (char)0xA5;

static void place_clear(Place *p) {
  memset(p->bytes, mark, ROOM);
  p->len = 0;
}

/* Accounts for len bytes written at the end: they must fit the bound, and nothing may lie beyond it. */
static void place_grow(Place *p, size_t len, size_t bound, const char *what) {
  int clean = 1;

  if (p->len + bound + GUARD > ROOM) abort();
  for (size_t i = 0; i < GUARD; i++) clean = clean && p->bytes[p->len + bound + i] == mark;
  CHECK(len <= bound && clean, "%s: %zu bytes, bound %zu", what, len, bound);
  p->len += len;
  memset(p->bytes + p->len, mark, ROOM - p->len);
}

static void place_encode(Place *p, Encoding e, const char *text, size_t len) {
  place_grow(p, encode(e, text, len, p->bytes + p->len), encode_bound(e, len), encoding_name(e));
}

static void place_decode(Place *p, Decoder *d, const char *bytes, size_t len) {
  size_t bound = decode_bound(d, len);
  place_grow(p, decode(d, bytes, len, p->bytes + p->len), bound, encoding_name(d->encoding));
}

static void place_end(Place *p, Decoder *d) {
  place_grow(p, decode_end(d, p->bytes + p->len), 16, encoding_name(d->encoding));
}

static int same(const Place *p, const char *bytes, size_t len) {
  return p->len == len && memcmp(p->bytes, bytes, len) == 0;
}

/* -- names ------------------------------------------------------------------ */

static void test_names(void) {
  static const struct {
    const char *name;
    Encoding encoding;
    const char *canonical;
  } rows[] = {
    { "utf8", ENCODING_UTF8, "utf8" },
    { "UTF-8", ENCODING_UTF8, "utf8" },
    { "Utf8", ENCODING_UTF8, "utf8" },
    { "ucs2", ENCODING_UTF16LE, "utf16le" },
    { "UCS-2", ENCODING_UTF16LE, "utf16le" },
    { "utf16le", ENCODING_UTF16LE, "utf16le" },
    { "utf-16LE", ENCODING_UTF16LE, "utf16le" },
    { "latin1", ENCODING_LATIN1, "latin1" },
    { "binary", ENCODING_LATIN1, "latin1" },
    { "ascii", ENCODING_ASCII, "ascii" },
    { "base64", ENCODING_BASE64, "base64" },
    { "bAsE64URL", ENCODING_BASE64URL, "base64url" },
    { "HEX", ENCODING_HEX, "hex" },
    { "buffer", ENCODING_BYTES, "buffer" },
    { "", ENCODING_UNKNOWN, NULL },
    { "utf-8 ", ENCODING_UNKNOWN, NULL },
    { "utf", ENCODING_UNKNOWN, NULL },
    { "utf16", ENCODING_UNKNOWN, NULL },
    { "utf\r8", ENCODING_UNKNOWN, NULL },
    { "iso-8859-1", ENCODING_UNKNOWN, NULL },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Encoding e = encoding_find(rows[i].name, strlen(rows[i].name));
    const char *name = encoding_name(e);
    CHECK(e == rows[i].encoding, "\"%s\"", rows[i].name);
    CHECK(name == NULL ? rows[i].canonical == NULL : rows[i].canonical && strcmp(name, rows[i].canonical) == 0,
        "\"%s\"", rows[i].name);
  }
  CHECK(encoding_find("hex\0", 4) == ENCODING_UNKNOWN, "a hidden NUL");
}

/* -- text -> bytes, from Node ----------------------------------------------- */

#define BYTES(literal) literal, sizeof(literal) - 1

static void test_encode(void) {
  static const struct {
    Encoding encoding;
    const char *text;
    size_t text_len;
    const char *bytes;
    size_t len;
  } rows[] = {
    { ENCODING_BYTES, BYTES("\0\xFF\xE2\x82"), BYTES("\0\xFF\xE2\x82") },
    { ENCODING_UTF8, BYTES("\0\xFF\xE2\x82"), BYTES("\0\xFF\xE2\x82") },
    { ENCODING_LATIN1, BYTES("a\0b"), BYTES("a\0b") },
    { ENCODING_LATIN1, BYTES("é"), BYTES("\xE9") },
    { ENCODING_LATIN1, BYTES("€"), BYTES("\xAC") },
    { ENCODING_LATIN1, BYTES("ÿĀ"), BYTES("\xFF\0") },
    { ENCODING_LATIN1, BYTES("😀"), BYTES("\x3D\0") },
    { ENCODING_ASCII, BYTES("é€😀"), BYTES("\xE9\xAC\x3D\0") },
    { ENCODING_UTF16LE, BYTES("a\0b"), BYTES("a\0\0\0b\0") },
    { ENCODING_UTF16LE, BYTES("é€😀"), BYTES("\xE9\0\xAC\x20\x3D\xD8\0\xDE") },
    { ENCODING_UTF16LE, BYTES("\uFFFF\U00010000\U0010FFFF"), BYTES("\xFF\xFF\0\xD8\0\xDC\xFF\xDB\xFF\xDF") },
    /* malformed text, our own rule: overlong forms, surrogates, too large, cut off, alone */
    { ENCODING_LATIN1, BYTES("\xE9t\xE9"), BYTES("\xE9t\xE9") },
    { ENCODING_LATIN1, BYTES("\xC0\x80\xE0\x9F\xBF"), BYTES("\xC0\x80\xE0\x9F\xBF") },
    { ENCODING_LATIN1, BYTES("\xED\xA0\xBD\xF0\x8F\xBF\xBF"), BYTES("\xED\xA0\xBD\xF0\x8F\xBF\xBF") },
    { ENCODING_LATIN1, BYTES("\xF4\x90\x80\x80\xF5"), BYTES("\xF4\x90\x80\x80\xF5") },
    { ENCODING_LATIN1, BYTES("\xE2\x82\xE2\x82\xAC\xE2\x82"), BYTES("\xE2\x82\xAC\xE2\x82") },
    { ENCODING_UTF16LE, BYTES("\xE9"), BYTES("\xE9\0") },
    { ENCODING_HEX, BYTES(""), BYTES("") },
    { ENCODING_HEX, BYTES("a"), BYTES("") },
    { ENCODING_HEX, BYTES("abc"), BYTES("\xAB") },
    { ENCODING_HEX, BYTES("ABcd09fF"), BYTES("\xAB\xCD\x09\xFF") },
    { ENCODING_HEX, BYTES("abxxcd"), BYTES("\xAB") },
    { ENCODING_HEX, BYTES("abcx12"), BYTES("\xAB") },
    { ENCODING_HEX, BYTES("ab cd"), BYTES("\xAB") },
    { ENCODING_HEX, BYTES("0g"), BYTES("") },
    { ENCODING_HEX, BYTES("ab€"), BYTES("\xAB") },
    { ENCODING_BASE64, BYTES(""), BYTES("") },
    { ENCODING_BASE64, BYTES("="), BYTES("") },
    { ENCODING_BASE64, BYTES("Y"), BYTES("") },
    { ENCODING_BASE64, BYTES("YQ"), BYTES("a") },
    { ENCODING_BASE64, BYTES("YR=="), BYTES("a") },
    { ENCODING_BASE64, BYTES("YWI"), BYTES("ab") },
    { ENCODING_BASE64, BYTES("YWI="), BYTES("ab") },
    { ENCODING_BASE64, BYTES("YWJj"), BYTES("abc") },
    { ENCODING_BASE64, BYTES("YWJjZ"), BYTES("abc") },
    { ENCODING_BASE64, BYTES("YQ==YQ=="), BYTES("a") },
    { ENCODING_BASE64, BYTES("YW=Jj"), BYTES("a") },
    { ENCODING_BASE64, BYTES("Y=WJj"), BYTES("") },
    { ENCODING_BASE64, BYTES("=YWJj"), BYTES("") },
    { ENCODING_BASE64, BYTES("YWJj=ZGVm"), BYTES("abc") },
    { ENCODING_BASE64, BYTES("YWJj\r\nZGVm"), BYTES("abcdef") },
    { ENCODING_BASE64, BYTES("Y!W@J#j\n"), BYTES("abc") },
    { ENCODING_BASE64, BYTES("YW€Jé\0j"), BYTES("abc") },
    { ENCODING_BASE64, BYTES("-/+_"), BYTES("\xFB\xFF\xBF") },
    { ENCODING_BASE64URL, BYTES("-/+_"), BYTES("\xFB\xFF\xBF") },
    { ENCODING_BASE64URL, BYTES("YQ=\n="), BYTES("a") },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Place p;
    place_clear(&p);
    place_encode(&p, rows[i].encoding, rows[i].text, rows[i].text_len);
    CHECK(same(&p, rows[i].bytes, rows[i].len), "%s row %zu", encoding_name(rows[i].encoding), i);
  }
}

/* -- bytes -> text, from Node's StringDecoder -------------------------------- */

static void test_decode(void) {
  static const struct {
    Encoding encoding;
    const char *chunks; /* in hex, parted by | */
    const char *texts;  /* of every chunk, and of the end */
  } rows[] = {
    { ENCODING_BYTES, "e2|82", "\xE2|\x82|" },
    { ENCODING_UTF8, "e2|82|ac", "||€|" },
    { ENCODING_UTF8, "61e282|ac62", "a|€b|" },
    { ENCODING_UTF8, "f0|9f|98|80", "|||😀|" },
    { ENCODING_UTF8, "f09f98|80c3|a9", "|😀|é|" },
    { ENCODING_UTF8, "e2||82|", "||||\xE2\x82" }, /* Node, here and below: U+FFFD */
    { ENCODING_UTF8, "e282|41", "|\xE2\x82\x41|" },
    { ENCODING_UTF8, "e282e282|ac", "\xE2\x82|€|" },
    { ENCODING_UTF8, "ff|41", "\xFF|A|" },
    { ENCODING_UTF8, "c080|80", "\xC0\x80|\x80|" },
    { ENCODING_LATIN1, "e9ff41|80", "éÿA|\xC2\x80|" },
    { ENCODING_ASCII, "e9ff41", "i\x7F\x41|" },
    { ENCODING_HEX, "AbcD|ef|09", "abcd|ef|09|" },
    { ENCODING_BASE64, "61|6263|64", "|YWJj||ZA==" },
    { ENCODING_BASE64, "6162|63|6465", "|YWJj||ZGU=" },
    { ENCODING_BASE64, "fbffbf|6162636465|66", "+/+/|YWJj|ZGVm|" },
    { ENCODING_BASE64URL, "61|6263|64", "|YWJj||ZA" },
    { ENCODING_BASE64URL, "fbffbf|6162|", "-_-_|||YWI" },
    { ENCODING_UTF16LE, "61", "|" },
    { ENCODING_UTF16LE, "6100e9|00ac20", "a|é€|" },
    { ENCODING_UTF16LE, "ffff0100", "\uFFFF\x01|" },
    { ENCODING_UTF16LE, "3dd8|00de", "|😀|" },
    { ENCODING_UTF16LE, "00d800dcffdbffdf", "\U00010000\U0010FFFF|" },
    { ENCODING_UTF16LE, "3d|d8|00|de", "|||😀|" }, /* Node parts with the lone half after three bytes */
    { ENCODING_UTF16LE, "3dd8", "|\uFFFD" },
    { ENCODING_UTF16LE, "3dd8|61", "||\uFFFD" },
    { ENCODING_UTF16LE, "3dd8|6100", "|\uFFFDa|" },
    { ENCODING_UTF16LE, "3dd8|3dd8|00de", "|\uFFFD|😀|" },
    { ENCODING_UTF16LE, "3dd83dd8", "\uFFFD|\uFFFD" },
    { ENCODING_UTF16LE, "00de6100", "\uFFFDa|" },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const char *chunk = rows[i].chunks, *text = rows[i].texts;
    Decoder d;
    decoder_init(&d, rows[i].encoding);
    for (int last = 0; !last;) {
      char bytes[32];
      size_t len = strcspn(chunk, "|"), text_len;
      Place p;
      place_clear(&p);
      place_decode(&p, &d, bytes, encode(ENCODING_HEX, chunk, len, bytes));
      text_len = strcspn(text, "|");
      CHECK(same(&p, text, text_len), "%s row %zu, chunk %s", encoding_name(rows[i].encoding), i, chunk);
      last = chunk[len] == '\0';
      chunk += len + 1;
      text += text_len + 1;
      if (!last) continue;
      place_clear(&p);
      place_end(&p, &d);
      CHECK(same(&p, text, strlen(text)), "%s row %zu, the end", encoding_name(rows[i].encoding), i);
      CHECK(decode_end(&d, p.bytes) == 0, "%s row %zu, a second end", encoding_name(rows[i].encoding), i);
    }
  }
}

static void test_edges(void) {
  Place p;
  Decoder d;

  place_clear(&p);
  decoder_init(&d, ENCODING_ASCII);
  place_decode(&p, &d, "\x80\xB1", 2);
  CHECK(same(&p, "\0001", 2), "ascii masks the high bit");

  for (Encoding e = ENCODING_BYTES; e < ENCODING_UNKNOWN; e++) {
    place_clear(&p);
    decoder_init(&d, e);
    place_decode(&p, &d, NULL, 0);
    place_end(&p, &d);
    CHECK(p.len == 0, "%s of an empty chunk", encoding_name(e));
  }
  CHECK(encode_bound(ENCODING_UNKNOWN, 9) == 0 && encode(ENCODING_UNKNOWN, "a", 1, NULL) == 0, "unknown gives nothing");
}

/* -- properties of pseudo-random inputs -------------------------------------- */

static uint32_t seed = 20240229;

static uint32_t any(uint32_t below) { /* xorshift: the same inputs on every machine */
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed % below;
}

/* Half of the pieces are what the decoders find difficult, so that cut and broken characters are frequent. */
static size_t any_input(char *out, size_t most) {
  static const char *const pieces[] = { "é", "€", "😀", "\xF0\x9F", "\xE2\x82", "\xC3", "\x80", "\x3D\xD8", "\xFF\xDF" };
  size_t len = 0, want = any((uint32_t)most + 1);

  while (len < want) {
    const char *piece = pieces[any(sizeof pieces / sizeof *pieces)];
    size_t n = strlen(piece);
    if (any(2) == 0 || len + n > want) {
      out[len++] = (char)any(256);
    } else {
      memcpy(out + len, piece, n);
      len += n;
    }
  }
  return len;
}

/* Two cuts, wherever they are, give what the whole gives; so does every byte alone. */
static void check_cuts(Encoding e, const char *input, size_t len, const Place *whole) {
  Place p;
  Decoder d;

  for (size_t i = 0; i <= len; i++) {
    for (size_t j = i; j <= len; j++) {
      place_clear(&p);
      decoder_init(&d, e);
      place_decode(&p, &d, input, i);
      place_decode(&p, &d, input + i, j - i);
      place_decode(&p, &d, input + j, len - j);
      place_end(&p, &d);
      CHECK(same(&p, whole->bytes, whole->len), "%s cut at %zu and %zu of %zu", encoding_name(e), i, j, len);
    }
  }
  place_clear(&p);
  decoder_init(&d, e);
  for (size_t i = 0; i < len; i++) place_decode(&p, &d, input + i, 1);
  place_end(&p, &d);
  CHECK(same(&p, whole->bytes, whole->len), "%s byte by byte, %zu bytes", encoding_name(e), len);
}

static void test_properties(void) {
  for (Encoding e = ENCODING_BYTES; e < ENCODING_UNKNOWN; e++) {
    for (int round = 0; round < 200; round++) {
      char input[24];
      size_t len = any_input(input, sizeof input);
      Place whole, back;
      Decoder d;

      place_clear(&whole);
      decoder_init(&d, e);
      place_decode(&whole, &d, input, len);
      place_end(&whole, &d);
      check_cuts(e, input, len, &whole);

      place_clear(&back);
      place_encode(&back, e, whole.bytes, whole.len);
      if (e != ENCODING_ASCII && e != ENCODING_UTF16LE) /* those two lose what is not theirs */
        CHECK(same(&back, input, len), "%s there and back, %zu bytes", encoding_name(e), len);

      place_clear(&back); /* any bytes as text: for the bound */
      place_encode(&back, e, input, len);
      if (e == ENCODING_UTF16LE) { /* and what came out is well-formed, so it survives the way back */
        Place again;
        place_clear(&whole);
        decoder_init(&d, e);
        place_decode(&whole, &d, back.bytes, back.len);
        CHECK(d.held == 0, "utf16le left something over");
        place_clear(&again);
        place_encode(&again, e, whole.bytes, whole.len);
        CHECK(same(&again, back.bytes, back.len), "utf16le back and there, %zu bytes", len);
      }
    }
  }
}

int main(void) {
  test_names();
  test_encode();
  test_decode();
  test_edges();
  test_properties();
  return check_result("encoding_test");
}
