/* dns.c - names -> addresses by getaddrinfo, addresses -> names by getnameinfo, off the loop. The shapes of arguments,
 * the order of addresses and the errors are lua/dns.lua's. Also what tells addresses and ports from other values. */
#include "dns.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "error.h"
#include "options.h"

/* -- getaddrinfo -------------------------------------------------------------------------------------------------- */

typedef struct Lookup {
  uv_getaddrinfo_t req; /* first */
  Context *cx;          /* kept by context_ref */
  int callback;         /* registry reference */
  int status;
  struct addrinfo *found; /* owned */
} Lookup;

static int body_found(lua_State *L) {
  Lookup *lookup = (Lookup *)lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, lookup->callback);
  luaL_unref(L, LUA_REGISTRYINDEX, lookup->callback);
  lookup->callback = LUA_NOREF;
  if (lookup->status != 0) {
    lua_pushinteger(L, lookup->status);
    task_call(L, lookup->cx, 1, &(Caller){ .role = "lookup" });
    return 0;
  }
  lua_pushnil(L);
  lua_newtable(L);
  lua_Integer count = 0;
  for (const struct addrinfo *ai = lookup->found; ai != NULL; ai = ai->ai_next) {
    Address a;
    char text[ADDRESS_TEXT];
    address_pack(&a, ai->ai_addr);
    if (a.family == 0) continue;
    address_text(&a, text);
    lua_createtable(L, 0, 2);
    lua_pushstring(L, text);
    lua_setfield(L, -2, "address");
    lua_pushinteger(L, a.family);
    lua_setfield(L, -2, "family");
    lua_rawseti(L, -2, ++count);
  }
  task_call(L, lookup->cx, 2, &(Caller){ .role = "lookup" });
  return 0;
}

static void on_found(uv_getaddrinfo_t *req, int status, struct addrinfo *found) {
  Lookup *lookup = (Lookup *)req;
  lookup->status = status;
  lookup->found = found;
  enter(lookup->cx, body_found, lookup);
  uv_freeaddrinfo(found);
  context_unref(lookup->cx);
  free(lookup);
}

/* core.getaddrinfo(callback(errno, list), host, family, hints): list of { address =, family = }, family 4, 6 or 0 for
 * both -> nil | errno when it could not be started */
static int dns_getaddrinfo(lua_State *L) {
  Context *cx = CONTEXT(L);
  context_check(L, cx);
  luaL_checktype(L, 1, LUA_TFUNCTION);
  const char *host = option_string(L, 2, "hostname");
  lua_Integer family = luaL_optinteger(L, 3, 0);
  struct addrinfo hints = { .ai_flags = (int)luaL_optinteger(L, 4, 0),
    .ai_family = family == 4   ? AF_INET
                 : family == 6 ? AF_INET6
                               : AF_UNSPEC,
    .ai_socktype = SOCK_STREAM };
  Lookup *lookup = (Lookup *)calloc(1, sizeof *lookup);
  if (lookup == NULL) return luaL_error(L, "not enough memory");
  lua_pushvalue(L, 1);
  lookup->callback = luaL_ref(L, LUA_REGISTRYINDEX);
  lookup->cx = cx;
  int err = uv_getaddrinfo(cx->loop, &lookup->req, on_found, host, NULL, &hints);
  if (err != 0) {
    luaL_unref(L, LUA_REGISTRYINDEX, lookup->callback);
    free(lookup);
    lua_pushinteger(L, err);
    return 1;
  }
  context_ref(cx);
  return 0;
}

/* -- getnameinfo -------------------------------------------------------------------------------------------------- */

typedef struct Naming {
  uv_getnameinfo_t req; /* first */
  Context *cx;          /* kept by context_ref */
  int callback;         /* registry reference */
  int status;
} Naming;

static int body_named(lua_State *L) {
  Naming *naming = (Naming *)lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, naming->callback);
  luaL_unref(L, LUA_REGISTRYINDEX, naming->callback);
  naming->callback = LUA_NOREF;
  int results = 1;
  if (naming->status != 0) {
    lua_pushinteger(L, naming->status);
  } else {
    lua_pushnil(L);
    lua_pushstring(L, naming->req.host);
    lua_pushstring(L, naming->req.service);
    results = 3;
  }
  task_call(L, naming->cx, results, &(Caller){ .role = "lookupService" });
  return 0;
}

