/* listen.h - descriptors that listen: made, bound, accepted from. Knows neither Lua nor libuv's handles. */
#ifndef LISTEN_H
#define LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "transport.h"

/* The file of a Unix socket that was bound: only this one is removed, at close or, if the program ends first, then. */
typedef struct ListenFile {
  char *path; /* owned, or NULL: then it is in no list */
  dev_t device;
  ino_t inode;
  struct ListenFile *next, **link; /* of the files of a context */
} ListenFile;

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
  ListenFile **files;              /* the list that a file is added to */
} ListenOptions;

/* Returns a descriptor that is bound, to the host or the path, or a negative libuv error. */
int listen_bind(const ListenOptions *options, ListenFile *file);
/* Returns a listening descriptor or a negative libuv error. */
int listen_open(const ListenOptions *options, ListenFile *file);
/* Listens on a descriptor from elsewhere: its kind, or a negative libuv error. */
int listen_adopt(int fd, int backlog, TransportKind *kind);
void listen_unlink(ListenFile *file);
/* Removes all the files of a list. */
void listen_unlink_all(ListenFile **files);
/* Another object has the file from now on. */
void listen_move(ListenFile *to, ListenFile *from);

#endif
