/* context.h - one Lua state on one loop: the door into Lua, the tick queue, the uncaught error.
 * It never knows what a socket is. */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <lauxlib.h>
#include <lua.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "moonport.h"

typedef struct Context Context;
typedef struct Handle Handle;

typedef struct Task Task;

/* What runs when the current callback has returned: first in, first out. */
typedef void (*TickRun)(lua_State *L, Handle *h);

typedef struct Tick {
  TickRun run; /* NULL: a task or a Lua function */
  Handle *h;   /* held until the tick has run */
  Task *task;  /* owned: goes on; NULL: a Lua function */
  int ref;     /* of the Lua function and its arguments */
} Tick;

/* An object that has bytes to hand to the kernel before the ticks run. */
typedef struct Flush {
  void (*run)(Handle *h);
  Handle *h; /* held */
} Flush;

enum { FLUSHES_AT_MOST = 64 }; /* each holds a write buffer */

enum { TASKS_AT_HAND = 8 };

typedef struct Spare {
  struct Spare *next;
} Spare;

struct Context {
  lua_State *L;                 /* borrowed: the main lua_State; NULL once it is closed */
  uv_loop_t *loop;              /* borrowed from the host */
  lua_State *running;           /* borrowed: the coroutine that runs now, of a task or the script's own in one */
  lua_State *root;              /* borrowed: the coroutine of the task that runs now */
  Task *task;                   /* borrowed: that task, or NULL while nobody has asked for it */
  const struct Caller *caller;  /* borrowed: who called it */
  Task *first_task, *last_task; /* borrowed: those that have waited and have not ended */
  /* A `served` task has ended: its error, or nil, is on top. Takes the reference of the run. [-1, +0, e] */
  void (*served)(lua_State *L, Task *task);
  uint32_t wakers;                 /* how many functions that wake there have been */
  bool waits;                      /* the coroutine that has just yielded waits: its task is to be woken */
  bool passable;                   /* a wait of `running` can reach the root */
  moonport_Options options;        /* the host's */
  uint32_t refs;                   /* the state's and one for every handle that libuv knows; the last one frees */
  uint16_t depth;                  /* doors that are open, one inside the other */
  uint16_t level;                  /* tasks that run, one inside the other: the next free one of the pool */
  uint16_t host_depth;             /* of the door in which on_error runs, or 0 */
  int anchors;                     /* registry reference of the table that keeps objects alive */
  int pool;                        /* registry reference of the task coroutines */
  lua_State *tasks[TASKS_AT_HAND]; /* borrowed from the pool: those of the first levels, or NULL */
  int exit_code;                   /* of process.exit */
  bool exiting;                    /* process.exit was called: nothing enters Lua any more */
  bool closing_time;               /* 'exit' is told: what waits now would wait for ever */
  bool failed;                     /* an uncaught error is kept: likewise, until it is taken */
  bool complete;                   /* moonport_open has run to its end */
  bool telling;                    /* 'uncaughtException' is being told: an error of its listeners is the host's */
  bool traced;                     /* the task that failed last came from inside the one that fails now */
  bool kicked;                     /* the idle handle is running */
  volatile bool interrupted;       /* the hook of moonport_interrupt is set */
  atomic_bool closed;              /* L is NULL, for other threads: what they do is not wanted any more */
  Tick *ticks;                     /* owned: a ring */
  uint32_t tick_first;
  uint32_t tick_count;
  uint32_t tick_room;
  Flush flushes[FLUSHES_AT_MOST]; /* objects with joined bytes */
  unsigned flushing;              /* how many those are */
  struct ListenFile *files;       /* of the Unix sockets that are bound: owned by those who bound them */
  char *read_buffer;              /* owned: what every stream reads into, one after the other */
  char *pipe_buffer;              /* owned: a larger one for streams that are piped, made when the first is */
  const char *fresh;              /* borrowed: bytes that a task is woken for, until it takes them */
  size_t fresh_len;
  bool batching;   /* a batch of datagrams is being told: what is sent meanwhile leaves together */
  void *datagrams; /* owned: what every UDP socket reads a batch into */
  Spare *spares;   /* owned: blocks to use again, of whoever writes */
  unsigned spare_count;
  uv_idle_t kick;  /* turns the loop when ticks wait and no door is open */
  uv_async_t wake; /* moonport_interrupt: wakes the loop from a signal handler */
  void (*on_interrupt)(lua_State *L, void *data);
  void *interrupt_data;
};

