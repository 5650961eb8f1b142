/* fs_file.c - what takes several calls on one descriptor: reading and writing whole files. On any thread; knows nothing
 * of Lua. A descriptor that the script gave is used where it stands and never closed. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fs_request.h"

enum {
  STEP = 4 << 20,       /* bytes of one call: after it is seen whether anybody still waits */
  UNKNOWN_SIZE = 65536, /* room for the beginning of a file that does not say its size */
};
static const size_t AT_MOST = INT32_MAX; /* bytes of a file that is read whole */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static int read_some(Request *r, int fd, char *to, size_t size, lua_Integer position) {
  uv_buf_t buf = { .base = to, .len = size };
  return request_settle(r, uv_fs_read(NULL, &r->uv, fd, &buf, 1, position, NULL));
}

/* -- the file ------------------------------------------------------------------------------------------------------ */

/* The descriptor, or a libuv error. */
static int open_file(Request *r) {
  if (r->in.path.bytes == NULL) return (int)r->in.fd;
  return request_settle(r, uv_fs_open(NULL, &r->uv, r->in.path.bytes, (int)r->in.flags, (int)r->in.mode, NULL));
}

/* The first of two errors counts. */
static int close_file(Request *r, int fd, int err) {
  if (r->in.path.bytes == NULL) return err;
  int failed = request_settle(r, uv_fs_close(NULL, &r->uv, fd, NULL));
  return err == 0 && failed != 0 ? request_fail(r, failed, "close") : err;
}

/* -- reading ------------------------------------------------------------------------------------------------------- */

static int too_large(Request *r, size_t size) {
  r->code = "ERR_FS_FILE_TOO_LARGE";
  r->number = (lua_Integer)size;
  return UV_EFBIG;
}

/* Makes room for more; the room that there is may be 0. */
static int grow(Request *r, size_t *room, size_t wanted) {
  char *bytes = (char *)realloc(r->bytes, wanted);
  if (bytes == NULL) return request_fail(r, UV_ENOMEM, "read");
  r->bytes = bytes;
  *room = wanted;
  return 0;
}

/* A regular file is read up to the size that it has now; what has none (a pipe, /proc) up to its end. */
static int read_all(Request *r, int fd) {
  int err = request_settle(r, uv_fs_fstat(NULL, &r->uv, fd, NULL));
  if (err != 0) return request_fail(r, err, "fstat");
  const uv_stat_t *stat = &r->uv.statbuf;
  size_t known = S_ISREG(stat->st_mode) ? (size_t)stat->st_size : 0, room = 0;
  if (known > AT_MOST) return too_large(r, known);
  err = grow(r, &room, known > 0 ? known : UNKNOWN_SIZE);
  while (err == 0 && !work_stopped(&r->work)) {
    if (r->size == room) {
      if (known > 0) break;
      if (room == AT_MOST) return too_large(r, room + 1);
      if ((err = grow(r, &room, least(room * 2, AT_MOST))) != 0) break;
    }
    int got = read_some(r, fd, r->bytes + r->size, least(room - r->size, STEP), -1);
    if (got < 0) return request_fail(r, got, "read");
    if (got == 0) break;
    r->size += (size_t)got;
  }
  return err;
}

int file_read_all(Request *r) {
  int fd = open_file(r);
  return fd < 0 ? fd : close_file(r, fd, read_all(r, fd));
}

int file_read(Request *r) {
  size_t room;
  int err = grow(r, &room, (size_t)r->in.length + 1); /* never none: an empty result is one, too */
  if (err != 0) return err;
  int got = read_some(r, (int)r->in.fd, r->bytes, (size_t)r->in.length, r->in.position);
  if (got < 0) return got;
  r->size = (size_t)got;
  return 0;
}

/* -- writing ------------------------------------------------------------------------------------------------------- */

static int write_all(Request *r, int fd) {
  const char *from = r->in.data.bytes;
  size_t left = r->in.data.size;
  while (left > 0 && !work_stopped(&r->work)) {
    uv_buf_t buf = { .base = (char *)from, .len = least(left, STEP) };
    int written = request_settle(r, uv_fs_write(NULL, &r->uv, fd, &buf, 1, -1, NULL));
    if (written < 0) return request_fail(r, written, "write");
    from += written;
    left -= (size_t)written;
  }
  if (!r->in.flush) return 0;
  int err = request_settle(r, uv_fs_fsync(NULL, &r->uv, fd, NULL));
  return err != 0 ? request_fail(r, err, "fsync") : 0;
}

int file_write_all(Request *r) {
  int fd = open_file(r);
  return fd < 0 ? fd : close_file(r, fd, write_all(r, fd));
}

int file_truncate(Request *r) {
  r->in.flags = UV_FS_O_RDWR;
  int fd = open_file(r);
  if (fd < 0) return fd;
  int err = request_settle(r, uv_fs_ftruncate(NULL, &r->uv, fd, r->in.length, NULL));
  return close_file(r, fd, err != 0 ? request_fail(r, err, "ftruncate") : 0);
}
