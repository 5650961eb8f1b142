/* watch.h - --watch: a child runs the script, and again whenever a file that it loaded changes. */
#ifndef WATCH_H
#define WATCH_H

#include <lua.h>
#include <stdbool.h>

#include "host.h"

/* In the process that was started: runs children until it is told to end; returns the exit code. */
int watch_run(const Job *job);
/* Whether this process is such a child. */
bool watch_is_child(void);
/* [-0, +0, e] In the child: the files that it loads are told from now on. */
void watch_loading(lua_State *L);
/* In the child: a file is about to be loaded. */
void watch_tell(const char *path);

#endif
