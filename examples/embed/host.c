/* host.c - a program with a uv loop of its own lets a Lua script serve on it. The host's timer and the script's sockets
 * share the loop; what no listener of the script catches reaches on_error, and the loop goes on.
 *
 *   cc host.c -o host $(pkg-config --cflags --libs lua5.4 libuv) -lmoonport */
#include <lauxlib.h>
#include <lualib.h>
#include <moonport.h>
#include <stdio.h>
#include <stdlib.h>

static const char script[] = "local net = require 'net'\n"
                             "local server = net.createServer(function(socket)\n"
                             "  socket:on('data', function(word)\n"
                             "    if word == 'crash' then error('the script has a bug') end\n"
                             "    socket:finish(word:upper())\n"
                             "  end)\n"
                             "end)\n"
                             "server:listen(0, '127.0.0.1', function()\n"
                             "  local port = server:address().port\n"
                             "  net.connect(port, '127.0.0.1'):write('crash')\n"
                             "  local client = net.connect(port, '127.0.0.1')\n"
                             "  client:on('data', say)\n"
                             "  client:on('close', done)\n"
                             "  client:write('hello')\n"
                             "end)\n";

/* say(text): what the script may do in this program */
static int say(lua_State *L) {
  printf("script: %s\n", luaL_checkstring(L, 1));
  return 0;
}

/* done(): the host may turn to something else, though the script's server still listens */
static int done(lua_State *L) {
  uv_stop(lua_touserdata(L, lua_upvalueindex(1)));
  return 0;
}

/* The error is on top of the stack; moonport_report makes a text of any value. */
static void on_error(lua_State *L, void *data) {
  ++*(int *)data;
  moonport_report(L, -1);
  printf("error: %s\n", lua_tostring(L, -1));
  lua_pop(L, 1);
}

static void on_beat(uv_timer_t *timer) { ++*(int *)timer->data; }

int main(void) {
  int errors = 0, beats = 0;
  uv_loop_t loop;
  uv_timer_t timer;
  lua_State *L = luaL_newstate();
  if (L == NULL || uv_loop_init(&loop) != 0) return EXIT_FAILURE;
  luaL_openlibs(L);
  moonport_Options options = { .on_error = on_error, .data = &errors };
  if (moonport_open(L, &loop, &options) != 0) return EXIT_FAILURE;

  uv_timer_init(&loop, &timer);
  timer.data = &beats;
  uv_timer_start(&timer, on_beat, 0, 1);

  lua_register(L, "say", say);
  lua_pushlightuserdata(L, &loop);
  lua_pushcclosure(L, done, 1);
  lua_setglobal(L, "done");
  if (luaL_loadbuffer(L, script, sizeof script - 1, "@hello.lua") != LUA_OK) return EXIT_FAILURE;
  moonport_call(L, 0);

  uv_run(&loop, UV_RUN_DEFAULT);
  printf("host: the timer beat %s, %d error reached the host\n", beats > 0 ? "all the while" : "never", errors);

  moonport_close(L); /* no callback enters Lua any more ... */
  lua_close(L);
  uv_close((uv_handle_t *)&timer, NULL);
  while (uv_run(&loop, UV_RUN_DEFAULT) != 0) continue; /* ... and here its handles are freed */
  int left = uv_loop_close(&loop);
  printf("host: closed, %s\n", left == 0 ? "nothing left" : uv_strerror(left));
  return left == 0 && errors == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
