/* transport_output.h - the row for standard output and standard error: what is written is out when write() returns. */
#ifndef TRANSPORT_OUTPUT_H
#define TRANSPORT_OUTPUT_H

typedef struct OutputWire {
  void *data; /* first, as in libuv's handles: the stream */
  int fd;     /* borrowed: it stays open */
} OutputWire;

#endif
