/* steps.h - what a job runs before the loop turns. */
#ifndef STEPS_H
#define STEPS_H

#include <lua.h>
#include <stdbool.h>

#include "host.h"

typedef enum Step {
  STEP_DONE,
  STEP_STOPPED, /* by an error or an exit: the loop begins with it */
  STEP_REFUSED, /* not even loaded, which has been told */
} Step;

/* [-0, +?, e] Runs LUA_INIT, the code of the options and the script, each as a task. */
Step steps_run(lua_State *L, const Job *job);
/* [-0, +?, e] --check: loads all of it and the files behind it, runs nothing. False: it has been said what is wrong. */
bool steps_check(lua_State *L, const Job *job);

#endif
