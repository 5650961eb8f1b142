/* load.c - the load generator: starts one server on core 0, loads it from core 1, prints one line of figures.
 *
 *   load KIND [-c connections] [-s bytes] [-d depth] [-b batch] [-w warm-up] [-t seconds] [-x strace-file] -- server...
 *
 *   echo   messages of -s bytes, -d of them in flight per connection; -b of them must be back before the next -b leave
 *   close  connect, one message there and back, close; -c of them at once
 *   send   blocks of -s bytes, one way; at the end the server answers with the number of bytes it got
 *   bulk   blocks of -s bytes, as many as go, and back
 *   proxy  blocks of -s bytes through the server to a sink in this process, whose port is appended to the command
 *   idle   private bytes of the server per connection, over -c connections
 *
 * During the warm-up every byte that comes back is compared with what was sent; later they are only counted, and not
 * even copied (MSG_TRUNC). At the end everything sent must have come back. The loop never sleeps, so that no server pays for waking it;
 * `spare` is the share of time in which it had nothing to do: near 0 would mean that it, not the server, is the limit;
 * `others` is what everybody else used of the two cores: the figures of a machine that is not quiet mean nothing. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "generator.h"
#include "server_process.h"

#define WINDOW (256 << 10) /* bulk, proxy: bytes under way per connection; more would measure the caches */
#define AT_ONCE 2          /* send: blocks per system call; with one the generator is slower than the servers */
#define QUEUE (64 << 10)   /* send: SO_SNDBUF, so that less is under way than the caches hold */
#define UNREAD 16          /* echo: replies that are left in the socket before they are read at once ... */
#define UNREAD_BYTES 16384 /* ... but no more than this */
#define SLOWEST 1000000    /* latencies are counted by the microsecond up to here */

typedef enum Kind { ECHO, CLOSE, SEND, BULK, PROXY, IDLE } Kind;

typedef struct Connection {
  int fd;
  int sink;          /* proxy: where its bytes come out */
  uint64_t sent;     /* bytes */
  uint64_t received; /* bytes */
  uint64_t credit;   /* echo: messages that are back and not yet replaced */
  int unread;        /* echo: replies announced by epoll and not yet read */
  bool split;        /* echo: a reply came in pieces: read at once from now on */
  uint64_t sent_at;  /* nanoseconds: when the oldest message in flight left */
} Connection;

static const char *const kinds[] = { "echo", "close", "send", "bulk", "proxy", "idle", NULL };
static Kind kind;
static Options options = { .connections = 50, .depth = 1, .batch = 1, .size = 64, .warm_up = 0.3, .seconds = 1.0 };

static Connection *all;
static int epoll, port, backend = -1;
static char input[4 * PERIOD];
static bool verifying, stopping;
static uint64_t ops, total_sent, total_received, idle_time;
static uint32_t latencies[SLOWEST + 1];

/* -- sockets ---------------------------------------------------------------------------------------------------- */

static int connect_to_server(void) {
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), no_wait = -1;

  if (fd < 0) fail("socket: %s", strerror(errno));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  /* A closed socket is forgotten as soon as its end is acknowledged: no port waits in TIME_WAIT, none run out. */
  if (kind == CLOSE) setsockopt(fd, IPPROTO_TCP, TCP_LINGER2, &no_wait, sizeof no_wait);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("connect: %s", strerror(errno));
  if (kind != CLOSE) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
  return fd;
}

static int listen_backend(void) { /* -> its port */
  struct sockaddr_in at = { .sin_family = AF_INET };
  socklen_t length = sizeof at;

  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  backend = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(backend, (struct sockaddr *)&at, sizeof at) || listen(backend, 511) ||
      getsockname(backend, (struct sockaddr *)&at, &length))
    fail("backend: %s", strerror(errno));
  return ntohs(at.sin_port);
}

static bool is_stream(void) { return kind == SEND || kind == BULK || kind == PROXY; }

static void watch(int fd, Connection *c, uint32_t events) {
  struct epoll_event e = { .events = events, .data.ptr = c };

  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) < 0) fail("epoll_ctl: %s", strerror(errno));
}

static void open_connection(Connection *c) {
  memset(c, 0, sizeof *c);
  c->credit = (uint64_t)options.depth;
  c->fd = connect_to_server();
  if (kind == PROXY) {
    c->sink = accept(backend, NULL, NULL);
    if (c->sink < 0) fail("backend: %s", strerror(errno));
    watch(c->sink, c, EPOLLIN);
  }
  if (kind == CLOSE) return;
  if (kind == SEND) setsockopt(c->fd, SOL_SOCKET, SO_SNDBUF, &(int){ QUEUE }, sizeof(int));
  watch(c->fd, c, is_stream() ? EPOLLIN | EPOLLOUT : EPOLLIN | EPOLLET);
}

