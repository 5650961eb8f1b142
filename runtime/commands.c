/* commands.c - `moonport types` and `moonport completions`: what tools of others ask for. The completions are made of the
 * tables of options and commands. Never opens a state. */
#include "commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

#include "arguments.h"
#include "message.h"

enum { USAGE = 2, PATH_SIZE = 4096 };

int commands_output(void) {
  if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE) return EXIT_SUCCESS;
  message("cannot write: %s", strerror(errno));
  return EXIT_FAILURE;
}

static bool asks_for_help(int argc, char **argv) {
  return argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
}

static int show_help(void) {
  arguments_help();
  return commands_output();
}

/* -- types ------------------------------------------------------------------------------------------------------- */

int types_command(int argc, char **argv) {
  if (asks_for_help(argc, argv)) return show_help();
  if (argc > 1) {
    message("'types' takes no argument; see moonport --help");
    return USAGE;
  }
  /* from the folder of the executable: as it is installed, or in the tree where it was built */
  static const char *const places[] = { MOONPORT_TYPES, "../lua/types" };
  char path[PATH_SIZE], tried[PATH_SIZE + 64], real[PATH_SIZE];
  size_t size = sizeof path;
  if (uv_exepath(path, &size) != 0) {
    message("cannot find out where the executable is");
    return EXIT_FAILURE;
  }
  char *slash = strrchr(path, '/');
  if (slash != NULL) *slash = '\0';
  for (size_t i = 0; i < sizeof places / sizeof places[0]; ++i) {
    struct stat st;
    snprintf(tried, sizeof tried, "%s/%s", path, places[i]);
    if (realpath(tried, real) == NULL || stat(real, &st) != 0 || !S_ISDIR(st.st_mode)) continue;
    puts(real);
    return commands_output();
  }
  message("the types are not installed: there is no %s/%s", path, places[0]);
  return EXIT_FAILURE;
}

/* -- completions ------------------------------------------------------------------------------------------------- */

/* "-p --print ..." of all options. */
static void list_options(void) {
  bool any = false;
  for (const Option *o = options; o->help != NULL; ++o) {
    if (o->letter != 0) printf("%s-%c", any ? " " : "", o->letter), any = true;
    if (o->word != NULL) printf("%s--%s", any ? " " : "", o->word), any = true;
  }
}

static void list_commands(void) {
  for (const Command *c = commands; c->name != NULL; ++c) printf("%s%s", c == commands ? "" : " ", c->name);
}

/* What may follow the name of a command: "bash zsh fish" of "bash|zsh|fish". */
static void list_choices(const Command *command) {
  for (const char *c = command->argument; *c != '\0'; ++c) putchar(*c == '|' ? ' ' : *c);
}

/* "-e -p --print -l" of the options with an argument, with something between. */
static void list_with_argument(const char *between) {
  bool any = false;
  for (const Option *o = options; o->help != NULL; ++o) {
    if (o->argument == NULL) continue;
    if (o->letter != 0) printf("%s-%c", any ? between : "", o->letter), any = true;
    if (o->word != NULL) printf("%s--%s", any ? between : "", o->word), any = true;
  }
}

static bool has_choices(const Command *command) {
  return command->argument != NULL && strchr(command->argument, '|') != NULL;
}

static void print_bash(void) {
  fputs("# moonport for bash: made by `moonport completions bash`\n"
        "_moonport() {\n"
        "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} i\n"
        "  COMPREPLY=()\n"
        "  if [ \"$COMP_CWORD\" -eq 2 ]; then\n"
        "    case $before in\n",
      stdout);
  for (const Command *c = commands; c->name != NULL; ++c) {
    if (c->argument == NULL) printf("      %s) return ;;\n", c->name);
    if (!has_choices(c)) continue;
    printf("      %s) mapfile -t COMPREPLY < <(compgen -W \"", c->name);
    list_choices(c);
    fputs("\" -- \"$word\"); return ;;\n", stdout);
  }
  fputs("    esac\n"
        "  fi\n"
        "  for ((i = 1; i < COMP_CWORD; ++i)); do # behind the script, its arguments are files\n"
        "    case ${COMP_WORDS[i]} in\n"
        "      -c | --check) ;;\n"
        "      ",
      stdout);
  list_with_argument(" | ");
  fputs(") ((++i)); [ \"$i\" -ne \"$COMP_CWORD\" ] || return ;;\n"
        "      -*) ;;\n"
        "      *) compopt -o default; return ;;\n"
        "    esac\n"
        "  done\n"
        "  if [[ $word == -* ]]; then\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"",
      stdout);
  list_options();
  fputs("\" -- \"$word\")\n"
        "    return\n"
        "  fi\n"
        "  compopt -o filenames\n"
        "  mapfile -t COMPREPLY < <(compgen -d -- \"$word\"; compgen -f -X '!*.lua' -- \"$word\")\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W \"",
      stdout);
  list_commands();
  fputs("\" -- \"$word\")\n"
        "  fi\n"
        "}\n"
        "complete -F _moonport moonport\n",
      stdout);
}

