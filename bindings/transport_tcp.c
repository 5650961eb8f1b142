/* transport_tcp.c - the row for TCP sockets. */
#include "transport.h"

static int tcp_open(uv_loop_t *loop, Wire *wire, int fd) {
  int err = uv_tcp_init(loop, &wire->tcp);
  return err != 0 ? err : uv_tcp_open(&wire->tcp, fd);
}

static int tcp_reset(Wire *wire, uv_close_cb done) { return uv_tcp_close_reset(&wire->tcp, done); }

static int tcp_nodelay(Wire *wire, bool on) { return uv_tcp_nodelay(&wire->tcp, on); }

static int tcp_keepalive(Wire *wire, bool on, unsigned seconds) {
  return uv_tcp_keepalive(&wire->tcp, on, on && seconds == 0 ? 60 : seconds);
}

static int tcp_local(Wire *wire, Address *out) {
  struct sockaddr_storage sa;
  int size = sizeof sa;
  int err = uv_tcp_getsockname(&wire->tcp, (struct sockaddr *)&sa, &size);
  if (err == 0) address_pack(out, (struct sockaddr *)&sa);
  return err;
}

static int tcp_peer(Wire *wire, Address *out) {
  struct sockaddr_storage sa;
  int size = sizeof sa;
  int err = uv_tcp_getpeername(&wire->tcp, (struct sockaddr *)&sa, &size);
  if (err == 0) address_pack(out, (struct sockaddr *)&sa);
  return err;
}

const Transport transport_tcp = {
  .name = "tcp",
  .size = sizeof(uv_tcp_t),
  .open = tcp_open,
  .reset = tcp_reset,
  .nodelay = tcp_nodelay,
  .keepalive = tcp_keepalive,
  .local = tcp_local,
  .peer = tcp_peer,
};
