/* transport_file.c - the row for files. A thread opens, reads, writes and closes, one thing at a time: closing waits
 * for what is under way. Never blocks the loop. */
#include <lua.h>
#include <stdlib.h>

#include "transport.h"

enum { RETRIES = 5 }; /* writes that take nothing: a descriptor that does not block, of a device or a pipe */

static void go_on(FileWire *file);

static FileWire *finished(uv_fs_t *req, ssize_t *result) {
  FileWire *file = (FileWire *)req->data;
  *result = req->result;
  uv_fs_req_cleanup(req);
  file->work = FILE_IDLE;
  return file;
}

/* -- opened and closed ------------------------------------------------------------------------------------------- */

void file_init(FileWire *file, uv_loop_t *loop, int64_t at, uint64_t left, size_t piece) {
  file->loop = loop;
  file->req.data = file;
  file->work = FILE_IDLE;
  file->fd = -1;
  file->at = at;
  file->left = left;
  file->piece = piece;
}

static void on_open(uv_fs_t *req) {
  ssize_t result;
  FileWire *file = finished(req, &result);
  bool ending = file->ending;
  if (result >= 0) file->fd = (int)result;
  file->on_open(file, result < 0 ? (int)result : 0);
  if (result >= 0) go_on(file);
  else if (ending) file->on_close((uv_handle_t *)file); /* else nobody has to be told: it may be freed already */
}

int file_open(FileWire *file, const char *path, int flags, int mode, FileOpened done) {
  file->on_open = done;
  file->work = FILE_OPENING;
  int err = uv_fs_open(file->loop, &file->req, path, flags, mode, on_open);
  if (err != 0) file->work = FILE_IDLE;
  return err;
}

static void on_close(uv_fs_t *req) {
  ssize_t result;
  FileWire *file = finished(req, &result);
  if (result < 0) file->close_error = (int)result;
  file->fd = -1;
  free(file->buffer);
  file->buffer = NULL;
  file->on_close((uv_handle_t *)file);
}

static void on_sync(uv_fs_t *req) {
  ssize_t result;
  FileWire *file = finished(req, &result);
  if (result < 0) file->close_error = (int)result;
  file->sync = false;
  go_on(file);
}

static void file_close(lua_State *L, Wire *wire, uv_close_cb done) {
  (void)L;
  wire->file.ending = true;
  wire->file.on_close = done;
  go_on(&wire->file);
}

/* -- read -------------------------------------------------------------------------------------------------------- */

static void on_read(uv_fs_t *req) {
  ssize_t n;
  FileWire *file = finished(req, &n);
  if (n > 0) {
    if (file->at >= 0) file->at += n;
    file->left -= (uint64_t)n;
  }
  if (!file->ending) {
    uv_buf_t buf = uv_buf_init(file->buffer, (unsigned)file->room);
    file->on_read((uv_stream_t *)file, n == 0 ? UV_EOF : n, &buf);
  }
  go_on(file);
}

static int start_read(FileWire *file) {
  if (file->room < file->piece) {
    char *larger = (char *)realloc(file->buffer, file->piece);
    if (larger == NULL) return UV_ENOMEM;
    file->buffer = larger;
    file->room = file->piece;
  }
  size_t n = file->left < file->piece ? (size_t)file->left : file->piece;
  uv_buf_t buf = uv_buf_init(file->buffer, (unsigned)n);
  file->work = FILE_READING;
  int err = uv_fs_read(file->loop, &file->req, file->fd, &buf, 1, file->at, on_read);
  if (err != 0) file->work = FILE_IDLE;
  return err;
}

static int file_read_start(lua_State *L, Wire *wire, uv_alloc_cb alloc, uv_read_cb done) {
  (void)L;
  (void)alloc; /* the thread reads while others use the loop's buffer */
  FileWire *file = &wire->file;
  file->wanted = true;
  file->on_read = done;
  return file->work == FILE_IDLE && file->fd >= 0 ? start_read(file) : 0;
}

