/* load_udp.c - the load generator for datagrams: starts one server on core 0, loads it from core 1, prints one line.
 *
 *   load_udp KIND [-c sockets] [-s bytes] [-d depth] [-b batch] [-w warm-up] [-t seconds] [-x strace-file] -- server...
 *
 *   echo    messages of -s bytes, -d of them in flight per socket; -b of them must be back before the next -b leave
 *   send    messages of -s bytes, one way; at the end the server answers "count" with the number of messages it got
 *   fanout  -c sockets join; then one sends, and the server sends each of its messages to all; -d of them in flight
 *
 * Every message begins with its number and goes on with bytes that depend on it; both are looked at. Messages come back in
 * order: one that is missing when a later one comes is lost, and so is all that is in flight when nothing has come for
 * 200 ms. What is lost is made up for by new messages, never counted, and reported as its share in `lost`.
 * send looks at the queue of the server's socket and fills it to 5/8, so that nothing is lost there either.
 * Many messages leave and arrive with one system call, and nothing sleeps: `spare` is the share of time in which there was
 * nothing to do; near 0 would mean that the generator, not the server, is the limit. `others` is as in load.c. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "generator.h"
#include "server_process.h"

#define TOGETHER 64         /* messages per system call, at most */
#define LARGEST 9216        /* bytes of a message */
#define PATIENCE 200000000u /* nanoseconds: what has not come by then is lost; under strace, ten times that */
#define QUEUE (1 << 20)     /* send: the server has something to do while another process has our core */
#define UNREAD 8            /* fanout: messages that stay in the sockets before all are read */
#define TRIES 50            /* for a request that must be answered, 100 ms each */
#define NUMBER sizeof(Number)

typedef enum Kind { ECHO, SEND, FANOUT } Kind;
typedef uint32_t Number;

typedef struct Peer {
  int fd;            /* connected to the server */
  Number next;       /* of the message that leaves next */
  Number expected;   /* of the one that comes next */
  uint64_t heard_at; /* nanoseconds */
} Peer;

static const char *const kinds[] = { "echo", "send", "fanout", NULL };
static Kind kind;
static Options options = { .connections = 8, .depth = 1, .batch = 1, .size = 64, .warm_up = 0.3, .seconds = 1.0 };

static Peer *all;
static int port, server_socket, server_room;
static bool stopping, gave_up;
static uint64_t total_sent, total_received, total_lost, idle_time;
static char buffers[TOGETHER][LARGEST];
static struct iovec parts[TOGETHER];
static struct mmsghdr heads[TOGETHER];

static void prepare_heads(void) {
  for (int i = 0; i < TOGETHER; i++) {
    parts[i] = (struct iovec){ buffers[i], options.size };
    heads[i].msg_hdr = (struct msghdr){ .msg_iov = &parts[i], .msg_iovlen = 1 };
  }
}

static void open_peer(Peer *p) {
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  p->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (p->fd < 0 || connect(p->fd, (struct sockaddr *)&to, sizeof to) < 0 ||
      setsockopt(p->fd, IPPROTO_UDP, UDP_SEGMENT, &(int){ (int)options.size }, sizeof(int)) < 0)
    fail("socket: %s", strerror(errno));
}

/* -- many at once -------------------------------------------------------------------------------------------------- */

static const char *body_of(Number n) { return pattern + n * 61u % PERIOD; }

static bool put(Peer *p, int count) { /* -> whether anything left */
  for (int i = 0; i < count; i++) {
    Number n = p->next + (Number)i;
    memcpy(buffers[i], &n, NUMBER);
    memcpy(buffers[i] + NUMBER, body_of(n), options.size - NUMBER);
  }
  struct msghdr all_of_them = { .msg_iov = parts, .msg_iovlen = (size_t)count };
  if (sendmsg(p->fd, &all_of_them, MSG_DONTWAIT) < 0) {
    if (errno != EAGAIN) fail("send: %s", strerror(errno));
    return false;
  }
  p->next += (Number)count;
  total_sent += (uint64_t)count;
  return true;
}

static void arrived(Peer *p, Number last, const char *bytes, size_t size) { /* last: the number after the newest sent */
  Number n;

  memcpy(&n, bytes, NUMBER);
  if (size != options.size || n >= last || memcmp(bytes + NUMBER, body_of(n), size - NUMBER))
    fail("the server sent other bytes than it got");
  if (n < p->expected && gave_up) return; /* it came after all, too late */
  if (n < p->expected) fail("the server sent a message twice, or later than the next");
  total_lost += n - p->expected;
  p->expected = n + 1;
  total_received++;
}

static int take(Peer *p, Number last) { /* -> how many came */
  int n = recvmmsg(p->fd, heads, TOGETHER, MSG_DONTWAIT | MSG_TRUNC, NULL);

  if (n < 0 && errno != EAGAIN) fail("recv: %s", strerror(errno));
  for (int i = 0; i < n; i++) arrived(p, last, buffers[i], heads[i].msg_len);
  return n > 0 ? n : 0;
}

static void give_up(Peer *p, Number last) {
  total_lost += last - p->expected;
  p->expected = last;
  gave_up = true;
}

/* -- the kinds: each does what can be done now, and returns whether there was anything ------------------------------- */

/* In flight are the messages from expected to next; the last peer of a fan-out is its sender as well. */
static bool converse(Peer *p, uint64_t t) {
  bool busy = take(p, p->next) > 0;

  if (busy || p->next == p->expected) p->heard_at = t;
  else if (t - p->heard_at > (options.trace_path ? 10 : 1) * (uint64_t)PATIENCE) give_up(p, p->next);
  int credit = options.depth - (int)(p->next - p->expected);
  if (stopping || credit < options.batch) return busy;
  return put(p, credit) || busy;
}

