/* terminal.h - the terminal is as it was found, whichever way the program ends. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

/* From here on crashes and exit() put the terminal back first. Called once. */
void terminal_guard(void);
/* Somebody is about to change the modes of standard input, or has put them back. */
void terminal_edits(bool edits);
/* Puts the modes back if they are changed now. From signal handlers, too. */
void terminal_restore(void);

/* Opens the terminal behind standard input once more, for reading that never waits: Ctrl-C throws away what was there to
 * be read, after poll has told of it. Standard input itself where that is not allowed. */
int terminal_input(void);

/* Whoever listens to SIGINT, SIGTERM or SIGHUP for a while leaves it to the system: the handlers of now come back. */
void terminal_keep_handlers(void);
void terminal_restore_handlers(void);

/* The row of the cursor becomes empty, also on a terminal that knows nothing but the ends of lines. */
void terminal_clear_row(void);

#endif
