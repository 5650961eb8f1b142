/* arguments.h - the command line: what it may say, as one table, and what it says, as a Job. */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include "host.h"

typedef struct Option {
  char letter;          /* "-e", or 0 */
  const char *word;     /* "--print", or NULL */
  const char *argument; /* what follows it, or NULL */
  const char *help;     /* one line, without quotes and brackets: shells read it as well */
} Option;

extern const Option options[]; /* ends with a row without help */

/* What follows `moonport` as the first word, instead of a script. */
typedef struct Command {
  const char *name;
  const char *argument;              /* or NULL */
  const char *help;                  /* as of an option */
  int (*run)(int argc, char **argv); /* argv[0] is the name; returns the exit code */
} Command;

extern const Command commands[]; /* in main.c; ends with a row without a name */

typedef enum Wish { WISH_RUN, WISH_WATCH, WISH_HELP, WISH_VERSION, WISH_REFUSED } Wish;

/* Fills a Job, which borrows argv. WISH_REFUSED: it has been said why. */
Wish arguments_read(int argc, char **argv, Job *job);
void arguments_free(Job *job);
/* The command of that name, or NULL. */
const Command *arguments_command(const char *name);
/* Prints the text of --help. */
void arguments_help(void);

#endif
