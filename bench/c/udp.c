/* udp.c - the yardstick for datagrams: what a careful programmer writes in C on libuv.
 *
 *   udp MODE PORT      MODE: echo count fanout; PORT 0 = a free one
 *
 * A batch comes in with one recvmmsg (UV_UDP_RECVMMSG), and what it gives to send leaves with one sendmmsg, which libuv
 * 1.44 does not do by itself; only what the kernel does not take goes through its queue. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <uv.h>

#define BATCH 20 /* the most that libuv reads at once */
#define SLOT 65536
#define PEERS 1024 /* and the most that sendmmsg takes at once */

typedef struct Queued { /* what sendmmsg left over */
  uv_udp_send_t request;
  char bytes[];
} Queued;

typedef struct Mode {
  const char *name;
  void (*on_message)(uv_udp_t *udp, const uv_buf_t *message, const struct sockaddr_in *from);
  void (*on_batch)(uv_udp_t *udp);
} Mode;

static const Mode *mode;
static char input[BATCH * SLOT];
static size_t counted;

static struct Output { /* what leaves together */
  unsigned count;
  struct mmsghdr heads[PEERS];
  struct iovec parts[PEERS];
  struct sockaddr_in to[PEERS];
} out;

static void must(int status, const char *what) {
  if (status >= 0) return;
  fprintf(stderr, "udp: %s: %s\n", what, uv_strerror(status));
  exit(1);
}

/* -- sending ------------------------------------------------------------------------------------------------------ */

static void on_sent(uv_udp_send_t *request, int status) {
  (void)status; /* a datagram that is lost */
  free(request);
}

static void queue(uv_udp_t *udp, const struct mmsghdr *head) {
  const struct iovec *part = head->msg_hdr.msg_iov;
  Queued *q = malloc(sizeof *q + part->iov_len);
  uv_buf_t buf = uv_buf_init(q->bytes, (unsigned)part->iov_len);

  memcpy(q->bytes, part->iov_base, part->iov_len);
  if (uv_udp_send(&q->request, udp, &buf, 1, head->msg_hdr.msg_name, on_sent)) free(q);
}

static void send_all(uv_udp_t *udp, unsigned count) {
  unsigned sent = 0;
  uv_os_fd_t fd;

  uv_fileno((uv_handle_t *)udp, &fd);
  while (sent < count && uv_udp_get_send_queue_count(udp) == 0) {
    int n = sendmmsg(fd, out.heads + sent, count - sent, 0);
    if (n < 0 && (errno == EAGAIN || errno == ENOBUFS)) break;
    if (n >= 0) sent += (unsigned)n;
    else if (errno != EINTR) sent++; /* that one cannot be sent */
  }
  for (; sent < count; sent++) queue(udp, &out.heads[sent]);
}

static void add(const struct sockaddr_in *to) {
  unsigned i = out.count++;

  out.to[i] = *to;
  out.heads[i].msg_hdr =
      (struct msghdr){ .msg_name = &out.to[i], .msg_namelen = sizeof *to, .msg_iov = &out.parts[i], .msg_iovlen = 1 };
}

static void reply(uv_udp_t *udp, const char *text, size_t size, const struct sockaddr_in *to) {
  uv_buf_t buf = uv_buf_init((char *)text, (unsigned)size);
  uv_udp_try_send(udp, &buf, 1, (const struct sockaddr *)to);
}

/* -- the modes ---------------------------------------------------------------------------------------------------- */

static void echo(uv_udp_t *udp, const uv_buf_t *message, const struct sockaddr_in *from) {
  (void)udp;
  out.parts[out.count] = (struct iovec){ message->base, message->len };
  add(from);
}

static void flush(uv_udp_t *udp) {
  send_all(udp, out.count);
  out.count = 0;
}

static bool is(const uv_buf_t *message, const char *text) {
  return message->len == strlen(text) && !memcmp(message->base, text, message->len);
}

static void count(uv_udp_t *udp, const uv_buf_t *message, const struct sockaddr_in *from) {
  char text[32];

  if (is(message, "count")) reply(udp, text, (size_t)snprintf(text, sizeof text, "%zu", counted), from);
  else counted++;
}

static void fanout(uv_udp_t *udp, const uv_buf_t *message, const struct sockaddr_in *from) {
  if (is(message, "join")) {
    if (out.count == PEERS) return;
    add(from);
    reply(udp, message->base, message->len, from);
    return;
  }
  for (unsigned i = 0; i < out.count; i++) out.parts[i] = (struct iovec){ message->base, message->len };
  send_all(udp, out.count);
}

static void nothing(uv_udp_t *udp) { (void)udp; }

static const Mode modes[] = {
  { "echo", echo, flush },
  { "count", count, nothing },
  { "fanout", fanout, nothing },
};

/* -- libuv says ------------------------------------------------------------------------------------------------- */

static void on_alloc(uv_handle_t *handle, size_t wanted, uv_buf_t *buf) {
  (void)handle, (void)wanted;
  *buf = uv_buf_init(input, sizeof input);
}

/* Each message of a batch, then once more without an address, when the batch is over. */
static void on_receive(uv_udp_t *udp, ssize_t n, const uv_buf_t *buf, const struct sockaddr *from, unsigned flags) {
  (void)flags;
  if (n < 0) return; /* an error of an earlier datagram */
  if (from) {
    uv_buf_t message = uv_buf_init(buf->base, (unsigned)n);
    mode->on_message(udp, &message, (const struct sockaddr_in *)from);
  } else {
    mode->on_batch(udp);
  }
}

int main(int argc, char **argv) {
  uv_loop_t *loop = uv_default_loop();
  struct sockaddr_in address;
  int length = sizeof address;
  uv_udp_t udp;

  for (size_t i = 0; argc > 2 && i < sizeof modes / sizeof *modes; i++)
    if (!strcmp(argv[1], modes[i].name)) mode = &modes[i];
  if (!mode) {
    fprintf(stderr, "usage: udp echo|count|fanout PORT\n");
    return 2;
  }
  uv_ip4_addr("127.0.0.1", atoi(argv[2]), &address);
  must(uv_udp_init_ex(loop, &udp, AF_INET | UV_UDP_RECVMMSG), "udp_init");
  must(uv_udp_bind(&udp, (struct sockaddr *)&address, 0), "bind");
  must(uv_udp_recv_start(&udp, on_alloc, on_receive), "recv_start");
  must(uv_udp_getsockname(&udp, (struct sockaddr *)&address, &length), "getsockname");
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return uv_run(loop, UV_RUN_DEFAULT);
}
