/* wait.h - how a function of C waits: it yields from its task, and goes on in a continuation when the task is woken. The
 * condition is looked at again there: a wake carries no value. */
#ifndef WAIT_H
#define WAIT_H

#include "task.h"

typedef enum WaitEnd { WAIT_WOKEN, WAIT_TIMED_OUT, WAIT_ABORTED } WaitEnd;

/* What every waiting function does first: raises when its task was cancelled, or cannot wait here. [-0, +0, e] */
void wait_check(lua_State *L, Context *cx);
/* A time limit in ms at an index: nil (none: < 0) or a number; raises for anything else. [-0, +0, e] */
double wait_limit(lua_State *L, int index);
/* Waits: `stop` makes the subject forget the task when something else ends the wait. Use as: return wait_begin(...).
 * The continuation begins with wait_ended(). [-0, +0, e] */
int wait_begin(lua_State *L, Context *cx, double limit, void (*stop)(Task *task), void *subject, lua_KFunction k);
/* The same in two steps, for a subject that is told in between; what happens there may not raise. [-0, +0, e] */
void wait_prepare(lua_State *L, Context *cx, double limit, void (*stop)(Task *task), void *subject);
int wait_yield(lua_State *L, Context *cx, lua_KFunction k);
/* From the continuation: not enough yet. The time limit is still the same. */
int wait_more(lua_State *L, Task *task, void (*stop)(Task *task), lua_KFunction k);
/* Calls the C function that runs again, with the time limit at an index instead of { timeout =, signal = } there, so that
 * the signal ends its wait. Use as: return wait_with_options(...). [-0, +0, e] */
int wait_with_options(lua_State *L, int index);
/* In the continuation: false when a stranger resumed the coroutine; then return wait_again(). */
bool wait_is_over(lua_KContext task);
int wait_again(lua_State *L, lua_KContext task, lua_KFunction k);
/* Why the wait has ended. Raises when the task was cancelled; WAIT_ABORTED leaves the error. [-0, +(0|1), e] */
WaitEnd wait_ended(lua_State *L, lua_KContext task);
/* Pushes nil and the error of a time limit or a signal, which is on top for the latter; returns 2. [-(0|1), +2, m] */
int wait_push_failure(lua_State *L, WaitEnd end, const char *what);

/* The subject has what was waited for, and has forgotten the task: it goes on by tick, or at once, from a body of the
 * door. [-0, +0, m] and [-0, +0, e] */
void wait_wake(lua_State *L, Task *task);
void wait_wake_now(lua_State *L, Task *task);
/* Ends the wait of a task, if it waits, and lets every later one raise. The reason is popped. [-1, +0, m] */
void wait_cancel(lua_State *L, Task *task);
/* Ends the wait of a task, if it waits, with the error that is popped. [-1, +0, m] */
void wait_abort(lua_State *L, Task *task);

/* The error that a cancelled task is told. [-0, +1, m] */
void wait_push_cancellation(lua_State *L, Task *task);
/* Whether the error on top is the cancellation of a task. [-0, +0, -] */
bool wait_is_cancellation(lua_State *L);
/* The task ends. [-0, +0, -] */
void wait_forget_waker(lua_State *L, Task *task);
void wait_drop_timer(Task *task);

extern const luaL_Reg wait_functions[]; /* of moonport.core: for verbs written in Lua */

#endif
