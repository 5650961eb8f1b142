/* stream_plan.c - the rules of a stream's life, all of them. spec/stream_plan_test.c walks every combination. */
#include "stream_plan.h"

StreamAction stream_plan(const StreamState *s) {
  bool wants_data = s->wants_read && !s->read_ended && !s->full;
  bool follows = !s->half_open && !s->write_ended; /* our end the peer's */

  /* clang-format off */
  if (s->closing || s->connecting)                               return DO_NOTHING;
  if (s->destroyed)                                              return s->connected ? DO_CLOSE : DO_NOTHING;
  if (s->end_told && s->write_ended && !s->kept)                 return DO_DESTROY;
  if (s->end_told && follows && !s->ending && !s->end_due)       return DO_END_WRITING;
  if (!s->connected)                                             return DO_NOTHING;
  if (s->ending && !s->queued && !s->shutting && !s->failed)     return DO_SHUTDOWN;
  if (wants_data && !s->reading)                                 return DO_START_READING;
  if (!wants_data && s->reading)                                 return DO_STOP_READING;
  return DO_NOTHING;
  /* clang-format on */
}
