/* connect.h - attempts to connect. */
#ifndef CONNECT_H
#define CONNECT_H

#include <lauxlib.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "context.h"

/* A Unix path of any bytes -> sockaddr; false when it does not fit (107 bytes, or 108 of an abstract one). */
bool connect_unix_address(const char *path, size_t len, struct sockaddr_un *out, socklen_t *size);
void connect_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg connect_functions[];      /* of moonport.core */

#endif
