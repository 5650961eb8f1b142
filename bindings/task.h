/* task.h - pooled coroutines: every listener, timer and callback runs on one, so that it may yield. */
#ifndef TASK_H
#define TASK_H

#include "context.h"

/* Who calls, for the traceback of a failure. */
typedef struct Caller {
  const char *role;  /* "listener", "timer", "tick", ... */
  const char *event; /* of a listener, else NULL */
  Handle *h;         /* of a listener on an object, else NULL */
} Caller;

/* Calls the function under nargs arguments on a coroutine of the pool; its results are dropped. A function that
 * yields keeps its coroutine: it belongs to whoever resumes it. An error is raised again in L when a script called; when
 * the loop did, it is an uncaught error, told at once, and false is returned: the facts of C stay whole.
 * [-(nargs + 1), +0, e] */
bool task_call(lua_State *L, Context *cx, int nargs, const Caller *caller);

#endif
