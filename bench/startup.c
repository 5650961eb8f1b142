/* startup.c - how long a program takes from its start to its end, or to its prompt:  startup end|prompt RUNS command...
 * Prints the median and the 10th percentile in microseconds; program and clock share core 0. To its prompt it runs on a
 * terminal of its own, until "> " has come out of that. */
#define _GNU_SOURCE /* memmem, ptsname */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server_process.h"

extern char **environ;

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double until_end(char **command) {
  static posix_spawn_file_actions_t quiet;
  static bool ready;
  pid_t pid;
  int status;
  if (!ready) {
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    ready = true;
  }
  double begun = now();
  if (posix_spawnp(&pid, command[0], &quiet, NULL, command, environ)) fail("cannot start %s", command[0]);
  waitpid(pid, &status, 0);
  double took = now() - begun;
  if (status) fail("%s ended with status %d", command[0], status);
  return took;
}

/* Reads until the prompt is there. */
static void await_prompt(int terminal, const char *name) {
  char text[65536];
  size_t size = 0;
  while (size == 0 || memmem(text, size, "> ", 2) == NULL) {
    ssize_t n = size < sizeof text ? read(terminal, text + size, sizeof text - size) : -1;
    if (n <= 0) fail("%s shows no prompt", name);
    size += (size_t)n;
  }
}

static double until_prompt(char **command) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) fail("there is no terminal to be had");
  struct winsize window = { .ws_row = 24, .ws_col = 80 };
  ioctl(master, TIOCSWINSZ, &window);
  const char *name = ptsname(master);
  double begun = now();
  pid_t pid = vfork();
  if (pid < 0) fail("cannot start %s", command[0]);
  if (pid == 0) {
    setsid();
    int slave = open(name, O_RDWR);
    for (int fd = 0; fd <= 2; fd++) dup2(slave, fd);
    if (slave > 2) close(slave);
    execvp(command[0], command);
    _exit(127);
  }
  await_prompt(master, command[0]);
  double took = now() - begun;
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  close(master);
  return took;
}

int main(int argc, char **argv) {
  bool prompt = argc > 1 && strcmp(argv[1], "prompt") == 0;
  int runs = argc > 3 ? atoi(argv[2]) : 0;
  if (runs < 1) fail("usage: startup end|prompt RUNS command...");
  double *times = calloc((size_t)runs, sizeof *times);
  setenv("TERM", "xterm", 1);
  setenv("MOONPORT_HISTORY", "", 1); /* nobody reads a file of the user's */
  setenv("NODE_REPL_HISTORY", "", 1);
  pin_to_core(SERVER_CORE);
  for (int i = -2; i < runs; i++) { /* the first two bring the files into memory */
    double took = (prompt ? until_prompt : until_end)(argv + 3);
    if (i >= 0) times[i] = took;
  }
  qsort(times, (size_t)runs, sizeof *times, ascending);
  printf("median=%.1f p10=%.1f\n", times[runs / 2], times[runs / 10]);
  return 0;
}
