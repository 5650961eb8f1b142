/* socket_address.h - class SocketAddress. */
#ifndef SOCKET_ADDRESS_H
#define SOCKET_ADDRESS_H

#include "address.h"
#include "handle.h"

extern const Class socket_address_class;
/* The address that an object of the class has, or NULL. [-0, +0, -] */
const Address *socket_address_of(lua_State *L, int index);
void socket_address_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg socket_address_functions[];      /* of moonport.core */

#endif
