/* socket.c - class Socket: a stream over TCP or a Unix socket (https://nodejs.org/api/net.html#class-netsocket).
 * What a stream does is stream.h's; looking names up and connecting is lua/connect.lua's, on connect.c. */
#include "socket.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emitter.h"
#include "error.h"
#include "options.h"
#include "socket_options.h"
#include "socket_properties.h"
#include "stream_properties.h"

static Stream *self(lua_State *L) { return (Stream *)class_self(L); }

/* -- made ------------------------------------------------------------------------------------------------------ */

Stream *socket_accepted(lua_State *L, Context *cx, TransportKind kind, int fd) {
  Stream *s = stream_new(L, cx, &socket_class, kind);
  lua_insert(L, 1); /* argument 1: it is not held yet */
  int err = stream_open(L, s, kind, fd);
  lua_pushvalue(L, 1);
  lua_remove(L, 1);
  if (err == 0) return s;
  close(fd);
  lua_pop(L, 1);
  return NULL;
}

typedef struct SocketOptions {
  bool half_open, nodelay, keepalive, readable, writable;
  double keepalive_delay, high_water_mark, read_mark, write_mark, max_buffered;
  int fd, type_of_service;
} SocketOptions;

static const Option options[] = {
  { "allowHalfOpen", "options.allowHalfOpen", OPTION_BOOL, offsetof(SocketOptions, half_open), 0, 0 },
  { "noDelay", "options.noDelay", OPTION_BOOL, offsetof(SocketOptions, nodelay), 0, 0 },
  { "keepAlive", "options.keepAlive", OPTION_BOOL, offsetof(SocketOptions, keepalive), 0, 0 },
  { "readable", "options.readable", OPTION_BOOL, offsetof(SocketOptions, readable), 0, 0 },
  { "writable", "options.writable", OPTION_BOOL, offsetof(SocketOptions, writable), 0, 0 },
  { "keepAliveInitialDelay", "options.keepAliveInitialDelay", OPTION_NUMBER, offsetof(SocketOptions, keepalive_delay),
      0, 0 },
  { "highWaterMark", "options.highWaterMark", OPTION_NUMBER, offsetof(SocketOptions, high_water_mark), 0, 0 },
  { "typeOfService", "options.typeOfService", OPTION_INT, offsetof(SocketOptions, type_of_service), 0, 255 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static const Option mark_options[] = {
  { "readableHighWaterMark", "options.readableHighWaterMark", OPTION_NUMBER, offsetof(SocketOptions, read_mark), 0, 0 },
  { "writableHighWaterMark", "options.writableHighWaterMark", OPTION_NUMBER, offsetof(SocketOptions, write_mark), 0, 0 },
  { "maxBufferedBytes", "options.maxBufferedBytes", OPTION_NUMBER, offsetof(SocketOptions, max_buffered), 0, 0 },
  { "fd", "fd", OPTION_INT, offsetof(SocketOptions, fd), 0, 2147483647 },
  { NULL, NULL, OPTION_BOOL, 0, 0, 0 },
};

static double check_mark(lua_State *L, double mark, const char *label) {
  if (mark == floor(mark) && mark >= 0 && mark < 9007199254740992.0) return mark;
  lua_pushnumber(L, mark);
  error_argument_value(L, label, "is invalid", lua_gettop(L));
  return 0;
}

/* What kind of stream a descriptor is, or TRANSPORT_NONE. */
static TransportKind kind_of(int fd) {
  struct stat st;
  struct sockaddr_storage sa;
  socklen_t size = sizeof sa;
  if (fstat(fd, &st) != 0) return TRANSPORT_NONE;
  if (S_ISFIFO(st.st_mode)) return TRANSPORT_UNIX;
  int type;
  socklen_t type_size = sizeof type;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_size) != 0 || type != SOCK_STREAM) return TRANSPORT_NONE;
  if (getsockname(fd, (struct sockaddr *)&sa, &size) != 0) return TRANSPORT_NONE;
  if (sa.ss_family == AF_UNIX) return TRANSPORT_UNIX;
  return sa.ss_family == AF_INET || sa.ss_family == AF_INET6 ? TRANSPORT_TCP : TRANSPORT_NONE;
}

