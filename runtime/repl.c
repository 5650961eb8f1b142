/* repl.c - the prompt on the loop: reads lines, shows and hides the prompt around whatever is written meanwhile, takes
 * Ctrl-C. What a line means is Lua's (session.c hands it over); how one is edited, readline.c's. */
#include "repl.h"

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "message.h"
#include "output.h"
#include "readline.h"
#include "repl_host.h"
#include "session.h"
#include "terminal.h"

typedef enum Kind { EDITOR, TERMINAL, PIPE } Kind; /* with readline; lines of the terminal itself; neither */

enum {
  BUSY = 300,   /* ms after which a callback is taken for one that does not return */
  DEAF = 1000,  /* ms without an answer to Ctrl-C, after which the next one ends the program */
  PROMPT = 64,  /* bytes */
  CHUNK = 65536 /* bytes that are read at once */
};

static struct {
  lua_State *L; /* borrowed; NULL: no prompt */
  Kind kind;
  int input;      /* what is read: standard input, or the terminal behind it */
  FILE *terminal; /* borrowed: standard output, past what output.c puts around it */
  uv_poll_t poll;
  uv_prepare_t prepare;
  uv_idle_t pump; /* runs while there is something to handle that no descriptor tells of */
  uv_signal_t resized, resumed;
  bool file;    /* standard input cannot be polled */
  bool ended;   /* ... and has been read to its end */
  bool begun;   /* a key was pressed */
  bool reading; /* lua/repl.lua wants a line */
  bool shown;   /* the prompt of a TERMINAL is on the screen */
  char prompt[PROMPT];
  char *line; /* owned: what has been read of a line, without readline */
  size_t size, room;
} repl;

static volatile sig_atomic_t evaluating; /* what was entered runs, and has not waited yet */
static volatile sig_atomic_t interrupts; /* Ctrl-C was pressed, nobody has noticed */
static volatile uint64_t interrupted_at; /* ns, of the first of those */
static volatile sig_atomic_t unheeded;   /* how often what is busy was told, and did not end */
static volatile sig_atomic_t asked;      /* Ctrl-C is meant for the prompt */

static bool visible(void) { return repl.kind == EDITOR ? readline_shown() : repl.shown; }

/* Of what waits nothing stays; a line of the terminal itself may be half typed, which is not to be seen from here. */
static void hide(void) {
  if (repl.L == NULL) return;
  if (repl.kind == EDITOR) readline_hide();
  else if (repl.shown && !repl.reading) terminal_clear_row();
  else if (repl.shown) (void)!write(STDOUT_FILENO, "\n", 1);
  repl.shown = false;
}

static bool before_output(void) {
  if (readline_busy()) return false;
  hide();
  return true;
}

/* Whether a line is there already: it was typed before its prompt, and has been echoed where that was. */
static bool typed_ahead(void) {
  int available = 0;
  return repl.kind == TERMINAL && repl.reading && ioctl(STDIN_FILENO, FIONREAD, &available) == 0 && available > 0;
}

static void show(void) {
  if (repl.ended || repl.kind == PIPE || visible() || typed_ahead()) return;
  terminal_restore_handlers();
  if (output_line_open()) fputs("\n", repl.terminal);
  output_set_line_open(false);
  if (repl.kind == EDITOR) {
    readline_show(repl.prompt);
  } else {
    fputs(repl.prompt, repl.terminal);
    fflush(repl.terminal);
    repl.shown = true;
  }
}

/* -- into Lua ------------------------------------------------------------------------------------------------------ */

static void tell(const char *name, const char *text, size_t size) {
  evaluating = false;
  bool ended = !session_tell(repl.L, name, text, size);
  evaluating = false;
  repl.ended |= ended;
}

static void end_of_input(void) {
  if (repl.ended) return;
  if (repl.kind != EDITOR) repl.ended = true;
  tell("finish", NULL, 0);
}

