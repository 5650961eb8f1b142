/* arguments.c - reads the command line as lua(1) does, and a few long words besides. The table of options is the only
 * place that knows them: --help and the completions are made of it. Never runs anything. */
#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

const Option options[] = {
  { 'e', NULL, "code", "run this code first; it may stand several times, and alone" },
  { 'p', "print", "code", "the same, and print the values it gives" },
  { 'l', NULL, "module", "require this module first, as a global; name=module: as that one" },
  { 'i', NULL, NULL, "then read lines from standard input: a prompt, on a terminal" },
  { 'c', "check", NULL, "only check the syntax, of one file or several" },
  { 'W', NULL, NULL, "show what warn() says" },
  { 'E', NULL, NULL, "ignore LUA_INIT, LUA_PATH and LUA_CPATH" },
  { 0, "watch", NULL, "start again whenever a file that was loaded changes" },
  { 0, "trace-handles", NULL, "show at the end what kept the loop alive" },
  { 0, "allow-bytecode", NULL, "run compiled Lua too, which is able to crash the process" },
  { 0, "no-color", NULL, "no colours, also on a terminal" },
  { 'v', NULL, NULL, "show the version, then go on" },
  { 'V', "version", NULL, "show the versions of moonport, Lua and libuv" },
  { 'h', "help", NULL, "show this text" },
  { 0, NULL, NULL, NULL },
};

/* Lines that stand for themselves, in --help only. */
static const char *const others[][2] = {
  { "--", "the options end here" },
  { "-", "the script is standard input; the same without a script, unless that is a terminal" },
};

static void help_line(const char *what, const char *help) { printf("  %-26s %s\n", what, help); }

void arguments_help(void) {
  char what[64];
  puts("usage: moonport [options] [script [arguments]]");
  for (const Command *c = commands; c->name != NULL; ++c)
    printf("       moonport %s%s%s\n", c->name, c->argument != NULL ? " " : "", c->argument != NULL ? c->argument : "");
  puts("\nRuns a Lua script with Node's net and dgram on a libuv loop.\n");
  for (const Option *o = options; o->help != NULL; ++o) {
    char letter[] = { '-', o->letter, '\0' };
    snprintf(what, sizeof what, "%s%s%s%s%s%s", o->letter != 0 ? letter : "",
        o->letter != 0 && o->word != NULL ? ", " : "", o->word != NULL ? "--" : "", o->word != NULL ? o->word : "",
        o->argument != NULL ? " " : "", o->argument != NULL ? o->argument : "");
    help_line(what, o->help);
  }
  for (size_t i = 0; i < sizeof others / sizeof others[0]; ++i) help_line(others[i][0], others[i][1]);
  putchar('\n');
  for (const Command *c = commands; c->name != NULL; ++c) help_line(c->name, c->help);
}

static Wish refuse(const char *what, const char *argument) {
  message("%s '%s'; see moonport --help", what, argument);
  return WISH_REFUSED;
}

const Command *arguments_command(const char *name) {
  const Command *c = commands;
  while (c->name != NULL && strcmp(c->name, name) != 0) ++c;
  return c->name != NULL ? c : NULL;
}

/* The option that an argument spells, or NULL; *text is what is attached to it: "-lnet", "--print=1+1". */
static const Option *find_option(const char *argument, const char **text) {
  *text = NULL;
  for (const Option *o = options; o->help != NULL; ++o) {
    if (argument[1] == '-') {
      size_t length = o->word != NULL ? strlen(o->word) : 0;
      if (length == 0 || strncmp(argument + 2, o->word, length) != 0) continue;
      if (argument[2 + length] == '=' && o->argument != NULL) *text = argument + 3 + length;
      else if (argument[2 + length] != '\0') continue;
      return o;
    }
    if (argument[1] != o->letter || (argument[2] != '\0' && o->argument == NULL)) continue;
    if (argument[2] != '\0') *text = argument + 2;
    return o;
  }
  return NULL;
}

/* Keeps what is to run before the script: the letter stays in front, it says what the text is. */
static int add_code(Job *job, char letter, const char *text) {
  int count = 0;
  while (job->code[count] != NULL) ++count;
  char *entry = (char *)malloc(strlen(text) + 2);
  if (entry == NULL) return 0;
  entry[0] = letter;
  strcpy(entry + 1, text);
  job->code[count] = entry;
  return 1;
}

static Wish no_memory(void) {
  message("not enough memory");
  return WISH_REFUSED;
}

Wish arguments_read(int argc, char **argv, Job *job) {
  Wish wish = WISH_RUN;
  bool has_code = false;
  int i = 1;
  *job = (Job){ .argv = argv, .argc = argc, .code = (char **)calloc((size_t)argc + 1, sizeof(char *)) };
  if (job->code == NULL) return no_memory();
  for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; ++i) {
    if (strcmp(argv[i], "--") == 0) {
      ++i;
      break;
    }
    const char *name = argv[i], *text;
    const Option *option = find_option(name, &text);
    if (option == NULL) return refuse("unrecognized option", name);
    if (option->argument != NULL && text == NULL) { /* lua(1) takes nothing that looks like an option */
      text = argv[i + 1];
      if (text == NULL || text[0] == '-') return refuse("an argument is missing after", name);
      ++i;
    }
    switch (option->letter) {
      case 'e':
      case 'p': has_code = true; /* fall through */
      case 'l':
      case 'W':
        if (!add_code(job, option->letter, text != NULL ? text : "")) return no_memory();
        break;
      case 'i': job->interactive = true; break;
      case 'E': job->ignore_environment = true; break;
      case 'v': job->show_version = true; break;
      case 'c': job->check = true; break;
      case 'V': return WISH_VERSION;
      case 'h': return WISH_HELP;
      default:
        if (strcmp(option->word, "watch") == 0) wish = WISH_WATCH;
        else if (strcmp(option->word, "trace-handles") == 0) job->trace_handles = true;
        else if (strcmp(option->word, "allow-bytecode") == 0) job->allow_bytecode = true;
        else job->no_color = true;
    }
  }
  job->script_at = i;
  if (i < argc && !job->check && arguments_command(argv[i]) != NULL && access(argv[i], F_OK) != 0) {
    message("'%s' is a command only where it stands first; see moonport --help", argv[i]);
    return WISH_REFUSED;
  }
  bool reads_input = i == argc && !has_code && !job->interactive && (!job->show_version || job->check);
  if (reads_input && !job->check && isatty(STDIN_FILENO)) job->interactive = true;
  if (i < argc) job->script = argv[i];
  else if (reads_input && !job->interactive) job->script = "-";
  return wish;
}

void arguments_free(Job *job) {
  for (char **entry = job->code; entry != NULL && *entry != NULL; ++entry) free(*entry);
  free(job->code);
}
