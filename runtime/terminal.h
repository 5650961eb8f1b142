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

#endif
