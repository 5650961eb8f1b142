/* core.c - the table behind lua/, require "moonport.core". Whatever it holds is made when lua/ first names it: a script
 * pays for what it uses. The only file that knows all classes. */
#include "core.h"

#include <fcntl.h>
#include <string.h>

#include "async.h"
#include "blocklist.h"
#include "bound_socket.h"
#include "buffer.h"
#include "class.h"
#include "connect.h"
#include "coroutine.h"
#include "dns.h"
#include "emitter.h"
#include "emitter_store.h"
#include "error.h"
#include "file_stream.h"
#include "fs.h"
#include "handle.h"
#include "immediate.h"
#include "process.h"
#include "resolver.h"
#include "script_stream.h"
#include "server.h"
#include "socket.h"
#include "socket_address.h"
#include "stdio_stream.h"
#include "stream.h"
#include "stream_script.h"
#include "timer.h"
#include "udp.h"
#include "wait.h"

static const char CORE_KEY = 0; /* registry: the table */

/* -- functions of no class ------------------------------------------------------------------------------------------ */

/* core.run(): runs the loop until it is empty; raises an error that nobody caught */
static int run(lua_State *L) {
  Context *cx = CONTEXT(L);
  unsigned flags = cx->options.flags;
  cx->options.flags &= ~(unsigned)MOONPORT_FATAL; /* whoever runs the loop in a script may go on after an error */
  int outcome = context_run(cx, L);
  cx->options.flags = flags;
  switch (outcome) {
    case MOONPORT_FAILED: return lua_error(L);
    case MOONPORT_EXIT: return context_leave(L, cx);
    default: return 0;
  }
}

/* core.receiver(self, class, method): raises unless self is of the class of that name; for methods written in Lua */
static int receiver(lua_State *L) {
  const char *name = luaL_checkstring(L, 2);
  const Handle *h = class_any(L, 1);
  if (h == NULL || strcmp(h->class->name, name) != 0) error_receiver_of(L, name, luaL_checkstring(L, 3));
  return 0;
}

/* core.check_emitter(self, method): raises unless self may have events: a table, or one of our objects that has them */
static int check_emitter(lua_State *L) {
  Handle *h = class_any(L, 1);
  if (!lua_istable(L, 1) && (h == NULL || h->class->no_events))
    error_receiver_of(L, "EventEmitter", luaL_checkstring(L, 2));
  return 0;
}

/* core.strerror(errno) -> text */
static int strerror_of(lua_State *L) {
  lua_pushstring(L, uv_strerror((int)luaL_checkinteger(L, 1)));
  return 1;
}

/* core.errno_name(errno) -> "ECONNRESET" */
static int errno_name(lua_State *L) {
  char name[64];
  lua_pushstring(L, uv_err_name_r((int)luaL_checkinteger(L, 1), name, sizeof name));
  return 1;
}

/* core.where(err, object) -> err: with the line that made the object, if it is one of ours */
static int set_where(lua_State *L) {
  Handle *h = class_any(L, 2);
  lua_settop(L, 1);
  if (h != NULL && error_is(L, 1)) error_set_where(L, h);
  return 1;
}

/* core.take_descriptor(object) -> fd: a listening server gives its own up, any other object a copy */
static int take_descriptor(lua_State *L) {
  if (class_test(L, 1, &server_class) != NULL) return server_release(L);
  lua_getfield(L, 1, "fd");
  lua_pushinteger(L, fcntl((int)luaL_checkinteger(L, -1), F_DUPFD_CLOEXEC, 0));
  return 1;
}

static const luaL_Reg functions[] = { { "run", run }, { "receiver", receiver }, { "check_emitter", check_emitter },
  { "strerror", strerror_of }, { "errno_name", errno_name }, { "where", set_where },
  { "take_descriptor", take_descriptor }, { "default_max_listeners", emitter_default_max }, { NULL, NULL } };

/* -- the parts -------------------------------------------------------------------------------------------------------- */

