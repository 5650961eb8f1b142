/* repl_host.h - what lua/repl*.lua need of the system, besides the prompt itself. */
#ifndef REPL_HOST_H
#define REPL_HOST_H

#include <lua.h>

/* [-0, +0, m] Adds functions to the table on top: write_history, files, types. */
void repl_host_functions(lua_State *L);

#endif
