/* server.c - the yardstick of the benchmark: what a careful programmer writes in C on libuv.
 *
 *   server MODE PORT [UPSTREAM-PORT]      MODE: echo pipe lines count proxy; PORT 0 = a free one
 *
 * Reads into one shared buffer, tries uv_try_write first and queues only what the kernel did not take; while something
 * is queued its source is not read. Everything that one read gives to write leaves in one write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define BUFFER_SIZE 65536

typedef struct Connection {
  uv_tcp_t tcp;          /* first: a Connection is its handle; tcp.data is the unfinished line in mode lines */
  struct Connection *to; /* where its bytes go: itself, or the other side of the proxy */
  size_t n;              /* count: bytes received; lines: length of the unfinished line; proxy: 1 = it has ended */
} Connection;

typedef struct Rest { /* what uv_try_write left over */
  uv_write_t request;
  Connection *from; /* is read again once this is written */
  char bytes[];
} Rest;

typedef struct Mode {
  const char *name;
  void (*on_bytes)(Connection *c, const char *bytes, size_t n);
  void (*on_end)(Connection *c);
} Mode;

static const Mode *mode;
static struct sockaddr_in upstream;
static char input[BUFFER_SIZE], output[2 * BUFFER_SIZE];

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf);

static void must(int status, const char *what) {
  if (status >= 0) return;
  fprintf(stderr, "server: %s: %s\n", what, uv_strerror(status));
  exit(1);
}

static void on_alloc(uv_handle_t *handle, size_t wanted, uv_buf_t *buf) {
  (void)handle, (void)wanted;
  *buf = uv_buf_init(input, sizeof input);
}

static void on_close(uv_handle_t *handle) {
  free(handle->data);
  free(handle);
}

static void drop(Connection *c) {
  if (!uv_is_closing((uv_handle_t *)c)) uv_close((uv_handle_t *)c, on_close);
}

/* -- writing ---------------------------------------------------------------------------------------------------- */

static void on_written(uv_write_t *request, int status) {
  Rest *rest = (Rest *)request;

  if (status == 0 && !uv_is_closing((uv_handle_t *)rest->from))
    uv_read_start((uv_stream_t *)rest->from, on_alloc, on_read);
  free(rest);
}

static void send_on(Connection *from, const char *bytes, size_t n) {
  Connection *to = from->to;
  uv_buf_t buf = uv_buf_init((char *)bytes, (unsigned)n);
  int sent = uv_try_write((uv_stream_t *)to, &buf, 1);

  if (sent == (int)n) return;
  if (sent == UV_EAGAIN) sent = 0;
  if (sent < 0) {
    drop(from);
    drop(to);
    return;
  }
  n -= (size_t)sent;
  Rest *rest = malloc(sizeof *rest + n);
  rest->from = from;
  memcpy(rest->bytes, bytes + sent, n);
  buf = uv_buf_init(rest->bytes, (unsigned)n);
  uv_read_stop((uv_stream_t *)from);
  must(uv_write(&rest->request, (uv_stream_t *)to, &buf, 1, on_written), "write");
}

/* -- the modes -------------------------------------------------------------------------------------------------- */

/* One "write" a line, as the scripts do, into the output that this read gives; the unfinished line is kept. */
static void send_lines(Connection *c, const char *bytes, size_t n) {
  const char *end = bytes + n, *newline;
  size_t used = 0;

  while ((newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
    size_t length = (size_t)(newline + 1 - bytes);
    if (c->n) {
      memcpy(output + used, c->tcp.data, c->n);
      used += c->n;
      c->n = 0;
    }
    memcpy(output + used, bytes, length);
    used += length;
    bytes += length;
  }
  size_t left = (size_t)(end - bytes);
  if (left) {
    if (c->n + left > BUFFER_SIZE) {
      drop(c);
      return;
    }
    c->tcp.data = realloc(c->tcp.data, c->n + left);
    memcpy((char *)c->tcp.data + c->n, bytes, left);
    c->n += left;
  }
  if (used) send_on(c, output, used);
}

static void count(Connection *c, const char *bytes, size_t n) {
  (void)bytes;
  c->n += n;
}

static void send_count(Connection *c) {
  char text[32];

  send_on(c, text, (size_t)snprintf(text, sizeof text, "%zu", c->n));
  drop(c);
}

static void on_shutdown(uv_shutdown_t *request, int status) {
  (void)status;
  free(request);
}

static void pass_end(Connection *c) {
  c->n = 1;
  if (c->to->n) {
    drop(c->to);
    drop(c);
  } else {
    uv_shutdown_t *request = malloc(sizeof *request);
    if (uv_shutdown(request, (uv_stream_t *)c->to, on_shutdown) < 0) free(request);
  }
}

static const Mode modes[] = {
  { "echo", send_on, drop },
  { "pipe", send_on, drop },
  { "lines", send_lines, drop },
  { "count", count, send_count },
  { "proxy", send_on, pass_end },
};

/* -- libuv says ------------------------------------------------------------------------------------------------- */

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf) {
  Connection *c = (Connection *)stream;

  if (n > 0) {
    mode->on_bytes(c, buf->base, (size_t)n);
  } else if (n == UV_EOF) {
    mode->on_end(c);
  } else if (n < 0) {
    drop(c->to);
    drop(c);
  }
}

static Connection *new_connection(uv_loop_t *loop) {
  Connection *c = malloc(sizeof *c);

  must(uv_tcp_init(loop, &c->tcp), "tcp_init");
  c->tcp.data = NULL;
  c->to = c;
  c->n = 0;
  return c;
}

static void start(Connection *c) {
  uv_tcp_nodelay(&c->tcp, 1);
  must(uv_read_start((uv_stream_t *)c, on_alloc, on_read), "read");
}

static void on_connect(uv_connect_t *request, int status) {
  Connection *c = (Connection *)request->handle;

  free(request);
  must(status, "connect upstream");
  start(c);
  start(c->to);
}

static void on_connection(uv_stream_t *server, int status) {
  must(status, "accept");
  Connection *c = new_connection(server->loop);
  must(uv_accept(server, (uv_stream_t *)c), "accept");
  if (strcmp(mode->name, "proxy")) {
    start(c);
    return;
  }
  Connection *other = new_connection(server->loop);
  c->to = other;
  other->to = c;
  must(uv_tcp_connect(malloc(sizeof(uv_connect_t)), &other->tcp, (struct sockaddr *)&upstream, on_connect), "connect");
}

int main(int argc, char **argv) {
  uv_loop_t *loop = uv_default_loop();
  struct sockaddr_in address;
  int length = sizeof address;
  uv_tcp_t server;

  for (size_t i = 0; argc > 2 && i < sizeof modes / sizeof *modes; i++)
    if (!strcmp(argv[1], modes[i].name)) mode = &modes[i];
  if (!mode) {
    fprintf(stderr, "usage: server echo|pipe|lines|count|proxy PORT [UPSTREAM-PORT]\n");
    return 2;
  }
  uv_ip4_addr("127.0.0.1", argc > 3 ? atoi(argv[3]) : 0, &upstream);
  uv_ip4_addr("127.0.0.1", atoi(argv[2]), &address);
  must(uv_tcp_init(loop, &server), "tcp_init");
  must(uv_tcp_bind(&server, (struct sockaddr *)&address, 0), "bind");
  must(uv_listen((uv_stream_t *)&server, 511, on_connection), "listen");
  must(uv_tcp_getsockname(&server, (struct sockaddr *)&address, &length), "getsockname");
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return uv_run(loop, UV_RUN_DEFAULT);
}
