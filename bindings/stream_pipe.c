/* stream_pipe.c - from one stream into others, in C: read buffer to write queue, with back-pressure. The wiring of
 * events (who ends whom, 'pipe', 'unpipe') is lua/pipe.lua's. */
#include <stdlib.h>

#include "error.h"
#include "stream.h"

struct Pipe {
  Stream *source;       /* borrowed: it owns the pipe */
  Stream *destination;  /* held: it may have to be told an error */
  Pipe *next_of_source; /* owned by the source */
  Pipe *next_of_destination;
  bool full;    /* what it was fed last brought the destination to its mark */
  bool waiting; /* the destination asked for a pause */
  bool dead;    /* taken off while its source walks the list */
};

bool stream_piped(const Stream *s) { return s->more != NULL && s->more->pipes != NULL; }

bool stream_pipe_waits(const Stream *s) {
  if (!stream_piped(s)) return false;
  for (const Pipe *pipe = s->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    if (pipe->waiting) return true;
  }
  return false;
}

/* A source that waits is held: its destination will have to wake it. [-0, +0, m] */
static void set_waiting(lua_State *L, Pipe *pipe, bool waiting) {
  if (pipe->waiting == waiting) return;
  if (waiting) handle_hold(L, &pipe->source->h); /* first: it may raise */
  else handle_release(L, &pipe->source->h);
  pipe->waiting = waiting;
}

static int body_fed(lua_State *L) {
  Stream *s = (Stream *)lua_touserdata(L, 1);
  bool waits = false;
  for (Pipe *pipe = s->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    set_waiting(L, pipe, pipe->full);
    waits |= pipe->full;
  }
  if (waits) stream_pause(L, s);
  stream_settle(L, s);
  return 0;
}

static bool ready(const Stream *s) {
  return s->state.connected && !s->state.ending && !s->state.destroyed && !s->state.failed && !s->errored && !s->in_lua;
}

bool stream_pipe_out(Stream *s, const char *data, size_t len) {
  if (s->flowing != FLOWING_ON || s->data_listening || s->more->decoding || s->more->buffered > 0) return false;
  for (const Pipe *pipe = s->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    if (!ready(pipe->destination)) return false;
  }
  bool changed = false;
  s->did_read = true;
  Context *cx = s->h.cx;
  ++cx->depth; /* a destination that fails is told of it by tick: the list must not change under our feet */
  for (Pipe *pipe = s->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    pipe->full = !stream_feed(pipe->destination, data, len);
    changed |= pipe->full || pipe->waiting;
  }
  --cx->depth;
  if (changed) enter(cx, body_fed, s);
  else if (cx->depth == 0) context_settle(cx);
  return true;
}

static void free_pipe(Pipe *pipe) {
  Pipe **link = &pipe->source->more->pipes;
  while (*link != pipe) link = &(*link)->next_of_source;
  *link = pipe->next_of_source;
  free(pipe);
}

static void unlink_pipe(Pipe *pipe) {
  Pipe **link = &pipe->destination->more->sources;
  while (*link != pipe) link = &(*link)->next_of_destination;
  *link = pipe->next_of_destination;
  lua_State *L = pipe->source->h.cx->L;
  if (pipe->waiting) handle_release(L, &pipe->source->h);
  pipe->waiting = false;
  handle_release(L, &pipe->destination->h);
  pipe->dead = true;
  if (pipe->source->more->walking == 0) free_pipe(pipe);
}

/* Frees what was taken off while the list was walked. */
static void sweep(Stream *s) {
  for (Pipe *pipe = s->more->pipes, *next; pipe != NULL; pipe = next) {
    next = pipe->next_of_source;
    if (pipe->dead) free_pipe(pipe);
  }
}

void stream_pipe_string(lua_State *L, Stream *s, int string) {
  size_t len;
  const char *data = lua_tolstring(L, string, &len);
  bool waits = false;
  ++s->more->walking; /* a destination written in Lua may take pipes off, itself included */
  for (Pipe *pipe = s->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    Stream *destination = pipe->destination;
    if (pipe->dead) continue;
    if (stream_refuses(L, destination, 0)) {
      lua_pop(L, 1);
      continue;
    }
    handle_hold(L, &destination->h);
    bool waits_now = !stream_write(L, destination, data, len, string, 0);
    handle_release(L, &destination->h);
    if (pipe->dead) continue;
    set_waiting(L, pipe, waits_now);
    waits |= waits_now;
  }
  if (--s->more->walking == 0) sweep(s);
  if (waits) stream_pause(L, s);
}

void stream_drained(lua_State *L, Stream *s) {
  if (s->more == NULL) return;
  for (Pipe *pipe = s->more->sources; pipe != NULL; pipe = pipe->next_of_destination) {
    if (!pipe->waiting) continue;
    Stream *source = pipe->source;
    pipe->waiting = false;
    if (!stream_pipe_waits(source) && !source->state.destroyed) stream_resume(L, source);
    handle_release(L, &source->h);
  }
}

