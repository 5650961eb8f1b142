/* embed_memory_test.c - an allocation of moonport_open fails: an error, after which the state is as good as before. */
#include "embed_world.h"

static int open_protected(lua_State *L) {
  World *w = (World *)lua_touserdata(L, 1);
  moonport_Options options = options_of(w);
  lua_pushinteger(L, moonport_open(L, &w->loop, &options));
  return 1;
}

/* -- open without memory ------------------------------------------------------------------------------------------- */

typedef struct Budget {
  long left; /* allocations until they fail; < 0: they do not */
  bool failed;
} Budget;

static void *budget_realloc(void *ud, void *block, size_t old_size, size_t new_size) {
  Budget *budget = (Budget *)ud;
  (void)old_size;
  if (new_size == 0) {
    free(block);
    return NULL;
  }
  if (budget->left == 0) {
    budget->failed = true;
    return NULL;
  }
  if (budget->left > 0) --budget->left;
  return realloc(block, new_size);
}

/* Fails the n-th allocation of moonport_open and all behind it; returns false when there is no n-th one. */
static bool open_with(long n, int *broken) {
  World w;
  Budget budget = { -1, false };
  memset(&w, 0, sizeof w);
  w.L = lua_newstate(budget_realloc, &budget);
  uv_loop_init(&w.loop);
  luaL_openlibs(w.L);
  add_function(&w, "seen", seen);
  lua_pushcfunction(w.L, open_protected);
  lua_pushlightuserdata(w.L, &w);
  budget.left = n;
  int status = lua_pcall(w.L, 1, 1, 0);
  budget.left = -1;
  if (budget.failed && status != LUA_ERRMEM) ++*broken;
  lua_settop(w.L, 0);

  lua_pushcfunction(w.L, open_protected); /* now there is memory again */
  lua_pushlightuserdata(w.L, &w);
  status = lua_pcall(w.L, 1, 1, 0);
  bool opened = status == LUA_OK && lua_tointeger(w.L, -1) == 0;
  lua_settop(w.L, 0);
  if (opened) {
    lua_pushstring(w.L, "");
    luaL_loadstring(w.L, echo);
    lua_replace(w.L, 1);
    moonport_call(w.L, 0);
    moonport_run(w.L);
  }
  if (w.seen != 1) {
    if (++*broken <= 3) {
      fprintf(stderr, "open_with(%ld): opened again: %d, echoes: %d, errors: %d %s\n", n, opened, w.seen, w.errors,
          w.error);
    }
  }
  lua_settop(w.L, 0);
  moonport_close(w.L);
  lua_close(w.L);
  int turns = 0;
  while (uv_run(&w.loop, UV_RUN_NOWAIT) != 0 && ++turns < 1000) continue;
  status = uv_loop_close(&w.loop);
  if (status != 0 && ++*broken <= 3) fprintf(stderr, "open_with(%ld): the loop is busy\n", n);
  return budget.failed;
}

static void test_open_without_memory(void) {
  long n = 0;
  int broken = 0;
  while (open_with(n, &broken) && n < 20000) ++n;
  CHECK(n > 100, "%ld allocations", n);
  CHECK(broken == 0, "%d of %ld states in which an allocation of moonport_open failed are useless later", broken, n);
}

int main(void) {
  TEST(test_open_without_memory);
  printf("embed_memory_test: %d passed, %d failed\n", passed, failed);
  return failed > 0;
}
