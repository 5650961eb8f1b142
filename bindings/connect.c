/* connect.c - one attempt to connect: a descriptor, watched until it is connected or not. Which addresses are tried,
 * in what order, and what a socket makes of it is lua/connect.lua's. */
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "bound_socket.h"
#include "connect.h"
#include "emitter.h"
#include "error.h"
#include "options.h"
#include "socket.h"

typedef struct Attempt {
  Handle h;     /* first: an Attempt is a Handle */
  int fd;       /* owned, -1: taken over or closed */
  int status;   /* known already, without waiting: 0 or a libuv error */
  int callback; /* registry reference: function(errno) */
  bool watched; /* libuv knows the handle */
  struct sockaddr_storage target;
  socklen_t target_size;
  TransportKind kind;
  union {
    uv_handle_t handle;
    uv_poll_t poll;
    uv_idle_t idle; /* when the result is known at once: it is still told from the loop */
  } uv;
} Attempt;

extern const Class attempt_class;

/* -- libuv says ------------------------------------------------------------------------------------------------ */

static void on_closed(uv_handle_t *uv) { handle_closed(&((Attempt *)uv->data)->h); }

static void unwatch(Attempt *a) {
  if (!a->watched) return;
  a->watched = false;
  uv_close(&a->uv.handle, on_closed);
}

static void give_up(Attempt *a) {
  unwatch(a);
  if (a->fd >= 0) close(a->fd);
  a->fd = -1;
}

static int body_attempted(lua_State *L) {
  Attempt *a = (Attempt *)lua_touserdata(L, 1);
  lua_rawgeti(L, LUA_REGISTRYINDEX, a->callback);
  luaL_unref(L, LUA_REGISTRYINDEX, a->callback);
  a->callback = LUA_NOREF;
  lua_pushinteger(L, a->status);
  task_call(L, a->h.cx, 1, &(Caller){ .role = "connect" });
  return 0;
}

static void attempted(Attempt *a, int status) {
  a->status = status;
  if (status != 0) give_up(a); /* the object may be garbage for long */
  else unwatch(a);
  enter(a->h.cx, body_attempted, a);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
  (void)events;
  Attempt *a = (Attempt *)poll->data;
  int err = 0;
  socklen_t size = sizeof err;
  if (getsockopt(a->fd, SOL_SOCKET, SO_ERROR, &err, &size) != 0) err = errno;
  attempted(a, err != 0 ? -err : status); /* status alone says EBADF for any error */
}

static void on_idle(uv_idle_t *idle) {
  Attempt *a = (Attempt *)idle->data;
  attempted(a, a->status);
}

/* -- the script says ------------------------------------------------------------------------------------------- */

static Attempt *new_attempt(lua_State *L, Context *cx, TransportKind kind, int fd) {
  Attempt *a = (Attempt *)handle_new(L, cx, &attempt_class, sizeof *a);
  a->fd = fd;
  a->kind = kind;
  a->callback = LUA_NOREF;
  return a;
}

/* Waits for the outcome of connect(2), whose result is given. [-0, +0, m] */
static void watch(lua_State *L, Attempt *a, int result) {
  uv_loop_t *loop = a->h.cx->loop;
  if (result == -EINPROGRESS) {
    int err = uv_poll_init(loop, &a->uv.poll, a->fd);
    if (err == 0) {
      a->uv.poll.data = a;
      a->watched = true;
      handle_opened(L, &a->h);
      uv_poll_start(&a->uv.poll, UV_WRITABLE, on_poll);
      return;
    }
    result = err;
  }
  a->status = result;
  uv_idle_init(loop, &a->uv.idle);
  a->uv.idle.data = a;
  a->watched = true;
  handle_opened(L, &a->h);
  uv_idle_start(&a->uv.idle, on_idle);
}

static int refuse(lua_State *L, int err, const char *step) {
  lua_pushnil(L);
  lua_pushinteger(L, err);
  lua_pushstring(L, step);
  return 3;
}

static int bind_local(int fd, const char *address, int port) {
  struct sockaddr_storage sa;
  int on = 1;
  if (!address_parse(address, port, &sa)) return UV_EINVAL;
  if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return -errno;
  return bind(fd, (struct sockaddr *)&sa, address_size(&sa)) == 0 ? 0 : -errno;
}

/* The attempt with the descriptor of a BoundSocket that the socket has adopted, or NULL where it has none. [-0, +1, m] */
static Attempt *bound_attempt(lua_State *L, int index) {
  BoundSocket *b = (BoundSocket *)class_test(L, index, &bound_socket_class);
  if (b == NULL || b->fd < 0) return NULL;
  Attempt *a = new_attempt(L, CONTEXT(L), b->kind, -1);
  a->fd = bound_socket_take(b);
  return a;
}

static int aimed(Attempt *a, const void *target, socklen_t size) {
  memcpy(&a->target, target, size);
  a->target_size = size;
  return 1;
}

