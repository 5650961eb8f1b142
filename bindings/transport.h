/* transport.h - what differs between the kinds of streams: one row of functions each. Nothing above knows libuv's
 * handle types, so that another way to move bytes is one more row. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <uv.h>

#include "address.h"

typedef struct Transport {
  const char *name;
  size_t handle_size;
  /* Each returns 0 or a negative libuv error code. */
  int (*open)(uv_loop_t *loop, uv_handle_t *uv, int fd); /* takes a connected descriptor over, unless it fails */
  int (*reset)(uv_handle_t *uv, uv_close_cb done);       /* closes with an RST; NULL: not possible */
  int (*nodelay)(uv_handle_t *uv, bool on);              /* NULL: means nothing here, as for the next one */
  int (*keepalive)(uv_handle_t *uv, bool on, unsigned seconds);
  int (*local)(uv_handle_t *uv, Address *out); /* NULL: has no such address */
  int (*peer)(uv_handle_t *uv, Address *out);
} Transport;

extern const Transport transport_tcp;
extern const Transport transport_unix;

typedef enum TransportKind { TRANSPORT_NONE, TRANSPORT_TCP, TRANSPORT_UNIX } TransportKind;

/* The rows by kind; none has no functions and room for the handle of any other. */
extern const Transport *const transports[];

#endif