void stream_drop_outlets(Stream *s) {
  if (s->more == NULL) return;
  for (Pipe *pipe = s->more->pipes, *next; pipe != NULL; pipe = next) {
    next = pipe->next_of_source;
    if (!pipe->dead) unlink_pipe(pipe);
  }
}

void stream_drop_pipes(Stream *s) {
  if (s->more == NULL) return;
  stream_drop_outlets(s);
  s->more->walking = 0; /* an error has left the loop, if it is not 0 yet */
  sweep(s);
  while (s->more->sources != NULL) unlink_pipe(s->more->sources);
}

/* -- for lua/pipe.lua ------------------------------------------------------------------------------------------ */

/* Any object of ours that is a stream: its methods hold read(). */
static Stream *test_stream(lua_State *L, int index) {
  Handle *h = class_any(L, index);
  return h != NULL && h->class->listening == stream_listening ? (Stream *)h : NULL;
}

static int is_stream(lua_State *L) {
  lua_pushboolean(L, test_stream(L, 1) != NULL);
  return 1;
}

/* pipe_add(source, destination) */
static int pipe_add(lua_State *L) {
  Stream *source = test_stream(L, 1), *destination = test_stream(L, 2);
  if (source == NULL || destination == NULL) return luaL_error(L, "streams expected");
  Context *cx = source->h.cx;
  stream_more(L, source);
  stream_more(L, destination);
  if (cx->pipe_buffer == NULL) cx->pipe_buffer = (char *)malloc(PIPE_BUFFER_SIZE); /* without it: the common one */
  handle_hold_at(L, &destination->h, 2);
  Pipe *pipe = (Pipe *)calloc(1, sizeof *pipe);
  if (pipe == NULL) {
    handle_release(L, &destination->h);
    return luaL_error(L, "not enough memory");
  }
  *pipe = (Pipe){ .source = source, .destination = destination, .next_of_destination = destination->more->sources };
  destination->more->sources = pipe;
  Pipe **link = &source->more->pipes; /* last: destinations are served in the order of pipe() */
  while (*link != NULL) link = &(*link)->next_of_source;
  *link = pipe;
  return 0;
}

/* pipe_remove(source, destination) */
static int pipe_remove(lua_State *L) {
  Stream *source = test_stream(L, 1), *destination = test_stream(L, 2);
  if (source == NULL || destination == NULL || source->more == NULL) return 0;
  for (Pipe *pipe = source->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    if (pipe->destination != destination || pipe->dead) continue;
    unlink_pipe(pipe);
    break;
  }
  stream_settle(L, source);
  return 0;
}

/* pipe_wait(source, destination): the destination is over its mark already. */
static int pipe_wait(lua_State *L) {
  Stream *source = test_stream(L, 1), *destination = test_stream(L, 2);
  if (source == NULL || destination == NULL || source->more == NULL) return 0;
  for (Pipe *pipe = source->more->pipes; pipe != NULL; pipe = pipe->next_of_source) {
    if (pipe->destination == destination && !pipe->dead) set_waiting(L, pipe, true);
  }
  stream_pause(L, source);
  stream_settle(L, source);
  return 0;
}

/* stream_facts(stream) -> what stream.finished has to know of it; nil for what is no stream of ours */
static int stream_facts(lua_State *L) {
  Stream *s = test_stream(L, 1);
  if (s == NULL) return 0;
  const struct {
    const char *name;
    bool value;
  } facts[] = {
    { "readable", !s->readable_off },
    { "writable", !s->writable_off },
    { "can_read", stream_readable(s) },
    { "can_write", stream_writable(s) },
    { "read_finished", !s->errored && (s->end_emitted || (s->state.read_ended && stream_buffered(s) == 0)) },
    { "write_finished", !s->errored && (s->finished || (s->state.ending && stream_queued(s) == 0)) },
    { "read_ended", s->state.read_ended && !s->errored },
    { "tells_close", s->plain && !s->state.kept && !s->close_silent && !s->close_told },
    { "closed", s->close_told },
    { "error_told", s->error_told },
    { "lasting", stream_transport(s)->lasting },
    { "writing", s->queue != NULL || s->after_write_due },
  };
  lua_createtable(L, 0, sizeof facts / sizeof facts[0]);
  for (size_t i = 0; i < sizeof facts / sizeof facts[0]; ++i) {
    lua_pushboolean(L, facts[i].value);
    lua_setfield(L, -2, facts[i].name);
  }
  return 1;
}

const luaL_Reg stream_pipe_functions[] = {
  { "is_stream", is_stream },
  { "stream_facts", stream_facts },
  { "pipe_add", pipe_add },
  { "pipe_remove", pipe_remove },
  { "pipe_wait", pipe_wait },
  { NULL, NULL },
};
