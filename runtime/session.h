/* session.h - the session at the prompt, as lua/repl.lua keeps it. */
#ifndef SESSION_H
#define SESSION_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* [-1, +0, e] Begins it: what it may ask of its host is in the table on top. */
void session_open(lua_State *L);
/* [-0, +0, m] Calls one of its functions as a task, with a text or, where that is NULL, with nothing. False: an exit was
 * asked for. */
bool session_tell(lua_State *L, const char *name, const char *text, size_t size);
/* [-0, +0, m] What may stand from `start` to the end of a line: malloc'ed texts, the last one NULL; or NULL. */
char **session_complete(lua_State *L, const char *line, size_t size, size_t start);
/* [-0, +0, e] Shows the uncaught error on top of the stack. False: the session has not begun. */
bool session_show_error(lua_State *L);

#endif
