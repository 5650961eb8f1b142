/* udp_send.c - what goes out: send() queues, and what one callback queued leaves in one system call when it has
 * returned. Each callback is told the result of its own datagram, by tick. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "options.h"
#include "udp_state.h"

enum { TOGETHER = 64 }; /* datagrams of one system call; as many that wait are sent at once */

struct Datagram {
  Datagram *next;
  int callback; /* registry reference, or LUA_NOREF */
  int result;   /* < 0: a libuv error */
  size_t size;
  UdpAddress to;
  socklen_t to_size; /* 0: to the peer that the socket is connected to */
  char bytes[];
};

static const char RESOLVER = 0; /* registry: dgram.lua's function for host names */

/* -- the kernel takes them --------------------------------------------------------------------------------------- */

static void append(Datagram **first, Datagram **last, Datagram *d) {
  d->next = NULL;
  if (*first == NULL) *first = d;
  else (*last)->next = d;
  *last = d;
}

/* The first of the queue is through: sent, or failed. */
static void finish_first(Udp *u, int result) {
  Datagram *d = u->first;
  u->first = d->next;
  --u->queued;
  u->queued_bytes -= d->size;
  d->result = result;
  if (d->callback != LUA_NOREF) {
    append(&u->done, &u->done_last, d);
  } else {
    if (result < 0 && result != UDP_BLOCKED) ++u->send_errors;
    free(d);
  }
}

static int send_one(const Udp *u, const Datagram *d) {
  const struct sockaddr *to = d->to_size > 0 ? &d->to.any : NULL;
  return sendto(u->fd, d->bytes, d->size, 0, to, d->to_size) < 0 ? -errno : 1;
}

/* Returns how many of the first datagrams were sent, or the error of the first one. */
static int send_some(const Udp *u) {
  if (u->first->next == NULL) return send_one(u, u->first);
  struct mmsghdr heads[TOGETHER];
  struct iovec parts[TOGETHER];
  unsigned count = 0;
  for (Datagram *d = u->first; d != NULL && d->result == 0 && count < TOGETHER; d = d->next, ++count) {
    parts[count] = (struct iovec){ d->bytes, d->size };
    heads[count].msg_hdr = (struct msghdr){
      .msg_name = d->to_size > 0 ? &d->to : NULL, .msg_namelen = d->to_size, .msg_iov = &parts[count], .msg_iovlen = 1
    };
  }
  int n = sendmmsg(u->fd, heads, count, 0);
  return n < 0 ? -errno : n;
}

static void push_out(Udp *u) {
  u->blocked = false;
  if (u->fd < 0 || u->bound != UDP_BOUND) return;
  while (u->first != NULL && !u->blocked) {
    if (u->first->result < 0) { /* was given up before it came here */
      finish_first(u, u->first->result);
      continue;
    }
    int n = send_some(u);
    if (n == -EINTR) continue;
    if (n == -EAGAIN || n == -ENOBUFS) u->blocked = true;
    else if (n < 0) finish_first(u, n);
    for (int i = 0; i < n; ++i) finish_first(u, 0);
  }
}

static int body_flushed(lua_State *L) {
  Udp *u = (Udp *)lua_touserdata(L, 1);
  if (!u->send_due && !u->peer_due) udp_tell_done(L, u);
  udp_close_if_sent(L, u);
  return 0;
}

void udp_flush(Udp *u) {
  push_out(u);
  udp_poll(u);
  bool all_sent = u->closing && !u->closed && u->first == NULL;
  bool tell = u->done != NULL && !u->done_due && !u->send_due && !u->peer_due; /* else by the tick that is due */
  if (tell || all_sent) enter(u->h.cx, body_flushed, u);
}

void udp_flush_now(lua_State *L, Udp *u) {
  push_out(u);
  udp_poll(u);
  udp_tell_done(L, u);
}

static void on_flush(Handle *h) {
  Udp *u = (Udp *)h;
  u->flush_due = false;
  udp_flush(u);
}

void udp_flush_later(lua_State *L, Udp *u) {
  if (u->flush_due || u->first == NULL || u->bound != UDP_BOUND) return;
  flush_later(L, &u->h, on_flush);
  u->flush_due = true;
}

void udp_fail_queue(Udp *u, int err) {
  while (u->first != NULL) finish_first(u, err);
}

