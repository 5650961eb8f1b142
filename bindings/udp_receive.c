/* udp_receive.c - what comes in: a batch of datagrams with one system call, each told as 'message'. Ticks run between
 * them as between any two callbacks; what listeners send leaves together at the end of the batch. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "emitter.h"
#include "error.h"
#include "task.h"
#include "udp_state.h"

enum {
  BATCH = 64,
  BATCHES = 4,           /* in a turn of the loop, at most: timers and other sockets have theirs */
  SLOT = 64 * 1024 + 64, /* the largest datagram; the odd 64 bytes keep the slots out of each other's cache lines */
};

/* Where a batch is read to; the pages of a slot that no datagram has needed yet cost nothing. */
typedef struct Batch {
  Udp *u; /* borrowed: libuv knows it */
  unsigned next, count;
  UdpAddress shown; /* whose text stands on the stack: a listener that runs the loop changes the one that u keeps */
  struct mmsghdr heads[BATCH];
  struct iovec parts[BATCH];
  UdpAddress senders[BATCH];
  char slots[BATCH][SLOT];
} Batch;

/* A listener that runs the loop reads into another one meanwhile. */
static Batch *take(Context *cx) {
  Batch *batch = (Batch *)cx->datagrams;
  cx->datagrams = NULL;
  if (batch != NULL) return batch;
  batch = (Batch *)malloc(sizeof *batch);
  if (batch == NULL) return NULL;
  memset(batch, 0, offsetof(Batch, slots));
  for (int i = 0; i < BATCH; ++i) {
    batch->parts[i] = (struct iovec){ batch->slots[i], SLOT };
    struct msghdr *head = &batch->heads[i].msg_hdr;
    head->msg_name = &batch->senders[i];
    head->msg_namelen = sizeof(UdpAddress);
    head->msg_iov = &batch->parts[i];
    head->msg_iovlen = 1;
  }
  return batch;
}

static void give_back(Context *cx, Batch *batch) {
  if (cx->datagrams == NULL) cx->datagrams = batch;
  else free(batch);
}

/* The stack of whoever tells messages: what each of them needs, found once. */
enum { BATCH_AT = 1, SOCKET_AT, KEY_ADDRESS, KEY_FAMILY, KEY_PORT, KEY_SIZE, SENDER_ADDRESS, SENDER_FAMILY };

/* Looks at what the kernel wrote as it is: most messages come from where the last one did. */
static bool same_host(const UdpAddress *a, const UdpAddress *b) {
  if (a->any.sa_family != b->any.sa_family) return false;
  if (a->any.sa_family == AF_INET) return a->v4.sin_addr.s_addr == b->v4.sin_addr.s_addr;
  return a->v6.sin6_scope_id == b->v6.sin6_scope_id && IN6_ARE_ADDR_EQUAL(&a->v6.sin6_addr, &b->v6.sin6_addr);
}

static lua_Integer port_of(const UdpAddress *a) {
  return ntohs(a->any.sa_family == AF_INET ? a->v4.sin_port : a->v6.sin6_port);
}

static void push_family(lua_State *L, const UdpAddress *a) {
  lua_pushstring(L, a->any.sa_family == AF_INET ? "IPv4" : "IPv6");
}

/* [-0, +0, m] */
static void set_sender(lua_State *L, Batch *batch, const UdpAddress *sender) {
  Udp *u = batch->u;
  Address packed;
  address_pack(&packed, &sender->any);
  u->sender = *sender;
  address_text(&packed, u->sender_text);
  lua_pushstring(L, u->sender_text);
  lua_replace(L, SENDER_ADDRESS);
  push_family(L, sender);
  lua_replace(L, SENDER_FAMILY);
  batch->shown = *sender;
}

static void push_strings(lua_State *L, Batch *batch) {
  const Udp *u = batch->u;
  lua_pushliteral(L, "address");
  lua_pushliteral(L, "family");
  lua_pushliteral(L, "port");
  lua_pushliteral(L, "size");
  lua_pushstring(L, u->sender_text);
  push_family(L, &u->sender);
  batch->shown = u->sender;
}

static void set(lua_State *L, int key, int value) {
  lua_pushvalue(L, key);
  lua_pushvalue(L, value);
  lua_rawset(L, -3);
}

static void set_integer(lua_State *L, int key, lua_Integer value) {
  lua_pushvalue(L, key);
  lua_pushinteger(L, value);
  lua_rawset(L, -3);
}

