/* message.h - what the executable says on standard error. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <lua.h>
#include <stdbool.h>

/* Whether a stream may be coloured: a terminal, and nobody asked for none. */
bool message_colors(int fd);
/* One line, printf's way, after "moonport: "; control bytes in it are escaped. */
__attribute__((format(printf, 1, 2))) void message(const char *format, ...);
/* [-1, +0, m] The report of an error, and a hint where its text is that of a typical mistake. */
void message_report(lua_State *L);
/* For moonport_Options.on_warning. */
void message_warning(const char *text, void *data);
/* [-0, +0, -] warn() of Lua: "@on" and "@off" turn it on and off, as in lua(1). */
void message_lua_warnings(lua_State *L);

#endif
