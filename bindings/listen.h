/* listen.h - descriptors that listen: made, bound, accepted from. Knows neither Lua nor libuv's handles. */
#ifndef LISTEN_H
#define LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "transport.h"

typedef struct ListenOptions {
  const char *host; /* an IP, or NULL: all interfaces, IPv6 and IPv4 if there is IPv6 */
  int port;
  const char *path; /* of a Unix socket; NULL: TCP */
  size_t path_len;
  int backlog;
  bool ipv6_only, reuse_port;
  bool reserve;                    /* nobody else may bind while this one does not listen yet */
  bool readable_all, writable_all; /* the mode of the Unix socket's file */
  bool nodelay;                    /* inherited by what is accepted: a system call less per connection */
} ListenOptions;

/* The file of a Unix socket that was bound: only this one is removed at close. */
typedef struct ListenFile {
  char *path; /* owned, or NULL */
  dev_t device;
  ino_t inode;
} ListenFile;

/* Returns a descriptor that is bound, to the host or the path, or a negative libuv error. */
int listen_bind(const ListenOptions *options, ListenFile *file);
/* Returns a listening descriptor or a negative libuv error. */
int listen_open(const ListenOptions *options, ListenFile *file);
/* Listens on a descriptor from elsewhere: its kind, or a negative libuv error. */
int listen_adopt(int fd, int backlog, TransportKind *kind);
void listen_unlink(ListenFile *file);

#endif
