/* socket_address.c - class SocketAddress: an IP and a port that do not change
 * (https://nodejs.org/api/net.html#class-netsocketaddress). What it is made from is checked in lua/socket_address.lua. */
#include "socket_address.h"

#include "error.h"
#include "options.h"

typedef struct SocketAddress {
  Handle h; /* first: a SocketAddress is a Handle; libuv never knows it */
  Address address;
  uint32_t flow_label;
} SocketAddress;

const Address *socket_address_of(lua_State *L, int index) {
  const SocketAddress *a = (const SocketAddress *)class_test(L, index, &socket_address_class);
  return a != NULL ? &a->address : NULL;
}

/* new(ip, port, flowlabel) -> SocketAddress | nil when it is no IP */
static int socket_address_new(lua_State *L) {
  struct sockaddr_storage sa;
  size_t len;
  const char *ip = luaL_checklstring(L, 1, &len);
  if (address_family(ip, len) == 0 || !address_parse(ip, (int)luaL_checkinteger(L, 2), &sa)) return 0;
  uint32_t flow_label = (uint32_t)luaL_checkinteger(L, 3);
  SocketAddress *a = (SocketAddress *)handle_new(L, CONTEXT(L), &socket_address_class, sizeof *a);
  address_pack(&a->address, (struct sockaddr *)&sa);
  a->address.scope = 0;                                   /* as in Node, which forgets the zone */
  if (a->address.family == 6) a->flow_label = flow_label; /* IPv4 has none */
  return 1;
}

/* is(value) -> boolean */
static int is_socket_address(lua_State *L) {
  lua_pushboolean(L, socket_address_of(L, 1) != NULL);
  return 1;
}

/* -- properties --------------------------------------------------------------------------------------------------- */

static int get_address(lua_State *L, Handle *h) {
  char text[ADDRESS_TEXT];
  address_text(&((SocketAddress *)h)->address, text);
  lua_pushstring(L, text);
  return 1;
}

static int get_family(lua_State *L, Handle *h) {
  lua_pushstring(L, ((SocketAddress *)h)->address.family == 4 ? "ipv4" : "ipv6");
  return 1;
}

static int get_port(lua_State *L, Handle *h) {
  lua_pushinteger(L, ((SocketAddress *)h)->address.port);
  return 1;
}

static int get_flow_label(lua_State *L, Handle *h) {
  lua_pushinteger(L, ((SocketAddress *)h)->flow_label);
  return 1;
}

static const Property properties[] = {
  { "address", get_address, NULL },
  { "family", get_family, NULL },
  { "port", get_port, NULL },
  { "flowlabel", get_flow_label, NULL },
  { NULL, NULL, NULL },
};

/* -- the class ---------------------------------------------------------------------------------------------------- */

/* toJSON() -> { address =, port =, family =, flowlabel = } */
static int socket_address_to_json(lua_State *L) {
  Handle *h = (Handle *)class_self(L);
  lua_createtable(L, 0, 4);
  for (const Property *p = properties; p->name != NULL; ++p) {
    p->get(L, h);
    lua_setfield(L, -2, p->name);
  }
  return 1;
}

static void push_address(lua_State *L, Handle *h) { address_push_endpoint(L, &((SocketAddress *)h)->address); }

static const luaL_Reg methods[] = { { "toJSON", socket_address_to_json }, { NULL, NULL } };

static const char *const summary[] = { "address", "port", "family", "flowlabel", NULL };

const Class socket_address_class = {
  .name = "SocketAddress",
  .module = "net",
  .no_events = true,
  .parts = { methods },
  .properties = properties,
  .summary = summary,
  .push_address = push_address,
};

void socket_address_define(lua_State *L, Context *cx) { class_define(L, cx, &socket_address_class); }

const luaL_Reg socket_address_functions[] = { { "socket_address_new", socket_address_new },
  { "is_socket_address", is_socket_address }, { NULL, NULL } };
