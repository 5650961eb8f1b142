/* listen.c - listening descriptors. They are ours, not libuv's: its accept loop spins for ever when accept(2) fails
 * for good (1.44), and it has neither SO_REUSEPORT nor abstract paths. */
#include "listen.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "connect.h"

static int set(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0 ? 0 : -errno;
}

static int fail(int fd, int err) {
  close(fd);
  return err;
}

static int bind_tcp(const ListenOptions *o, const char *host, bool ipv6_only) {
  struct sockaddr_storage sa;
  if (!address_parse(host, o->port, &sa)) return UV_EINVAL;
  int fd = socket(sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  /* Two sockets with SO_REUSEADDR share a port until one listens. Without it, connections that ended lately are in the
   * way: then it is set after all. */
  int err = o->reserve ? 0 : set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (err == 0 && o->reuse_port) err = set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
  if (err == 0 && sa.ss_family == AF_INET6) err = set(fd, IPPROTO_IPV6, IPV6_V6ONLY, ipv6_only);
  if (err == 0 && o->nodelay) err = set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  if (err == 0 && bind(fd, (struct sockaddr *)&sa, address_size(&sa)) != 0) err = -errno;
  if (err == UV_EADDRINUSE && o->reserve) {
    err = set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (err == 0 && bind(fd, (struct sockaddr *)&sa, address_size(&sa)) != 0) err = -errno;
  }
  return err == 0 ? fd : fail(fd, err);
}

static int open_tcp(const ListenOptions *o, const char *host, bool ipv6_only) {
  int fd = bind_tcp(o, host, ipv6_only);
  if (fd >= 0 && listen(fd, o->backlog) != 0) return fail(fd, -errno);
  return fd;
}

static void add(ListenFile *file, ListenFile **files) {
  file->link = files;
  file->next = *files;
  if (file->next != NULL) file->next->link = &file->next;
  *files = file;
}

static void take_out(ListenFile *file) {
  *file->link = file->next;
  if (file->next != NULL) file->next->link = file->link;
}

/* Remembers which file bind(2) made, so that close removes no other. */
static void remember(ListenFile *file, const ListenOptions *o) {
  struct stat st;
  if (o->path[0] == '\0' || lstat(o->path, &st) != 0) return;
  file->path = strdup(o->path);
  if (file->path == NULL) return;
  file->device = st.st_dev;
  file->inode = st.st_ino;
  add(file, o->files);
}

static int bind_unix(const ListenOptions *o, ListenFile *file) {
  struct sockaddr_un sa;
  socklen_t size;
  if (!connect_unix_address(o->path, o->path_len, &sa, &size)) return UV_ENAMETOOLONG;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  if (bind(fd, (struct sockaddr *)&sa, size) != 0) return fail(fd, errno == ENOENT ? UV_EACCES : -errno);
  remember(file, o);
  return fd;
}

static int open_unix(const ListenOptions *o, ListenFile *file) {
  int fd = bind_unix(o, file), err = 0;
  if (fd < 0) return fd;
  bool everybody = o->path[0] != '\0' && (o->readable_all || o->writable_all);
  /* The mode is in force before anybody can connect: the file is narrow first, widened before listen(2). */
  if (everybody) {
    struct stat st;
    mode_t more =
        (o->readable_all ? S_IRUSR | S_IRGRP | S_IROTH : 0) | (o->writable_all ? S_IWUSR | S_IWGRP | S_IWOTH : 0);
    if (stat(o->path, &st) != 0 || chmod(o->path, (st.st_mode & 07777) | more) != 0) err = -errno;
  }
  if (err == 0 && listen(fd, o->backlog) != 0) err = -errno;
  if (err == 0) return fd;
  listen_unlink(file);
  return fail(fd, err);
}

int listen_bind(const ListenOptions *o, ListenFile *file) {
  return o->path != NULL ? bind_unix(o, file) : bind_tcp(o, o->host, o->ipv6_only);
}

int listen_open(const ListenOptions *o, ListenFile *file) {
  if (o->path != NULL) return open_unix(o, file);
  if (o->host != NULL) return open_tcp(o, o->host, o->ipv6_only);
  int fd = open_tcp(o, "::", o->ipv6_only);
  return fd >= 0 || o->ipv6_only ? fd : open_tcp(o, "0.0.0.0", false);
}

int listen_adopt(int fd, int backlog, TransportKind *kind) {
  struct sockaddr_storage sa;
  socklen_t size = sizeof sa;
  int type;
  socklen_t type_size = sizeof type;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_size) != 0 || type != SOCK_STREAM) return UV_EINVAL;
  if (getsockname(fd, (struct sockaddr *)&sa, &size) != 0) return UV_EINVAL;
  if (sa.ss_family != AF_UNIX && sa.ss_family != AF_INET && sa.ss_family != AF_INET6) return UV_EINVAL;
  *kind = sa.ss_family == AF_UNIX ? TRANSPORT_UNIX : TRANSPORT_TCP;
  return listen(fd, backlog) == 0 ? 0 : -errno;
}

void listen_unlink(ListenFile *file) {
  struct stat st;
  if (file->path == NULL) return;
  if (lstat(file->path, &st) == 0 && st.st_dev == file->device && st.st_ino == file->inode) unlink(file->path);
  free(file->path);
  file->path = NULL;
  take_out(file);
}

void listen_unlink_all(ListenFile **files) {
  while (*files != NULL) listen_unlink(*files);
}

void listen_move(ListenFile *to, ListenFile *from) {
  if (from->path == NULL) return;
  take_out(from);
  *to = *from;
  from->path = NULL;
  add(to, to->link);
}
