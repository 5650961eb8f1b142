/* pty.c - runs a command on a terminal of its own and plays the user: for the specs of the prompt. No test by itself.
 *
 *   pty steps output command [arguments]
 *
 * A step is a line: "expect text" waits for output, behind what was expected before; "send text" types; "signal number"
 * goes to the command; "size columns rows"; "pause ms"; "wait" for its end; "kill".
 * Texts have \n \r \t \e \\ \xHH. What the command wrote is in the file output. On standard output stands how it went:
 * "timeout step", "exit code" or "killed signal", and "restored yes" if the terminal's modes are as before. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 30 }; /* s that a step may take */

static int master, slave;
static pid_t child;
static char *output;
static size_t size, room, seen;
static struct termios before;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what) {
  perror(what);
  exit(2);
}

/* Takes what there is to read, and gives some of a text, within so many ms. Returns how much of the text went. */
static size_t turn(const char *text, size_t len, int ms) {
  struct pollfd fd = { .fd = master, .events = (short)(POLLIN | (len > 0 ? POLLOUT : 0)) };
  size_t gone = 0;
  if (poll(&fd, 1, ms) <= 0) return 0;
  if (fd.revents & (POLLIN | POLLHUP)) {
    if (room - size < 65536) output = (char *)realloc(output, room = (room + 65536) * 2);
    if (output == NULL) die("realloc");
    ssize_t n = read(master, output + size, 65536);
    if (n > 0) size += (size_t)n;
  }
  if (fd.revents & POLLOUT) {
    ssize_t n = write(master, text, len);
    if (n > 0) gone = (size_t)n;
  }
  return gone;
}

static size_t unescape(char *text) {
  char *to = text;
  for (const char *from = text; *from != '\0'; ++from) {
    if (*from != '\\') {
      *to++ = *from;
      continue;
    }
    unsigned byte;
    switch (*++from) {
      case 'n': *to++ = '\n'; break;
      case 'r': *to++ = '\r'; break;
      case 't': *to++ = '\t'; break;
      case 'e': *to++ = '\033'; break;
      case 'x':
        if (sscanf(from + 1, "%2x", &byte) == 1) *to++ = (char)byte, from += 2;
        break;
      default: *to++ = *from;
    }
  }
  *to = '\0';
  return (size_t)(to - text);
}

static bool expect(const char *text, size_t len) {
  for (double end = now() + PATIENCE;;) {
    char *found = size > seen ? (char *)memmem(output + seen, size - seen, text, len) : NULL;
    if (found != NULL) {
      seen = (size_t)(found - output) + len;
      return true;
    }
    if (now() > end) return false;
    turn(NULL, 0, 50);
  }
}

static bool send_text(const char *text, size_t len) {
  for (double end = now() + PATIENCE; len > 0;) {
    size_t gone = turn(text, len, 50);
    text += gone;
    len -= gone;
    if (gone > 0) end = now() + PATIENCE;
    if (now() > end) return false;
  }
  return true;
}

static bool restored(void) {
  struct termios after;
  return tcgetattr(slave, &after) == 0 && after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag &&
         after.c_oflag == before.c_oflag && memcmp(after.c_cc, before.c_cc, sizeof after.c_cc) == 0;
}

static bool wait_for_end(void) {
  int status;
  for (double end = now() + PATIENCE;;) {
    turn(NULL, 0, 20);
    if (waitpid(child, &status, WNOHANG) == child) break;
    if (now() > end) return false;
  }
  for (size_t had = size + 1; had != size;) {
    had = size;
    turn(NULL, 0, 20);
  }
  child = 0;
  if (WIFEXITED(status)) printf("exit %d\n", WEXITSTATUS(status));
  else printf("killed %d\n", WTERMSIG(status));
  printf("restored %s\n", restored() ? "yes" : "no");
  return true;
}

static void resize(int columns, int rows) {
  struct winsize window = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
  ioctl(master, TIOCSWINSZ, &window);
}

static bool play(char *step) {
  char *text = strchr(step, ' ');
  size_t len = 0;
  if (text != NULL) {
    *text++ = '\0';
    len = unescape(text);
  }
  if (strcmp(step, "expect") == 0) return expect(text, len);
  if (strcmp(step, "send") == 0) return send_text(text, len);
  if (strcmp(step, "wait") == 0) return wait_for_end();
  if (strcmp(step, "signal") == 0) return kill(child, atoi(text)) == 0;
  if (strcmp(step, "kill") == 0) return kill(child, SIGKILL) == 0 && wait_for_end();
  if (strcmp(step, "pause") == 0) {
    for (double end = now() + atoi(text) / 1e3; now() < end;) turn(NULL, 0, 20);
    return true;
  }
  int columns, rows;
  if (strcmp(step, "size") == 0 && sscanf(text, "%d %d", &columns, &rows) == 2) {
    resize(columns, rows);
    return true;
  }
  fprintf(stderr, "pty: what is '%s'?\n", step);
  exit(2);
}

static void start(char **command) {
  master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) die("posix_openpt");
  slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0 || tcgetattr(slave, &before) != 0) die("the terminal");
  before.c_iflag |= IUTF8;
  tcsetattr(slave, TCSANOW, &before);
  resize(80, 24);
  child = fork();
  if (child < 0) die("fork");
  if (child > 0) {
    fcntl(master, F_SETFL, O_NONBLOCK);
    return;
  }
  static const int defaults[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP };
  for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; ++i) signal(defaults[i], SIG_DFL);
  setsid();
  ioctl(slave, TIOCSCTTY, 0);
  for (int fd = 0; fd <= 2; ++fd) dup2(slave, fd);
  execvp(command[0], command);
  _exit(127);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  FILE *steps = fopen(argv[1], "r");
  if (steps == NULL) die(argv[1]);
  start(argv + 3);
  char *step = NULL;
  size_t step_room = 0;
  ssize_t len;
  bool good = true;
  for (int number = 1; good && (len = getline(&step, &step_room, steps)) > 0; ++number) {
    if (step[len - 1] == '\n') step[len - 1] = '\0';
    good = play(step);
    if (!good) printf("timeout %d\n", number);
  }
  if (child > 0) {
    kill(child, SIGKILL);
    wait_for_end();
  }
  FILE *file = fopen(argv[2], "w");
  if (file == NULL || fwrite(output, 1, size, file) != size || fclose(file) != 0) die(argv[2]);
  fclose(steps);
  free(step);
  free(output);
  return good ? 0 : 1;
}
