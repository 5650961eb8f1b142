/* stream.h - a byte stream with Node's semantics: plan -> libuv, libuv -> facts. stream.c is its life, stream_read.c
 * the readable half, stream_write.c the writable half, stream_pipe.c the way from one into another. */
#ifndef STREAM_H
#define STREAM_H

#include "encoding.h"
#include "handle.h"
#include "stream_plan.h"
#include "transport.h"

typedef struct Stream Stream;
typedef struct Batch Batch;
typedef struct Chunk Chunk;
typedef struct Pipe Pipe;
typedef struct Sender Sender;

enum { DEFAULT_HIGH_WATER_MARK = 64 * 1024 };

/* Told when a stream that it counts is destroyed. */
typedef struct StreamOwner {
  Handle *h; /* the object that it is a part of */
  void (*ended)(lua_State *L, struct StreamOwner *owner);
} StreamOwner;

typedef enum Flowing { FLOWING_UNASKED, FLOWING_ON, FLOWING_OFF } Flowing;

/* What only some streams need; made when it is first needed. */
typedef struct StreamMore {
  Chunk *first_chunk, *last_chunk; /* owned: the read buffer */
  size_t buffered;                 /* bytes in it */
  size_t searched;                 /* ... in which there is no delimiter of the one who waits for it */
  size_t read_mark, write_mark;    /* high-water marks */
  size_t queued;                   /* bytes of the write queue that the kernel did not take when it was asked */
  size_t max_buffered;             /* more than that waiting to be written is an error; 0: never */
  Decoder decoder;                 /* of setEncoding */
  uint8_t default_encoding;        /* of write */
  bool decoding;
  unsigned keepalive_delay; /* s */
  bool first_has_callback;  /* the write that stands first in the queue has a callback */
  bool timed_out;           /* 'timeout' was told; the next activity re-arms it */
  bool onread;              /* what is read goes to the option onread, not to 'data' */
  unsigned corks;           /* cork() calls that wait for their uncork() */
  Batch *done;              /* owned: written, their callbacks not called yet */
  int write_error;          /* of a write that failed: libuv's code, told by tick */
  uv_timer_t *timer;        /* owned: the idle timer */
  double timeout_shown;     /* what the property says; < 0: nil */
  uint64_t timeout;         /* ms */
  uint64_t last_active;     /* loop time, ms */
  size_t last_queued;       /* of the write queue when a write went out: does it shrink? */
  Address local;            /* kept when the descriptor closes */
  Sender *senders;          /* owned: tasks that wait in send(), the first one first */
  Pipe *pipes;              /* owned: to the destinations that C feeds */
  unsigned walking;         /* loops over them that call Lua */
  Pipe *sources;            /* borrowed: the pipes that feed this stream */
  unsigned probe_interval;  /* s, of keep-alive; 0: libuv's */
  unsigned probe_count;     /* likewise */
  bool tos_set;             /* setTypeOfService() was called, */
  uint8_t tos;              /* ... with this */
} StreamMore;

struct Stream {
  Handle h;          /* first: a Stream is a Handle */
  StreamState state; /* facts, for the plan */
  /* The rest of Node's stream state; only the halves look at it. */
  unsigned transport : 3;      /* TransportKind */
  unsigned flowing : 2;        /* Flowing */
  bool paused : 1;             /* pause() was called, resume() not yet */
  bool data_listening : 1;     /* 'data' has listeners */
  bool readable_listening : 1; /* 'readable' has listeners */
  bool need_readable : 1;      /* the next data is to be told by 'readable' */
  bool emitted_readable : 1;   /* ... which is due or being told */
  bool resume_due : 1;
  bool did_read : 1;    /* bytes were read by somebody */
  bool end_emitted : 1; /* 'end' is being or was emitted */
  bool finished : 1;    /* 'finish' is being or was emitted */
  bool prefinished : 1;
  bool need_drain : 1;
  bool after_write_due : 1;
  bool flush_due : 1;
  bool in_flight : 1; /* a uv_write is under way */
  bool errored : 1;   /* more->error is set */
  bool error_told : 1;
  bool close_told : 1; /* destroyed, and the tick after it has run */
  bool had_error : 1;  /* what 'close' tells */
  bool resetting : 1;  /* close with an RST */
  bool unreferenced : 1;
  bool nodelay : 1;
  bool keepalive : 1;
  bool readable_off : 1;   /* made for writing only */
  bool writable_off : 1;   /* made for reading only */
  bool finish_awaited : 1; /* there are finish(callback)s */
  bool soon : 1;           /* destroySoon(): destroy when 'finish' was told */
  bool opened_once : 1;    /* has or had a descriptor */
  bool waited_on : 1;      /* a task has received or sent: errors are its affair, unless 'error' has listeners */
  bool reader_wants_chunk : 1;
  bool opening : 1;      /* the transport opens it: it has to be closed, though it is not connected */
  bool counted : 1;      /* of its transport, see there */
  bool in_lua : 1;       /* ... */
  bool at_once : 1;      /* writes are never joined: they are out when write() returns */
  bool plain : 1;        /* of its transport */
  bool close_silent : 1; /* emitClose = false */
  StreamMore *more;      /* owned; NULL until needed */
  Task *reader;          /* borrowed: it waits in receive() */
  Batch *queue;          /* owned: what is to be written, the first one first */
  uint64_t bytes_read;
  uint64_t bytes_written; /* bytes that wait included */
  StreamOwner *owner;     /* borrowed, held: whoever counts it (its server), or NULL */
  Address peer;
  Wire wire; /* last: a stream of a known transport takes no more than that one needs */
};

