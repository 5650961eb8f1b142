/* coroutine.c - coroutine.resume, wrap, close and status for scripts whose coroutines wait: a wait passes outwards, through
 * whoever resumed the coroutine, to the task. Otherwise they are Lua's (manual, 6.2). */
#include "coroutine.h"

#include "wait.h"

static const char PASSING = 0; /* registry: coroutines whose wait passes outwards now, as weak keys */

/* -- coroutines that wait ----------------------------------------------------------------------------------------- */

/* [-0, +0, m] co is at an index of L. */
static void set_passing(lua_State *L, int co, bool passing) {
  context_push_weak(L, &PASSING, "k");
  lua_pushvalue(L, co);
  if (passing) lua_pushboolean(L, true);
  else lua_pushnil(L);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

static bool is_passing(lua_State *L, int co) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &PASSING) != LUA_TTABLE) {
    lua_pop(L, 1);
    return false;
  }
  lua_pushvalue(L, co);
  bool passing = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return passing;
}

static const char *status_of(lua_State *L, lua_State *co, int index) {
  if (L == co) return "running";
  if (is_passing(L, index)) return "normal";
  switch (lua_status(co)) {
    case LUA_YIELD: return "suspended";
    case LUA_OK: {
      lua_Debug ar;
      if (lua_getstack(co, 0, &ar)) return "normal";
      return lua_gettop(co) == 0 ? "dead" : "suspended";
    }
    default: return "dead";
  }
}

/* -- resume ------------------------------------------------------------------------------------------------------- */

enum { RESUME, WRAP };

/* Where the coroutine stands: argument 1 of resume, upvalue 2 of a wrap, which is copied to index 1. */
static lua_State *check_thread(lua_State *L, int index) {
  lua_State *co = lua_tothread(L, index);
  luaL_argexpected(L, co != NULL, index, "thread");
  return co;
}

static int return_failure(lua_State *L, lua_State *co, bool wrapped) {
  if (!wrapped) {
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
  }
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) { /* its <close> variables, which may fail instead */
    lua_xmove(L, co, 1);
    lua_resetthread(co);
    lua_xmove(co, L, 1);
  }
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int resume_k(lua_State *L, int status, lua_KContext kind);

/* The coroutine at index 1, with nargs arguments on it already. */
static int go_on(lua_State *L, lua_State *co, int nargs, lua_KContext kind) {
  Context *cx = CONTEXT(L);
  int nresults, status;
  if (task_was_given(L, co)) {
    status = task_resume_given(L, cx, co, nargs, &nresults);
  } else {
    lua_State *outer = cx->running;
    bool passable = cx->passable;
    cx->running = co;
    cx->passable = passable && outer == L && lua_isyieldable(L);
    if (cx->interrupted) context_hook(co);
    status = lua_resume(co, L, nargs, &nresults);
    cx->running = outer;
    cx->passable = passable;
    if (status == LUA_YIELD && cx->waits) {
      set_passing(L, 1, true);
      return lua_yieldk(L, 0, kind, resume_k);
    }
  }
  if (status == LUA_YIELD && cx->exiting) return context_leave(L, cx);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, nresults + 1)) {
      lua_pop(co, nresults);
      lua_pushliteral(L, "too many results to resume");
      return return_failure(L, co, kind == WRAP);
    }
    if (kind == RESUME) lua_pushboolean(L, true);
    lua_xmove(co, L, nresults);
    return kind == RESUME ? nresults + 1 : nresults;
  }
  lua_xmove(co, L, 1);
  return return_failure(L, co, kind == WRAP);
}

static int resume_k(lua_State *L, int status, lua_KContext kind) {
  (void)status;
  set_passing(L, 1, false);
  return go_on(L, lua_tothread(L, 1), 0, kind);
}

/* [-n, +(0|1), e] Arguments 2 to n go to the coroutine at index 1; false: an error is on top. */
static bool pass_arguments(lua_State *L, lua_State *co) {
  int nargs = lua_gettop(L) - 1;
  const char *status = status_of(L, co, 1);
  if (status[0] != 's') {
    if (status[0] == 'd') lua_pushliteral(L, "cannot resume dead coroutine");
    else lua_pushliteral(L, "cannot resume non-suspended coroutine");
    return false;
  }
  if (!lua_checkstack(co, nargs)) {
    lua_pushliteral(L, "too many arguments to resume");
    return false;
  }
  lua_xmove(L, co, nargs);
  return true;
}

static int coroutine_resume(lua_State *L) {
  lua_State *co = check_thread(L, 1);
  int nargs = lua_gettop(L) - 1;
  return pass_arguments(L, co) ? go_on(L, co, nargs, RESUME) : return_failure(L, co, false);
}

static int call_wrapped(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 1);
  lua_State *co = lua_tothread(L, 1);
  int nargs = lua_gettop(L) - 1;
  return pass_arguments(L, co) ? go_on(L, co, nargs, WRAP) : return_failure(L, co, true);
}

static int coroutine_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_pushlightuserdata(L, CONTEXT(L));
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, call_wrapped, 2);
  return 1;
}

/* -- close, status ------------------------------------------------------------------------------------------------ */

static int coroutine_status(lua_State *L) {
  lua_State *co = check_thread(L, 1);
  lua_pushstring(L, status_of(L, co, 1));
  return 1;
}

static int coroutine_close(lua_State *L) {
  lua_State *co = check_thread(L, 1);
  const char *status = status_of(L, co, 1);
  if (status[0] != 's' && status[0] != 'd') return luaL_error(L, "cannot close a %s coroutine", status);
  if (lua_resetthread(co) == LUA_OK) {
    lua_pushboolean(L, true);
    return 1;
  }
  lua_pushboolean(L, false);
  lua_xmove(co, L, 1);
  return 2;
}

static const luaL_Reg functions[] = {
  { "resume", coroutine_resume },
  { "wrap", coroutine_wrap },
  { "status", coroutine_status },
  { "close", coroutine_close },
  { NULL, NULL },
};

void coroutine_open(lua_State *L, Context *cx) {
  lua_newtable(L);
  class_functions(L, cx, functions);
}