static void put(Connection *c, size_t n) {
  char *from = pattern + c->sent % PERIOD;
  ssize_t sent;

  if (kind == SEND) {
    struct iovec blocks[AT_ONCE];
    struct msghdr message = { .msg_iov = blocks, .msg_iovlen = AT_ONCE };
    for (int i = 0; i < AT_ONCE; i++) blocks[i] = (struct iovec){ from, PERIOD };
    sent = sendmsg(c->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  } else {
    sent = send(c->fd, from, n, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  if (sent < 0 && errno == EAGAIN) return;
  if (sent < 0) fail("send: %s", strerror(errno));
  c->sent += (uint64_t)sent;
  total_sent += (uint64_t)sent;
}

static size_t take(Connection *c, int fd) {
  ssize_t n = recv(fd, input, sizeof input, MSG_DONTWAIT | (verifying ? 0 : MSG_TRUNC));

  if (n == 0) fail("the server closed a connection");
  if (n < 0 && errno == EAGAIN) return 0;
  if (n < 0) fail("recv: %s", strerror(errno));
  for (size_t done = 0; verifying && done < (size_t)n;) {
    size_t at = (c->received + done) % PERIOD, length = (size_t)n - done;
    if (length > PERIOD) length = PERIOD;
    if (memcmp(input + done, pattern + at, length)) fail("the server sent other bytes than it got");
    done += length;
  }
  c->received += (uint64_t)n;
  total_received += (uint64_t)n;
  return (size_t)n;
}

/* -- what each kind does when a socket is ready -------------------------------------------------------------------- */

static void send_messages(Connection *c) {
  if (stopping || c->credit < (uint64_t)options.batch) return;
  uint64_t before = c->sent;
  put(c, c->credit * options.size);
  if (c->sent - before != c->credit * options.size) fail("the socket did not take a message at once");
  c->credit = 0;
}

/* With one message in flight an edge of epoll is its reply: most can stay in the socket, and many are read in one call.
 * Only so is the generator leaner than the leanest server. Operations are still counted by the bytes read. */
static bool may_stay(Connection *c) {
  if (options.depth > 1 || verifying || stopping || c->split) return false;
  c->unread++;
  return c->unread < UNREAD && (size_t)(c->unread + 1) * options.size <= UNREAD_BYTES;
}

static void on_reply(Connection *c) {
  if (may_stay(c)) {
    c->credit = 1;
  } else {
    uint64_t before = c->received / options.size;
    if (!take(c, c->fd)) return;
    uint64_t messages = c->received / options.size - before;
    ops += messages;
    uint64_t in_flight = (c->sent - c->received + options.size - 1) / options.size;
    c->credit = in_flight < (uint64_t)options.depth ? (uint64_t)options.depth - in_flight : 0;
    if (options.depth == 1 && c->sent != c->received) c->split = true;
    c->unread = 0;
  }
  if (c->credit < (uint64_t)options.batch) return;
  uint64_t t = now(), us = (t - c->sent_at) / 1000;
  latencies[us < SLOWEST ? us : SLOWEST]++;
  c->sent_at = t;
  send_messages(c);
}

static void start_visit(Connection *c) {
  uint64_t t = now();

  open_connection(c);
  c->sent_at = t;
  put(c, options.size);
}

/* Without epoll, which costs a call per connection: servers answer in the order of arrival, so wait for the oldest. */
static void finish_oldest_visit(void) {
  static int oldest;
  Connection *c = &all[oldest];

  if (c->fd >= 0) take(c, c->fd);
  if (c->fd >= 0 && c->received < options.size) return;
  oldest = (oldest + 1) % options.connections;
  if (c->fd >= 0) {
    close(c->fd);
    c->fd = -1;
    ops++;
    uint64_t us = (now() - c->sent_at) / 1000;
    latencies[us < SLOWEST ? us : SLOWEST]++;
  }
  if (!stopping) start_visit(c);
}

static void on_stream(Connection *c, uint32_t events) {
  if (events & EPOLLIN) take(c, kind == PROXY ? c->sink : c->fd);
  if (!(events & EPOLLOUT) || stopping) return;
  if (kind != SEND && c->sent - c->received > WINDOW) return;
  put(c, options.size);
}

/* -- the loop ------------------------------------------------------------------------------------------------------ */

static bool under_way(void) {
  for (int i = 0; i < options.connections; i++) {
    if (all[i].unread) on_reply(&all[i]);
    if (kind == CLOSE && all[i].fd >= 0) return true;
    if (kind != CLOSE && kind != SEND && all[i].sent != all[i].received) return true;
  }
  return false;
}

static uint64_t turn(uint64_t last) { /* -> the time after it */
  struct epoll_event events[512];
  uint64_t before = total_sent + total_received;
  int n = 0;

  if (kind == CLOSE) finish_oldest_visit();
  else if ((n = epoll_wait(epoll, events, 512, 0)) < 0) fail("epoll_wait: %s", strerror(errno));
  for (int i = 0; i < n; i++) {
    if (is_stream()) on_stream(events[i].data.ptr, events[i].events);
    else on_reply(events[i].data.ptr);
  }
  uint64_t t = now();
  if (total_sent + total_received == before) idle_time += t - last;
  return t;
}

static void run(double length) {
  uint64_t t = now(), end = t + (uint64_t)(length * 1e9);

  stopping = false;
  for (int i = 0; i < options.connections; i++) {
    if (kind == CLOSE && all[i].fd < 0) start_visit(&all[i]);
    if (!is_stream() && kind != CLOSE && all[i].credit) {
      all[i].sent_at = now();
      send_messages(&all[i]);
    }
  }
  while (t < end) t = turn(t);
}

static void drain(void) {
  uint64_t t = now(), end = t + 5000000000u;

  stopping = true;
  while (under_way()) {
    if (t > end) fail("%lld bytes never came back", (long long)(total_sent - total_received));
    t = turn(t);
  }
}

static void ask_for_counts(void) {
  uint64_t counted = 0;
  struct timeval patience = { .tv_sec = 5 };

  for (int i = 0; i < options.connections; i++) shutdown(all[i].fd, SHUT_WR);
  for (int i = 0; i < options.connections; i++) {
    char text[32];
    size_t n = 0;
    ssize_t r;
    setsockopt(all[i].fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (n < sizeof text - 1 && (r = recv(all[i].fd, text + n, sizeof text - 1 - n, 0)) > 0) n += (size_t)r;
    text[n] = 0;
    counted += strtoull(text, NULL, 10);
  }
  if (counted != total_sent)
    fail("%llu bytes sent, %llu arrived", (unsigned long long)total_sent, (unsigned long long)counted);
}

static unsigned percentile(double share) {
  uint64_t total = 0, seen = 0;

  for (unsigned i = 0; i <= SLOWEST; i++) total += latencies[i];
  for (unsigned i = 0; i <= SLOWEST; i++)
    if ((seen += latencies[i]) >= share * (double)total) return i;
  return SLOWEST;
}

static uint64_t work_done(void) {
  uint64_t done = kind == SEND ? total_sent : kind == BULK || kind == PROXY ? total_received : ops;

  for (int i = 0; i < options.connections; i++) done += (uint64_t)all[i].unread;
  return done;
}

static void measure(void) {
  Span span;

  for (int i = 0; i < options.connections; i++) {
    if (kind == CLOSE) all[i].fd = -1;
    else open_connection(&all[i]);
  }
  verifying = true;
  run(options.warm_up);
  if (options.trace_path) { /* idle before and after: what strace counts belongs to the operations counted */
    drain();
    server_await_idle();
    server_trace(options.trace_path);
  }
  verifying = false;
  memset(latencies, 0, sizeof latencies);
  idle_time = 0;
  span_begin(&span, work_done());
  run(options.seconds);
  span_end(&span);
  if (options.trace_path) {
    drain();
    server_await_idle();
    server_trace_end();
  }
  uint64_t work = work_done();
  if (!options.trace_path) drain();
  if (kind == SEND) ask_for_counts();
  span_print(&span, work, idle_time);
  printf("p50=%u p99=%u\n", percentile(0.5), percentile(0.99));
}

/* -- memory -------------------------------------------------------------------------------------------------------- */

static void measure_memory(void) {
  usleep(300000);
  Memory before = server_memory();
  for (int i = 0; i < options.connections; i++) {
    open_connection(&all[i]);
    if (i % 50 == 49) usleep(5000); /* the backlog is finite */
  }
  usleep(1000000);
  Memory connected = server_memory();
  verifying = true;
  run(0);
  drain();
  if (ops != (uint64_t)options.connections)
    fail("%llu of %d connections answered", (unsigned long long)ops, options.connections);
  usleep(1000000);
  Memory echoed = server_memory();
  printf("connected=%.1f echoed=%.1f private=%ld pss=%ld rss=%ld\n",
      (double)(connected.private - before.private) / options.connections,
      (double)(echoed.private - before.private) / options.connections, before.private, before.pss, before.rss);
}

/* -- main ---------------------------------------------------------------------------------------------------------- */

int main(int argc, char **argv) {
  static char backend_port[16];
  int which;
  char **command = generator_parse(argc, argv, kinds, &which, &options);

  kind = (Kind)which;
  generator_prepare(&options);
  if (kind == PROXY) {
    char **last = command;
    while (*last) last++;
    snprintf(backend_port, sizeof backend_port, "%d", listen_backend());
    *last = backend_port;
  }
  epoll = epoll_create1(EPOLL_CLOEXEC);
  all = calloc((size_t)options.connections, sizeof *all);
  port = server_start(command);
  pin_to_core(LOAD_CORE);
  if (kind == IDLE) measure_memory();
  else measure();
  server_stop();
  return 0;
}