static const char *fd_type(int fd) {
  struct stat st;
  if (fstat(fd, &st) != 0) return "UNKNOWN";
  if (S_ISREG(st.st_mode) || S_ISCHR(st.st_mode)) return isatty(fd) ? "TTY" : "FILE";
  return S_ISSOCK(st.st_mode) ? "UDP" : "UNKNOWN";
}

static void open_fd(lua_State *L, Stream *s, int fd) {
  TransportKind kind = kind_of(fd);
  if (kind == TRANSPORT_NONE) {
    lua_pushfstring(L, "Unsupported fd type: %s", fd_type(fd));
    error_push(L, "TypeError", "ERR_INVALID_FD_TYPE", lua_tostring(L, -1));
    lua_error(L);
  }
  int err = stream_open(L, s, kind, fd);
  if (err == 0) return;
  error_push_system(L, err, "open");
  lua_error(L);
}

/* core.socket_new([options]) -> Socket: what net.Socket() makes; lua/net.lua adds what is said in Lua. */
static int socket_new(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_settop(L, 1);
  double mark = DEFAULT_HIGH_WATER_MARK;
  SocketOptions o = { .readable = true, .writable = true, .high_water_mark = mark, .fd = -1, .type_of_service = -1 };
  options_read(L, 1, options, &o);
  o.read_mark = o.write_mark = o.high_water_mark;
  options_read(L, 1, mark_options, &o);
  double read_mark = check_mark(L, o.read_mark, "options.readableHighWaterMark");
  double write_mark = check_mark(L, o.write_mark, "options.writableHighWaterMark");

  Stream *s = stream_new(L, cx, &socket_class, TRANSPORT_NONE);
  lua_replace(L, 1);
  handle_set_where(L, &s->h);
  s->state.half_open = o.half_open;
  if (read_mark != mark || write_mark != mark) {
    StreamMore *more = stream_more(L, s);
    more->read_mark = (size_t)read_mark;
    more->write_mark = (size_t)write_mark;
  }
  size_t most = (size_t)check_mark(L, o.max_buffered, "options.maxBufferedBytes");
  if (most > 0) stream_more(L, s)->max_buffered = most;
  s->nodelay = o.nodelay;
  if (o.keepalive) {
    s->keepalive = true;
    stream_more(L, s)->keepalive_delay = (unsigned)(o.keepalive_delay / 1000);
  }
  socket_set_type_of_service(L, s, o.type_of_service);
  if (!o.readable) s->readable_off = s->state.end_told = s->state.read_ended = s->end_emitted = true;
  if (!o.writable) s->writable_off = s->state.write_ended = s->finished = true;
  if (o.fd < 0) return 1;
  open_fd(L, s, o.fd);
  socket_apply_options(s);
  s->state.wants_read = o.readable;
  stream_settle(L, s);
  return 1;
}

/* -- the script says ------------------------------------------------------------------------------------------- */

/* setTimeout(ms[, callback]) -> self: 'timeout' after ms milliseconds without traffic, 0: never.
 * https://nodejs.org/api/net.html#socketsettimeouttimeout-callback */
static int socket_set_timeout(lua_State *L) {
  enum { LONGEST = 2147483647 };
  Stream *s = self(L);
  lua_settop(L, 3);
  if (s->state.destroyed) {
    lua_settop(L, 1);
    return 1;
  }
  if (lua_type(L, 2) != LUA_TNUMBER) error_argument_type(L, "msecs", "of type number", 2);
  lua_Number ms = lua_tonumber(L, 2);
  if (!(ms >= 0) || isinf(ms)) error_out_of_range(L, "msecs", "a non-negative finite number", 2);
  if (!lua_isnil(L, 3) && !error_callable(L, 3)) error_argument_type(L, "callback", "of type function", 3);
  if (ms > LONGEST) {
    error_warn(L, s->h.cx, "TimeoutOverflowWarning",
        "a time-out does not fit into a 32-bit signed integer and was set to 2147483647");
    ms = LONGEST;
  }
  stream_more(L, s)->timeout_shown = lua_tonumber(L, 2);
  stream_set_timeout(L, s, ms > 0 && ms < 1 ? 1 : (uint64_t)ms);
  if (!lua_isnil(L, 3)) {
    lua_getfield(L, 1, ms == 0 ? "removeListener" : "once");
    lua_pushvalue(L, 1);
    lua_pushliteral(L, "timeout");
    lua_pushvalue(L, 3);
    lua_call(L, 3, 0);
  }
  lua_settop(L, 1);
  return 1;
}

