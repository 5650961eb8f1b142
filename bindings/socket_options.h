/* socket_options.h - what a script may set of a socket's descriptor, also before there is one; for socket.c. */
#ifndef SOCKET_OPTIONS_H
#define SOCKET_OPTIONS_H

#include "stream.h"

extern const luaL_Reg socket_option_methods[];
/* -1: none was said. [-0, +0, m] */
void socket_set_type_of_service(lua_State *L, Stream *s, int value);

#endif