static void on_named(uv_getnameinfo_t *req, int status, const char *hostname, const char *service) {
  (void)hostname; /* both are in the request */
  (void)service;
  Naming *naming = (Naming *)req;
  naming->status = status;
  enter(naming->cx, body_named, naming);
  context_unref(naming->cx);
  free(naming);
}

/* core.getnameinfo(callback(errno, hostname, service), address, port) -> nil | errno when it could not be started */
static int dns_getnameinfo(lua_State *L) {
  Context *cx = CONTEXT(L);
  context_check(L, cx);
  luaL_checktype(L, 1, LUA_TFUNCTION);
  struct sockaddr_storage sa;
  bool is_ip = address_parse(option_string(L, 2, "address"), (int)luaL_checkinteger(L, 3), &sa);
  Naming *naming = is_ip ? (Naming *)calloc(1, sizeof *naming) : NULL;
  if (naming == NULL) {
    lua_pushinteger(L, is_ip ? UV_ENOMEM : UV_EINVAL);
    return 1;
  }
  lua_pushvalue(L, 1);
  naming->callback = luaL_ref(L, LUA_REGISTRYINDEX);
  naming->cx = cx;
  int err = uv_getnameinfo(cx->loop, &naming->req, on_named, (struct sockaddr *)&sa, NI_NAMEREQD);
  if (err != 0) {
    luaL_unref(L, LUA_REGISTRYINDEX, naming->callback);
    free(naming);
    lua_pushinteger(L, err);
    return 1;
  }
  context_ref(cx);
  return 0;
}

/* core.check_hints(value) -> integer: flags of getaddrinfo that lookup() takes; raises for anything else */
static int check_hints(lua_State *L) {
  if (lua_type(L, 1) != LUA_TNUMBER) error_argument_type(L, "options.hints", "of type number", 1);
  int whole = 0;
  lua_Integer flags = lua_tointegerx(L, 1, &whole);
  if (!whole || (flags & ~(lua_Integer)(AI_ADDRCONFIG | AI_V4MAPPED | AI_ALL)) != 0)
    error_argument_value(L, "hints", "is invalid", 1);
  lua_pushinteger(L, flags);
  return 1;
}

/* -- addresses and ports ------------------------------------------------------------------------------------------ */

/* core.is_ip(text) -> 4, 6 or 0 */
static int is_ip(lua_State *L) {
  size_t len = 0;
  const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : "";
  lua_pushinteger(L, address_family(text, len));
  return 1;
}

/* core.ip_text(bytes) -> text of an IP of 4 or 16 bytes */
static int ip_text(lua_State *L) {
  size_t size;
  const char *bytes = luaL_checklstring(L, 1, &size);
  if (size != 4 && size != 16) return luaL_error(L, "an IP has 4 or 16 bytes");
  Address a = { .family = size == 4 ? 4 : 6 };
  char text[ADDRESS_TEXT];
  memcpy(a.ip, bytes, size);
  address_text(&a, text);
  lua_pushstring(L, text);
  return 1;
}

/* core.to_port(value) -> integer | nil: a whole number or text of one, 0 to 65535 */
static int to_port(lua_State *L) {
  int whole = 0;
  lua_Integer port = lua_tointegerx(L, 1, &whole);
  if (whole && port >= 0 && port <= 65535) lua_pushinteger(L, port);
  else lua_pushnil(L);
  return 1;
}

const luaL_Reg dns_functions[] = { { "getaddrinfo", dns_getaddrinfo }, { "getnameinfo", dns_getnameinfo },
  { "check_hints", check_hints }, { "is_ip", is_ip }, { "ip_text", ip_text }, { "to_port", to_port }, { NULL, NULL } };

void dns_hints(lua_State *L, Context *cx) {
  (void)cx;
  static const struct {
    const char *name;
    int flag;
  } hints[] = { { "ADDRCONFIG", AI_ADDRCONFIG }, { "V4MAPPED", AI_V4MAPPED }, { "ALL", AI_ALL } };
  lua_newtable(L);
  for (size_t i = 0; i < sizeof hints / sizeof hints[0]; ++i) {
    lua_pushinteger(L, hints[i].flag);
    lua_setfield(L, -2, hints[i].name);
  }
}
