/* bound_socket.h - class BoundSocket, for those who listen or connect with one. */
#ifndef BOUND_SOCKET_H
#define BOUND_SOCKET_H

#include "handle.h"
#include "listen.h"

extern const Class bound_socket_class;

typedef struct BoundSocket {
  Handle h; /* first: a BoundSocket is a Handle; libuv never knows it */
  int fd;   /* owned, -1: closed, or taken */
  TransportKind kind;
  ListenFile file; /* of a path */
  char *path;      /* owned: what address() says of a Unix socket; NULL: TCP */
  size_t path_len;
  bool adopted; /* by a server or a socket: nothing for scripts any more */
} BoundSocket;

/* Raises when it is closed, or somebody's already; it is somebody's from now on. [-0, +0, e] */
void bound_socket_adopt(lua_State *L, BoundSocket *b);
/* Takes the descriptor, which is the caller's from here on; the object keeps the file. */
int bound_socket_take(BoundSocket *b);

void bound_socket_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg bound_socket_functions[];      /* of moonport.core */

#endif
