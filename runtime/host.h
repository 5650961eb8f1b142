/* host.h - one script in one state on one loop, from start to exit code. */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>

typedef struct Job {
  char **argv; /* the whole command line */
  int argc;
  int script_at;      /* where the script stands in argv; argc: there is none */
  const char *script; /* a file, "-" for standard input, NULL: only the code of -e */
  char **code;        /* owned: what runs before it, in order, by its letter: "e<code>", "p<code>", "l<module>", "W" */
  bool check;         /* only the syntax, of the script and of the files after it */
  bool interactive;   /* lines of standard input follow */
  bool ignore_environment; /* no LUA_INIT, LUA_PATH, LUA_CPATH */
  bool show_version;
  bool allow_bytecode;
  bool trace_handles;
  bool no_color;
} Job;

/* Runs it; returns the exit code of the process. */
int host_run(const Job *job);

#endif
