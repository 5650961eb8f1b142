/* history.h - files that are nobody else's business: mode 0600, in folders of mode 0700. */
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>

/* Appends to the file, or puts text in place of what it holds, as a whole. Folders that are missing are made.
 * Returns 0 or an errno. */
int history_write(const char *path, const char *text, size_t size, bool append);

#endif
