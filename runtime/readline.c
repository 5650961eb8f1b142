/* readline.c - a line edited by GNU readline. Its callback interface is fed from a buffer of ours, so that nothing ever
 * waits for a key, and pasted text arrives as a whole. Knows nothing of Lua. */
#include "readline.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "readline_library.h"
#include "terminal.h"

static ReadlineComplete complete_word;

/* -- bytes: what the terminal has sent and nobody has looked at ------------------------------------------------- */

typedef struct Bytes {
  char *at; /* owned */
  size_t size, room;
} Bytes;

static Bytes typed, pasted;
static size_t taken;  /* of typed */
static bool pasting;  /* the mark that begins a paste has come, the other one has not */
static bool unpasted; /* a paste there was no memory for */

static bool append(Bytes *bytes, const char *text, size_t size) {
  if (bytes->room - bytes->size < size) {
    size_t room = (bytes->size + size) * 2;
    char *at = (char *)realloc(bytes->at, room);
    if (at == NULL) return false;
    bytes->at = at;
    bytes->room = room;
  }
  if (size > 0) memcpy(bytes->at + bytes->size, text, size);
  bytes->size += size;
  return true;
}

bool readline_feed(const char *bytes, size_t size) {
  if (taken > 0) {
    memmove(typed.at, typed.at + taken, typed.size - taken);
    typed.size -= taken;
    taken = 0;
  }
  return append(&typed, bytes, size);
}

bool readline_pending(void) { return taken < typed.size; }

/* readline wants a key. It is only asked when there is one, but for a few commands that read on by themselves. */
static int get_key(FILE *stream) {
  (void)stream;
  if (taken < typed.size) return (unsigned char)typed.at[taken++];
  for (;;) {
    unsigned char key;
    ssize_t n = read(STDIN_FILENO, &key, 1);
    if (n == 1) return key;
    if (n == 0 || errno != EINTR) return EOF;
  }
}

static int key_available(void) {
  return readline_pending() || poll(&(struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN }, 1, 0) > 0;
}

/* -- characters of more than one byte are edited as such, also where the environment asks for no language ------------ */

/* Calls f: readline looks at the environment by itself, each time it begins a line. */
static void in_utf8(void (*f)(const char *prompt), const char *prompt) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") != 0) {
    f(prompt);
    return;
  }
  const char *all = getenv("LC_ALL");
  char *kept = all != NULL ? strdup(all) : NULL;
  setenv("LC_ALL", "C.UTF-8", 1);
  setlocale(LC_CTYPE, "");
  f(prompt);
  if (kept != NULL) setenv("LC_ALL", kept, 1);
  else unsetenv("LC_ALL");
  free(kept);
}

/* -- the line --------------------------------------------------------------------------------------------------- */

static bool installed, shown; /* readline has a line to edit; it is on the screen */
static bool busy;             /* readline runs */
static ReadlineEvent event;
static char *complete_line;
static char *shown_prompt; /* owned */

static void on_line(char *line) { /* readline has put the terminal back already */
  rl.callback_handler_remove();
  terminal_edits(false);
  installed = shown = false;
  if (rl.eof_found != NULL) *rl.eof_found = 0; /* else the next line looks like the last one */
  event = line != NULL ? READLINE_LINE : READLINE_END;
  complete_line = line;
}

static void install(const char *prompt) { rl.callback_handler_install(prompt, on_line); }

void readline_show(const char *prompt) {
  bool another = shown_prompt == NULL || strcmp(shown_prompt, prompt) != 0;
  if (another) {
    free(shown_prompt);
    shown_prompt = strdup(prompt);
  }
  if (!installed) {
    terminal_edits(true);
    in_utf8(install, prompt);
  } else {
    if (another) rl.set_prompt(prompt);
    rl.forced_update_display();
  }
  fflush(*rl.outstream);
  installed = shown = true;
}

void readline_hide(void) {
  if (!shown) return;
  shown = false;
  rl.clear_visible_line();
  fflush(*rl.outstream);
}

bool readline_shown(void) { return shown; }
bool readline_busy(void) { return busy; }

/* -- pasting: a text between two marks, as terminals send it when they are asked to ------------------------------- */

static const char paste_begins[] = "\033[200~", paste_ends[] = "\033[201~";
enum { MARK = sizeof paste_begins - 1 };

static bool starts_paste(void) {
  return typed.size - taken >= MARK && memcmp(typed.at + taken, paste_begins, MARK) == 0;
}

static void insert_paste(void) {
  size_t size = 0;
  for (size_t i = 0; i < pasted.size; ++i) {
    char c = pasted.at[i];
    if (c == '\r') c = i + 1 < pasted.size && pasted.at[i + 1] == '\n' ? '\0' : '\n';
    if (c != '\0') pasted.at[size++] = c;
  }
  while (size > 0 && pasted.at[size - 1] == '\n') --size; /* Enter is the user's */
  pasted.size = size;
  if (append(&pasted, "", 1)) rl.insert_text(pasted.at);
  if (shown) rl.redisplay();
  fflush(*rl.outstream);
}

