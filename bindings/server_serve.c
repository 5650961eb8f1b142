/* server_serve.c - serve(): each connection of a server is a task, which has no object of its own: thousands may wait. What
 * becomes of the socket when its task has ended is lua/waiting.lua's affair. */
#include "emitter.h"
#include "error.h"
#include "server.h"
#include "server_state.h"
#include "socket.h"
#include "wait.h"

static const char ENDED = 0; /* registry: waiting.lua's function(socket, failed, err) */

/* The task's `trace` is its socket. */
static void connection_ended(lua_State *L, Task *task) {
  int error = lua_gettop(L);
  bool failed = task->status == TASK_FAILED;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &ENDED);
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->trace);
  lua_pushboolean(L, failed);
  lua_pushvalue(L, error);
  lua_pushboolean(L, task->status == TASK_CANCELLED);
  task_unref(task); /* before a listener of 'taskError' may raise */
  lua_call(L, 4, 0);
  lua_settop(L, error - 1);
}

/* core.server_serve(handler, socket, server, ended): ended(socket, failed, err, cancelled) is called in the end */
static int server_serve(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 4);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &ENDED);
  lua_pushvalue(L, 2);
  int socket = luaL_ref(L, LUA_REGISTRYINDEX);
  Task *task = task_new(L, cx, "connection");
  task->trace = socket;
  task->spawned = true;
  cx->served = connection_ended;
  task->served = true;
  task->where = ((Stream *)class_check(L, 2, &socket_class))->h.where;
  task_start(L, task, 2);
  return 0;
}

static void cancel(lua_State *L, const Server *server, Task *task) {
  if (!task->served) return;
  lua_rawgeti(L, LUA_REGISTRYINDEX, task->trace);
  const Stream *s = (const Stream *)class_test(L, -1, &socket_class);
  lua_pop(L, 1);
  if (s == NULL || s->owner != &server->owner) return;
  lua_pushliteral(L, "the server was closed");
  wait_cancel(L, task);
}

/* core.server_cancel(server): ends the tasks of its connections */
static int server_cancel(lua_State *L) {
  const Server *server = (const Server *)class_check(L, 1, &server_class);
  Context *cx = server->h.cx;
  if (cx->task != NULL) cancel(L, server, cx->task); /* it may not have waited yet: it is on no list */
  for (Task *task = cx->first_task, *next; task != NULL; task = next) {
    next = task->next;
    cancel(L, server, task);
  }
  return 0;
}

/* core.server_unread(socket) -> whether nobody reads it: no task, no listener, no pipe */
static int server_unread(lua_State *L) {
  const Stream *s = (const Stream *)class_check(L, 1, &socket_class);
  lua_pushboolean(L, s->reader == NULL && !s->data_listening && !s->readable_listening && !stream_piped(s));
  return 1;
}

/* core.server_is_closing(server) -> whether close() was called, and 'close' not told yet */
static int server_is_closing(lua_State *L) {
  lua_pushboolean(L, ((Server *)class_check(L, 1, &server_class))->close_due);
  return 1;
}

const luaL_Reg server_serve_functions[] = {
  { "server_serve", server_serve },
  { "server_cancel", server_cancel },
  { "server_unread", server_unread },
  { "server_is_closing", server_is_closing },
  { NULL, NULL },
};
