/* stream_plan.h - what to do next with a stream: facts in, one action out. Includes nothing, knows no libuv. */
#ifndef STREAM_PLAN_H
#define STREAM_PLAN_H

#include <stdbool.h>

typedef struct StreamState {
  /* what the script wants */
  bool wants_read : 1; /* somebody asked for data: not pauseOnConnect, not paused before connect */
  bool ending : 1;     /* finish() was called */
  bool corked : 1;
  bool half_open : 1;
  bool destroyed : 1;
  bool kept : 1; /* autoDestroy = false: the end of both sides does not close it */
  /* what the wire said */
  bool connecting : 1;
  bool connected : 1;   /* libuv has a handle with a descriptor */
  bool read_ended : 1;  /* the peer ended */
  bool end_told : 1;    /* the script has had every byte and 'end' */
  bool write_ended : 1; /* ... and 'finish' */
  bool full : 1;        /* the read buffer is at its high-water mark, or a pipe waits for its destination */
  bool queued : 1;      /* bytes wait to be written */
  bool failed : 1;      /* a write failed: destroy follows by tick */
  /* what was asked of libuv, or of the tick queue */
  bool reading : 1;
  bool end_due : 1; /* our end follows the peer's by tick */
  bool shutting : 1;
  bool closing : 1;
} StreamState;

typedef enum StreamAction {
  DO_NOTHING,
  DO_CLOSE,
  DO_DESTROY,
  DO_END_WRITING,
  DO_SHUTDOWN,
  DO_START_READING,
  DO_STOP_READING,
} StreamAction;

/* The first rule that applies wins. */
StreamAction stream_plan(const StreamState *s);

#endif
