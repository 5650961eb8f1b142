/* readline.h - one line at a time from the terminal, edited by GNU readline, while the loop goes on. */
#ifndef READLINE_H
#define READLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What a word is completed to: a list of malloc'ed texts that ends with NULL, or NULL; each takes the place of what
 * stands from `start` to the end of `line`. */
typedef char **(*ReadlineComplete)(const char *line, size_t size, size_t start);

/* Finds and prepares the library. False: it is not there, or the terminal is none that it knows. */
bool readline_open(FILE *out, ReadlineComplete complete);

/* Shows the prompt with what has been typed, or makes room: between the two the screen is anybody's. */
void readline_show(const char *prompt);
void readline_hide(void);
bool readline_busy(void); /* it writes itself: its bell, for one */
bool readline_shown(void);

/* Takes what the terminal has sent; readline_step handles one key or one pasted text of it. */
bool readline_feed(const char *bytes, size_t size); /* false without memory */
bool readline_pending(void);

typedef enum ReadlineEvent { READLINE_NOTHING, READLINE_LINE, READLINE_END } ReadlineEvent;
/* READLINE_LINE: *line is the caller's, to be freed; the terminal is as the program found it until the next show. */
ReadlineEvent readline_step(char **line);

/* Ctrl-C: the line is given up. Returns whether anything was in it. */
bool readline_interrupt(void);
/* The window has another size; the program was stopped and goes on. */
void readline_resized(void);
void readline_resumed(void);
/* No prompt any more; the terminal is as it was. */
void readline_close(void);

void readline_add_history(const char *entry);

#endif
