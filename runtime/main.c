/* main.c - the command line: arguments -> job, result -> exit code. */
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "moonport.h"

static const char help[] = "usage: moonport [options] [script [arguments]]\n"
                           "       moonport test [files or folders] [options of busted]\n"
                           "\n"
                           "Runs a Lua script with Node's net on a libuv loop.\n"
                           "\n"
                           "  script            a file; - standard input; nothing: a prompt, or what is piped in\n"
                           "  -e code           run this code first\n"
                           "  -l module         require this module first\n"
                           "  -i                then lines of standard input: a prompt, on a terminal\n"
                           "  -v, --version     show the versions of moonport, Lua and libuv\n"
                           "  -h, --help        show this text\n"
                           "  --                the options end here\n";

static int usage_error(const char *what, const char *option) {
  fprintf(stderr, "moonport: %s '%s'\n%s", what, option, help);
  return 2;
}

static int show_version(void) {
  printf("moonport %s, %s, libuv %s\n", MOONPORT_VERSION, LUA_RELEASE, uv_version_string());
  return 0;
}

static int is(const char *argument, const char *short_name, const char *long_name) {
  return strcmp(argument, short_name) == 0 || strcmp(argument, long_name) == 0;
}

/* The sub-command `test`: lua/test_runner.lua. A script of that name is ./test. */
static int run_tests(char **argv) {
  static char main_chunk[] = "erequire 'moonport.test_runner'.main()";
  Job job = { .program = argv[0], .code = (char *[]){ main_chunk, NULL }, .arguments = argv + 2 };
  return host_run(&job);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "test") == 0) return run_tests(argv);
  static char **code; /* reachable for as long as the process lives */
  code = (char **)calloc((size_t)argc + 1, sizeof *code);
  if (code == NULL) return EXIT_FAILURE;
  int codes = 0, i = 1;
  bool interactive = false;
  for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; ++i) {
    if (strcmp(argv[i], "--") == 0) {
      ++i;
      break;
    }
    if (is(argv[i], "-h", "--help")) exit(fputs(help, stdout) < 0);
    if (is(argv[i], "-v", "--version")) exit(show_version());
    if (strcmp(argv[i], "-i") == 0) {
      interactive = true;
      continue;
    }
    if (argv[i][1] != 'e' && argv[i][1] != 'l') exit(usage_error("unrecognized option", argv[i]));
    /* "-e code" and "-ecode": the letter stays in front, it says what the text is */
    const char *text = argv[i][2] != '\0' ? argv[i] + 2 : argv[i + 1];
    if (text == NULL) exit(usage_error("missing argument of", argv[i]));
    char *entry = (char *)malloc(strlen(text) + 2);
    if (entry == NULL) return EXIT_FAILURE;
    entry[0] = argv[i][1];
    strcpy(entry + 1, text);
    if (argv[i][2] == '\0') ++i;
    code[codes++] = entry;
  }
  interactive |= i == argc && codes == 0 && isatty(STDIN_FILENO);
  Job job = { .program = argv[0], .code = code, .interactive = interactive };
  job.script = i < argc ? argv[i] : codes > 0 || interactive ? NULL : "-";
  job.arguments = i < argc ? argv + i + 1 : argv + argc;
  int result = host_run(&job);
  for (int n = 0; n < codes; ++n) free(code[n]);
  free(code);
  return result;
}
