/* dns.c - names -> addresses by getaddrinfo, off the loop. Which of them is used is the caller's affair. */
#include "dns.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "error.h"
#include "options.h"

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

/* core.is_ip(text) -> 4, 6 or 0 */
static int is_ip(lua_State *L) {
  size_t len = 0;
  const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &len) : "";
  lua_pushinteger(L, address_family(text, len));
  return 1;
}

const luaL_Reg dns_functions[] = { { "getaddrinfo", dns_getaddrinfo }, { "is_ip", is_ip }, { NULL, NULL } };

void dns_constants(lua_State *L) {
  lua_pushinteger(L, AI_ADDRCONFIG);
  lua_setfield(L, -2, "ADDRCONFIG");
}
