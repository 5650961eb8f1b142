/* error.h - every error value is made here: tables with the fields of Node's errors. */
#ifndef ERROR_H
#define ERROR_H

#include "context.h"
#include "task.h"

/* -- values: each pushes one error. [-0, +1, m] ----------------------------------------------------------------- */

/* An error of a class ("Error", "TypeError", ...); code may be NULL. */
void error_push(lua_State *L, const char *name, const char *code, const char *message);
/* A state error by its code; the texts are one table in error.c. */
void error_push_code(lua_State *L, const char *code);
/* "read ECONNRESET": a failed system call. err is a libuv error code. */
void error_push_system(lua_State *L, int err, const char *syscall);
/* "ENOENT: no such file or directory, rename 'path' -> 'dest'": the same as Node words it of files; path and dest, or
 * dest alone, may be NULL. */
void error_push_file(lua_State *L, int err, const char *syscall, const char *path, const char *dest);
/* error_push_system with "address:port" appended, and the fields set; port <= 0: none. */
void error_push_address(lua_State *L, int err, const char *syscall, const char *address, int port);
/* Sets the field where of the error on top to where an object was made. [-0, +0, m] */
void error_set_where(lua_State *L, const Handle *h);
/* Replaces a string at an index by an Error of that message. [-0, +0, m] */
void error_coerce(lua_State *L, int index);
/* The code of a libuv error as Node spells it: "ECONNRESET", "ENOTFOUND". */
const char *error_name(int err);

/* -- raised: none returns. [-0, +0, e] -------------------------------------------------------------------------- */

int error_raise_code(lua_State *L, const char *code);
/* The "name" argument must be <expected>. Received ... ("of type string", "an instance of AbortSignal"); a name that
 * ends with " argument" stands without quotes */
int error_argument_type(lua_State *L, const char *name, const char *expected, int index);
/* The argument 'name' <reason>. Received ... */
int error_argument_value(lua_State *L, const char *name, const char *reason, int index);
/* The value of "name" is out of range. It must be <range>. Received ... */
int error_out_of_range(lua_State *L, const char *name, const char *range, int index);
int error_bad_port(lua_State *L, const char *name, bool zero, int index); /* zero: 0 is a port */
int error_unknown_encoding(lua_State *L, int index);                      /* Unknown encoding: <the value> */
/* A method called on something else, often with a dot for a colon. */
int error_receiver(lua_State *L, const char *class_name);
int error_receiver_of(lua_State *L, const char *class_name, const char *method); /* the receiver is argument 1 */
int error_read_only(lua_State *L, const char *property, const char *class_name);
/* 'error' was emitted and nobody listens: raises the value on top of the stack. */
int error_throw_unhandled(lua_State *L);

/* -- uncaught ---------------------------------------------------------------------------------------------------- */

/* The traceback of a coroutine, without the function of ours that called it. [-0, +1, m] */
void error_push_stack(lua_State *L, lua_State *co, int level);
/* Listeners that emit their own event nest until C has no room: the error on co says which event. [-1, +1, m] */
void error_name_overflow(lua_State *co, const Caller *caller);
/* The task co failed: moves its error value to L and keeps its traceback for the report. [-0, +1, m] */
void error_trace(lua_State *L, Context *cx, lua_State *co, const Caller *caller);
/* The traceback of the last failure, when it is to be told later: pushes it; sets that of the value on top, which stays,
 * to the text below it, which goes. [-0, +1, -] and [-1, +0, m] */
void error_push_trace(lua_State *L);
void error_set_trace(lua_State *L);
/* That of an error, or nil. [-0, +1, m] */
void error_push_trace_of(lua_State *L, int value);
extern const char UNCAUGHT_HOOK, WARNING_HOOK; /* registry: process.lua's functions */
/* Offers an uncaught error to the script's 'uncaughtException'. Returns whether it was taken. [-0, +0, e] */
bool error_tell_script(lua_State *L, int index);
/* The error that ended the loop, until context_run raises it. [-0, +0, -] and [-0, +1, -] */
void error_keep(lua_State *L, int index);
void error_push_kept(lua_State *L);
/* Warns: by process.emitWarning if there is a process, which shows it once for each line of the script; else by the
 * host. The line is the one that runs, or "file:line" (or nil) at an index. [-0, +0, e] */
void error_warn(lua_State *L, Context *cx, const char *name, const char *text);
void error_warn_at(lua_State *L, Context *cx, const char *name, const char *text, int where);
/* Pushes the string at an index with its control bytes escaped. [-0, +1, m] */
void error_push_escaped(lua_State *L, int index);
/* Pushes the report of an error. [-0, +1, m] */
void error_push_report(lua_State *L, int index);

void error_push_number(lua_State *L, int index); /* as Node writes it. [-0, +1, m] */
void error_push_shown(lua_State *L, int index);  /* as util.inspect shows it, tables by their type. [-0, +1, m] */
bool error_callable(lua_State *L, int index);    /* a function, or something with __call. [-0, +0, -] */
bool error_is(lua_State *L, int index);          /* a table made here. [-0, +0, -] */
/* Makes the metatable; pushes the functions of errors for lua/. [-0, +1, m] */
void error_open(lua_State *L, Context *cx);

#endif
