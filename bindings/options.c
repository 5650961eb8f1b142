/* options.c - reading options: ranges, types and their errors, once for all functions that take a table. */
#include "options.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "error.h"

lua_Integer option_integer(lua_State *L, int index, const char *label, double min, double max) {
  if (lua_type(L, index) != LUA_TNUMBER) error_argument_type(L, label, "of type number", index);
  double n = lua_tonumber(L, index);
  if (n != floor(n)) error_out_of_range(L, label, "an integer", index); /* NaN as well */
  if (n < min || n > max) {
    char range[64];
    snprintf(range, sizeof range, ">= %.0f && <= %.0f", min, max);
    error_out_of_range(L, label, range, index);
  }
  return (lua_Integer)n;
}

int option_int(lua_State *L, int index, const char *label, double min, double max) {
  return (int)option_integer(L, index, label, min, max);
}

const char *option_string(lua_State *L, int index, const char *label) {
  if (lua_type(L, index) != LUA_TSTRING) error_argument_type(L, label, "of type string", index);
  size_t len;
  const char *text = lua_tolstring(L, index, &len);
  if (strlen(text) != len) error_argument_value(L, label, "must be a string without null bytes", index);
  return text;
}

void options_read(lua_State *L, int index, const Option *options, void *out) {
  if (lua_isnoneornil(L, index)) return;
  for (const Option *o = options; o->name != NULL; ++o) {
    char *at = (char *)out + o->offset;
    if (lua_getfield(L, index, o->name) != LUA_TNIL) {
      int value = lua_gettop(L);
      switch (o->kind) {
        case OPTION_BOOL: *(bool *)(void *)at = lua_toboolean(L, value); break;
        case OPTION_NUMBER:
          if (lua_type(L, value) != LUA_TNUMBER) error_argument_type(L, o->label, "of type number", value);
          *(double *)(void *)at = lua_tonumber(L, value);
          break;
        case OPTION_INT: *(int *)(void *)at = option_int(L, value, o->label, o->min, o->max); break;
        case OPTION_STRING: *(const char **)(void *)at = option_string(L, value, o->label); break;
      }
    }
    lua_pop(L, 1);
  }
}
