/* stream_onread.c - the option onread: what is read goes to a function of the script, and nowhere else
 * (https://nodejs.org/api/net.html#new-netsocketoptions). 'end', 'error' and 'close' are told as always. */
#include "stream.h"
#include "task.h"

static const char ONREAD = 0; /* of the stream's own values: the function */

void stream_set_onread(lua_State *L, Stream *s) {
  handle_set_value(L, &s->h, &ONREAD);
  stream_more(L, s)->onread = true;
}

void stream_give_onread(lua_State *L, Stream *s, const char *data, size_t len) {
  handle_push_value(L, &s->h, &ONREAD);
  lua_pushlstring(L, data, len);
  task_call(L, s->h.cx, 1, &(Caller){ .role = "onread" });
}

void stream_let_onread(lua_State *L, Stream *s, bool read) {
  s->state.wants_read = read && s->state.connected;
  stream_settle(L, s);
}