static inline const Transport *stream_transport(const Stream *s) { return transports[s->transport]; }

/* -- life (stream.c) --------------------------------------------------------------------------------------------- */

/* Pushes a new stream of a class; TRANSPORT_NONE: any may come. [-0, +1, m] */
Stream *stream_new(lua_State *L, Context *cx, const Class *class, TransportKind kind);
static inline size_t stream_queued(const Stream *s) { return s->more != NULL ? s->more->queued : 0; }
static inline bool stream_onread(const Stream *s) { return s->more != NULL && s->more->onread; }

StreamMore *stream_more(lua_State *L, Stream *s); /* [-0, +0, m] */
StreamMore *stream_more_or_null(Stream *s);       /* outside of Lua */
/* Makes the facts come true; whoever changes a fact calls it. The stream is held or argument 1. [-0, +0, e] */
void stream_settle(lua_State *L, Stream *s);
/* A connected descriptor; on failure it is still the caller's. [-0, +0, m] */
int stream_open(lua_State *L, Stream *s, TransportKind kind, int fd);
/* The transport opens it, and calls stream_opened, with 0 or an error of that system call; its error is the top of the
 * stack if err is not 0. [-0, +0, m] and [-(0|1), +0, e] */
void stream_opening(lua_State *L, Stream *s);
void stream_opened(lua_State *L, Stream *s, int err);
/* destroy(): the error on top of the stack is popped if there is one. [-(0|1), +0, e] */
void stream_destroy(lua_State *L, Stream *s, bool has_error);
/* A stream written in Lua was made; its error is on top if there is one. gone: destroyed meanwhile. [-(0|1), +0, e] */
void stream_constructed(lua_State *L, Stream *s, bool failed, bool gone);
/* ... was closed; error is an index, or 0. [-0, +0, e] */
void stream_closed(lua_State *L, Stream *s, int error);
/* It is open: nothing moves before the next tick. [-0, +0, m] */
void stream_start(lua_State *L, Stream *s);
/* An error of the stream's own, on top of the stack: destroys it, or only tells it (autoDestroy = false). [-1, +0, e] */
void stream_fail(lua_State *L, Stream *s);
void stream_fail_system(lua_State *L, Stream *s, int err, const char *syscall);       /* [-0, +0, e] */
void stream_push_system(lua_State *L, const Stream *s, int err, const char *syscall); /* [-0, +1, m] */
/* Back to the state of a new stream, for connect() after close. [-0, +0, m] */
void stream_revive(lua_State *L, Stream *s);
void stream_set_error(lua_State *L, Stream *s, int error); /* of an index, unless it has one. [-0, +0, m] */
void stream_push_error(lua_State *L, Stream *s);           /* the error that destroyed it, or nil. [-0, +1, -] */
void stream_collect(Handle *h);
void stream_free(Handle *h);
bool stream_readable(const Stream *s);
bool stream_writable(const Stream *s);
const Address *stream_local(lua_State *L, Stream *s); /* [-0, +0, m] */
const Address *stream_peer(Stream *s);
void stream_set_nodelay(Stream *s, bool on);
void stream_set_keepalive(Stream *s, bool on, unsigned seconds);
void stream_apply_ref(Stream *s);

/* -- idle timer (stream_timeout.c) -------------------------------------------------------------------------------- */

void stream_touch(Stream *s);                                  /* something moved */
void stream_set_timeout(lua_State *L, Stream *s, uint64_t ms); /* 0: none. [-0, +0, m] */
void stream_stop_timeout(Stream *s);

/* -- the readable half (stream_read.c) ---------------------------------------------------------------------------- */

extern const luaL_Reg stream_read_methods[];
void stream_on_alloc(uv_handle_t *uv, size_t suggested, uv_buf_t *buf);
void stream_on_read(uv_stream_t *uv, ssize_t n, const uv_buf_t *buf);
void stream_listening(lua_State *L, Handle *h, int event, bool added);
void stream_read_nothing(lua_State *L, Stream *s); /* read(0): asks for data, or for the end */
void stream_resume(lua_State *L, Stream *s);
void stream_pause(lua_State *L, Stream *s);
size_t stream_buffered(const Stream *s);
size_t stream_read_mark(const Stream *s);
bool stream_is_paused(const Stream *s);
void stream_drop_chunks(Stream *s);
void stream_eof(lua_State *L, Stream *s, bool sync); /* nothing follows; sync: inside read() */
/* The string at an index was read; sync: inside read(). [-0, +0, e] */
void stream_push_chunk(lua_State *L, Stream *s, int string, bool sync);
bool stream_can_push(const Stream *s);

