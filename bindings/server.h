/* server.h - class Server. */
#ifndef SERVER_H
#define SERVER_H

#include "handle.h"

extern const Class server_class;
void server_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg server_functions[];      /* of moonport.core */
extern const luaL_Reg server_serve_functions[];
/* (server) -> fd: stops listening without closing, for another server. A function of moonport.core. */
int server_release(lua_State *L);

#endif
