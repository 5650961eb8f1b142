/* terminal.c - the modes of the terminal, put back on every way out: the end, a signal, exit() of a library, a crash as
 * far as a handler can; and the little that a prompt without readline does to it. Changes no modes itself: that is
 * readline's. */
#include "terminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios modes;        /* before they were changed */
static volatile sig_atomic_t edits; /* they are changed now */

void terminal_restore(void) {
  static const char no_bracketed_paste[] = "\033[?2004l";
  if (!edits || tcgetpgrp(STDIN_FILENO) != getpgrp()) return; /* in the background it is somebody else's */
  edits = 0;
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
  (void)!write(STDOUT_FILENO, no_bracketed_paste, sizeof no_bracketed_paste - 1);
}

void terminal_edits(bool on) {
  if (on && !edits && tcgetattr(STDIN_FILENO, &modes) != 0) return;
  edits = on;
}

static void on_crash(int number) {
  terminal_restore();
  signal(number, SIG_DFL);
  raise(number);
}

/* Ctrl-Z: stopped with the terminal as the shell expects it. Whoever edits changes it again after SIGCONT. */
static void on_stop(int number) {
  terminal_restore();
  struct sigaction stop;
  sigset_t only;
  sigaction(number, NULL, &stop);
  signal(number, SIG_DFL);
  sigemptyset(&only);
  sigaddset(&only, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &only, NULL); /* here it stops */
  sigaction(number, &stop, NULL);
}

/* A handler where nobody else has one: a sanitizer keeps its own. */
static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  if (sigaction(number, NULL, &action) != 0 || action.sa_handler != SIG_DFL) return;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(number, &action, NULL);
}

void terminal_guard(void) {
  static char stack[16 * 1024]; /* a crash may be an overflow of the other one */
  static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGSYS, SIGXCPU };
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE))
    sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = sizeof stack }, NULL);
  for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; ++i) handle(crashes[i], on_crash, SA_ONSTACK);
  handle(SIGTSTP, on_stop, SA_RESTART);
  atexit(terminal_restore);
}

/* -- what a signal does while there is a prompt --------------------------------------------------------------------- */

static struct {
  int number;
  struct sigaction action;
} handlers[] = { { .number = SIGINT }, { .number = SIGTERM }, { .number = SIGHUP } };

enum { HANDLERS = sizeof handlers / sizeof handlers[0] };

void terminal_keep_handlers(void) {
  for (int i = 0; i < HANDLERS; ++i) sigaction(handlers[i].number, NULL, &handlers[i].action);
}

void terminal_restore_handlers(void) {
  struct sigaction now;
  for (int i = 0; i < HANDLERS; ++i) {
    if (sigaction(handlers[i].number, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
      sigaction(handlers[i].number, &handlers[i].action, NULL);
  }
}

/* -- reading it ------------------------------------------------------------------------------------------------------ */

int terminal_input(void) {
  int fd = open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  return fd >= 0 ? fd : STDIN_FILENO;
}

/* -- lines without readline ------------------------------------------------------------------------------------------ */

void terminal_clear_row(void) {
  struct winsize window;
  char blank[256];
  size_t columns = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : 80;
  if (columns > sizeof blank - 1) columns = sizeof blank - 1;
  memset(blank, ' ', columns);
  blank[0] = blank[columns] = '\r'; /* the last column stays: it would end the row */
  (void)!write(STDOUT_FILENO, blank, columns + 1);
}
