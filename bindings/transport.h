/* transport.h - what differs between the kinds of streams: one row of functions each. Nothing above knows how bytes
 * move, so that another way to move them is one more row. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <lua.h>
#include <uv.h>

#include "address.h"
#include "transport_file.h"
#include "transport_input.h"
#include "transport_output.h"
#include "transport_script.h"

/* What a row keeps of a stream. Each member begins as libuv's handles do, with a pointer to the stream, so that rows of
 * our own call the same callbacks. */
typedef union Wire {
  uv_handle_t handle;
  uv_stream_t stream;
  uv_tcp_t tcp;
  uv_pipe_t pipe;
  uv_tty_t tty;
  FileWire file;
  InputWire input;
  OutputWire output;
  ScriptWire script;
} Wire;

typedef struct Transport {
  const char *name;
  size_t size;  /* of its member of Wire */
  bool counted; /* bytes are not taken while write() runs: they count as waiting until they are written */
  bool in_lua;  /* ... by functions of the script: the pieces that were written are never joined */
  bool plain; /* as Node's streams are unless they say otherwise: 'error' and 'close' are told together, when closed */
  bool lasting;   /* never closed: destroy() only tells it */
  bool described; /* errors say "EISDIR: illegal operation on a directory, read", not "read EISDIR" */

  /* Each returns 0 or a negative libuv error code. NULL: means nothing here. */
  int (*open)(uv_loop_t *loop, Wire *wire, int fd); /* takes a descriptor over, unless it fails */
  int (*reset)(Wire *wire, uv_close_cb done);       /* closes with an RST */
  int (*nodelay)(Wire *wire, bool on);
  int (*keepalive)(Wire *wire, bool on, unsigned seconds);
  int (*local)(Wire *wire, Address *out);
  int (*peer)(Wire *wire, Address *out);

  /* The bytes. NULL: libuv's own function, for a member that is a uv_stream_t. L is NULL outside of Lua. */
  int (*read_start)(lua_State *L, Wire *wire, uv_alloc_cb alloc, uv_read_cb done);
  void (*read_stop)(Wire *wire);
  int (*try_write)(Wire *wire, const uv_buf_t *bufs, unsigned count); /* of rows that are not counted */
  int (*write)(lua_State *L, Wire *wire, uv_write_t *req, const uv_buf_t *bufs, unsigned count, uv_write_cb done);
  void (*close)(lua_State *L, Wire *wire, uv_close_cb done);
  int (*descriptor)(const Wire *wire, int *fd);
  void (*ref)(Wire *wire, bool on);
} Transport;

extern const Transport transport_tcp;
extern const Transport transport_unix;
extern const Transport transport_input;
extern const Transport transport_tty;
extern const Transport transport_file;
extern const Transport transport_output;
extern const Transport transport_script; /* in stream_script.c */

typedef enum TransportKind {
  TRANSPORT_NONE,
  TRANSPORT_TCP,
  TRANSPORT_UNIX,
  TRANSPORT_INPUT,
  TRANSPORT_TTY,
  TRANSPORT_FILE,
  TRANSPORT_OUTPUT,
  TRANSPORT_SCRIPT,
} TransportKind;

/* The rows by kind; none has no functions and room for the member of a socket. */
extern const Transport *const transports[];

/* A direct branch for libuv's streams: they are what has to be fast. */
static inline int transport_try_write(const Transport *row, Wire *wire, const uv_buf_t *bufs, unsigned count) {
  if (row->try_write == NULL) return uv_try_write(&wire->stream, bufs, count);
  return row->try_write(wire, bufs, count);
}

int transport_read_start(const Transport *row, lua_State *L, Wire *wire, uv_alloc_cb alloc, uv_read_cb done);
void transport_read_stop(const Transport *row, Wire *wire);
int transport_write(const Transport *row, lua_State *L, Wire *wire, uv_write_t *req, const uv_buf_t *bufs,
    unsigned count, uv_write_cb done);
void transport_close(const Transport *row, lua_State *L, Wire *wire, uv_close_cb done);
int transport_descriptor(const Transport *row, const Wire *wire, int *fd);
void transport_ref(const Transport *row, Wire *wire, bool on);
/* Bytes that libuv has not handed to the kernel yet: do they grow less? */
size_t transport_waiting(const Transport *row, const Wire *wire);

#endif
