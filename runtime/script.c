/* script.c - loading what is to run. What cannot be a script is refused with the reason, in one line. Never runs it. */
#include "script.h"

#include <fcntl.h>
#include <lauxlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

enum { LOOKED_AT = 512 }; /* bytes of a file that tell whether it is text */

/* Whether text has no such bytes: control characters but for white space and the escape of terminals. */
static bool has_control_bytes(const char *bytes, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    unsigned char c = (unsigned char)bytes[i];
    if ((c < 0x20 && (c < '\t' || c > '\r') && c != '\033') || c == 0x7f) return true;
  }
  return false;
}

/* What a file is, when it is no text: its first bytes say it. NULL: it may be a script. Standard input has no path. */
static const char *what_it_is(const char *path) {
  struct stat st;
  char bytes[LOOKED_AT];
  int fd = path == NULL ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  ssize_t count = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? pread(fd, bytes, sizeof bytes, 0) : -1;
  if (path != NULL && fd >= 0) close(fd);
  if (count < 0) return NULL;
  size_t n = (size_t)count;
  static const struct {
    const char *start;
    const char *what;
  } kinds[] = { { "\177ELF", "an executable" }, { "\037\213", "packed by gzip" }, { "PK\003\004", "a zip archive" },
    { "\211PNG", "a picture" } };
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    size_t length = strlen(kinds[i].start);
    if (n >= length && memcmp(bytes, kinds[i].start, length) == 0) return kinds[i].what;
  }
  if (n >= 2 && ((unsigned char)bytes[0] >= 0xfe && (unsigned char)bytes[1] >= 0xfe))
    return "text in UTF-16, not UTF-8";
  return has_control_bytes(bytes, n) ? "binary data" : NULL;
}

static bool is_folder(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* [-1, +0, m] Lua's message is on top. */
static bool refuse(lua_State *L, const char *path, int status) {
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  const char *name = path == NULL ? "standard input" : path, *what;
  if (status == LUA_ERRFILE && path != NULL && is_folder(path)) {
    message("cannot run %s: it is a directory", path);
  } else if (strstr(text, "attempt to load a binary chunk") != NULL) {
    message("cannot run %s: it is compiled Lua, which is able to crash the process; --allow-bytecode runs it", name);
  } else if (strstr(text, "bad binary format") != NULL) {
    message("cannot run %s: it is compiled Lua, but not of this Lua: %s", name, strrchr(text, '('));
  } else if (status == LUA_ERRSYNTAX && (what = what_it_is(path)) != NULL) {
    message("cannot run %s: it is no Lua script, but %s", name, what);
  } else if (path != NULL && *path == '\0') {
    message("cannot run a script whose name is empty");
  } else if (status == LUA_ERRFILE) {
    message("%s", text);
  } else {
    message_report(L);
    return false;
  }
  lua_pop(L, 1);
  return false;
}

const char *script_own_folder(const char *path) { return strncmp(path, "lua/", 4) == 0 ? "./" : ""; }

bool script_load(lua_State *L, const char *path, bool allow_bytecode) {
  const char *file = strcmp(path, "-") == 0 ? NULL : lua_pushfstring(L, "%s%s", script_own_folder(path), path);
  int status = luaL_loadfilex(L, file, allow_bytecode ? "bt" : "t");
  bool loaded = status == LUA_OK || refuse(L, file, status);
  if (file != NULL) lua_remove(L, loaded ? -2 : -1);
  return loaded;
}

bool script_load_text(lua_State *L, const char *text, const char *name) {
  if (luaL_loadbufferx(L, text, strlen(text), name, "t") == LUA_OK) return true;
  message_report(L);
  return false;
}

/* Whether a message is about the first word of the text: that is no statement, so it was meant as an expression. */
static bool about_first_word(const char *message, const char *text) {
  const char *word = strstr(message, " near '");
  const char *end = word != NULL ? strrchr(word, '\'') : NULL;
  text += strspn(text, " \t\n\r");
  if (end == NULL || end <= word + 7) return false;
  return strncmp(text, word + 7, (size_t)(end - word - 7)) == 0;
}

bool script_load_expression(lua_State *L, const char *text, const char *name) {
  const char *whole = lua_pushfstring(L, "return %s", text);
  bool loaded = luaL_loadbufferx(L, whole, strlen(whole), name, "t") == LUA_OK;
  lua_remove(L, -2);
  if (loaded) return true;
  loaded = luaL_loadbufferx(L, text, strlen(text), name, "t") == LUA_OK;
  if (loaded || !about_first_word(lua_tostring(L, -1), text)) lua_remove(L, -2);
  else lua_pop(L, 1);
  if (!loaded) message_report(L);
  return loaded;
}
