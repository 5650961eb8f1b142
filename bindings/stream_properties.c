/* stream_properties.c - what a script may read of any stream. Derived from the facts when asked, never stored. */
#include "stream_properties.h"

int property_bool(lua_State *L, bool value) {
  lua_pushboolean(L, value);
  return 1;
}

int property_size(lua_State *L, uint64_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  return 1;
}

GETTER(get_destroyed, property_bool(L, s->state.destroyed))
GETTER(get_closed, property_bool(L, s->close_told))
GETTER(get_readable, property_bool(L, stream_readable(s)))
GETTER(get_writable, property_bool(L, stream_writable(s)))
GETTER(get_readable_ended, property_bool(L, s->end_emitted && !s->readable_off))
GETTER(get_readable_aborted, property_bool(L, !s->readable_off && (s->state.destroyed || s->errored) && !s->end_emitted))
GETTER(get_writable_aborted, property_bool(L, !s->writable_off && (s->state.destroyed || s->errored) && !s->finished))
GETTER(get_did_read, property_bool(L, s->did_read))
GETTER(get_writable_ended, property_bool(L, s->state.ending))
GETTER(get_writable_finished, property_bool(L, s->finished && !s->writable_off))
GETTER(get_need_drain, property_bool(L, s->need_drain && !s->state.destroyed && !s->state.ending))
GETTER(get_corked, property_size(L, s->more != NULL ? s->more->corks : 0))
GETTER(get_readable_length, property_size(L, stream_buffered(s)))
GETTER(get_writable_length, property_size(L, stream_queued(s)))
GETTER(get_read_mark, property_size(L, stream_read_mark(s)))
GETTER(get_write_mark, property_size(L, stream_write_mark(s)))

static int get_errored(lua_State *L, Handle *h) {
  stream_push_error(L, (Stream *)h);
  return 1;
}

static int get_flowing(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->flowing == FLOWING_UNASKED) lua_pushnil(L);
  else lua_pushboolean(L, s->flowing == FLOWING_ON);
  return 1;
}

static int get_encoding(lua_State *L, Handle *h) {
  Stream *s = (Stream *)h;
  if (s->more == NULL || !s->more->decoding) lua_pushnil(L);
  else lua_pushstring(L, encoding_name((Encoding)s->more->decoder.encoding));
  return 1;
}

const Property stream_properties[] = {
  { "destroyed", get_destroyed, NULL },
  { "closed", get_closed, NULL },
  { "errored", get_errored, NULL },
  { NULL, NULL, NULL },
};

const Property stream_read_properties[] = {
  { "readable", get_readable, NULL },
  { "readableEnded", get_readable_ended, NULL },
  { "readableAborted", get_readable_aborted, NULL },
  { "readableDidRead", get_did_read, NULL },
  { "readableFlowing", get_flowing, NULL },
  { "readableEncoding", get_encoding, NULL },
  { "readableLength", get_readable_length, NULL },
  { "readableHighWaterMark", get_read_mark, NULL },
  { NULL, NULL, NULL },
};

const Property stream_write_properties[] = {
  { "writable", get_writable, NULL },
  { "writableEnded", get_writable_ended, NULL },
  { "writableFinished", get_writable_finished, NULL },
  { "writableAborted", get_writable_aborted, NULL },
  { "writableNeedDrain", get_need_drain, NULL },
  { "writableCorked", get_corked, NULL },
  { "writableLength", get_writable_length, NULL },
  { "writableHighWaterMark", get_write_mark, NULL },
  { NULL, NULL, NULL },
};
