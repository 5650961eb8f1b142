/* address_test.c - bindings/address.c and the Unix addresses of connect.c, by tables: what is an IP, what it becomes,
 * how it is written again. Strict as net.isIP is, with Node 20's answers. */
#include "../bindings/address.h"

#include <arpa/inet.h>
#include <lauxlib.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "../bindings/connect.h"
#include "check.h"

/* -- what is an IP ------------------------------------------------------------------------------------------------ */

#define NINES "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
#define ZONE_OF_60 "012345678901234567890123456789012345678901234567890123456789"

typedef struct Row {
  const char *text;
  int family;        /* 4, 6; 0: no IP */
  const char *again; /* how it is written; NULL: as it was */
} Row;

static const Row rows[] = {
  { "0.0.0.0", 4, NULL },
  { "127.0.0.1", 4, NULL },
  { "255.255.255.255", 4, NULL },
  { "1.2.3.4", 4, NULL },
  /* neither shorthand nor octal nor hexadecimal: what one parser reads as 10.0.0.1 another reads as 8.0.0.1 */
  { "127.1", 0, NULL },
  { "127.0.1", 0, NULL },
  { "127", 0, NULL },
  { "2130706433", 0, NULL },
  { "0x7f.0.0.1", 0, NULL },
  { "0x7f000001", 0, NULL },
  { "010.0.0.1", 0, NULL },
  { "01.2.3.4", 0, NULL },
  { "1.2.3.04", 0, NULL },
  { "00.0.0.0", 0, NULL },
  { "127.000.000.001", 0, NULL },
  { "256.0.0.1", 0, NULL },
  { "1.2.3.256", 0, NULL },
  { "1.2.3.999", 0, NULL },
  { "1.2.3", 0, NULL },
  { "1.2.3.", 0, NULL },
  { "1.2.3.4.", 0, NULL },
  { "1.2.3.4.5", 0, NULL },
  { ".1.2.3.4", 0, NULL },
  { "1..2.3", 0, NULL },
  { "1.2.3.-4", 0, NULL },
  { "+1.2.3.4", 0, NULL },
  { " 1.2.3.4", 0, NULL },
  { "1.2.3.4 ", 0, NULL },
  { "1.2.3.4\n", 0, NULL },
  { "1.2.3.4:80", 0, NULL },
  { "1.2.3.4/8", 0, NULL },
  { "1.2.3.4%lo", 0, NULL },
  { "1.2.3." NINES, 0, NULL },
  { NINES, 0, NULL },
  { "\xd9\xa1.2.3.4", 0, NULL }, /* an Arabic digit */

  { "::", 6, NULL },
  { "::1", 6, NULL },
  { "::ffff:127.0.0.1", 6, NULL },
  { "::FFFF:7F00:1", 6, "::ffff:127.0.0.1" },
  { "2001:db8::1", 6, NULL },
  { "2001:DB8:0:0:0:0:0:1", 6, "2001:db8::1" },
  { "2001:0db8:0000:0000:0000:0000:0000:0001", 6, "2001:db8::1" },
  { "1:2:3:4:5:6:7:8", 6, NULL },
  { "1:2:3:4:5:6:7::", 6, "1:2:3:4:5:6:7:0" },
  { "::2:3:4:5:6:7:8", 6, "0:2:3:4:5:6:7:8" },
  { "1:0:0:4:0:0:0:8", 6, "1:0:0:4::8" },
  { "fe80::1", 6, NULL },
  { "64:ff9b::1.2.3.4", 6, "64:ff9b::102:304" },
  { "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", 6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
  { "", 0, NULL },
  { ":", 0, NULL },
  { ":::", 0, NULL },
  { "1", 0, NULL },
  { "1:2:3:4:5:6:7", 0, NULL },
  { "1:2:3:4:5:6:7:8:9", 0, NULL },
  { "1:2:3:4:5:6:7:8::", 0, NULL },
  { "1::2::3", 0, NULL },
  { "12345::", 0, NULL },
  { "00001::", 0, NULL },
  { "g::1", 0, NULL },
  { "::1.2.3", 0, NULL },
  { "::1.2.3.04", 0, NULL },
  { "::256.0.0.1", 0, NULL },
  { "1.2.3.4::", 0, NULL },
  { "[::1]", 0, NULL },
  { "[::1]:80", 0, NULL },
  { "::1/128", 0, NULL },
  { " ::1", 0, NULL },
  { "::1 ", 0, NULL },
  { "::1\n", 0, NULL },
  { "-::1", 0, NULL },
  { "::" NINES, 0, NULL },
  { "localhost", 0, NULL },
  { "example.com", 0, NULL },
  { "*", 0, NULL },

  /* zones: an IP all the same, as in Node; of an interface that is not there nothing remains */
  { "fe80::1%lo", 6, NULL },
  { "::1%lo", 6, NULL },
  { "fe80::1%no-such-1.2-3:4", 6, "fe80::1" },
  { "fe80::1%no_such", 6, "fe80::1" }, /* the one row where Node's answer is 0: interfaces are named like this */
  { "fe80::1%" ZONE_OF_60, 6, "fe80::1" },
  { "fe80::1%", 0, NULL },
  { "fe80::1%%", 0, NULL },
  { "fe80::1%lo%lo", 0, NULL },
  { "fe80::1%lo lo", 0, NULL },
  { "fe80::1%lo\n", 0, NULL },
  { "fe80::1%../x", 0, NULL },
  { "%lo", 0, NULL },
  { "fe80%lo::1", 0, NULL },
  { "fe80::\xc3\xa4%lo", 0, NULL },
};

static void check_families(void) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    const Row *row = &rows[i];
    CHECK(address_family(row->text, strlen(row->text)) == row->family, "'%s'", row->text);
  }
}

