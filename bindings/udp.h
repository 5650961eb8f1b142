/* udp.h - class UDPSocket, for api.c. */
#ifndef UDP_H
#define UDP_H

#include "handle.h"

extern const Class udp_class;

void udp_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg udp_functions[];      /* of moonport.core */
extern const luaL_Reg udp_bind_functions[]; /* likewise */
extern const luaL_Reg udp_send_functions[];

#endif
