/* message.c - "moonport: ..." on standard error, after what was printed before. Never ends anything. */
#include "message.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "moonport.h"

bool message_colors(int fd) {
  const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
  return isatty(fd) && (none == NULL || none[0] == '\0') && terminal != NULL && *terminal != '\0' &&
         strcmp(terminal, "dumb") != 0;
}

/* The first line is what matters: it is red on a terminal. */
static void show(const char *text) {
  size_t first = strcspn(text, "\n");
  bool colors = message_colors(STDERR_FILENO);
  fflush(stdout);
  fprintf(stderr, "%smoonport: %.*s%s%s\n", colors ? "\033[31m" : "", (int)first, text, colors ? "\033[39m" : "",
      text + first);
}

/* What is to be one line and to steer no terminal: control bytes become \x1b and the like. NULL: no memory. Owned. */
static char *escape(const char *text) {
  char *line = (char *)malloc(4 * strlen(text) + 1), *to = line;
  for (const char *from = text; line != NULL && *from != '\0'; ++from) {
    unsigned char c = (unsigned char)from[0], next = (unsigned char)from[1];
    bool eight_bit = c == 0xc2 && next >= 0x80 && next < 0xa0; /* a control character of ISO 6429, in UTF-8 */
    if (c < 0x20 || c == 0x7f || eight_bit) to += sprintf(to, "\\x%02x", c);
    else *to++ = (char)c;
  }
  if (line != NULL) *to = '\0';
  return line;
}

void message(const char *format, ...) {
  char *text = NULL, *line = NULL;
  va_list arguments;
  va_start(arguments, format);
  if (vasprintf(&text, format, arguments) < 0) text = NULL; /* says nothing of it otherwise */
  va_end(arguments);
  if (text != NULL) line = escape(text);
  show(line != NULL ? line : "not enough memory");
  free(line);
  free(text);
}

void message_warning(const char *text, void *data) {
  (void)data;
  fflush(stdout);
  fprintf(stderr, "moonport: %s\n", text);
}

/* [-0, +1, e] The hint for the report at index 1 of the error at index 2, or nil. */
static int find_hint(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.hint");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "of_error");
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, 1);
  return 1;
}

void message_report(lua_State *L) {
  moonport_report(L, -1);
  show(lua_tostring(L, -1));
  if (lua_checkstack(L, 3)) {
    lua_pushcfunction(L, find_hint);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    if (lua_pcall(L, 2, 1, 0) == LUA_OK && lua_isstring(L, -1)) fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_pop(L, 1); /* the error of a hint is nobody's affair */
  }
  lua_pop(L, 2);
}

/* -- warn() ------------------------------------------------------------------------------------------------------ */

/* One state a process: whether warnings are on, and whether one is half said. */
static bool warnings_on, half_said;

static void on_lua_warning(void *data, const char *text, int to_be_continued) {
  (void)data;
  if (!half_said && !to_be_continued && text[0] == '@') {
    if (strcmp(text, "@on") == 0) warnings_on = true;
    else if (strcmp(text, "@off") == 0) warnings_on = false;
    return;
  }
  if (warnings_on) {
    if (!half_said) fflush(stdout);
    fprintf(stderr, "%s%s%s", half_said ? "" : "Lua warning: ", text, to_be_continued ? "" : "\n");
  }
  half_said = to_be_continued != 0;
}

void message_lua_warnings(lua_State *L) { lua_setwarnf(L, on_lua_warning, NULL); }