/* -- Ctrl-C -------------------------------------------------------------------------------------------------------- */

static moonport_Context *interrupted;

static void on_interrupt(lua_State *L, void *data);

static void on_still_busy(int number) {
  (void)number;
  if (asked) moonport_interrupt(interrupted, on_interrupt, NULL);
}

/* The loop has to turn within so many ms, else a callback is taken for one that does not return. 0: it has. */
static void expect_turn(int ms) {
  static bool expected; /* SIGALRM is somebody else's otherwise */
  if (ms == 0 && !expected) return;
  expected = ms > 0;
  signal(SIGALRM, ms > 0 ? on_still_busy : SIG_DFL);
  setitimer(ITIMER_REAL, &(struct itimerval){ .it_value = { .tv_usec = ms * 1000 } }, NULL);
}

/* In the task that is busy, or on the main state when the loop has turned. */
static void on_interrupt(lua_State *L, void *data) {
  (void)data;
  interrupts = 0;
  bool running = !lua_pushthread(L);
  lua_pop(L, 1);
  if (repl.L == NULL) return;
  bool late = uv_hrtime() / 1000000 >= uv_now(repl.prepare.loop) + BUSY;
  if (running && (evaluating || late)) {
    if (asked) expect_turn(0);
    asked = false;
    ++unheeded;
    if (!visible()) output_set_line_open(true); /* the terminal has echoed ^C */
    lua_pushliteral(L, "interrupted!");
    lua_error(L);
  }
  asked = true; /* told by the loop, between two callbacks */
  if (running) expect_turn(BUSY + 10);
}

