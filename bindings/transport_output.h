/* transport_output.h - the row for standard output and standard error: what is written is out when write() returns. */
#ifndef TRANSPORT_OUTPUT_H
#define TRANSPORT_OUTPUT_H

#include <uv.h>

typedef struct OutputWire {
  void *data; /* first, as in libuv's handles: the stream */
  int fd;     /* borrowed: it stays open */
  uv_close_cb on_close;
  uv_idle_t *closer; /* owned: tells the close in the loop */
} OutputWire;

#endif
