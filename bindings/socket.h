/* socket.h - class Socket, for those who make sockets. */
#ifndef SOCKET_H
#define SOCKET_H

#include "stream.h"

extern const Class socket_class;

/* Pushes the socket of an accepted descriptor, which it takes over. NULL, nothing pushed and the descriptor closed
 * when libuv refuses it. [-0, +(0|1), m] */
Stream *socket_accepted(lua_State *L, Context *cx, TransportKind kind, int fd);
/* A new descriptor: what the script has said before. */
void socket_apply_options(Stream *s);
void socket_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg socket_functions[];      /* of moonport.core */

#endif
