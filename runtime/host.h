/* host.h - one script in one state on one loop, from start to exit code. */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>

typedef struct Job {
  const char *program; /* argv[0] */
  const char *script;  /* a file, "-" for standard input, NULL: only the code of -e */
  char **code;         /* what -e and -l said, in order: "e<code>" or "l<module>", NULL-terminated */
  char **arguments;    /* of the script, NULL-terminated */
  bool interactive;    /* lines of standard input follow */
} Job;

/* Runs it; returns the exit code of the process. */
int host_run(const Job *job);

#endif
