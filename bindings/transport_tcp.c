/* transport_tcp.c - the row for TCP sockets. */
#include "transport.h"

static int tcp_open(uv_loop_t *loop, uv_handle_t *uv, int fd) {
  int err = uv_tcp_init(loop, (uv_tcp_t *)uv);
  return err != 0 ? err : uv_tcp_open((uv_tcp_t *)uv, fd);
}

static int tcp_reset(uv_handle_t *uv, uv_close_cb done) { return uv_tcp_close_reset((uv_tcp_t *)uv, done); }

static int tcp_nodelay(uv_handle_t *uv, bool on) { return uv_tcp_nodelay((uv_tcp_t *)uv, on); }

static int tcp_keepalive(uv_handle_t *uv, bool on, unsigned seconds) {
  return uv_tcp_keepalive((uv_tcp_t *)uv, on, on && seconds == 0 ? 60 : seconds);
}

static int tcp_local(uv_handle_t *uv, Address *out) {
  struct sockaddr_storage sa;
  int size = sizeof sa;
  int err = uv_tcp_getsockname((uv_tcp_t *)uv, (struct sockaddr *)&sa, &size);
  if (err == 0) address_pack(out, (struct sockaddr *)&sa);
  return err;
}

static int tcp_peer(uv_handle_t *uv, Address *out) {
  struct sockaddr_storage sa;
  int size = sizeof sa;
  int err = uv_tcp_getpeername((uv_tcp_t *)uv, (struct sockaddr *)&sa, &size);
  if (err == 0) address_pack(out, (struct sockaddr *)&sa);
  return err;
}

const Transport transport_tcp = {
  .name = "tcp",
  .handle_size = sizeof(uv_tcp_t),
  .open = tcp_open,
  .reset = tcp_reset,
  .nodelay = tcp_nodelay,
  .keepalive = tcp_keepalive,
  .local = tcp_local,
  .peer = tcp_peer,
};
