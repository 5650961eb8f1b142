/* embed_files_test.c - operations on files are under way on other threads when the host closes the state, in whatever
 * order: nobody is called any more, what has not begun does not happen, nothing stays open. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "embed_world.h"

static int open_descriptors(void) {
  int n = 0;
  DIR *dir = opendir("/proc/self/fd");
  while (readdir(dir) != NULL) ++n;
  closedir(dir);
  return n;
}

/* -- closed with many under way ---------------------------------------------------------------------------------------- */

static const char busy[] = "local fs = require 'fs'\n"
                           "local never = function() seen(1) end\n"
                           "for i = 1, 50 do\n"
                           "  fs.open('/dev/null', never)\n"
                           "  fs.readFile('/proc/self/maps', never)\n"
                           "  fs.writeFile('/dev/null', ('x'):rep(100000), never)\n"
                           "  fs.readdir('/proc/self/task', { withFileTypes = true, recursive = true }, never)\n"
                           "  fs.stat('/nowhere/at/all', never)\n"
                           "  fs.realpath('/proc/self/exe', never)\n"
                           "end\n";

enum { TURN = 1, LUA_FIRST = 2, TICKS = 4 };
static const int ways[] = { 0, TURN, LUA_FIRST, TURN | LUA_FIRST, TICKS, TICKS | LUA_FIRST };

static void test_close_in_flight(void) {
  World w;
  open_world(&w);
  turn(&w, 1);
  run(&w, "require('fs').statSync '/'");
  int before = open_descriptors();
  if (ways[row] & TURN) {
    run(&w, "require('fs').stat('/', function() require('process').nextTick(seen, 1000) end)");
    while (w.seen == 0) uv_run(&w.loop, UV_RUN_ONCE);
    w.seen = 0;
  }
  run(&w, busy);
  if (ways[row] & TICKS) run(&w, "require('process').nextTick(seen, 0)");
  CHECK(w.seen == 0, "%d callbacks ran before the loop turned", w.seen);
  if (!(ways[row] & LUA_FIRST)) moonport_close(w.L);
  lua_close(w.L);
  close_loop(&w.loop, "close in flight");
  CHECK(w.seen == 0, "%d callbacks ran after the end", w.seen);
  CHECK(w.errors == 0, "%s", w.error);
  int after = open_descriptors();
  CHECK(after <= before, "%d descriptors more", after - before); /* those of the loop itself are gone */
}

/* -- what is queued behind threads that wait --------------------------------------------------------------------------- */

enum { THREADS = 2 };

/* Every thread of the pool waits for the end of a pipe; what comes behind must not happen after the end. */
static void test_not_begun(void) {
  char folder[] = "/tmp/moonport-files.XXXXXX", pipe_path[THREADS][64], file_path[64], script[1024];
  int ends[THREADS];
  World w;
  if (mkdtemp(folder) == NULL) abort();
  setenv("UV_THREADPOOL_SIZE", "2", 1);
  open_world(&w);
  for (int i = 0; i < THREADS; ++i) {
    snprintf(pipe_path[i], sizeof pipe_path[i], "%s/pipe%d", folder, i);
    if (mkfifo(pipe_path[i], 0600) != 0) abort();
    ends[i] = open(pipe_path[i], O_RDWR | O_CLOEXEC);
    if (write(ends[i], "x", 1) != 1) abort();
    snprintf(script, sizeof script, "require('fs').readFile('%s', seen)", pipe_path[i]);
    run(&w, script);
  }
  for (int i = 0; i < THREADS; ++i) { /* the byte is gone: a thread reads this one */
    int left = 1;
    while (left > 0 && ioctl(ends[i], FIONREAD, &left) == 0) usleep(1000);
  }
  snprintf(file_path, sizeof file_path, "%s/file", folder);
  snprintf(script, sizeof script, "require('fs').writeFile('%s', 'x', seen)", file_path);
  run(&w, script);
  moonport_close(w.L);
  lua_close(w.L);
  for (int i = 0; i < THREADS; ++i) close(ends[i]);
  close_loop(&w.loop, "not begun");
  CHECK(w.seen == 0, "%d callbacks ran after the end", w.seen);
  CHECK(access(file_path, F_OK) != 0, "a file was written after the end");
  unlink(file_path);
  for (int i = 0; i < THREADS; ++i) unlink(pipe_path[i]);
  rmdir(folder);
}

/* -- closed by a callback ---------------------------------------------------------------------------------------------- */

static int close_now(lua_State *L) {
  moonport_close(L);
  return 0;
}

static void test_close_in_a_callback(void) {
  World w;
  open_world(&w);
  add_function(&w, "close_now", close_now);
  run(&w, "local fs = require 'fs'\n"
          "local function first() seen(1) close_now() end\n"
          "for i = 1, 100 do fs.open('/dev/null', first) fs.readFile('/proc/self/maps', first) end");
  while (uv_run(&w.loop, UV_RUN_DEFAULT) != 0) continue;
  CHECK(w.seen == 1, "%d callbacks ran", w.seen);
  run(&w, "seen(10) pcall(require('fs').stat, '/', seen) pcall(require('fs').statSync, '/') seen(100)");
  lua_close(w.L);
  close_loop(&w.loop, "close in a callback");
  CHECK(w.errors == 0, "%s", w.error);
}

int main(void) {
  TEST_ROWS(test_close_in_flight, ways);
  TEST(test_not_begun);
  TEST(test_close_in_a_callback);
  return check_result("embed_files_test");
}