/* -- text -> sockaddr -> packed -> text --------------------------------------------------------------------------- */

static void check_round_trips(void) {
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    const Row *row = &rows[i];
    const char *zone = strchr(row->text, '%');
    struct sockaddr_storage sa;
    memset(&sa, 0xa5, sizeof sa);
    bool parsed = address_parse(row->text, 8124, &sa);
    if (row->family == 0) { /* whether the zone makes sense is address_family's to say */
      CHECK(!parsed || zone != NULL, "'%s' was parsed", row->text);
      continue;
    }
    CHECK(parsed, "'%s'", row->text);
    if (!parsed) continue;
    CHECK(sa.ss_family == (row->family == 4 ? AF_INET : AF_INET6), "'%s'", row->text);
    CHECK(address_size(&sa) == (row->family == 4 ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6)), "'%s'",
        row->text);

    Address packed;
    memset(&packed, 0xa5, sizeof packed);
    address_pack(&packed, (struct sockaddr *)&sa);
    CHECK(packed.family == row->family && packed.port == 8124, "'%s': family %d, port %d", row->text, packed.family,
        packed.port);
    char text[ADDRESS_TEXT];
    address_text(&packed, text);
    const char *again = row->again != NULL ? row->again : row->text;
    CHECK(strcmp(text, again) == 0, "'%s' is written '%s'", row->text, text);
    CHECK(address_family(text, strlen(text)) == row->family, "'%s' is written '%s'", row->text, text);
  }
}

static void check_ports(void) {
  static const int ports[] = { 0, 1, 80, 255, 256, 8124, 65535 };
  static const char *const ips[] = { "127.0.0.1", "::1" };
  for (size_t i = 0; i < sizeof ips / sizeof ips[0]; ++i) {
    for (size_t p = 0; p < sizeof ports / sizeof ports[0]; ++p) {
      struct sockaddr_storage sa;
      Address packed;
      CHECK(address_parse(ips[i], ports[p], &sa), "%s", ips[i]);
      address_pack(&packed, (struct sockaddr *)&sa);
      CHECK(packed.port == ports[p], "%s, port %d: %d", ips[i], ports[p], packed.port);
    }
  }
}

static void check_zones(void) {
  struct sockaddr_storage sa;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&sa;
  CHECK(address_parse("fe80::1%lo", 1, &sa) && v6->sin6_scope_id == if_nametoindex("lo"), "lo");
  CHECK(address_parse("fe80::1", 1, &sa) && v6->sin6_scope_id == 0, "without a zone");
  CHECK(address_parse("fe80::1%no_such", 1, &sa) && v6->sin6_scope_id == 0, "an interface that is not there");

  Address packed;
  char text[ADDRESS_TEXT];
  address_parse("fe80::1", 1, &sa);
  ((struct sockaddr_in6 *)&sa)->sin6_scope_id = 0x7ffffff0; /* it was there when the peer connected */
  address_pack(&packed, (struct sockaddr *)&sa);
  address_text(&packed, text);
  CHECK(strcmp(text, "fe80::1") == 0, "'%s'", text);

  /* the longest text that can be */
  packed = (Address){ .family = 6, .scope = if_nametoindex("lo") };
  memset(packed.ip, 0xff, sizeof packed.ip);
  address_text(&packed, text);
  CHECK(strcmp(text, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%lo") == 0, "'%s'", text);
  CHECK(INET6_ADDRSTRLEN + IF_NAMESIZE < ADDRESS_TEXT, "no text is cut");
}

static void check_lengths(void) {
  static const struct {
    const char *text;
    size_t len;
  } hidden[] = {
    { "127.0.0.1\0", 10 },
    { "127.0.0.1\0.example.com", 22 },
    { "\0"
      "127.0.0.1",
        10 },
    { "::1\0", 4 },
    { "fe80::1%lo\0", 11 },
    { "\0", 1 },
  };
  for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; ++i) {
    CHECK(address_family(hidden[i].text, hidden[i].len) == 0, "a hidden NUL, row %zu", i + 1);
  }

  char text[600]; /* from what fits into a buffer for an IPv6 address to what does not */
  struct sockaddr_storage sa;
  for (size_t len = 1; len < sizeof text; ++len) {
    memset(text, ':', len);
    text[len] = '\0';
    CHECK(len == 2 || (address_family(text, len) == 0 && !address_parse(text, 0, &sa)), "%zu colons", len);
    memset(text, '1', len);
    CHECK(address_family(text, len) == 0 && !address_parse(text, 0, &sa), "%zu digits", len);
    memset(text, '%', len);
    CHECK(address_family(text, len) == 0 && !address_parse(text, 0, &sa), "%zu percent signs", len);
  }
}

static void check_other_families(void) {
  Address packed;
  char text[ADDRESS_TEXT] = "x";
  struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "/tmp/x" };
  memset(&packed, 0xa5, sizeof packed);
  address_pack(&packed, (struct sockaddr *)&un);
  CHECK(packed.family == 0 && packed.port == 0, "a Unix address is none of ours");
  address_text(&packed, text);
  CHECK(text[0] == '\0', "'%s'", text);
}

