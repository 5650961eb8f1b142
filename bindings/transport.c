/* transport.c - the table of transports: a new kind of stream is entered here. What libuv's streams do is said once. */
#include "transport.h"

static const Transport transport_none = { .name = "none", .size = sizeof(uv_pipe_t) };

const Transport *const transports[] = {
  [TRANSPORT_NONE] = &transport_none,
  [TRANSPORT_TCP] = &transport_tcp,
  [TRANSPORT_UNIX] = &transport_unix,
  [TRANSPORT_INPUT] = &transport_input,
  [TRANSPORT_TTY] = &transport_tty,
  [TRANSPORT_FILE] = &transport_file,
  [TRANSPORT_OUTPUT] = &transport_output,
  [TRANSPORT_SCRIPT] = &transport_script,
};

int transport_read_start(const Transport *row, lua_State *L, Wire *wire, uv_alloc_cb alloc, uv_read_cb done) {
  if (row->read_start == NULL) return uv_read_start(&wire->stream, alloc, done);
  return row->read_start(L, wire, alloc, done);
}

void transport_read_stop(const Transport *row, Wire *wire) {
  if (row->read_stop == NULL) uv_read_stop(&wire->stream);
  else row->read_stop(wire);
}

int transport_write(const Transport *row, lua_State *L, Wire *wire, uv_write_t *req, const uv_buf_t *bufs,
    unsigned count, uv_write_cb done) {
  if (row->write == NULL) return uv_write(req, &wire->stream, bufs, count, done);
  return row->write(L, wire, req, bufs, count, done);
}

void transport_close(const Transport *row, lua_State *L, Wire *wire, uv_close_cb done) {
  if (row->close == NULL) uv_close(&wire->handle, done);
  else row->close(L, wire, done);
}

int transport_descriptor(const Transport *row, const Wire *wire, int *fd) {
  if (row->descriptor == NULL) return uv_fileno(&wire->handle, fd);
  return row->descriptor(wire, fd);
}

void transport_ref(const Transport *row, Wire *wire, bool on) {
  if (row->ref != NULL) row->ref(wire, on);
  else if (on) uv_ref(&wire->handle);
  else uv_unref(&wire->handle);
}

size_t transport_waiting(const Transport *row, const Wire *wire) {
  return row->write == NULL ? uv_stream_get_write_queue_size(&wire->stream) : 0;
}