/* address() -> { address =, family =, port = } of the own end, {} without one. */
static int socket_address(lua_State *L) {
  address_push(L, stream_local(L, self(L)));
  return 1;
}

/* ref() and unref() -> self: whether the socket keeps the loop alive. */
static int set_ref(lua_State *L, bool referenced) {
  Stream *s = self(L);
  s->unreferenced = !referenced;
  stream_apply_ref(s);
  lua_settop(L, 1);
  return 1;
}

static int socket_ref(lua_State *L) { return set_ref(L, true); }
static int socket_unref(lua_State *L) { return set_ref(L, false); }

/* destroySoon(): destroys the socket when all is written. */
static int socket_destroy_soon(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  if (stream_writable(s)) stream_end(L, s);
  if (s->finished) stream_destroy(L, s, false);
  else s->soon = true;
  return 0;
}

/* resetAndDestroy() -> self: closes with an RST. https://nodejs.org/api/net.html#socketresetanddestroy */
static int socket_reset(lua_State *L) {
  Stream *s = self(L);
  lua_settop(L, 1);
  if (s->state.destroyed || (!s->state.connected && !s->state.connecting)) {
    error_push_code(L, "ERR_SOCKET_CLOSED");
    stream_destroy(L, s, true);
    return 1;
  }
  if (s->transport == TRANSPORT_UNIX) error_raise_code(L, "ERR_INVALID_HANDLE_TYPE");
  s->resetting = true; /* while connecting: 'connect' comes first */
  if (s->state.connected) stream_destroy(L, s, false);
  return 1;
}

/* -- the class ------------------------------------------------------------------------------------------------- */

static void push_address(lua_State *L, Handle *h) { address_push_endpoint(L, stream_peer((Stream *)h)); }

static const luaL_Reg methods[] = {
  { "setTimeout", socket_set_timeout },
  { "address", socket_address },
  { "ref", socket_ref },
  { "unref", socket_unref },
  { "destroySoon", socket_destroy_soon },
  { "resetAndDestroy", socket_reset },
  { NULL, NULL },
};

static const char *const summary[] = { "readyState", "remoteAddress", "remotePort", "bytesRead", "bytesWritten", NULL };

const Class socket_class = {
  .name = "Socket",
  .module = "net",
  .parts = { stream_methods, stream_read_methods, stream_write_methods, stream_receive_methods, stream_send_methods,
      socket_option_methods, methods },
  .properties = socket_properties,
  .more_properties = { stream_properties, stream_read_properties, stream_write_properties },
  .summary = summary,
  .push_address = push_address,
  .listening = stream_listening,
  .collect = stream_collect,
  .free = stream_free,
};

void socket_define(lua_State *L, Context *cx) { class_define(L, cx, &socket_class); }

/* core.socket_set_onread(socket, f(data)): what is read goes to the function */
static int set_onread(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  lua_settop(L, 2);
  stream_set_onread(L, s);
  return 0;
}

/* core.socket_hold_onread(socket): nothing is read until resume() */
static int hold_onread(lua_State *L) {
  Stream *s = (Stream *)class_check(L, 1, &socket_class);
  lua_settop(L, 1);
  stream_let_onread(L, s, false);
  return 0;
}

const luaL_Reg socket_functions[] = { { "socket_new", socket_new }, { "socket_set_onread", set_onread },
  { "socket_hold_onread", hold_onread }, { NULL, NULL } };
