/* history.c - how the history of the prompt is written: for its owner's eyes only, and never half of it. What stands in
 * it is lua/repl_history.lua's. */
#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void make_folders(const char *path) {
  char *copy = strdup(path);
  if (copy == NULL) return;
  for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(copy, 0700); /* it may be there */
    *slash = '/';
  }
  free(copy);
}

/* Writes and closes; 0 or an errno. */
static int fill(int fd, const char *text, size_t size) {
  int failed = 0;
  while (size > 0 && failed == 0) {
    ssize_t n = write(fd, text, size);
    if (n >= 0) text += n, size -= (size_t)n;
    else if (errno != EINTR) failed = errno;
  }
  if (close(fd) != 0 && failed == 0) failed = errno;
  return failed;
}

static int append_to(const char *path, const char *text, size_t size) {
  int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
  if (fd < 0) return errno;
  struct stat about;
  if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & 077)) fchmod(fd, 0600);
  return fill(fd, text, size);
}

/* By a file beside it that takes its name: a full disk costs nothing that was there. */
static int replace(const char *path, const char *text, size_t size) {
  char *real = realpath(path, NULL); /* it may be a link into somebody's collection of such files */
  char *beside = NULL;
  int failed = ENOMEM;
  if (asprintf(&beside, "%s.XXXXXX", real != NULL ? real : path) >= 0) {
    int fd = mkostemp(beside, O_CLOEXEC); /* mode 0600 */
    failed = fd < 0 ? errno : fill(fd, text, size);
    if (failed == 0 && rename(beside, real != NULL ? real : path) != 0) failed = errno;
    if (fd >= 0 && failed != 0) unlink(beside);
    free(beside);
  }
  free(real);
  return failed;
}

int history_write(const char *path, const char *text, size_t size, bool append) {
  int (*write_it)(const char *, const char *, size_t) = append ? append_to : replace;
  int failed = write_it(path, text, size);
  if (failed != ENOENT) return failed;
  make_folders(path);
  return write_it(path, text, size);
}
