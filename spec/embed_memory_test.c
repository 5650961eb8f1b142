/* embed_memory_test.c - an allocation fails, in moonport_open or in what works with files: an error, after which the state
 * is as good as before. */
#include <dirent.h>

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

/* -- files without memory ------------------------------------------------------------------------------------------ */

static const char files[] = "local fs = require 'fs'\n"
                            "local function open(err, fd) if fd then fs.closeSync(fd) end end\n"
                            "fs.open('/dev/null', open)\n"
                            "fs.readFile('/proc/self/maps', 'base64', function() end)\n"
                            "fs.writeFile('/dev/null', 'abcdef', 'hex', function() end)\n"
                            "fs.readdir('/', { withFileTypes = true }, function() end)\n"
                            "fs.rename('/nowhere/at/all', '/nowhere/else', function() end)\n"
                            "fs.stat('/', function() end)\n"
                            "fs.readdirSync('/', { withFileTypes = true })\n"
                            "fs.readFileSync '/proc/self/maps'\n"
                            "fs.realpathSync('/proc/self', 'hex')\n"
                            "fs.statSync '/'\n"
                            "pcall(fs.rmSync, '/nowhere/at/all')\n"
                            "open(nil, fs.openSync '/dev/null')\n";

/* What is made is kept in a table that has room for it: it is destroyed afterwards, as far as it came. */
static const char streams[] =
    "local fs, stream, later = require 'fs', require 'stream', require 'timers'.setImmediate\n"
    "local function ignore() end\n"
    "made[1] = fs.createReadStream('/proc/self/limits')\n"
    "made[2] = fs.createWriteStream('/dev/null')\n"
    "made[1]:pipe(made[2]:on('error', ignore)):on('close', ignore)\n"
    "made[3] = stream.Transform { transform = function(_, chunk, _, done) done(nil, chunk:upper()) end }\n"
    "made[4] = stream.Writable { write = function(_, chunk, _, done) later(done) end, highWaterMark = 10 }\n"
    "made[5] = fs.createReadStream('/proc/self/limits', { encoding = 'hex', highWaterMark = 1000 })\n"
    "stream.pipeline(made[5], made[3], made[4], ignore)\n"
    "made[6] = stream.Readable { read = function(self) self:push 'x' self:push(nil) end }\n"
    "stream.finished(made[6], ignore)\n"
    "made[6]:on('data', ignore)\n"
    "made[7] = fs.createWriteStream('/dev/full')\n"
    "made[7]:on('error', ignore):finish 'x'\n"
    "made[8] = fs.createReadStream('/')\n"
    "made[8]:on('error', ignore)\n";

static const char make_room[] = "made = made or { 0, 0, 0, 0, 0, 0, 0, 0 }\n"
                                "for i = 1, 8 do if made[i] ~= 0 then made[i]:destroy() made[i] = 0 end end\n";

static int open_descriptors(void) {
  int n = 0;
  DIR *dir = opendir("/proc/self/fd");
  while (readdir(dir) != NULL) ++n;
  closedir(dir);
  return n;
}

/* Fails the n-th allocation of the script and of its callbacks, and all behind it; false when there is no n-th one. */
static bool script_with(World *w, const char *script, Budget *budget, long n, int *broken) {
  int before = open_descriptors();
  budget->failed = false;
  budget->left = n;
  if (luaL_loadbufferx(w->L, script, strlen(script), "@script.lua", "t") == LUA_OK) moonport_call(w->L, 0);
  else lua_pop(w->L, 1);
  moonport_run(w->L);
  budget->left = -1;
  run(w, make_room);
  moonport_run(w->L);
  int after = open_descriptors();
  w->seen = 0;
  run(w, "require 'fs'.stat('/', function(err, stats) seen(stats:isDirectory() and 1 or 2) end)");
  moonport_run(w->L);
  if (lua_gettop(w->L) != 0 || w->seen != 1 || after != before) {
    if (++*broken <= 3)
      fprintf(stderr, "script_with(%ld): %d callbacks later, %d descriptors more, %d values left, error %s\n", n,
          w->seen, after - before, lua_gettop(w->L), w->error);
    lua_settop(w->L, 0);
  }
  return budget->failed;
}

static void without_memory(const char *script, const char *name) {
  World w;
  Budget budget = { -1, false };
  memset(&w, 0, sizeof w);
  w.L = lua_newstate(budget_realloc, &budget);
  uv_loop_init(&w.loop);
  luaL_openlibs(w.L);
  add_function(&w, "seen", seen);
  moonport_Options options = options_of(&w);
  moonport_open(w.L, &w.loop, &options);
  run(&w, make_room);
  run(&w, script); /* the modules are loaded, the threads are there */
  moonport_run(w.L);
  run(&w, make_room);
  moonport_run(w.L);
  CHECK(w.errors == 0, "%s", w.error);
  long n = 0;
  int broken = 0;
  while (script_with(&w, script, &budget, n, &broken) && n < 20000) ++n;
  CHECK(n > 100, "%ld allocations", n);
  CHECK(broken == 0, "%d of %ld failed allocations leave something behind", broken, n);
  finish(&w, name);
}

static void test_files_without_memory(void) { without_memory(files, "files without memory"); }
static void test_streams_without_memory(void) { without_memory(streams, "streams without memory"); }

int main(void) {
  TEST(test_open_without_memory);
  TEST(test_files_without_memory);
  TEST(test_streams_without_memory);
  return check_result("embed_memory_test");
}