static void free_datagram(Udp *u, Datagram *d) {
  if (u->h.cx->L != NULL) luaL_unref(u->h.cx->L, LUA_REGISTRYINDEX, d->callback);
  free(d);
}

void udp_drop_queue(Udp *u) {
  for (Datagram *d = u->first, *next; d != NULL; d = next) {
    next = d->next;
    free_datagram(u, d);
  }
  for (Datagram *d = u->done, *next; d != NULL; d = next) {
    next = d->next;
    free_datagram(u, d);
  }
  u->first = u->done = NULL;
}

/* -- results ------------------------------------------------------------------------------------------------------ */

static void push_send_error(lua_State *L, int err, const UdpAddress *to, bool connected) {
  if (connected) {
    error_push_system(L, err, "send");
    return;
  }
  Address a;
  char text[ADDRESS_TEXT];
  address_pack(&a, &to->any);
  address_text(&a, text);
  if (err == UDP_BLOCKED) {
    lua_pushfstring(L, "IP(%s) is blocked by net.BlockList", text);
    error_push(L, "Error", "ERR_IP_BLOCKED", lua_tostring(L, -1));
    lua_remove(L, -2);
    return;
  }
  error_push_address(L, err, "send", text, a.port);
}

/* Those that are due now: what callbacks send meanwhile has a tick of its own. */
static void tick_done(lua_State *L, Handle *h) {
  Udp *u = (Udp *)h;
  u->done_due = false;
  for (const Datagram *end = u->done_last, *d = NULL; u->done != NULL && d != end;) {
    Datagram *first = u->done;
    d = first;
    Datagram copy = *first;
    u->done = first->next;
    free(first); /* before anything that can raise */
    lua_rawgeti(L, LUA_REGISTRYINDEX, copy.callback);
    luaL_unref(L, LUA_REGISTRYINDEX, copy.callback);
    int nargs = 1;
    if (copy.result < 0) {
      push_send_error(L, copy.result, &copy.to, copy.to_size == 0);
      error_set_where(L, h);
    } else {
      lua_pushnil(L);
      lua_pushinteger(L, (lua_Integer)copy.size);
      nargs = 2;
    }
    task_call(L, h->cx, nargs, &(Caller){ .role = "send callback" });
    lua_settop(L, 1);
  }
}

void udp_tell_done(lua_State *L, Udp *u) {
  if (u->done == NULL || u->done_due) return;
  tick(L, &u->h, tick_done);
  u->done_due = true;
}

/* Where Node would send: its callback order is that of ticks. While a batch is told, the end of it sends; or the end of
 * a callback of a loop that a listener of the batch runs, and then this is the only tick that will tell. */
static void tick_send(lua_State *L, Handle *h) {
  Udp *u = (Udp *)h;
  u->send_due = false;
  if (h->cx->batching) udp_tell_done(L, u);
  else udp_flush_now(L, u);
}

static void tick_send_to_peer(lua_State *L, Handle *h) {
  Udp *u = (Udp *)h;
  u->peer_due = false;
  if (!h->cx->batching) {
    push_out(u);
    udp_poll(u);
  }
  tick_done(L, h);
}

static void send_by_tick(lua_State *L, Udp *u, bool to_peer) {
  if (u->bound != UDP_BOUND) return;
  if (to_peer && !u->peer_due) {
    tick(L, &u->h, tick_send_to_peer);
    u->peer_due = true;
  } else if (!to_peer && !u->send_due) {
    tick(L, &u->h, tick_send);
    u->send_due = true;
  }
}

/* -- the script says ---------------------------------------------------------------------------------------------- */

/* What is to be sent: a part of a string, or all strings of a list. */
typedef struct Message {
  int index;
  bool list;
  size_t offset, size;
} Message;

/* false: the script has changed the list since it was read, in a bind() of its own or in a finalizer. [-0, +0, -] */
static bool copy_message(lua_State *L, const Message *m, char *out) {
  if (!m->list) {
    memcpy(out, lua_tostring(L, m->index) + m->offset, m->size);
    return true;
  }
  size_t left = m->size;
  lua_Integer n = (lua_Integer)lua_rawlen(L, m->index);
  for (lua_Integer i = 1; i <= n; ++i) {
    size_t len = lua_rawgeti(L, m->index, i) == LUA_TSTRING ? lua_rawlen(L, -1) : SIZE_MAX;
    if (len <= left) memcpy(out + (m->size - left), lua_tostring(L, -1), len);
    lua_pop(L, 1);
    if (len > left) return false;
    left -= len;
  }
  return left == 0;
}

