/* transport_tty.c - the row for terminals that are read from. */
#include "transport.h"

static int tty_open(uv_loop_t *loop, Wire *wire, int fd) { return uv_tty_init(loop, &wire->tty, fd, 1); }

const Transport transport_tty = { .name = "tty", .size = sizeof(uv_tty_t), .open = tty_open };