static bool turn_echo(uint64_t t) {
  bool busy = false;

  for (int i = 0; i < options.connections; i++) busy |= converse(&all[i], t);
  return busy;
}

static void read_all_peers(const Peer *sender) {
  for (Peer *p = all; p < sender; p++)
    while (take(p, sender->next) == TOGETHER) {}
}

/* The server sends to the sender last: what came to it has gone to all. */
static bool turn_fanout(uint64_t t) {
  Peer *sender = &all[options.connections - 1];
  bool busy = converse(sender, t);

  if (sender->expected - all->expected >= UNREAD) read_all_peers(sender);
  return busy;
}

static uint32_t look(int what) {
  uint32_t values[SK_MEMINFO_VARS] = { 0 };
  socklen_t length = sizeof values;

  if (getsockopt(server_socket, SOL_SOCKET, SO_MEMINFO, values, &length)) fail("SO_MEMINFO: %s", strerror(errno));
  return values[what];
}

static bool turn_send(uint64_t t) {
  static int next;

  (void)t;
  if (stopping || look(SK_MEMINFO_RMEM_ALLOC) > (uint32_t)server_room) return false;
  next = (next + 1) % options.connections;
  return put(&all[next], options.batch);
}

static bool (*const turns[])(uint64_t t) = { turn_echo, turn_send, turn_fanout };

/* -- requests that must be answered -------------------------------------------------------------------------------- */

static void ask(Peer *p, const char *request, char *answer, size_t size) {
  struct timeval patience = { .tv_usec = 100000 };
  ssize_t n = -1;

  setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  for (int i = 0; i < TRIES && n < 0; i++) {
    if (send(p->fd, request, strlen(request), 0) < 0) fail("send: %s", strerror(errno));
    n = recv(p->fd, answer, size - 1, 0);
  }
  if (n < 0) fail("no answer to \"%s\"", request);
  answer[n] = 0;
}

static void join(Peer *p) {
  char answer[32];

  ask(p, "join", answer, sizeof answer);
  if (strcmp(answer, "join")) fail("\"join\" was answered with something else");
}

static void check_count(void) {
  char answer[32];

  ask(&all[0], "count", answer, sizeof answer);
  uint64_t counted = strtoull(answer, NULL, 10);
  if (counted + total_lost != total_sent)
    fail("%llu sent, %llu lost on the way, %llu counted", (unsigned long long)total_sent,
        (unsigned long long)total_lost, (unsigned long long)counted);
}

/* -- the loop ------------------------------------------------------------------------------------------------------ */

static void run(double length) {
  uint64_t t = now(), last = t, end = t + (uint64_t)(length * 1e9);

  stopping = false;
  for (int i = 0; i < options.connections; i++) all[i].heard_at = t;
  while (t < end) {
    bool busy = turns[kind](t);
    t = now();
    if (!busy) idle_time += t - last;
    last = t;
  }
}

static bool under_way(void) {
  if (kind == SEND) return look(SK_MEMINFO_RMEM_ALLOC) > 0;
  for (int i = kind == FANOUT ? options.connections - 1 : 0; i < options.connections; i++)
    if (all[i].expected != all[i].next) return true;
  return false;
}

static void drain(void) {
  uint64_t end = now() + 5000000000u, t;

  stopping = true;
  while (under_way()) {
    if ((t = now()) > end) fail("the server does not come to an end");
    turns[kind](t);
  }
  if (kind != FANOUT) return;
  const Peer *sender = &all[options.connections - 1];
  read_all_peers(sender);
  for (Peer *p = all; p < sender; p++)
    if (p->expected != sender->next) give_up(p, sender->next);
}

static uint64_t work_done(void) {
  if (kind == SEND) {
    total_lost = look(SK_MEMINFO_DROPS);
    return total_sent - total_lost;
  }
  if (kind == FANOUT) read_all_peers(&all[options.connections - 1]);
  return total_received;
}

static void measure(void) {
  Span span;

  run(options.warm_up);
  if (options.trace_path) { /* idle before and after: what strace counts belongs to the operations counted */
    drain();
    server_await_idle();
    server_trace(options.trace_path);
  }
  uint64_t before = work_done();
  idle_time = 0;
  span_begin(&span, before);
  run(options.seconds);
  span_end(&span);
  uint64_t idle = idle_time;
  if (options.trace_path) {
    drain();
    server_await_idle();
    server_trace_end();
  }
  uint64_t work = work_done();
  drain();
  if (kind == SEND) check_count();
  uint64_t gone = total_lost + (kind == SEND ? total_sent - total_lost : total_received);
  span_print(&span, work, idle);
  printf("lost=%.6f\n", gone ? (double)total_lost / (double)gone : 0);
}

int main(int argc, char **argv) {
  int which;
  char **command = generator_parse(argc, argv, kinds, &which, &options);

  kind = (Kind)which;
  if (options.size < 2 * NUMBER || options.size > LARGEST || options.depth > TOGETHER || options.batch > TOGETHER)
    fail("load_udp: wrong numbers");
  generator_prepare(&options);
  prepare_heads();
  all = calloc((size_t)options.connections, sizeof *all);
  port = server_start(command);
  pin_to_core(LOAD_CORE);
  for (int i = 0; i < options.connections; i++) open_peer(&all[i]);
  if (kind == FANOUT)
    for (int i = 0; i < options.connections; i++) join(&all[i]);
  if (kind == SEND) {
    server_socket = server_udp_socket(port);
    setsockopt(server_socket, SOL_SOCKET, SO_RCVBUF, &(int){ QUEUE }, sizeof(int)); /* as much of it as is allowed */
    server_room = (int)look(SK_MEMINFO_RCVBUF) / 8 * 5;
  }
  measure();
  server_stop();
  return 0;
}
