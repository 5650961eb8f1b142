/* transport_script.h - what is kept of a stream that is written in Lua. Its row is stream_script.c's: it needs Lua. */
#ifndef TRANSPORT_SCRIPT_H
#define TRANSPORT_SCRIPT_H

#include <stdbool.h>
#include <uv.h>

typedef struct ScriptWire {
  void *data;        /* first, as in libuv's handles: the stream */
  bool asked;        /* _read was called, nothing was pushed since */
  bool reading_now;  /* ... and runs */
  bool writing_now;  /* _write runs */
  bool more_due;     /* a tick will see whether more is to be read */
  bool constructing; /* _construct was called, its callback not yet */
  bool close_waits;  /* ... destroyed meanwhile */
  bool ending;       /* _final was called, its callback not yet */
  bool ending_now;   /* ... and runs */
  bool read_once;    /* _read has returned at least once */
  uv_write_t *write; /* borrowed: what _write has */
} ScriptWire;

#endif
