/* output.h - standard output and standard error of a program that shows a prompt meanwhile. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

/* Whoever writes to stdout or stderr from here on has `before` called first, which returns false for what is the prompt's
 * own. Before Lua's io library is opened, which keeps both. Returns the stream to the terminal itself, or NULL: not
 * possible here. */
FILE *output_guard(bool (*before)(void));
/* The streams are as they were. */
void output_release(void);
/* Whether what was written last does not end its line. */
bool output_line_open(void);
/* What else is on the line: the prompt, which writes by itself; or what the terminal has echoed. */
void output_set_line_open(bool open);

#endif
