/* script.h - a file, standard input or a text becomes a function. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <lua.h>
#include <stdbool.h>

/* [-0, +(0|1), m] Pushes a script as a function; "-" is standard input. False: it has been said why it is none. */
bool script_load(lua_State *L, const char *path, bool allow_bytecode);
/* [-0, +(0|1), m] The same of a text. */
bool script_load_text(lua_State *L, const char *text, const char *name);
/* [-0, +(0|1), m] Of an expression, or of a chunk as it is. */
bool script_load_expression(lua_State *L, const char *text, const char *name);
/* What stands before the path of a file, or of its folder, so that it is not taken for one of the library's own files,
 * whose names begin with lua/. */
const char *script_own_folder(const char *path);

#endif
