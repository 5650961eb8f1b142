/* address.c - socket addresses. Parsing is inet_pton's, which takes no shorthand. */
#include "address.h"

#include <arpa/inet.h>
#include <lauxlib.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* Splits "fe80::1%eth0": copies what precedes the zone, returns the zone or NULL. */
static const char *split_zone(const char *text, char ip[INET6_ADDRSTRLEN]) {
  const char *percent = strchr(text, '%');
  size_t len = percent != NULL ? (size_t)(percent - text) : strlen(text);
  if (len >= INET6_ADDRSTRLEN) len = 0; /* too long for an address: none */
  memcpy(ip, text, len);
  ip[len] = '\0';
  return percent != NULL ? percent + 1 : NULL;
}

static bool zone_valid(const char *zone) {
  for (const char *c = zone; *c != '\0'; ++c) {
    bool word = (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
    if (!word && *c != '-' && *c != '.' && *c != ':' && *c != '_') return false;
  }
  return zone[0] != '\0';
}

int address_family(const char *text, size_t len) {
  unsigned char ip[16];
  char bare[INET6_ADDRSTRLEN];
  if (strlen(text) != len) return 0;
  if (inet_pton(AF_INET, text, ip) == 1) return 4;
  const char *zone = split_zone(text, bare);
  if (inet_pton(AF_INET6, bare, ip) != 1 || (zone != NULL && !zone_valid(zone))) return 0;
  return 6;
}

bool address_parse(const char *text, int port, struct sockaddr_storage *out) {
  memset(out, 0, sizeof *out);
  struct sockaddr_in *v4 = (struct sockaddr_in *)out;
  if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons((uint16_t)port);
    return true;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
  char bare[INET6_ADDRSTRLEN];
  const char *zone = split_zone(text, bare);
  if (inet_pton(AF_INET6, bare, &v6->sin6_addr) != 1) return false;
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons((uint16_t)port);
  if (zone != NULL) v6->sin6_scope_id = if_nametoindex(zone);
  return true;
}

socklen_t address_size(const struct sockaddr_storage *sa) {
  return sa->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
}

void address_pack(Address *out, const struct sockaddr *sa) {
  memset(out, 0, sizeof *out);
  if (sa->sa_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)sa;
    out->family = 4;
    out->port = ntohs(v4->sin_port);
    memcpy(out->ip, &v4->sin_addr, 4);
  } else if (sa->sa_family == AF_INET6) {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)sa;
    out->family = 6;
    out->port = ntohs(v6->sin6_port);
    out->scope = v6->sin6_scope_id;
    memcpy(out->ip, &v6->sin6_addr, 16);
  }
}

void address_text(const Address *a, char text[ADDRESS_TEXT]) {
  text[0] = '\0';
  if (a->family == 0) return;
  inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->ip, text, INET6_ADDRSTRLEN);
  char name[IF_NAMESIZE];
  if (a->scope != 0 && if_indextoname(a->scope, name) != NULL) {
    size_t len = strlen(text);
    snprintf(text + len, ADDRESS_TEXT - len, "%%%s", name);
  }
}

void address_push_family(lua_State *L, const Address *a) {
  if (a->family == 0) lua_pushnil(L);
  else lua_pushstring(L, a->family == 4 ? "IPv4" : "IPv6");
}

void address_push(lua_State *L, const Address *a) {
  lua_createtable(L, 0, a->family != 0 ? 3 : 0);
  if (a->family == 0) return;
  char text[ADDRESS_TEXT];
  address_text(a, text);
  lua_pushstring(L, text);
  lua_setfield(L, -2, "address");
  address_push_family(L, a);
  lua_setfield(L, -2, "family");
  lua_pushinteger(L, a->port);
  lua_setfield(L, -2, "port");
}

void address_push_endpoint(lua_State *L, const Address *a) {
  char text[ADDRESS_TEXT];
  address_text(a, text);
  if (a->family == 0) lua_pushliteral(L, "");
  else lua_pushfstring(L, a->family == 6 ? "[%s]:%d" : "%s:%d", text, (int)a->port);
}
