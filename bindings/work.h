/* work.h - C that may block, run on a thread of libuv's pool for a Lua callback. */
#ifndef WORK_H
#define WORK_H

#include "context.h"
#include "task.h"

typedef struct Work Work;

struct Work {
  uv_work_t uv;         /* first */
  Context *cx;          /* kept by context_ref while a thread has the work */
  void (*run)(Work *w); /* on a thread: touches neither Lua nor the loop; a long one asks work_stopped() */
  int (*push)(lua_State *L, Work *w); /* pushes what the callback gets, returns how many values. [-0, +n, e] */
  void (*free)(Work *w);              /* what the block owns, then the block */
  Caller caller;                      /* for tracebacks */
  int callback;                       /* registry reference */
};

/* Makes the work of a callback at an index: size bytes that begin with a Work and are zero, and room bytes behind them
 * that are not. Nothing may raise between this and work_start, which cannot fail. [-0, +0, e] */
void *work_new(lua_State *L, Context *cx, size_t size, size_t room, int callback);
/* Gives it to a thread. The callback runs by the door when the work is done; the work is freed after that, or when the
 * host has closed the state meanwhile. [-0, +0, -] */
void work_start(Work *w);
/* Whether the host has closed the state: nobody waits for what is left to do. On any thread. */
bool work_stopped(const Work *w);

#endif
