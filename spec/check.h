/* check.h - what every *_test.c counts with. Includes nothing of the house. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int passed, failed;

/* The arguments behind the first, of printf, say which row of a table it was, or what was there instead. */
#define CHECK(ok, ...)                                                                                                 \
  do {                                                                                                                 \
    if (ok) {                                                                                                          \
      ++passed;                                                                                                        \
    } else {                                                                                                           \
      ++failed;                                                                                                        \
      fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #ok);                                                         \
      fprintf(stderr, __VA_ARGS__);                                                                                    \
      fputc('\n', stderr);                                                                                             \
    }                                                                                                                  \
  } while (0)

/* The closing line; returns what main() returns. */
static inline int check_result(const char *test) {
  printf("%s: %d passed, %d failed\n", test, passed, failed);
  return failed > 0;
}

#endif
