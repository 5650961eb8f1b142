/* main.c - arguments -> job, result -> exit code; the words that stand for no script. */
#include <lua.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "arguments.h"
#include "commands.h"
#include "host.h"
#include "moonport.h"
#include "watch.h"

enum { USAGE = 2 };

/* lua/test_runner.lua; a script of that name is ./test. */
static int test_command(int argc, char **argv) {
  static char main_chunk[] = "erequire 'moonport.test_runner'.main()";
  Job job = { .argv = argv - 1, .argc = argc + 1, .script_at = 1, .code = (char *[]){ main_chunk, NULL } };
  return host_run(&job);
}

const Command commands[] = {
  { "test", "[files or folders] [options of busted]", "run the tests in spec/, or those that are named; they may wait",
      test_command },
  { "types", NULL, "print the folder of the type definitions, for editors", types_command },
  { "completions", "bash|zsh|fish", "print a script that makes this shell complete options and names",
      completions_command },
  { NULL, NULL, NULL, NULL },
};

static void show_version(void) {
  printf("moonport %s, %s, libuv %s\n", MOONPORT_VERSION, LUA_RELEASE, uv_version_string());
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN); /* nobody reading what is printed is no reason to die */
  const Command *command = argc > 1 ? arguments_command(argv[1]) : NULL;
  if (command != NULL) return command->run(argc - 1, argv + 1);
  static Job job; /* reachable for as long as the process lives */
  int code = USAGE;
  Wish wish = arguments_read(argc, argv, &job);
  if (job.no_color) setenv("NO_COLOR", "1", 1);
  if (job.show_version && wish == WISH_RUN) show_version();
  switch (wish) {
    case WISH_HELP: arguments_help(), code = commands_output(); break;
    case WISH_VERSION: show_version(), code = commands_output(); break;
    case WISH_WATCH: code = watch_is_child() ? host_run(&job) : watch_run(&job); break;
    case WISH_RUN: code = host_run(&job); break;
    case WISH_REFUSED: break;
  }
  arguments_free(&job);
  return code;
}
