/* server_properties.c - what a script may read of a server, and the little that it may set. */
#include "error.h"
#include "server_state.h"

#define GETTER(name, push, expression)                                                                                 \
  static int name(lua_State *L, Handle *h) {                                                                           \
    Server *server = (Server *)h;                                                                                      \
    push(L, expression);                                                                                               \
    return 1;                                                                                                          \
  }

GETTER(get_listening, lua_pushboolean, server->fd >= 0)
GETTER(get_half_open, lua_pushboolean, server->half_open)
GETTER(get_pause, lua_pushboolean, server->pause_on_connect)
GETTER(get_nodelay, lua_pushboolean, server->nodelay)
GETTER(get_keepalive, lua_pushboolean, server->keepalive)
GETTER(get_delay, lua_pushinteger, (lua_Integer)(server->keepalive_delay / 1000))
GETTER(get_mark, lua_pushinteger, (lua_Integer)server->high_water_mark)
GETTER(get_connections, lua_pushinteger, (lua_Integer)server->connections)

static int get_fd(lua_State *L, Handle *h) {
  Server *server = (Server *)h;
  if (server->fd >= 0) lua_pushinteger(L, server->fd);
  else lua_pushnil(L);
  return 1;
}

const char SERVER_BLOCK_LIST = 0;

static int get_block_list(lua_State *L, Handle *h) {
  handle_push_value(L, h, &SERVER_BLOCK_LIST);
  return 1;
}

static int get_max(lua_State *L, Handle *h) {
  Server *server = (Server *)h;
  if (server->max_connections < 0) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)server->max_connections);
  return 1;
}

static int set_max(lua_State *L, Handle *h) {
  double max = -1;
  if (!lua_isnil(L, 3)) {
    if (lua_type(L, 3) != LUA_TNUMBER) error_argument_type(L, "maxConnections", "of type number", 3);
    max = lua_tonumber(L, 3);
    if (!(max >= 0) || max > 9007199254740992.0) error_out_of_range(L, "maxConnections", "a non-negative number", 3);
  }
  ((Server *)h)->max_connections = max;
  return 0;
}

static int set_half_open(lua_State *L, Handle *h) {
  ((Server *)h)->half_open = lua_toboolean(L, 3);
  return 0;
}

static int get_false(lua_State *L, Handle *h) {
  (void)h;
  lua_pushboolean(L, false);
  return 1;
}

static int set_ignored(lua_State *L, Handle *h) { /* means something to Node's cluster only */
  (void)L;
  (void)h;
  return 0;
}

const Property server_properties[] = {
  { "listening", get_listening, NULL },
  { "maxConnections", get_max, set_max },
  { "dropMaxConnection", get_false, set_ignored },
  { "connectionCount", get_connections, NULL },
  { "allowHalfOpen", get_half_open, set_half_open },
  { "pauseOnConnect", get_pause, NULL },
  { "noDelay", get_nodelay, NULL },
  { "keepAlive", get_keepalive, NULL },
  { "keepAliveInitialDelay", get_delay, NULL },
  { "highWaterMark", get_mark, NULL },
  { "blockList", get_block_list, NULL },
  { "fd", get_fd, NULL },
  { NULL, NULL, NULL },
};
