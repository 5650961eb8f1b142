/* commands.h - the sub-commands that run no script. */
#ifndef COMMANDS_H
#define COMMANDS_H

/* Each returns the exit code; argv[0] is the sub-command's name. */
int types_command(int argc, char **argv);       /* prints the folder of the types */
int completions_command(int argc, char **argv); /* prints what a shell completes with */
/* Whether what was printed has arrived, as an exit code; it has been said why not. Nobody reading it is no failure. */
int commands_output(void);

#endif