static void collect_paste(void) {
  size_t before = pasted.size < MARK ? 0 : pasted.size - MARK + 1;
  unpasted |= !append(&pasted, typed.at + taken, typed.size - taken);
  size_t added = typed.size - taken;
  taken = typed.size;
  if (unpasted) { /* swallow it, to its end */
    pasted.size = 0;
    before = 0;
    if (!append(&pasted, typed.at + typed.size - added, added < 2 * MARK ? added : 2 * MARK)) return;
  }
  const char *end = (const char *)memmem(pasted.at + before, pasted.size - before, paste_ends, MARK);
  if (end == NULL) return;
  size_t rest = pasted.size - (size_t)(end - pasted.at) - MARK;
  taken -= rest;
  pasted.size = (size_t)(end - pasted.at);
  pasting = false;
  if (!unpasted) insert_paste();
  pasted.size = 0;
  if (pasted.room > 64 * 1024) {
    free(pasted.at);
    pasted = (Bytes){ NULL, 0, 0 };
  }
}

ReadlineEvent readline_step(char **line) {
  event = READLINE_NOTHING;
  if (pasting) {
    collect_paste();
  } else if (starts_paste()) {
    taken += MARK;
    pasting = true;
    unpasted = false;
  } else {
    busy = true;
    rl.callback_read_char();
    busy = false;
    fflush(*rl.outstream);
  }
  *line = complete_line;
  complete_line = NULL;
  return event;
}

bool readline_interrupt(void) {
  if (!installed) return false;
  bool any = *rl.end > 0;
  rl.callback_sigcleanup(); /* out of a search or a half-typed key */
  *rl.point = *rl.end;
  if (shown) rl.redisplay();
  else if (shown_prompt != NULL) fputs(shown_prompt, *rl.outstream);
  fputs("^C\n", *rl.outstream);
  fflush(*rl.outstream);
  rl.replace_line("", 1);
  rl.callback_handler_remove();
  terminal_edits(false);
  installed = shown = false;
  pasting = false;
  pasted.size = 0;
  return any;
}

void readline_resized(void) {
  if (shown) rl.resize_terminal();
  else rl.reset_screen_size();
  fflush(*rl.outstream);
}

void readline_resumed(void) {
  if (!installed) return;
  rl.deprep_terminal(); /* it believes the terminal is still its own */
  terminal_edits(true);
  rl.prep_terminal(1);
  if (shown) rl.forced_update_display();
  fflush(*rl.outstream);
}

void readline_close(void) {
  readline_hide();
  if (installed) rl.callback_handler_remove();
  terminal_edits(false);
  installed = false;
  free(typed.at);
  free(pasted.at);
  free(shown_prompt);
  typed = pasted = (Bytes){ NULL, 0, 0 };
  taken = 0;
  shown_prompt = NULL;
}

/* -- completion --------------------------------------------------------------------------------------------------- */

static bool names_file(void) {
  return strncmp(*rl.line_buffer, ".load ", 6) == 0 || strncmp(*rl.line_buffer, ".save ", 6) == 0;
}

/* Where the word begins. Names of files end at blanks, all others at whatever is not of a name. */
static char *word_breaks(void) {
  static char blanks[] = " \t";
  static char other[] = " \t\n!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~";
  return names_file() ? blanks : other;
}

/* The list as readline wants it: first what all have in common. */
static char **with_prefix(char **words) {
  size_t count = 0;
  while (words[count] != NULL) ++count;
  char **list = (char **)malloc((count + 2) * sizeof *list);
  char *prefix = strdup(words[0]);
  if (list == NULL || prefix == NULL) {
    for (size_t i = 0; i < count; ++i) free(words[i]);
    free(words);
    free(list);
    free(prefix);
    return NULL;
  }
  for (size_t i = 1; i < count; ++i) {
    size_t same = 0;
    while (prefix[same] != '\0' && prefix[same] == words[i][same]) ++same;
    prefix[same] = '\0';
  }
  list[0] = prefix;
  if (count == 1) { /* the word itself, and no list */
    free(words[0]);
    list[1] = NULL;
  } else {
    memcpy(list + 1, words, (count + 1) * sizeof *list);
  }
  free(words);
  return list;
}

static char **attempt(const char *text, int start, int end) {
  *rl.attempted_completion_over = 1; /* what we do not know is not the name of a file */
  *rl.completion_append_character = '\0';
  if (names_file()) return rl.completion_matches(text, rl.filename_completion_function);
  char **words = complete_word(*rl.line_buffer, (size_t)end, (size_t)start);
  return words != NULL ? with_prefix(words) : NULL;
}

/* -- the history ---------------------------------------------------------------------------------------------------- */

void readline_add_history(const char *entry) {
  rl.add_history(entry);
  rl.using_history(); /* the line that is being edited comes after it */
}

/* -- begin ---------------------------------------------------------------------------------------------------------- */

static void initialize(const char *prompt) {
  (void)prompt;
  rl.initialize();
}

bool readline_open(FILE *out, ReadlineComplete complete) {
  if (!rl_load()) return false;
  complete_word = complete;
  *rl.readline_name = "moonport";
  *rl.outstream = out;
  *rl.catch_signals = 0; /* signals are the host's, sizes the loop's */
  *rl.catch_sigwinch = 0;
  *rl.change_environment = 0;
  in_utf8(initialize, NULL);
  *rl.getc_function = get_key;
  *rl.input_available_hook = key_available;
  *rl.attempted_completion_function = attempt;
  *rl.completion_word_break_hook = word_breaks;
  *rl.completion_query_items = -1; /* a question would keep the loop waiting */
  rl.variable_bind("page-completions", "off");
  rl.using_history();
  return true;
}
