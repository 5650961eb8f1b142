/* accept.h - accepting connections from a listening descriptor. Knows libuv, but neither Lua nor sockets. */
#ifndef ACCEPT_H
#define ACCEPT_H

#include <uv.h>

#include "address.h"

typedef struct Acceptor Acceptor;

typedef struct AcceptorEvents {
  bool (*accepted)(void *owner, int fd, const Address *peer); /* takes fd over; false: accept no more now */
  void (*failed)(void *owner, int err);                       /* accept(2) fails for good, or for a while */
  void (*closed)(void *owner);                                /* after accept_stop: libuv has forgotten it */
} AcceptorEvents;

/* Accepts from fd, which stays the caller's. Returns 0 or a negative libuv error. */
int accept_start(uv_loop_t *loop, int fd, const AcceptorEvents *events, void *owner, Acceptor **out);
/* Stops at once; the acceptor frees itself. */
void accept_stop(Acceptor *acceptor);
/* Leaves those who connect in the kernel's line, until it is paused no more. */
void accept_pause(Acceptor *acceptor, bool paused);
void accept_set_ref(Acceptor *acceptor, bool referenced);

#endif
