/* transport_output.c - the row for standard output and standard error. Each write is out before write() returns, after
 * what C's own buffers still hold: so it is in order with print and io.write. The descriptor is never closed. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "transport.h"

static int output_open(uv_loop_t *loop, Wire *wire, int fd) {
  (void)loop;
  wire->output.fd = fd;
  return 0;
}

/* The reader is slow, and somebody made the descriptor one that does not block. */
static void wait_for(int fd) { poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1); }

static int output_try_write(Wire *wire, const uv_buf_t *bufs, unsigned count) {
  size_t total = 0;
  fflush(NULL);
  for (unsigned i = 0; i < count; ++i) {
    const char *at = bufs[i].base;
    size_t left = bufs[i].len;
    while (left > 0) {
      ssize_t n = write(wire->output.fd, at, left);
      if (n < 0 && errno == EAGAIN) wait_for(wire->output.fd);
      else if (n < 0 && errno != EINTR) return uv_translate_sys_error(errno);
      if (n <= 0) continue;
      at += n;
      left -= (size_t)n;
    }
    total += bufs[i].len;
  }
  return (int)total;
}

static int output_write(
    lua_State *L, Wire *wire, uv_write_t *req, const uv_buf_t *bufs, unsigned count, uv_write_cb done) {
  (void)L, (void)wire, (void)req, (void)bufs, (void)count, (void)done;
  return UV_ENOTSUP; /* output_try_write takes all */
}

static int output_descriptor(const Wire *wire, int *fd) {
  *fd = wire->output.fd;
  return 0;
}

static void output_ref(Wire *wire, bool on) {
  (void)wire;
  (void)on;
}

static void output_read_stop(Wire *wire) { (void)wire; }

const Transport transport_output = {
  .name = "output",
  .size = sizeof(OutputWire),
  .plain = true,
  .lasting = true,
  .described = true,
  .open = output_open,
  .read_stop = output_read_stop,
  .try_write = output_try_write,
  .write = output_write,
  .descriptor = output_descriptor,
  .ref = output_ref,
};
