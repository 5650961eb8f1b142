/* repl.h - the prompt: lines in, values out, while the loop goes on. */
#ifndef REPL_H
#define REPL_H

#include <lua.h>
#include <stdbool.h>
#include <uv.h>

#include "moonport.h"

/* To be called before Lua's libraries are opened: what they write is to leave room for the prompt. */
void repl_prepare(void);
/* [-0, +0, e] Begins to read lines on the loop; it goes on until process.exit is called, by the script or the end of
 * the input. */
void repl_start(lua_State *L, uv_loop_t *loop);
/* [-0, +0, m] An uncaught error is on top of the stack. False: there is no prompt to show it at. */
bool repl_show_error(lua_State *L);
/* From the handler of SIGINT. False: it is not for us. */
bool repl_interrupt(moonport_Context *context);
/* The loop has ended: the terminal is as it was. */
void repl_stop(void);
/* After the state was closed. */
void repl_release(void);

#endif