static void raise_changed(lua_State *L) { luaL_error(L, "the list of strings was changed while it was sent"); }

/* [-0, +0, e] callback is the index of a function, or 0; to_size 0: the peer; err < 0: a send that has failed. */
static void queue(lua_State *L, Udp *u, const Message *m, const UdpAddress *to, socklen_t to_size, int callback, int err) {
  int ref = LUA_NOREF;
  if (callback != 0) {
    lua_pushvalue(L, callback);
    ref = luaL_ref(L, LUA_REGISTRYINDEX);
  }
  Datagram *d = (Datagram *)malloc(sizeof *d + m->size);
  if (d == NULL || !copy_message(L, m, d->bytes)) {
    luaL_unref(L, LUA_REGISTRYINDEX, ref);
    if (d != NULL) free(d);
    else luaL_error(L, "not enough memory");
    raise_changed(L);
    return;
  }
  if (to != NULL && err == 0 && u->to != NULL && blocklist_check(u->to, &to->any)) err = UDP_BLOCKED;
  d->callback = ref;
  d->result = err;
  d->size = m->size;
  d->to_size = to_size;
  if (to != NULL) d->to = *to;
  append(&u->first, &u->last, d);
  ++u->queued;
  u->queued_bytes += d->size;
  if (u->queued % TOGETHER == 0 && u->bound == UDP_BOUND && !u->blocked) udp_flush_now(L, u);
  if (u->blocked) return;
  udp_flush_later(L, u);
  if (callback != 0) send_by_tick(L, u, to_size == 0);
}

/* As JavaScript's if() sees it: which form of send() it is depends on that. */
static bool truthy(lua_State *L, int index) {
  switch (lua_type(L, index)) {
    case LUA_TNIL: return false;
    case LUA_TBOOLEAN: return lua_toboolean(L, index);
    case LUA_TNUMBER: return lua_tonumber(L, index) != 0 && !isnan(lua_tonumber(L, index));
    case LUA_TSTRING: return lua_rawlen(L, index) > 0;
    default: return true;
  }
}

/* As JavaScript's n >>> 0. */
static uint32_t to_uint32(lua_State *L, int index) {
  double n = lua_isboolean(L, index) ? lua_toboolean(L, index) : lua_tonumber(L, index);
  return n > -9007199254740992.0 && n < 9007199254740992.0 ? (uint32_t)(int64_t)n : 0;
}

static void read_slice(lua_State *L, Message *m, int offset, int length) {
  if (lua_type(L, m->index) != LUA_TSTRING) error_argument_type(L, "buffer", "of type string", m->index);
  size_t size = lua_rawlen(L, m->index);
  m->offset = to_uint32(L, offset);
  m->size = to_uint32(L, length);
  if (m->offset > size) error_raise_code(L, "ERR_BUFFER_OUT_OF_BOUNDS:offset");
  if (m->offset + m->size > size) error_raise_code(L, "ERR_BUFFER_OUT_OF_BOUNDS:length");
}

static void read_list(lua_State *L, Message *m) {
  m->list = true;
  lua_Integer n = (lua_Integer)lua_rawlen(L, m->index);
  for (lua_Integer i = 1; i <= n; ++i) {
    if (lua_rawgeti(L, m->index, i) != LUA_TSTRING)
      error_argument_type(L, "buffer list arguments", "of type string", m->index);
    m->size += lua_rawlen(L, -1);
    lua_pop(L, 1);
  }
}

static void read_message(lua_State *L, Message *m) {
  if (lua_type(L, m->index) == LUA_TSTRING) m->size = lua_rawlen(L, m->index);
  else if (lua_istable(L, m->index)) read_list(L, m);
  else error_argument_type(L, "buffer", "of type string", m->index);
}

static int read_port(lua_State *L, int index) {
  double port = lua_isstring(L, index) ? lua_tonumber(L, index) : 0;
  if (!(port >= 1 && port <= 65535) || port != floor(port)) error_bad_port(L, "Port", false, index);
  return (int)port;
}

