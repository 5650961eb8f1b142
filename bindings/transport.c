/* transport.c - the table of transports: a new kind of stream is entered here. */
#include "transport.h"

static const Transport transport_none = { .name = "none", .handle_size = sizeof(uv_pipe_t) };

const Transport *const transports[] = {
  [TRANSPORT_NONE] = &transport_none,
  [TRANSPORT_TCP] = &transport_tcp,
  [TRANSPORT_UNIX] = &transport_unix,
};
