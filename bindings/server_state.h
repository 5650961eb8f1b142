/* server_state.h - what a Server is, for the files of the class only: server.c is its life, server_accept.c what it
 * accepts, server_properties.c what scripts may read of it. */
#ifndef SERVER_STATE_H
#define SERVER_STATE_H

#include "accept.h"
#include "blocklist.h"
#include "listen.h"
#include "stream.h"

typedef struct Server {
  Handle h;          /* first: a Server is a Handle */
  StreamOwner owner; /* what its sockets know of it */
  int fd;            /* owned, -1: not listening */
  uint32_t listened; /* the script's line of listen(), which its sockets show */
  TransportKind kind;
  ListenFile file;
  char *path; /* owned: what address() of a Unix server says */
  size_t path_len;
  size_t connections;
  double max_connections; /* < 0: any number */
  double keepalive_delay; /* ms */
  double high_water_mark;
  bool half_open : 1, pause_on_connect : 1, nodelay : 1, keepalive : 1;
  bool unreferenced : 1;
  bool close_due : 1; /* close() was called, 'close' not told yet */
  bool tick_due : 1;
  BlockList *block_list; /* owned with others; NULL: nobody is blocked */
  Acceptor *acceptor;    /* accepts from fd; NULL: not listening */
} Server;

extern const AcceptorEvents server_acceptor_events;
void server_end_points(int fd, Address *local, Address *peer);
extern const Property server_properties[];
extern const char SERVER_BLOCK_LIST; /* of the server's own values: the list that the script gave */

#endif
