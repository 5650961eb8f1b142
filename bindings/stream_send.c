/* stream_send.c - a stream written like a file: send() waits until the kernel has its bytes. Those that send are served in
 * order. */
#include <stdlib.h>

#include "error.h"
#include "stream.h"
#include "wait.h"

struct Sender {
  Sender *next;
  Task *task;      /* borrowed: it waits */
  Stream *s;       /* borrowed: it is on the stack of the task */
  uint64_t target; /* its bytes are with the kernel when so many of the stream are */
};

static void forget_sender(Task *task) {
  Sender *sender = (Sender *)task->subject;
  for (Sender **link = &sender->s->more->senders; *link != NULL; link = &(*link)->next) {
    if (*link != sender) continue;
    *link = sender->next;
    break;
  }
  free(sender);
}

static uint64_t bytes_out(const Stream *s) {
  return s->counted ? s->bytes_written : s->bytes_written - stream_queued(s);
}

static uint64_t bytes_in(const Stream *s) { return bytes_out(s) + stream_queued(s); }

static const char *refusal(const Stream *s) {
  if (s->state.ending || s->writable_off) return "ERR_STREAM_WRITE_AFTER_END";
  if (s->errored || s->state.destroyed || s->state.failed) return "ERR_STREAM_DESTROYED:write";
  if (!s->state.connected && !s->state.connecting) return "ERR_SOCKET_CLOSED";
  return NULL;
}

static int sent(lua_State *L, Stream *s) {
  if (s->errored || s->state.destroyed || s->state.failed)
    return stream_push_failure(L, s, "ERR_STREAM_DESTROYED:write");
  lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 2));
  return 1;
}

static int send_k(lua_State *L, int status, lua_KContext context) {
  (void)status;
  if (!wait_is_over(context)) return wait_again(L, context, send_k);
  Stream *s = (Stream *)((Box *)lua_touserdata(L, 1))->h; /* looked at by the method already */
  WaitEnd end = wait_ended(L, context);
  return end != WAIT_WOKEN ? wait_push_failure(L, end, "send") : sent(L, s);
}

/* send(data[, limit]) -> bytes | nil, err: returns when the kernel has it all, or will have it when the task waits next:
 * small ones leave together. Waits. */
static int stream_send(lua_State *L) {
  Stream *s = (Stream *)class_self(L);
  Context *cx = s->h.cx;
  lua_settop(L, 3);
  if (lua_istable(L, 3)) return wait_with_options(L, 3);
  double limit = wait_limit(L, 3);
  if (lua_type(L, 2) != LUA_TSTRING) error_argument_type(L, "data", "of type string", 2);
  wait_check(L, cx);
  s->waited_on = true;
  const char *code = refusal(s);
  if (code != NULL) return stream_push_failure(L, s, code);
  size_t len;
  const char *data = lua_tolstring(L, 2, &len);
  stream_write(L, s, data, len, 2, 0);
  if (stream_queued(s) == 0 || s->errored || s->state.destroyed) return sent(L, s);
  StreamMore *more = stream_more(L, s);
  Task *task = task_current(L, cx);
  Sender *sender = (Sender *)malloc(sizeof *sender);
  if (sender == NULL) return luaL_error(L, "not enough memory");
  *sender = (Sender){ .task = task, .s = s, .target = bytes_in(s) };
  wait_prepare(L, cx, limit, forget_sender, sender);
  Sender **link = &more->senders;
  while (*link != NULL) link = &(*link)->next;
  *link = sender;
  return wait_yield(L, cx, send_k);
}

bool stream_senders_due(const Stream *s) {
  return s->more != NULL && s->more->senders != NULL && s->more->senders->target <= bytes_out(s);
}

void stream_wake_senders(lua_State *L, Stream *s) {
  if (s->more == NULL) return;
  bool over = s->errored || s->state.destroyed || s->state.failed;
  while (s->more->senders != NULL && (over || stream_senders_due(s))) {
    Sender *sender = s->more->senders;
    Task *task = sender->task;
    s->more->senders = sender->next;
    free(sender);
    wait_wake(L, task);
  }
}

const luaL_Reg stream_send_methods[] = { { "send", stream_send }, { NULL, NULL } };
