/* task.h - tasks: coroutines that run the script's functions and may wait. Every listener, timer and callback runs on one
 * of a pool; only one that waits becomes a Task. How a task waits is wait.h's. */
#ifndef TASK_H
#define TASK_H

#include "context.h"

/* Who calls, for the traceback of a failure. */
typedef struct Caller {
  const char *role;  /* "listener", "timer", "tick", ... */
  const char *event; /* of a listener, else NULL */
  Handle *h;         /* of a listener on an object, else NULL */
  uint32_t where;    /* of a task: the script's line that spawned it, else 0 */
} Caller;

typedef enum TaskStatus { TASK_RUNNING, TASK_WAITING, TASK_READY, TASK_DONE, TASK_FAILED, TASK_CANCELLED } TaskStatus;

typedef struct TaskTimer TaskTimer;

struct Task {
  Context *cx;              /* kept by context_ref */
  lua_State *co;            /* borrowed: anchored by ref while it waits; NULL: it has ended */
  int ref;                  /* registry reference of the coroutine, or LUA_NOREF */
  uint16_t refs;            /* whoever lets it run, its tick, its object */
  uint8_t status;           /* TaskStatus */
  bool listed : 1;          /* among the tasks of the context */
  bool cancelled : 1;       /* cancel() was called: every wait raises */
  bool timed_out : 1;       /* why the last wait ended: its time limit, ... */
  bool aborted : 1;         /* ... or its signal, with the error `value` */
  bool given_up : 1;        /* it has yielded for the last time: cancelled, and it would not end */
  bool named : 1;           /* its object is known: async.c */
  bool served : 1;          /* of a connection: Context.served is told of its end */
  bool spawned : 1;         /* it has results and an error of its own; any other is a callback that waits */
  const char *role;         /* static: who called it */
  uint32_t where;           /* the script's line that spawned it, as Handle.where */
  uint32_t waker;           /* number of the function that wakes it, or 0 */
  Task *next, *prev;        /* of the context's list */
  void (*stop)(Task *task); /* what it waits for is to forget it; NULL: nothing needs to */
  void *subject;            /* ... whatever stop knows */
  uint32_t since;           /* loop time, ms, cut: when it began to wait */
  uint16_t refused;         /* waits that raised because it was cancelled */
  TaskTimer *timer;         /* owned: of its time limits; NULL until there is one */
  int value;                /* registry reference: what the wait was ended with; then results, or the error */
  int reason;               /* registry reference: of its cancellation */
  int watchers;             /* registry reference: functions that are called at its end */
  int trace;                /* registry reference: the traceback of its failure; or the socket of one that is served */
};

/* What runs now, kept while something else does. */
typedef struct TaskFrame {
  lua_State *running, *root;
  Task *task;
  const Caller *caller;
  bool passable;
} TaskFrame;

/* Keeps what runs, and lets the coroutine of a task run, or nothing (NULL). */
void task_frame_enter(Context *cx, TaskFrame *frame, lua_State *co, Task *task, const Caller *caller);
void task_frame_leave(Context *cx, const TaskFrame *frame);

/* Calls the function under nargs arguments on a coroutine of the pool; its results are dropped. A function that waits
 * keeps its coroutine and goes on when it is woken; one that yields to nobody gives it to whoever resumes it. An error is
 * raised again in L when a script called; when the loop did, it is an uncaught error, told at once, and false is
 * returned: the facts of C stay whole. [-(nargs + 1), +0, e] */
bool task_call(lua_State *L, Context *cx, int nargs, const Caller *caller);
/* core.on_new_coroutine(f): f(coroutine) is called for each that the pool has or makes; it must not wait. */
int task_on_new(lua_State *L);
/* A task that has not begun; the caller owns it. [-0, +0, m] */
Task *task_new(lua_State *L, Context *cx, const char *role);
/* Calls the function under nargs arguments as that task, until it waits for the first time or ends; results and errors
 * are kept in it. [-(nargs + 1), +0, m] */
void task_start(lua_State *L, Task *task, int nargs);
/* The task that runs now: from here on it is one. [-0, +0, m] */
Task *task_current(lua_State *L, Context *cx);
/* Keeps a task that begins to wait. [-0, +0, m] */
void task_list(lua_State *L, Task *task);
/* It was woken: goes on now; or it has failed, and nobody has asked. Takes the caller's reference. [-0, +0, e] */
void task_continue(lua_State *L, Task *task);
void task_unref(Task *task);
/* The state is going: nothing goes on. */
void task_abandon_all(Context *cx);

/* -- coroutines that the script resumes --------------------------------------------------------------------------- */

/* Whether a coroutine was one of ours, and was given away by a plain yield. [-0, +0, -] */
bool task_was_given(lua_State *L, lua_State *co);
/* Resumes such a one, as a task of its own. Its results, what it yields or its error stay on it; when it waits, nothing,
 * and it goes on by itself. [-0, +0, m] */
int task_resume_given(lua_State *L, Context *cx, lua_State *co, int nargs, int *nresults);

#endif