/* (message, { address =, family =, port =, size = }) */
static int push_message(lua_State *L, const void *arg) {
  Batch *batch = *(Batch *const *)arg;
  unsigned i = batch->next - 1;
  const UdpAddress *sender = &batch->senders[i];
  if (!same_host(sender, &batch->shown)) set_sender(L, batch, sender);
  lua_pushlstring(L, batch->slots[i], batch->heads[i].msg_len);
  lua_createtable(L, 0, 4);
  set(L, KEY_ADDRESS, SENDER_ADDRESS);
  set(L, KEY_FAMILY, SENDER_FAMILY);
  set_integer(L, KEY_PORT, port_of(sender));
  set_integer(L, KEY_SIZE, batch->heads[i].msg_len);
  return 2;
}

static bool receives(const Udp *u) { return u->bound == UDP_BOUND && !u->closing && context_open(u->h.cx); }

/* [-0, +0, -] Goes to the next message that is to be told. */
static bool advance(Batch *batch) {
  const Udp *u = batch->u;
  while (batch->next < batch->count && receives(u)) {
    const UdpAddress *sender = &batch->senders[batch->next++];
    if (u->from == NULL || !blocklist_check(u->from, &sender->any)) return true;
  }
  return false;
}

static int listened(lua_State *L, int status, lua_KContext context) {
  (void)L, (void)status, (void)context;
  return 0; /* the batch has gone on without this one */
}

/* Tells the message at hand, and those that follow as long as nothing else is to be done between two of them. Runs as a
 * task: its listener may wait. */
static int call_lone_listener(lua_State *L) {
  Batch *batch = (Batch *)lua_touserdata(L, BATCH_AT);
  Udp *u = batch->u;
  const Context *cx = u->h.cx;
  handle_push(L, &u->h);
  push_strings(L, batch);
  bool more = emitter_push_lone(L, &u->h, SOCKET_AT, EVENT_MESSAGE);
  while (more) {
    lua_callk(L, push_message(L, &batch), 0, 0, listened);
    more = cx->task == NULL && cx->tick_count == 0 && !cx->interrupted &&
           emitter_push_lone(L, &u->h, SOCKET_AT, EVENT_MESSAGE) && advance(batch);
  }
  return 0;
}

static int body_messages(lua_State *L) {
  Batch *batch = (Batch *)lua_touserdata(L, BATCH_AT);
  Udp *u = batch->u;
  handle_push(L, &u->h);
  while (advance(batch)) {
    lua_settop(L, SOCKET_AT);
    if (emitter_push_lone(L, &u->h, SOCKET_AT, EVENT_MESSAGE)) {
      lua_pop(L, 1); /* it is looked up for each message */
      lua_pushcfunction(L, call_lone_listener);
      lua_pushlightuserdata(L, batch);
      task_call(L, u->h.cx, 1, &(Caller){ .role = "listener", .event = "message", .h = &u->h });
    } else {
      push_strings(L, batch);
      emit_from(L, &u->h, SOCKET_AT, EVENT_MESSAGE, push_message, &batch);
    }
    context_run_ticks(u->h.cx);
  }
  return 0;
}

typedef struct Failure {
  Udp *u;
  int err;
} Failure;

static int push_failure(lua_State *L, const void *arg) {
  const Failure *failure = (const Failure *)arg;
  error_push_system(L, failure->err, "recvmsg");
  error_set_where(L, &failure->u->h);
  return 1;
}

static int body_failure(lua_State *L) {
  const Failure *failure = (const Failure *)lua_touserdata(L, 1);
  emit(L, &failure->u->h, EVENT_ERROR, push_failure, failure);
  return 0;
}

/* Whether there may be more that is wanted. */
static bool receive_batch(Udp *u) {
  Context *cx = u->h.cx;
  Batch *batch = take(cx);
  if (batch == NULL) return false; /* the datagrams are still there when there is memory again */
  for (unsigned i = 0; i < batch->count; ++i) batch->heads[i].msg_hdr.msg_namelen = sizeof(UdpAddress);
  int n = recvmmsg(u->fd, batch->heads, BATCH, 0, NULL);
  if (n > 0) {
    batch->u = u;
    batch->next = 0;
    batch->count = (unsigned)n;
    bool outer = cx->batching;
    cx->batching = true;
    while (batch->next < batch->count && receives(u)) enter(cx, body_messages, batch); /* again after an error */
    cx->batching = outer;
  } else if (errno != EAGAIN && errno != EINTR) {
    enter(cx, body_failure, &(Failure){ u, -errno });
  }
  give_back(cx, batch);
  return n == BATCH && !u->paused;
}

void udp_receive(Udp *u) {
  for (int i = 0; i < BATCHES && receives(u) && receive_batch(u); ++i) continue;
}
