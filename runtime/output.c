/* output.c - stdout and stderr as streams that tell before they write, so that a prompt can make room: print, io.write,
 * console and C modules all end here. Never holds bytes back by itself. */
#include "output.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

static FILE *out, *err; /* the original streams, while they are replaced */
static bool (*tell)(void);
static bool line_open;

static ssize_t write_all(void *cookie, const char *bytes, size_t size) {
  int fd = (int)(intptr_t)cookie;
  size_t written = 0;
  if (size == 0) return 0;
  bool counts = tell();
  while (written < size) {
    ssize_t n = write(fd, bytes + written, size - written);
    if (n >= 0) written += (size_t)n;
    else if (errno == EAGAIN) poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
    else if (errno != EINTR) return 0; /* an error, for fopencookie */
  }
  if (counts) line_open = bytes[size - 1] != '\n';
  return (ssize_t)size;
}

static FILE *replace(int fd, int mode) {
  FILE *file = fopencookie((void *)(intptr_t)fd, "w", (cookie_io_functions_t){ .write = write_all });
  if (file != NULL) setvbuf(file, NULL, mode, BUFSIZ);
  return file;
}

FILE *output_guard(bool (*before)(void)) {
#ifdef __GLIBC__ /* elsewhere stdout is a constant */
  FILE *new_out = replace(STDOUT_FILENO, _IOLBF), *new_err = replace(STDERR_FILENO, _IONBF);
  if (new_out == NULL || new_err == NULL) return NULL;
  tell = before;
  out = stdout;
  err = stderr;
  stdout = new_out;
  stderr = new_err;
  return out;
#else
  (void)before;
  return NULL;
#endif
}

void output_release(void) {
#ifdef __GLIBC__
  if (out == NULL) return;
  FILE *new_out = stdout, *new_err = stderr;
  stdout = out;
  stderr = err;
  out = err = NULL;
  fclose(new_out);
  fclose(new_err);
#endif
}

bool output_line_open(void) { return line_open; }
void output_set_line_open(bool open) { line_open = open; }
