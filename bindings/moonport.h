/* moonport.h - the public C API: Node's net on any lua_State and any uv_loop_t.
 *
 * The library never exits the process, never prints and never owns a loop. Every call is for the thread that runs
 * the loop; none may be made from another one. Semantic versioning; the SONAME carries the major version. */
#ifndef MOONPORT_H
#define MOONPORT_H

#include <lua.h>
#include <uv.h>

#define MOONPORT_VERSION "0.1.0"

/* Field of the registry: `require` as it was at moonport_open, whatever a script has called `require` since. */
#define MOONPORT_REQUIRE "moonport.require"

#if defined(__GNUC__)
#define MOONPORT_API __attribute__((visibility("default")))
#else
#define MOONPORT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

enum {
  MOONPORT_GLOBALS = 1,      /* define Node's globals: console, process, setTimeout, Error, ... */
  MOONPORT_FATAL = 4,        /* after an error that was kept, nothing enters Lua until moonport_run has returned it */
  MOONPORT_KEEP_SIGPIPE = 2, /* leave SIGPIPE alone (a peer that vanished may then end the process) */
};

typedef struct moonport_Options {
  /* An error that no listener or pcall caught; the value is on top of L. It may print, and must leave the stack as
   * it was. NULL: the first error is kept, the loop is stopped, and moonport_run raises it to its caller. */
  void (*on_error)(lua_State *L, void *data);
  /* A warning of the runtime, one line without its end. NULL: warnings are dropped. */
  void (*on_warning)(const char *text, void *data);
  /* process.exit or os.exit was called where Lua cannot be unwound (inside a sort, a metamethod): end the process
   * with this code now. NULL: such a call raises an error instead. */
  void (*on_exit)(int code, void *data);
  void *data;                /* handed to the three functions above */
  const char *script_folder; /* modules there come before the built-in ones; or NULL */
  unsigned flags;            /* MOONPORT_GLOBALS, ... */
} moonport_Options;

enum { MOONPORT_DONE, MOONPORT_FAILED, MOONPORT_EXIT };

/* [-0, +0, m] Opens moonport on a state and a loop, both of which stay the caller's. options may be NULL.
 * Returns 0, or a negative libuv error code. A second open on the same state changes nothing. */
MOONPORT_API int moonport_open(lua_State *L, uv_loop_t *loop, const moonport_Options *options);

/* [-(nargs + 1), +0, m] Runs the function under nargs arguments as a task, as a main chunk is run: then the ticks.
 * Errors go the way of all uncaught errors. Returns true when the function ended without one. */
MOONPORT_API int moonport_call(lua_State *L, int nargs);

/* [-0, +(0|1), -] Runs the loop until nothing referenced is left (MOONPORT_DONE), an uncaught error was kept
 * (MOONPORT_FAILED: the value is pushed) or an exit was asked for (MOONPORT_EXIT). */
MOONPORT_API int moonport_run(lua_State *L);

/* [-0, +0, -] True when moonport_run would have something to wait for. */
MOONPORT_API int moonport_alive(lua_State *L);

/* [-0, +(0|1), m] How many tasks wait. If there are any, pushes a text of where each does: for a host whose loop is empty,
 * so that nothing will wake them. */
MOONPORT_API int moonport_waiting(lua_State *L);

/* [-0, +0, -] True when process.exit or os.exit was called; *code is then its code. */
MOONPORT_API int moonport_exit_code(lua_State *L, int *code);

/* [-0, +1, -] Pushes the report of an uncaught error at an index: message, traceback, fields, where the object was
 * made. It cannot fail, whatever the value is; bytes of peers are escaped. */
MOONPORT_API void moonport_report(lua_State *L, int index);

/* [-0, +0, -] What moonport_interrupt takes; valid until lua_close. NULL when moonport is not open. */
typedef struct Context moonport_Context;
MOONPORT_API moonport_Context *moonport_context(lua_State *L);

/* Runs f(L, data) as soon as Lua code runs or the loop turns; a coroutine that the script resumed itself comes to its
 * end or yields first. The one call that a signal handler may make. */
MOONPORT_API void moonport_interrupt(moonport_Context *context, void (*f)(lua_State *L, void *data), void *data);

/* [-0, +0, -] Removes the files of the Unix sockets that were bound, at once: for a host that is about to die. */
MOONPORT_API void moonport_unlink(lua_State *L);

/* [-0, +0, -] Cuts moonport off: no callback enters Lua any more, every own handle is closed. The handles are freed
 * when the loop runs next, which may be after lua_close(L): until uv_run() returns 0, since an exit or an error stops the
 * loop, also one that has yet to run. Calling lua_close without it is allowed too. */
MOONPORT_API void moonport_close(lua_State *L);

/* [-0, +1, e] The module for stock Lua: local moonport = require "moonport". */
MOONPORT_API int luaopen_moonport(lua_State *L);

#ifdef __cplusplus
}
#endif

#endif
