/* stream_properties.h - the properties that classes of streams share, and how more of them are written. */
#ifndef STREAM_PROPERTIES_H
#define STREAM_PROPERTIES_H

#include "stream.h"

extern const Property stream_properties[];       /* of every stream */
extern const Property stream_read_properties[];  /* of what can be read */
extern const Property stream_write_properties[]; /* of what can be written */

/* Each pushes a value and returns 1. [-0, +1, -] */
int property_bool(lua_State *L, bool value);
int property_size(lua_State *L, uint64_t value);

/* A getter that is one expression of the stream s. */
#define GETTER(name, expression)                                                                                       \
  static int name(lua_State *L, Handle *h) {                                                                           \
    Stream *s = (Stream *)h;                                                                                           \
    return expression;                                                                                                 \
  }

#endif
