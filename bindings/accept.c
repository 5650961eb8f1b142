/* accept.c - accepting on a uv_poll_t. libuv's own accept loop spins for ever when accept(2) fails for good (1.44): no
 * timer fires any more. Here a failure pauses accepting. */
#include "accept.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
  ACCEPTS_PER_EVENT = 16,
  BACK_OFF = 100, /* ms without accepting after a failure that does not go away by itself */
};

struct Acceptor {
  int fd;                       /* borrowed */
  const AcceptorEvents *events; /* static */
  void *owner;                  /* borrowed; outlives the acceptor */
  bool failing;                 /* told already */
  bool paused;
  int handles; /* that libuv has not closed yet */
  uv_poll_t poll;
  uv_timer_t back_off;
};

static void on_poll(uv_poll_t *poll, int status, int events);

/* While it is paused it waits for what never comes: so it still keeps the loop alive. */
static void poll(Acceptor *acceptor) {
  uv_poll_start(&acceptor->poll, acceptor->paused ? UV_PRIORITIZED : UV_READABLE, on_poll);
}

static void on_back_off(uv_timer_t *timer) {
  Acceptor *acceptor = (Acceptor *)timer->data;
  poll(acceptor);
}

static void back_off(Acceptor *acceptor, int err) {
  uv_poll_stop(&acceptor->poll);
  uv_timer_start(&acceptor->back_off, on_back_off, BACK_OFF, 0);
  bool known = acceptor->failing;
  acceptor->failing = true;
  if (!known) acceptor->events->failed(acceptor->owner, err);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
  (void)status; /* accept(2) will tell */
  (void)events;
  Acceptor *acceptor = (Acceptor *)poll->data;
  bool more = true;
  for (int i = 0; i < ACCEPTS_PER_EVENT && more; ++i) {
    struct sockaddr_storage sa;
    socklen_t size = sizeof sa;
    int fd = accept4(acceptor->fd, (struct sockaddr *)&sa, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        acceptor->failing = false; /* everybody who waited was served */
        return;
      }
      if (errno == EINTR || errno == ECONNABORTED) continue;
      back_off(acceptor, -errno);
      return;
    }
    Address peer = { .family = 0 };
    if (sa.ss_family != AF_UNIX) address_pack(&peer, (struct sockaddr *)&sa);
    more = acceptor->events->accepted(acceptor->owner, fd, &peer) && !acceptor->paused;
  }
}

int accept_start(uv_loop_t *loop, int fd, const AcceptorEvents *events, void *owner, Acceptor **out) {
  Acceptor *acceptor = (Acceptor *)calloc(1, sizeof *acceptor);
  int err = acceptor != NULL ? uv_poll_init(loop, &acceptor->poll, fd) : UV_ENOMEM;
  if (err != 0) {
    free(acceptor);
    return err;
  }
  uv_timer_init(loop, &acceptor->back_off);
  acceptor->poll.data = acceptor->back_off.data = acceptor;
  acceptor->handles = 2;
  acceptor->fd = fd;
  acceptor->events = events;
  acceptor->owner = owner;
  poll(acceptor);
  *out = acceptor;
  return 0;
}

static void on_closed(uv_handle_t *uv) {
  Acceptor *acceptor = (Acceptor *)uv->data;
  if (--acceptor->handles > 0) return;
  acceptor->events->closed(acceptor->owner);
  free(acceptor);
}

void accept_stop(Acceptor *acceptor) {
  uv_close((uv_handle_t *)&acceptor->poll, on_closed);
  uv_close((uv_handle_t *)&acceptor->back_off, on_closed);
}

void accept_pause(Acceptor *acceptor, bool paused) {
  if (paused == acceptor->paused) return;
  acceptor->paused = paused;
  if (!uv_is_active((uv_handle_t *)&acceptor->back_off)) poll(acceptor);
}

void accept_set_ref(Acceptor *acceptor, bool referenced) {
  uv_handle_t *const handles[] = { (uv_handle_t *)&acceptor->poll, (uv_handle_t *)&acceptor->back_off };
  for (int i = 0; i < 2; ++i) { /* while it backs off, the timer keeps the loop alive in the poll handle's place */
    if (referenced) uv_ref(handles[i]);
    else uv_unref(handles[i]);
  }
}
