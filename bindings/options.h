/* options.h - an options table -> a struct, by a table of fields. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum OptionKind {
  OPTION_BOOL,   /* bool: whether the value is truthy */
  OPTION_NUMBER, /* double: checked to be a number */
  OPTION_INT,    /* int: a whole number in min..max */
  OPTION_STRING, /* const char *: without NUL; belongs to the table */
} OptionKind;

typedef struct Option {
  const char *name;  /* the key */
  const char *label; /* as errors call it: "options.name" */
  OptionKind kind;
  size_t offset;
  double min, max; /* of OPTION_INT */
} Option;

/* Reads the fields that are present; a field that is absent keeps its value. The table is never changed, unknown
 * keys are ignored. The index may hold nil: then nothing is read. [-0, +0, e] */
void options_read(lua_State *L, int index, const Option *options, void *out);
/* One value as OPTION_INT checks it; the range is one of the result's type. [-0, +0, e] */
lua_Integer option_integer(lua_State *L, int index, const char *label, double min, double max);
int option_int(lua_State *L, int index, const char *label, double min, double max);
/* A string without a hidden NUL. [-0, +0, e] */
const char *option_string(lua_State *L, int index, const char *label);

#endif
