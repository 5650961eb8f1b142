/* server_process.c - the measured process: started on core 0, looked at through /proc, ended by its id. */
#define _GNU_SOURCE
#include "server_process.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t server, tracer;

/* The runner reads our stdout: a failure is a result, too. */
void fail(const char *format, ...) {
  va_list arguments;

  va_start(arguments, format);
  printf("error=");
  vprintf(format, arguments);
  printf("\n");
  fflush(stdout);
  va_end(arguments);
  server_stop();
  exit(1);
}

void pin_to_core(int core) {
  cpu_set_t set;

  CPU_ZERO(&set);
  CPU_SET(core, &set);
  sched_setaffinity(0, sizeof set, &set); /* fails on a machine with one core; the runner says so */
}

int server_start(char **command) {
  int out[2], port;
  char line[64] = "";
  size_t n = 0;
  pid_t parent = getpid();

  if (pipe2(out, O_CLOEXEC) < 0) fail("pipe");
  server = fork();
  if (server < 0) fail("fork");
  if (server == 0) {
    pin_to_core(SERVER_CORE);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
  }
  close(out[1]);
  while (n < sizeof line - 1 && !strchr(line, '\n')) {
    ssize_t r = read(out[0], line + n, sizeof line - 1 - n);
    if (r <= 0) break;
    line[n += (size_t)r] = 0;
  }
  if (sscanf(line, "port %d", &port) != 1) fail("the server did not say its port");
  return port; /* out[0] stays open: a server that prints more must not die of it */
}

double server_cpu(void) {
  clockid_t clock; /* utime + stime of /proc/PID/stat, in nanoseconds instead of ticks */
  struct timespec t;

  if (clock_getcpuclockid(server, &clock) || clock_gettime(clock, &t)) fail("the server is gone");
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double other_cpu(void) {
  char line[256];
  int core;
  long user, nice, system, idle, wait, irq, soft, steal;
  double used = 0;
  struct timespec own;

  FILE *f = fopen("/proc/stat", "r");
  while (f && fgets(line, sizeof line, f))
    if (sscanf(line, "cpu%d %ld %ld %ld %ld %ld %ld %ld %ld", &core, &user, &nice, &system, &idle, &wait, &irq, &soft,
            &steal) == 9 &&
        (core == SERVER_CORE || core == LOAD_CORE))
      used += (double)(user + nice + system + irq + soft + steal) / (double)sysconf(_SC_CLK_TCK);
  if (f) fclose(f);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
  return used - server_cpu() - (double)own.tv_sec - (double)own.tv_nsec / 1e9;
}

Memory server_memory(void) {
  char path[64], line[256];
  long kb;
  Memory m = { 0, 0, 0 };

  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)server);
  FILE *f = fopen(path, "r");
  if (!f) fail("the server is gone");
  while (fgets(line, sizeof line, f)) {
    if (sscanf(line, "Rss: %ld", &kb) == 1) m.rss = kb * 1024;
    if (sscanf(line, "Pss: %ld", &kb) == 1) m.pss = kb * 1024;
    if (sscanf(line, "Private_Clean: %ld", &kb) == 1) m.private += kb * 1024;
    if (sscanf(line, "Private_Dirty: %ld", &kb) == 1) m.private += kb * 1024;
  }
  fclose(f);
  return m;
}

int server_udp_socket(int port) {
  int process = (int)syscall(SYS_pidfd_open, server, 0);

  for (int theirs = 0; process >= 0 && theirs < 256; theirs++) {
    struct sockaddr_in at = { .sin_family = AF_INET };
    socklen_t length = sizeof at;
    int type = 0, fd = (int)syscall(SYS_pidfd_getfd, process, theirs, 0);
    if (fd < 0 && errno != EBADF) break;
    if (fd < 0) continue;
    if (getsockname(fd, (struct sockaddr *)&at, &length) == 0 && ntohs(at.sin_port) == port &&
        getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &(socklen_t){ sizeof type }) == 0 && type == SOCK_DGRAM) {
      close(process);
      return fd;
    }
    close(fd);
  }
  fail("the server's socket cannot be looked at: %s", strerror(errno));
}

void server_await_idle(void) {
  double before = server_cpu(), after;

  for (int i = 0; i < 100; i++, before = after) {
    usleep(50000);
    after = server_cpu();
    if (after - before < 0.0005) return;
  }
}

static int is_traced(void) {
  char path[64], line[256];
  int by = 0;

  snprintf(path, sizeof path, "/proc/%d/status", (int)server);
  FILE *f = fopen(path, "r");
  while (f && fgets(line, sizeof line, f))
    if (sscanf(line, "TracerPid: %d", &by) == 1) break;
  if (f) fclose(f);
  return by != 0;
}

void server_trace(const char *path) {
  char pid[16];

  snprintf(pid, sizeof pid, "%d", (int)server);
  tracer = fork();
  if (tracer == 0) {
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    execlp("strace", "strace", "-c", "-f", "-p", pid, "-o", path, (char *)NULL);
    _exit(127);
  }
  for (int i = 0; i < 200 && !is_traced(); i++) usleep(10000);
  if (!is_traced()) fail("strace could not attach");
  usleep(100000); /* the other threads */
}

void server_trace_end(void) {
  if (tracer <= 0) return;
  kill(tracer, SIGINT);
  waitpid(tracer, NULL, 0);
  tracer = 0;
}

void server_stop(void) {
  server_trace_end();
  if (server <= 0) return;
  kill(server, SIGKILL);
  waitpid(server, NULL, 0);
  server = 0;
}
