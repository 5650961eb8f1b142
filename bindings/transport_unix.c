/* transport_unix.c - the row for Unix domain sockets, which have neither addresses nor TCP's options. */
#include "transport.h"

static int unix_open(uv_loop_t *loop, uv_handle_t *uv, int fd) {
  int err = uv_pipe_init(loop, (uv_pipe_t *)uv, 0);
  return err != 0 ? err : uv_pipe_open((uv_pipe_t *)uv, fd);
}

const Transport transport_unix = { .name = "unix", .handle_size = sizeof(uv_pipe_t), .open = unix_open };