extern const luaL_Reg stream_unread_functions[];   /* of moonport.core, in stream_unread.c */
void stream_check_unread(lua_State *L, Stream *s); /* the peer has ended: is anybody there to read? [-0, +0, e] */

/* -- the writable half (stream_write.c) --------------------------------------------------------------------------- */

extern const luaL_Reg stream_methods[]; /* of every stream; in stream_methods.c, as the next */
extern const luaL_Reg stream_write_methods[];
/* Queues bytes; the string at an index is anchored instead of copied when it is large (0: copied). callback is the
 * index of a function, or 0. Returns what write() returns. [-0, +0, m] */
bool stream_write(lua_State *L, Stream *s, const char *data, size_t len, int string, int callback);
/* Calls the callback at an index with the error on top, by tick; the error stays there. [-0, +0, m] */
void stream_fail_by_tick(lua_State *L, Stream *s, int callback);
/* Whether the script may not write any more: then the callback (an index, or 0) is told by tick, and the stream is
 * destroyed with the error, which is left on the stack. [-0, +(0|1), e] */
bool stream_refuses(lua_State *L, Stream *s, int callback);
/* The same from C, without Lua: false means back-pressure. */
bool stream_feed(Stream *s, const char *data, size_t len);
/* Hands what waits to the kernel and sees to the consequences; L is NULL outside of Lua. [-0, +0, m] */
void stream_flush(lua_State *L, Stream *s);
void stream_push_out(lua_State *L, Stream *s); /* ... without them: nobody is there any more */
void stream_end(lua_State *L, Stream *s);      /* finish() without arguments. [-0, +0, e] */
size_t stream_write_mark(const Stream *s);
bool stream_error_buffer_due(const Stream *s);
void stream_add_finish_callback(lua_State *L, Stream *s, int callback); /* the function at an index. [-0, +0, m] */
void stream_drop_finish_callbacks(lua_State *L, Stream *s);             /* [-0, +0, m] */
void stream_error_buffer(lua_State *L, Handle *h); /* tick: callbacks of what will not be written */
void stream_closed_before_connection(lua_State *L, Stream *s);
void stream_drop_queue(lua_State *L, Stream *s); /* L may be NULL */
void stream_shutdown(lua_State *L, Stream *s);
/* A stream written in Lua has written, or ended; error is an index, or 0. [-0, +0, e] */
void stream_script_done(lua_State *L, Stream *s, uv_write_t *write, int error, bool sync);
void stream_final_done(lua_State *L, Stream *s, int error);
/* The text at an index in the encoding at another, as bytes that are left on the stack. [-0, +1, e] */
const char *stream_encode(lua_State *L, Stream *s, int text, int encoding, size_t *len);

/* -- tasks (stream_receive.c, stream_send.c) ----------------------------------------------------------------------- */

extern const luaL_Reg stream_receive_methods[];
extern const luaL_Reg stream_send_methods[];
/* Bytes came and a task waits for them: it goes on. Returns whether they are taken, or kept. [-0, +0, e] */
bool stream_give_reader(lua_State *L, Stream *s, const char *data, size_t len);
/* Pushes nil and why the stream is of no use: its own error, or the code. Returns 2. [-0, +2, m] */
int stream_push_failure(lua_State *L, Stream *s, const char *code);
void stream_wake_reader(lua_State *L, Stream *s);  /* the end, or an error. [-0, +0, m] */
bool stream_senders_due(const Stream *s);          /* there are some whose bytes the kernel has */
void stream_wake_senders(lua_State *L, Stream *s); /* those whose bytes the kernel has; on an error all. [-0, +0, m] */

/* -- the option onread (stream_onread.c) -------------------------------------------------------------------------- */

void stream_set_onread(lua_State *L, Stream *s); /* the function on top of the stack. [-1, +0, m] */
void stream_give_onread(lua_State *L, Stream *s, const char *data, size_t len); /* [-0, +0, e] */
void stream_let_onread(lua_State *L, Stream *s, bool read);                     /* pause() and resume(). [-0, +0, e] */

/* -- pipes (stream_pipe.c) ---------------------------------------------------------------------------------------- */

bool stream_piped(const Stream *s); /* C feeds at least one destination */
/* Feeds all destinations without Lua; false, and nothing done, when that is not possible now. */
bool stream_pipe_out(Stream *s, const char *data, size_t len);
/* The same with Lua, in any state of the destinations; the bytes are the string at an index. [-0, +0, e] */
void stream_pipe_string(lua_State *L, Stream *s, int string);
bool stream_pipe_waits(const Stream *s);       /* a destination has asked for a pause */
void stream_drained(lua_State *L, Stream *s);  /* the queue of a destination is empty: its sources go on */
void stream_drop_outlets(Stream *s);           /* the pipes out of it */
void stream_drop_pipes(Stream *s);             /* ... and into it */
extern const luaL_Reg stream_pipe_functions[]; /* of moonport.core */

#endif