/* -- for scripts -------------------------------------------------------------------------------------------------- */

static void check_pushed(void) {
  static const struct {
    const char *ip;
    int port;
    const char *family, *endpoint;
  } pushed[] = {
    { "127.0.0.1", 8124, "IPv4", "127.0.0.1:8124" },
    { "::1", 80, "IPv6", "[::1]:80" },
    { "fe80::1%lo", 65535, "IPv6", "[fe80::1%lo]:65535" },
    { "0.0.0.0", 0, "IPv4", "0.0.0.0:0" },
  };
  lua_State *L = luaL_newstate();
  for (size_t i = 0; i < sizeof pushed / sizeof pushed[0]; ++i) {
    struct sockaddr_storage sa;
    Address packed;
    address_parse(pushed[i].ip, pushed[i].port, &sa);
    address_pack(&packed, (struct sockaddr *)&sa);
    address_push(L, &packed);
    lua_getfield(L, -1, "address");
    lua_getfield(L, -2, "family");
    lua_getfield(L, -3, "port");
    address_push_family(L, &packed);
    address_push_endpoint(L, &packed);
    CHECK(lua_gettop(L) == 6, "one value each");
    CHECK(strcmp(lua_tostring(L, 2), pushed[i].ip) == 0, "%s", lua_tostring(L, 2));
    CHECK(strcmp(lua_tostring(L, 3), pushed[i].family) == 0, "%s", lua_tostring(L, 3));
    CHECK(lua_isinteger(L, 4) && lua_tointeger(L, 4) == pushed[i].port, "%s", lua_tostring(L, 4));
    CHECK(strcmp(lua_tostring(L, 5), pushed[i].family) == 0, "%s", lua_tostring(L, 5));
    CHECK(strcmp(lua_tostring(L, 6), pushed[i].endpoint) == 0, "%s", lua_tostring(L, 6));
    lua_settop(L, 0);
  }
  Address none = { .family = 0 };
  address_push(L, &none);
  lua_pushnil(L);
  CHECK(lua_next(L, 1) == 0, "no address is an empty table");
  lua_settop(L, 0);
  address_push_family(L, &none);
  address_push_endpoint(L, &none);
  CHECK(lua_isnil(L, 1) && strcmp(lua_tostring(L, 2), "") == 0, "no address has no family and no text");
  lua_close(L);
}

/* -- Unix addresses ----------------------------------------------------------------------------------------------- */

static void check_unix_addresses(void) {
  const size_t room = sizeof((struct sockaddr_un *)0)->sun_path; /* 108 */
  const size_t head = offsetof(struct sockaddr_un, sun_path);
  char path[200];
  for (size_t len = 0; len < sizeof path; ++len) {
    struct sockaddr_un sa;
    socklen_t size = 0;
    memset(path, 'p', sizeof path);

    bool fits = connect_unix_address(path, len, &sa, &size);
    CHECK(fits == (len > 0 && len < room), "a path of %zu bytes", len);
    if (fits) {
      CHECK(sa.sun_family == AF_UNIX && size == head + len + 1, "a path of %zu bytes: size %u", len, (unsigned)size);
      CHECK(memcmp(sa.sun_path, path, len) == 0 && sa.sun_path[len] == '\0', "a path of %zu bytes", len);
    }

    path[0] = '\0'; /* abstract: every byte of it counts, none is added */
    fits = connect_unix_address(path, len, &sa, &size);
    CHECK(fits == (len > 0 && len <= room), "an abstract name of %zu bytes", len);
    if (fits) {
      CHECK(sa.sun_family == AF_UNIX && size == head + len, "an abstract name of %zu bytes: size %u", len,
          (unsigned)size);
      CHECK(memcmp(sa.sun_path, path, len) == 0, "an abstract name of %zu bytes", len);
    }
  }
}

int main(void) {
  check_families();
  check_round_trips();
  check_ports();
  check_zones();
  check_lengths();
  check_other_families();
  check_pushed();
  check_unix_addresses();
  return check_result("address_test");
}