bool repl_interrupt(moonport_Context *context) {
  if (repl.L == NULL || (repl.kind == PIPE && !evaluating)) return false;
  interrupted = context;
  uint64_t now = uv_hrtime();
  if (interrupts == 0 && unheeded == 0) {
    interrupted_at = now;
  } else if ((interrupts > 0 || unheeded > 1) && now - interrupted_at > DEAF * 1000000ull) {
    terminal_restore();
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
  interrupts = 1;
  moonport_interrupt(context, on_interrupt, NULL);
  return true;
}

static void answer_interrupt(void) {
  asked = false;
  expect_turn(0);
  bool any = false;
  if (repl.kind == EDITOR) any = readline_interrupt();
  else if (repl.shown) (void)!write(STDOUT_FILENO, "\n", 1);
  repl.shown = false;
  tell("interrupt", any ? "" : NULL, 0);
}

/* -- lines from the loop ------------------------------------------------------------------------------------------- */

static void on_pump(uv_idle_t *pump);

static void pump_while(bool more) {
  if (more && !repl.ended) uv_idle_start(&repl.pump, on_pump);
  else uv_idle_stop(&repl.pump);
}

/* Keys up to the end of one line: then the loop turns. */
static void handle_keys(void) {
  while (!repl.ended && readline_pending()) {
    char *line;
    show();
    ReadlineEvent event = readline_step(&line);
    if (event == READLINE_NOTHING) continue;
    if (event == READLINE_LINE) tell("line", line, strlen(line));
    else end_of_input();
    free(line);
    break;
  }
  pump_while(readline_pending());
}

static void handle_line(void) {
  char *line = repl.line;
  size_t size = repl.size;
  repl.line = NULL;
  repl.size = repl.room = 0;
  repl.shown = false;
  tell("line", line, size);
  free(line);
}

/* One byte more of a line; true at its end. */
static bool add_byte(char byte) {
  if (byte == '\n') return true;
  if (repl.size == repl.room) {
    size_t room = repl.room > 0 ? repl.room * 2 : 256;
    char *line = (char *)realloc(repl.line, room);
    if (line == NULL) return true;
    repl.line = line;
    repl.room = room;
  }
  repl.line[repl.size++] = byte;
  return false;
}

/* Byte by byte: what follows a line is the next one's, or io.read's. A terminal gives no more than a line anyway. */
static void handle_bytes(void) {
  int available = 1;
  if (!repl.file && (ioctl(STDIN_FILENO, FIONREAD, &available) != 0 || available < 1)) available = 1;
  while (available-- > 0 && repl.reading && !repl.ended) {
    char byte;
    ssize_t n = read(repl.input, &byte, 1);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (n <= 0) {
      if (repl.size > 0) handle_line(); /* a last line without its end */
      end_of_input();
      return;
    }
    if (repl.file) available = 1;
    if (!add_byte(byte)) continue;
    if (repl.line == NULL) add_byte('\0'), repl.size = 0; /* an empty line is a text */
    handle_line();
    return;
  }
}

static void on_readable(uv_poll_t *poll, int status, int events) {
  (void)events;
  if (repl.kind != EDITOR) {
    handle_bytes();
    return;
  }
  char *bytes = (char *)malloc(CHUNK);
  ssize_t n = status == 0 && bytes != NULL ? read(repl.input, bytes, CHUNK) : -1;
  bool again = n < 0 && (errno == EINTR || errno == EAGAIN);
  if (n > 0 && !repl.begun) tell("begin", NULL, 0);
  repl.begun |= n > 0;
  if (n > 0 && readline_feed(bytes, (size_t)n)) handle_keys();
  free(bytes);
  if (n > 0 || again) return;
  uv_poll_stop(poll); /* the terminal is gone */
  end_of_input();
}

static void on_pump(uv_idle_t *pump) {
  (void)pump;
  if (repl.kind == EDITOR) handle_keys();
  else if (repl.reading) handle_bytes();
}

static void follow_reading(void) {
  if (repl.ended || repl.kind == EDITOR) return;
  if (repl.file) pump_while(repl.reading);
  else if (repl.reading) uv_poll_start(&repl.poll, UV_READABLE, on_readable);
  else uv_poll_stop(&repl.poll);
}

/* Before the loop waits: all that was written is shown, and the prompt below it. */
static void on_prepare(uv_prepare_t *prepare) {
  (void)prepare;
  fflush(stdout);
  unheeded = 0;
  if (asked) answer_interrupt();
  fflush(stdout);
  if (!repl.ended) show();
}

static void on_resized(uv_signal_t *handle, int number) {
  (void)handle, (void)number;
  readline_resized();
}

static void on_resumed(uv_signal_t *handle, int number) {
  (void)handle, (void)number;
  if (repl.kind == EDITOR) readline_resumed();
  else repl.shown = false;
}

/* -- what lua/repl.lua asks for ---------------------------------------------------------------------------------- */

/* host.prompt(text, reading): what is shown from now on, and whether a line is wanted already */
static int set_prompt(lua_State *L) {
  const char *text = luaL_checkstring(L, 1);
  if (strcmp(text, repl.prompt) != 0) {
    hide();
    snprintf(repl.prompt, sizeof repl.prompt, "%s", text);
  }
  repl.reading = lua_toboolean(L, 2);
  follow_reading();
  return 0;
}

/* host.runs(whether): what follows is the user's own code, which Ctrl-C ends */
static int set_running(lua_State *L) {
  evaluating = lua_toboolean(L, 1);
  return 0;
}

/* host.interrupted(): whether Ctrl-C has ended something since the loop turned last */
static int was_interrupted(lua_State *L) {
  lua_pushboolean(L, unheeded > 0);
  return 1;
}

/* host.fresh(): what comes next begins a line */
static int fresh_line(lua_State *L) {
  (void)L;
  fflush(stdout);
  if (repl.kind != PIPE && output_line_open()) putchar('\n');
  return 0;
}

/* host.room(open): somebody writes to the terminal past stdio, a line that stays open or not */
static int make_room(lua_State *L) {
  hide();
  output_set_line_open(lua_toboolean(L, 1));
  return 0;
}

static int add_history(lua_State *L) {
  if (repl.kind == EDITOR) readline_add_history(luaL_checkstring(L, 1));
  return 0;
}

static const luaL_Reg functions[] = {
  { "prompt", set_prompt },
  { "runs", set_running },
  { "interrupted", was_interrupted },
  { "fresh", fresh_line },
  { "room", make_room },
  { "add_history", add_history },
  { NULL, NULL },
};

static char **complete(const char *line, size_t size, size_t start) {
  evaluating = true; /* looking at a value may run what the user has written: Ctrl-C ends that */
  char **words = session_complete(repl.L, line, size, start);
  evaluating = false;
  return words;
}

/* -- begin and end --------------------------------------------------------------------------------------------------- */

static bool dumb(void) {
  const char *term = getenv("TERM");
  return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

void repl_prepare(void) {
  repl.kind = isatty(STDIN_FILENO) ? TERMINAL : PIPE;
  repl.terminal = stdout;
  if (repl.kind == PIPE) return;
  FILE *terminal = output_guard(before_output);
  if (terminal == NULL) return;
  repl.terminal = terminal;
  if (isatty(STDOUT_FILENO) && !dumb() && readline_open(terminal, complete)) repl.kind = EDITOR;
}

/* libuv wants it not to block; whoever shares the terminal does not. */
static void watch_input(uv_loop_t *loop) {
  repl.input = repl.kind == PIPE ? STDIN_FILENO : terminal_input();
  int flags = fcntl(repl.input, F_GETFL);
  repl.file = uv_poll_init(loop, &repl.poll, repl.input) != 0;
  if (flags >= 0) fcntl(repl.input, F_SETFL, flags);
  if (!repl.file) uv_poll_start(&repl.poll, UV_READABLE, on_readable);
}

void repl_start(lua_State *L, uv_loop_t *loop) {
  luaL_newlib(L, functions);
  repl_host_functions(L);
  lua_pushboolean(L, repl.kind != PIPE);
  lua_setfield(L, -2, "terminal");
  lua_pushboolean(L, message_colors(STDOUT_FILENO));
  lua_setfield(L, -2, "colors");
  lua_pushboolean(L, repl.kind == EDITOR);
  lua_setfield(L, -2, "editor");
  uv_prepare_init(loop, &repl.prepare);
  uv_idle_init(loop, &repl.pump);
  uv_signal_init(loop, &repl.resized);
  uv_signal_init(loop, &repl.resumed);
  uv_unref((uv_handle_t *)&repl.prepare);
  uv_unref((uv_handle_t *)&repl.resized);
  uv_unref((uv_handle_t *)&repl.resumed);
  watch_input(loop);
  repl.L = L;
  if (repl.kind != PIPE) {
    terminal_guard();
    terminal_keep_handlers();
    uv_signal_start(&repl.resumed, on_resumed, SIGCONT);
  } else {
    setvbuf(stdin, NULL, _IONBF, 0); /* io.read goes on where a line has ended */
  }
  if (repl.kind == EDITOR) uv_signal_start(&repl.resized, on_resized, SIGWINCH);
  uv_prepare_start(&repl.prepare, on_prepare);
  session_open(L);
}

bool repl_show_error(lua_State *L) { return repl.L != NULL && session_show_error(L); }

void repl_stop(void) {
  if (repl.L == NULL) return;
  fflush(stdout);
  if (repl.kind == EDITOR) readline_close();
  uv_close((uv_handle_t *)&repl.prepare, NULL);
  uv_close((uv_handle_t *)&repl.pump, NULL);
  uv_close((uv_handle_t *)&repl.resized, NULL);
  uv_close((uv_handle_t *)&repl.resumed, NULL);
  if (!repl.file) uv_close((uv_handle_t *)&repl.poll, NULL);
  if (repl.input != STDIN_FILENO) close(repl.input);
  free(repl.line);
  repl.line = NULL;
  repl.L = NULL;
}

void repl_release(void) {
  fflush(stdout);
  output_release();
}
