/* generator.c - what the load generators share: the clock, the bytes they send, and the figures of one measurement.
 * It knows no socket. */
#define _GNU_SOURCE
#include "generator.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "server_process.h"

char pattern[2 * PERIOD];

uint64_t now(void) {
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

char **generator_parse(int argc, char **argv, const char *const *kinds, int *kind, Options *options) {
  int option;

  *kind = 0;
  while (kinds[*kind] && (argc < 2 || strcmp(argv[1], kinds[*kind]))) ++*kind;
  if (!kinds[*kind]) fail("%s: the first argument must be a kind", argv[0]);
  optind = 2;
  while ((option = getopt(argc, argv, "+c:s:d:b:w:t:x:")) != -1) {
    switch (option) {
      case 'c': options->connections = atoi(optarg); break;
      case 's': options->size = (size_t)atol(optarg); break;
      case 'd': options->depth = atoi(optarg); break;
      case 'b': options->batch = atoi(optarg); break;
      case 'w': options->warm_up = atof(optarg); break;
      case 't': options->seconds = atof(optarg); break;
      case 'x': options->trace_path = optarg; break;
      default: fail("%s: wrong option", argv[0]);
    }
  }
  if (optind >= argc || options->size < 1 || options->connections < 1 || options->depth < 1 ||
      (size_t)options->depth * options->size > PERIOD)
    fail("%s: no command, or wrong numbers", argv[0]);
  char **command = calloc((size_t)(argc - optind) + 2, sizeof *command);
  memcpy(command, argv + optind, (size_t)(argc - optind) * sizeof *command);
  return command;
}

static void on_alarm(int sig) {
  (void)sig;
  static const char text[] = "error=timed out\n";
  if (write(STDOUT_FILENO, text, sizeof text - 1) < 0) _exit(1);
  _exit(1); /* the server dies with us */
}

void generator_prepare(const Options *options) {
  struct rlimit files;

  signal(SIGALRM, on_alarm);
  alarm((unsigned)(options->warm_up + options->seconds + 30));
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max < 20000 ? files.rlim_max : 20000;
  setrlimit(RLIMIT_NOFILE, &files);             /* the server inherits it */
  for (size_t i = 0; i < sizeof pattern; i++) { /* lines of 64 bytes, each different */
    size_t at = i % PERIOD;
    pattern[i] = at % 64 == 63 ? '\n' : (char)('!' + (at * 7 + at / 64 * 31) % 90);
  }
}

void span_begin(Span *s, uint64_t work_done) {
  s->work = work_done;
  s->start = now();
  s->cpu = server_cpu();
  s->others = other_cpu();
}

void span_end(Span *s) {
  s->elapsed = (double)(now() - s->start) / 1e9;
  s->cpu = server_cpu() - s->cpu;
  s->others = other_cpu() - s->others;
}

void span_print(const Span *s, uint64_t work_done, uint64_t idle) {
  double work = (double)(work_done - s->work), spare = (double)idle / 1e9 / s->elapsed;

  printf("rate=%.6g work=%.0f cpu=%.4g busy=%.4f spare=%.4f others=%.4f ", work / s->elapsed, work, s->cpu * 1e6 / work,
      s->cpu / s->elapsed, spare, s->others / s->elapsed);
}