typedef struct Part {
  const char *name; /* of a table: the methods of a class, or functions; NULL: the part has functions only */
  void (*open)(lua_State *L, Context *cx); /* pushes that table. [-0, +1, m] */
  const luaL_Reg *functions;               /* which want the class to be there, or NULL */
} Part;

static const Part parts[] = {
  { "errors", error_open, NULL },
  { "emitter", emitter_open, NULL },
  { "timers", timer_open, NULL },
  { "immediates", immediate_open, NULL },
  { "process", process_open, NULL },
  { "coroutine", coroutine_open, NULL },
  { "buffer", buffer_open, NULL },
  { "hints", dns_hints, NULL },
  { "Socket", socket_define, socket_functions },
  { "Server", server_define, server_functions },
  { "Attempt", connect_define, connect_functions },
  { "UDPSocket", udp_define, udp_functions },
  { "ReadStream", file_stream_define_read, NULL },
  { "WriteStream", file_stream_define_write, NULL },
  { "OutputStream", stdio_stream_define, stdio_stream_functions },
  { "script_classes", script_stream_define, script_stream_functions },
  { "Task", async_define, async_functions },
  { "Resolver", resolver_define, resolver_functions },
  { "BlockList", blocklist_define, blocklist_functions },
  { "SocketAddress", socket_address_define, socket_address_functions },
  { "BoundSocket", bound_socket_define, bound_socket_functions },
  { NULL, NULL, functions },
  { NULL, NULL, server_serve_functions },
  { NULL, NULL, udp_bind_functions },
  { NULL, NULL, udp_send_functions },
  { NULL, NULL, file_stream_functions },
  { NULL, NULL, stream_unread_functions },
  { NULL, NULL, stream_pipe_functions },
  { NULL, NULL, stream_script_functions },
  { NULL, NULL, dns_functions },
  { NULL, NULL, fs_functions },
  { NULL, NULL, wait_functions },
};

/* [-0, +0, m] Makes a part's table, once. */
static void open_part(lua_State *L, Context *cx, const Part *p, int core) {
  if (p->name == NULL) return;
  lua_pushstring(L, p->name);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, core) == LUA_TNIL) {
    lua_pop(L, 1);
    p->open(L, cx);
    lua_rawset(L, core);
  } else {
    lua_pop(L, 2);
  }
}

static lua_CFunction find(const luaL_Reg *list, const char *name) {
  for (const luaL_Reg *f = list; f != NULL && f->name != NULL; ++f) {
    if (strcmp(f->name, name) == 0) return f->func;
  }
  return NULL;
}

/* core.<name>, when it is not there yet */
static int index_core(lua_State *L) {
  Context *cx = CONTEXT(L);
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *name = lua_tostring(L, 2);
  lua_settop(L, 2);
  core_push(L);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    const Part *p = &parts[i];
    lua_CFunction function = find(p->functions, name);
    if (function == NULL && (p->name == NULL || strcmp(p->name, name) != 0)) continue;
    open_part(L, cx, p, 3);
    if (function != NULL) {
      lua_pushvalue(L, 2);
      lua_pushlightuserdata(L, cx);
      lua_pushcclosure(L, function, 1);
      lua_rawset(L, 3);
    }
    lua_pushvalue(L, 2);
    lua_rawget(L, 3);
    return 1;
  }
  return 0;
}

int core_push(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &CORE_KEY);
  return 1;
}

void core_open(lua_State *L, Context *cx) {
  lua_newtable(L);
  lua_pushliteral(L, MOONPORT_VERSION);
  lua_setfield(L, -2, "version");
  lua_pushstring(L, uv_version_string());
  lua_setfield(L, -2, "uv_version");
  lua_pushlightuserdata(L, (void *)&ERROR_MONITOR);
  lua_setfield(L, -2, "error_monitor");
  lua_createtable(L, 0, 1);
  lua_pushlightuserdata(L, cx);
  lua_pushcclosure(L, index_core, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &CORE_KEY);
  /* Raising an error, or calling a listener, is C's as well. */
  lua_getfield(L, -1, "errors");
  lua_getfield(L, -2, "emitter");
  lua_pop(L, 3);
}
