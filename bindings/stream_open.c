/* stream_open.c - streams that take time to open: files, and those whose script constructs them. Before that nothing
 * moves; what is written waits. Sockets are connected by connect.c, and known open from then on. */
#include "emitter.h"
#include "stream.h"
#include "stream_script.h"

static int push_descriptor(lua_State *L, const void *arg) {
  const Stream *s = (const Stream *)arg;
  int fd = -1;
  transport_descriptor(stream_transport(s), &s->wire, &fd);
  lua_pushinteger(L, fd);
  return 1;
}

static void emit_opened(lua_State *L, Stream *s) {
  emit(L, &s->h, EVENT_OPEN, push_descriptor, s);
  emit(L, &s->h, EVENT_READY, NULL, NULL);
}

void stream_opening(lua_State *L, Stream *s) {
  s->opening = s->state.connecting = true;
  handle_opened(L, &s->h);
}

static void tick_opened(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->state.destroyed) return;
  s->opening = s->state.connecting = false;
  s->state.connected = s->opened_once = true;
  stream_push_out(L, s);
  if (s->in_lua && s->need_readable) stream_script_more(L, s);
  stream_settle(L, s);
}

void stream_opened(lua_State *L, Stream *s, int err) {
  bool gone = s->state.closing; /* destroyed meanwhile: the transport closes it next */
  if (err != 0 && gone) {
    stream_set_error(L, s, lua_gettop(L));
    lua_pop(L, 1);
  } else if (err != 0) {
    s->opening = s->state.connecting = false;
    stream_fail(L, s);
    handle_closed(&s->h);
  } else {
    emit_opened(L, s);
    stream_start(L, s);
  }
}

void stream_start(lua_State *L, Stream *s) { tick(L, &s->h, tick_opened); }

void stream_constructed(lua_State *L, Stream *s, bool failed, bool gone) {
  if (!failed && !gone) {
    stream_start(L, s);
  } else if (failed && gone) {
    stream_set_error(L, s, lua_gettop(L));
    lua_pop(L, 1);
  } else if (failed) {
    s->opening = s->state.connecting = false;
    s->state.connected = true; /* as in Node: it was never made, and is destroyed all the same */
    stream_fail(L, s);
  }
}
