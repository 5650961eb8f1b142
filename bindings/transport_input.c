/* transport_input.c - the rows for standard input. Whoever reads it after us finds it as we did: blocking, and the
 * terminal in its usual mode. */
#include <fcntl.h>

#include "transport.h"

static int input_open(uv_loop_t *loop, Wire *wire, int fd) {
  wire->input.flags = fcntl(fd, F_GETFL);
  int err = uv_pipe_init(loop, &wire->input.pipe, 0);
  return err != 0 ? err : uv_pipe_open(&wire->input.pipe, fd);
}

static void input_close(lua_State *L, Wire *wire, uv_close_cb done) {
  (void)L;
  int fd;
  if (wire->input.flags >= 0 && uv_fileno(&wire->handle, &fd) == 0) fcntl(fd, F_SETFL, wire->input.flags);
  uv_close(&wire->handle, done);
}

const Transport transport_input = {
  .name = "input",
  .size = sizeof(InputWire),
  .open = input_open,
  .close = input_close,
};

static int tty_open(uv_loop_t *loop, Wire *wire, int fd) { return uv_tty_init(loop, &wire->tty, fd, 1); }

static void tty_close(lua_State *L, Wire *wire, uv_close_cb done) {
  (void)L;
  uv_tty_set_mode(&wire->tty, UV_TTY_MODE_NORMAL);
  uv_close(&wire->handle, done);
}

const Transport transport_tty = { .name = "tty", .size = sizeof(uv_tty_t), .open = tty_open, .close = tty_close };