/* [-0, +0, e] The default address may depend on the lookup of the script: an empty host means it. */
static void send_to_name(lua_State *L, const Message *m, int port, const char *host, int callback) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &RESOLVER);
  lua_pushvalue(L, 1);
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, m->size);
  if (!copy_message(L, m, out)) raise_changed(L);
  luaL_pushresultsize(&b, m->size);
  lua_pushinteger(L, port);
  lua_pushstring(L, host);
  if (callback != 0) lua_pushvalue(L, callback);
  else lua_pushnil(L);
  lua_call(L, 5, 0);
}

static void bind_to_any(lua_State *L) {
  lua_getfield(L, 1, "bind");
  lua_pushvalue(L, 1);
  lua_call(L, 1, 0);
}

/* send(message[, offset, length][, port][, address][, callback(err, bytes)]): message is a string or a list of strings;
 * offset, 0-based, and length choose a part of a string; port and address not on a connected socket. The forms are told
 * apart as Node does. https://nodejs.org/api/dgram.html#socketsendmsg-offset-length-port-address-callback */
static int udp_send(lua_State *L) {
  enum { MESSAGE = 2, OFFSET, LENGTH, PORT, ADDRESS, CALLBACK };
  Udp *u = (Udp *)class_self(L);
  lua_settop(L, CALLBACK);
  Message m = { .index = MESSAGE };
  int port = PORT, address = ADDRESS, callback = CALLBACK;
  bool connected = u->connected == UDP_CONNECTED;
  bool sliced = connected ? lua_type(L, LENGTH) == LUA_TNUMBER
                          : truthy(L, ADDRESS) || (truthy(L, PORT) && !error_callable(L, PORT));
  if (sliced) read_slice(L, &m, OFFSET, LENGTH);
  if (connected) {
    bool third = sliced && error_callable(L, PORT);
    if (third) callback = PORT;
    else if (!sliced) callback = OFFSET;
    if ((!third && truthy(L, PORT)) || truthy(L, ADDRESS)) error_raise_code(L, "ERR_SOCKET_DGRAM_IS_CONNECTED");
  } else if (!sliced) {
    callback = PORT;
    port = OFFSET;
    address = LENGTH;
  }
  if (!sliced) read_message(L, &m);
  int number = connected ? 0 : read_port(L, port);
  if (error_callable(L, address)) callback = address;
  else if (!lua_isnil(L, address)) option_string(L, address, "address");
  const char *host = !connected && lua_type(L, address) == LUA_TSTRING ? lua_tostring(L, address) : "";
  if (!error_callable(L, callback)) callback = 0;

  udp_check_running(L, u);
  if (u->bound == UDP_UNBOUND) bind_to_any(L);
  if (connected) {
    queue(L, u, &m, NULL, 0, callback, 0);
    return 0;
  }
  UdpAddress to;
  socklen_t size;
  if (host[0] == '\0') host = u->v6 ? "::1" : "127.0.0.1";
  struct sockaddr_storage sa;
  if (udp_parse(u, host, number, &to, &size)) queue(L, u, &m, &to, size, callback, 0);
  else if (!address_parse(host, number, &sa)) send_to_name(L, &m, number, host, callback);
  else {
    memcpy(&to, &sa, address_size(&sa)); /* an address of the other family */
    queue(L, u, &m, &to, address_size(&sa), callback, UV_EINVAL);
  }
  return 0;
}

const luaL_Reg udp_send_methods[] = { { "send", udp_send }, { NULL, NULL } };

/* core.udp_set_resolver(f(socket, message, port, host, callback)): sends to a host name */
static int set_resolver(lua_State *L) {
  lua_settop(L, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &RESOLVER);
  return 0;
}

/* core.udp_send(socket, message, port, ip, callback | nil): a name that was looked up; close() waits for it */
static int send_resolved(lua_State *L) {
  Udp *u = (Udp *)class_check(L, 1, &udp_class);
  lua_settop(L, 5);
  Message m = { .index = 2, .size = lua_rawlen(L, 2) };
  UdpAddress to = { .v4.sin_family = AF_INET };
  socklen_t size = sizeof to.v4;
  bool fits = udp_parse(u, luaL_checkstring(L, 4), (int)luaL_checkinteger(L, 3), &to, &size);
  if (!u->closed) queue(L, u, &m, &to, size, lua_isnil(L, 5) ? 0 : 5, fits ? 0 : UV_EINVAL);
  return 0;
}

const luaL_Reg udp_send_functions[] = {
  { "udp_set_resolver", set_resolver },
  { "udp_send", send_resolved },
  { NULL, NULL },
};
