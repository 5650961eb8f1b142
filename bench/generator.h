/* generator.h - what the load generators share: the clock, the bytes they send, and the figures of one measurement. */
#ifndef GENERATOR_H
#define GENERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PERIOD 65536 /* the bytes sent repeat after this many, a line of 64 at a time */

extern char pattern[2 * PERIOD];

typedef struct Options {
  int connections, depth, batch;
  size_t size; /* bytes of a message or block */
  double warm_up, seconds;
  const char *trace_path; /* where strace's counts go, or NULL */
} Options;

/* The first argument is one of kinds, a list that ends with NULL, and *kind its place in it.
 * -> the server's command, with room for one argument more */
char **generator_parse(int argc, char **argv, const char *const *kinds, int *kind, Options *options);

/* Fills the pattern, lets us and the server have many descriptors, and sees to it that we end. */
void generator_prepare(const Options *options);

uint64_t now(void); /* nanoseconds */

/* What the server and everybody else used between begin and end. */
typedef struct Span {
  uint64_t start, work;
  double elapsed, cpu, others;
} Span;

void span_begin(Span *s, uint64_t work_done);
void span_end(Span *s);                                            /* work_done() may be asked for a little later */
void span_print(const Span *s, uint64_t work_done, uint64_t idle); /* idle: nanoseconds without anything to do */

#endif
