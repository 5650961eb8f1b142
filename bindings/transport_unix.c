/* transport_unix.c - the row for Unix domain sockets and pipes, which have neither addresses nor TCP's options. */
#include "transport.h"

static int unix_open(uv_loop_t *loop, Wire *wire, int fd) {
  int err = uv_pipe_init(loop, &wire->pipe, 0);
  return err != 0 ? err : uv_pipe_open(&wire->pipe, fd);
}

const Transport transport_unix = { .name = "unix", .size = sizeof(uv_pipe_t), .open = unix_open };