/* core.attempt_open(ip, port[, local_ip, local_port, bound]) -> attempt | nil, errno, "bind" | "connect" */
static int attempt_open(lua_State *L) {
  struct sockaddr_storage sa;
  if (!address_parse(option_string(L, 1, "address"), (int)luaL_checkinteger(L, 2), &sa))
    return refuse(L, UV_EINVAL, "connect");
  const char *local = luaL_optstring(L, 3, NULL);
  int local_port = (int)luaL_optinteger(L, 4, 0);
  Attempt *a = bound_attempt(L, 5);
  if (a != NULL) return aimed(a, &sa, address_size(&sa));
  int fd = socket(sa.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return refuse(L, -errno, "connect");
  int err = local != NULL ? bind_local(fd, local, local_port) : 0;
  if (err != 0) {
    close(fd);
    return refuse(L, err, "bind");
  }
  return aimed(new_attempt(L, CONTEXT(L), TRANSPORT_TCP, fd), &sa, address_size(&sa));
}

/* core.attempt_start(attempt, socket, callback(errno)) -> nil | errno: what connect(2) says at once is returned, the
 * outcome is told from the loop */
static int attempt_start(lua_State *L) {
  Attempt *a = (Attempt *)class_check(L, 1, &attempt_class);
  Stream *s = (Stream *)class_check(L, 2, &socket_class);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  int result = connect(a->fd, (struct sockaddr *)&a->target, a->target_size) == 0 ? 0 : -errno;
  bool later = result == 0 || result == -EINPROGRESS || result == -ECONNREFUSED || a->kind == TRANSPORT_UNIX;
  if (!later) {
    give_up(a);
    lua_pushinteger(L, result);
    return 1;
  }
  if (a->kind == TRANSPORT_TCP) { /* the script may ask for the own end already */
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    if (getsockname(a->fd, (struct sockaddr *)&own, &size) == 0)
      address_pack(&stream_more(L, s)->local, (struct sockaddr *)&own);
  }
  lua_settop(L, 3);
  a->callback = luaL_ref(L, LUA_REGISTRYINDEX);
  watch(L, a, result == -EINPROGRESS && a->kind == TRANSPORT_UNIX ? UV_EAGAIN : result);
  return 0;
}

/* core.attempt_open_unix(path[, bound]) -> attempt | nil, errno, "connect": a path that begins with NUL is abstract */
static int attempt_open_unix(lua_State *L) {
  size_t len;
  const char *path = luaL_checklstring(L, 1, &len);
  struct sockaddr_un sa;
  socklen_t size;
  if (!connect_unix_address(path, len, &sa, &size)) return refuse(L, UV_ENAMETOOLONG, "connect");
  Attempt *a = bound_attempt(L, 2);
  if (a != NULL) return aimed(a, &sa, size);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return refuse(L, -errno, "connect");
  return aimed(new_attempt(L, CONTEXT(L), TRANSPORT_UNIX, fd), &sa, size);
}

bool connect_unix_address(const char *path, size_t len, struct sockaddr_un *out, socklen_t *size) {
  memset(out, 0, sizeof *out);
  out->sun_family = AF_UNIX;
  bool abstract = len > 0 && path[0] == '\0';
  if (len == 0 || len > sizeof out->sun_path - (abstract ? 0 : 1)) return false;
  memcpy(out->sun_path, path, len);
  *size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len + (abstract ? 0 : 1));
  return true;
}

/* core.attempt_close(attempt): its callback will not be called. */
static int attempt_close(lua_State *L) {
  Attempt *a = (Attempt *)class_check(L, 1, &attempt_class);
  luaL_unref(L, LUA_REGISTRYINDEX, a->callback);
  a->callback = LUA_NOREF;
  give_up(a);
  return 0;
}

/* core.connecting(socket, is_unix): connect() was called; a destroyed socket begins anew. */
static int connecting(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  if (s->state.destroyed) stream_revive(L, s);
  s->transport = lua_toboolean(L, 2) ? TRANSPORT_UNIX : TRANSPORT_TCP;
  s->state.connecting = true;
  stream_touch(s);
  return 0;
}

/* core.connected(socket, attempt) -> boolean: the attempt's descriptor becomes the socket's; 'connect' and 'ready'.
 * false: the socket's last descriptor is still closing, try again. */
static int connected(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  Attempt *a = (Attempt *)class_check(L, 2, &attempt_class);
  lua_pushboolean(L, !s->state.closing || !s->state.connecting);
  if (!s->state.connecting) give_up(a);
  if (!s->state.connecting || s->state.closing || a->fd < 0) return 1;
  int err = stream_open(L, s, a->kind, a->fd);
  if (err != 0) {
    give_up(a);
    s->state.connecting = false;
    stream_fail_system(L, s, err, "open");
    return 1;
  }
  a->fd = -1;
  socket_apply_options(s);
  if (a->kind == TRANSPORT_TCP) address_pack(&s->peer, (struct sockaddr *)&a->target); /* known in 'close' as well */
  s->state.connecting = false;
  stream_touch(s);
  bool reset = s->resetting;
  emit(L, &s->h, EVENT_CONNECT, NULL, NULL);
  emit(L, &s->h, EVENT_READY, NULL, NULL);
  if (s->state.destroyed) return 1;
  if (reset) {
    stream_destroy(L, s, false);
    return 1;
  }
  if (!stream_is_paused(s)) {
    s->state.wants_read = true;
    stream_read_nothing(L, s);
  }
  stream_flush(L, s);
  stream_settle(L, s);
  return 1;
}

/* -- the class: never seen by scripts -------------------------------------------------------------------------- */

static void collect(Handle *h) { give_up((Attempt *)h); }

static const Property properties[] = { { NULL, NULL, NULL } };

const Class attempt_class = { .name = "Attempt", .module = "net", .properties = properties, .collect = collect };

void connect_define(lua_State *L, Context *cx) { class_define(L, cx, &attempt_class); }

const luaL_Reg connect_functions[] = {
  { "attempt_open", attempt_open },
  { "attempt_open_unix", attempt_open_unix },
  { "attempt_start", attempt_start },
  { "attempt_close", attempt_close },
  { "connecting", connecting },
  { "connected", connected },
  { NULL, NULL },
};
