/* transport_input.h - the rows for standard input: a pipe or socket, and a terminal. */
#ifndef TRANSPORT_INPUT_H
#define TRANSPORT_INPUT_H

#include <uv.h>

typedef struct InputWire {
  uv_pipe_t pipe; /* first: libuv's functions are used */
  int flags;      /* of the descriptor, as we found it */
} InputWire;

#endif