static void print_zsh(void) {
  fputs("#compdef moonport\n"
        "# moonport for zsh: made by `moonport completions zsh`\n"
        "_moonport() {\n"
        "  if (( CURRENT == 3 )); then\n"
        "    case $words[2] in\n",
      stdout);
  for (const Command *c = commands; c->name != NULL; ++c) {
    if (c->argument == NULL) printf("      %s) return ;;\n", c->name);
    if (!has_choices(c)) continue;
    printf("      %s) compadd ", c->name);
    list_choices(c);
    fputs("; return ;;\n", stdout);
  }
  fputs("    esac\n"
        "  fi\n"
        "  if (( CURRENT == 2 )); then\n"
        "    local -a names=(\n",
      stdout);
  for (const Command *c = commands; c->name != NULL; ++c) printf("      '%s:%s'\n", c->name, c->help);
  fputs("    )\n"
        "    _describe command names\n"
        "  fi\n"
        "  _arguments -S -A '-*' \\\n",
      stdout);
  for (const Option *o = options; o->help != NULL; ++o) {
    const char *repeat = o->letter == 'e' || o->letter == 'l' || o->letter == 'p' ? "*" : "";
    if (o->letter != 0) {
      printf("    '%s-%c%s[%s]", repeat, o->letter, o->argument != NULL ? "+" : "", o->help);
      printf(o->argument != NULL ? ":%s: ' \\\n" : "' \\\n", o->argument);
    }
    if (o->word != NULL) {
      printf("    '%s--%s%s[%s]", repeat, o->word, o->argument != NULL ? "=" : "", o->help);
      printf(o->argument != NULL ? ":%s: ' \\\n" : "' \\\n", o->argument);
    }
  }
  fputs("    '1:script:_files -g \"*.lua\"' \\\n"
        "    '*:argument:_files'\n"
        "}\n"
        "if [ \"$funcstack[1]\" = _moonport ]; then _moonport \"$@\"; else compdef _moonport moonport; fi\n",
      stdout);
}

static void print_fish(void) {
  fputs("# moonport for fish: made by `moonport completions fish`\n"
        "function __moonport_no_script # behind the script, its arguments are files\n"
        "  set -l value no\n"
        "  for word in (commandline -opc)[2..-1]\n"
        "    switch \"$value$word\"\n"
        "      case 'yes*'\n"
        "        set value no\n"
        "      case no",
      stdout);
  list_with_argument(" no");
  fputs("\n"
        "        set value yes\n"
        "      case 'no-*'\n"
        "      case '*'\n"
        "        return 1\n"
        "    end\n"
        "  end\n"
        "end\n",
      stdout);
  for (const Option *o = options; o->help != NULL; ++o) {
    fputs("complete -c moonport -n __moonport_no_script", stdout);
    if (o->letter != 0) printf(" -s %c", o->letter);
    if (o->word != NULL) printf(" -l %s", o->word);
    if (o->argument != NULL) fputs(" -x", stdout);
    printf(" -d '%s'\n", o->help);
  }
  for (const Command *c = commands; c->name != NULL; ++c) {
    printf("complete -c moonport -n 'test (count (commandline -opc)) -eq 1' -a %s -d '%s'\n", c->name, c->help);
    if (c->argument == NULL) printf("complete -c moonport -f -n '__fish_seen_subcommand_from %s'\n", c->name);
    if (!has_choices(c)) continue;
    printf("complete -c moonport -f -n '__fish_seen_subcommand_from %s' -a '", c->name);
    list_choices(c);
    fputs("'\n", stdout);
  }
}

int completions_command(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*print)(void);
  } shells[] = { { "bash", print_bash }, { "zsh", print_zsh }, { "fish", print_fish } };
  if (asks_for_help(argc, argv)) return show_help();
  for (size_t i = 0; argc == 2 && i < sizeof shells / sizeof shells[0]; ++i) {
    if (strcmp(argv[1], shells[i].name) != 0) continue;
    shells[i].print();
    return commands_output();
  }
  message("'completions' takes the name of a shell, bash, zsh or fish; see moonport --help");
  return USAGE;
}