enum { READ_BUFFER_SIZE = 64 * 1024, PIPE_BUFFER_SIZE = 256 * 1024 };

/* [-0, +0, m] Makes the context of a state. NULL with *status set on a libuv error. */
Context *context_new(lua_State *L, uv_loop_t *loop, const moonport_Options *options, int *status);
/* The context of a state, or NULL. [-0, +0, -] */
Context *context_of(lua_State *L);
/* Of the C function that runs: every function of ours carries it as its first upvalue. */
#define CONTEXT(L) ((Context *)lua_touserdata(L, lua_upvalueindex(1)))
/* Closes the context's own handles; nothing enters Lua from now on. [-0, +0, -] */
void context_close(Context *cx);
/* A handle that libuv knows keeps the context. */
void context_ref(Context *cx);
void context_unref(Context *cx);

/* -- the door -------------------------------------------------------------------------------------------------- */

/* The way from libuv into Lua: runs body with arg as light userdata, protected, then the flushes and the ticks. A
 * callback stores what happened in a C struct and calls this; nothing that can raise happens outside. */
void enter(Context *cx, lua_CFunction body, void *arg);
/* Tells the error on top of the stack: the script's 'uncaughtException', the host, or it is kept. [-1, +0, e] */
void context_uncaught(lua_State *L, Context *cx);
/* Whether anything may still enter Lua. */
bool context_open(const Context *cx);
/* Pushes the weak table that the registry has at a key, made when it is not there; mode is "k" or "v". [-0, +1, m] */
void context_push_weak(lua_State *L, const void *key, const char *mode);
/* Raises when the host has closed moonport: nothing may be opened any more. [-0, +0, e] */
void context_check(lua_State *L, const Context *cx);
/* Runs what waits for the end of a callback: flushes, ticks, flushes. */
void context_settle(Context *cx);
/* Runs `run` for an object that is held when the callback has returned, before its ticks. [-0, +0, m] */
void flush_later(lua_State *L, Handle *h, void (*run)(Handle *h));
void flush_now(Context *cx);

/* -- ticks ----------------------------------------------------------------------------------------------------- */

/* Runs `run` for an object by tick. [-0, +0, m] */
void tick(lua_State *L, Handle *h, TickRun run);
/* Runs the ticks that wait, inside a callback that stands for several: between two of them. [-0, +0, -] */
void context_run_ticks(Context *cx);
/* Lets a task go on by tick; the reference that the caller owns is taken. [-0, +0, m] */
void tick_task(lua_State *L, Context *cx, Task *task);
/* process.nextTick: the function under nargs arguments is popped. [-(nargs + 1), +0, m] */
void tick_function(lua_State *L, Context *cx, int nargs);

/* -- the end --------------------------------------------------------------------------------------------------- */

/* Asks for an exit and leaves the running task; does not return. [-0, +0, e] */
int context_exit(lua_State *L, Context *cx, int code);
/* Leaves Lua because an exit was asked for; does not return. */
int context_leave(lua_State *L, Context *cx);
/* See moonport_call. [-(nargs + 1), +0, m] */
bool context_call(Context *cx, lua_State *L, int nargs);
/* Runs the loop; see moonport_run. */
int context_run(Context *cx, lua_State *L);
/* Lets a coroutine notice the interrupt that is pending as soon as it runs. [-0, +0, -] */
void context_hook(lua_State *co);
/* From a signal handler: see moonport_interrupt. */
void context_interrupt(Context *cx, void (*f)(lua_State *L, void *data), void *data);
/* One line for whoever shows warnings. */
void context_warn(Context *cx, const char *text);

#endif