static void file_read_stop(Wire *wire) { wire->file.wanted = false; }

/* -- written ----------------------------------------------------------------------------------------------------- */

static int start_write(FileWire *file);

/* n bytes of the buffers are gone; the others move to the front. */
static void consume(FileWire *file, size_t n) {
  unsigned gone = 0;
  while (gone < file->count && n >= file->bufs[gone].len) n -= file->bufs[gone++].len;
  file->count -= gone;
  for (unsigned i = 0; i < file->count; ++i) file->bufs[i] = file->bufs[gone + i];
  if (file->count == 0) return;
  file->bufs[0].base += n;
  file->bufs[0].len -= n;
}

static void on_written(uv_fs_t *req) {
  ssize_t n;
  FileWire *file = finished(req, &n);
  int err = n < 0 && n != UV_EAGAIN ? (int)n : 0;
  if (n > 0) {
    if (file->at >= 0) file->at += n;
    file->gone += (size_t)n;
    consume(file, (size_t)n);
    file->retries = 0;
  } else if (file->count == 1 && file->bufs[0].len == 0) {
    file->count = 0; /* an empty write */
  } else if (err == 0 && ++file->retries > RETRIES) {
    err = UV_EAGAIN;
  }
  if (err == 0 && file->count > 0 && !file->ending) err = start_write(file);
  if (file->work != FILE_IDLE) return;
  uv_write_t *write = file->write;
  file->write = NULL;
  *file->moved += file->gone; /* together with what the queue gives up, or the sum of both would be too large */
  file->on_written(write, err);
  go_on(file);
}

static int start_write(FileWire *file) {
  file->work = FILE_WRITING;
  int err = uv_fs_write(file->loop, &file->req, file->fd, file->bufs, file->count, file->at, on_written);
  if (err != 0) file->work = FILE_IDLE;
  return err;
}

static int file_write(lua_State *L, Wire *wire, uv_write_t *req, const uv_buf_t *bufs, unsigned count, uv_write_cb done) {
  (void)L;
  FileWire *file = &wire->file;
  for (unsigned i = 0; i < count; ++i) file->bufs[i] = bufs[i];
  file->count = count;
  file->retries = 0;
  file->gone = 0;
  file->write = req;
  file->on_written = done;
  return start_write(file);
}

/* -- the rest ---------------------------------------------------------------------------------------------------- */

/* What is due now that no thread works for it. */
static void go_on(FileWire *file) {
  if (file->work != FILE_IDLE) return;
  int err = 0;
  if (file->ending) {
    file->work = file->sync ? FILE_SYNCING : FILE_CLOSING; /* none of these can fail to start */
    if (file->sync) uv_fs_fsync(file->loop, &file->req, file->fd, on_sync);
    else if (file->fd != 0) uv_fs_close(file->loop, &file->req, file->fd, on_close);
    else
      uv_fs_fstat(file->loop, &file->req, file->fd, on_close); /* as in Node, 0 stays open: this only takes its time */
  } else if (file->wanted) {
    err = start_read(file);
  }
  if (err == 0) return;
  uv_buf_t none = uv_buf_init(NULL, 0);
  file->on_read((uv_stream_t *)file, err, &none);
}

static int file_take(uv_loop_t *loop, Wire *wire, int fd) {
  (void)loop; /* file_init has it */
  wire->file.fd = fd;
  return 0;
}

static int file_descriptor(const Wire *wire, int *fd) {
  *fd = wire->file.fd;
  return *fd >= 0 ? 0 : UV_EBADF;
}

/* What keeps the loop alive is the work under way, never the open file. */
static void file_ref(Wire *wire, bool on) {
  (void)wire;
  (void)on;
}

const Transport transport_file = {
  .name = "file",
  .size = sizeof(FileWire),
  .counted = true,
  .plain = true,
  .open = file_take,
  .described = true,
  .read_start = file_read_start,
  .read_stop = file_read_stop,
  .write = file_write,
  .close = file_close,
  .descriptor = file_descriptor,
  .ref = file_ref,
};
