/* fs_result.c - what operations on files give to the script: text, Stats, Dirent, errors. */
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "class.h"
#include "error.h"
#include "fs_request.h"
#include "handle.h"

static const char STATS_KEY = 0;  /* registry: the metatable of Stats, which is the table of its methods as well */
static const char DIRENT_KEY = 0; /* likewise */

/* -- errors -------------------------------------------------------------------------------------------------------- */

static void push_coded(lua_State *L, const Request *r) {
  if (r->err == UV_EISDIR) {
    lua_pushfstring(L, "Path is a directory: rm returned EISDIR (is a directory) %s", r->path);
    error_push(L, "SystemError", r->code, lua_tostring(L, -1));
    lua_pushinteger(L, r->err);
    lua_setfield(L, -2, "errno");
    lua_pushstring(L, r->syscall);
    lua_setfield(L, -2, "syscall");
    lua_pushstring(L, r->path);
    lua_setfield(L, -2, "path");
  } else {
    lua_pushfstring(L, "File size (%I) is greater than 2 GiB", (LUAI_UACINT)r->number);
    error_push(L, "RangeError", r->code, lua_tostring(L, -1));
  }
  lua_remove(L, -2);
}

void result_push_error(lua_State *L, const Request *r) {
  if (r->code != NULL) push_coded(L, r);
  else error_push_file(L, r->err, r->syscall, r->path, r->dest);
  handle_push_line(L, r->where);
  lua_setfield(L, -2, "where");
}

/* -- numbers and text ---------------------------------------------------------------------------------------------- */

int result_push_number(lua_State *L, Request *r) {
  lua_pushinteger(L, r->number);
  return 1;
}

int result_push_boolean(lua_State *L, Request *r) {
  lua_pushboolean(L, r->number != 0);
  return 1;
}

int result_push_descriptor(lua_State *L, Request *r) {
  lua_pushinteger(L, r->opened);
  r->opened = -1;
  return 1;
}

static void push_text(lua_State *L, Encoding encoding, const char *bytes, size_t size) {
  if (encoding <= ENCODING_UTF8) {
    lua_pushlstring(L, bytes, size);
    return;
  }
  luaL_Buffer b;
  Decoder decoder;
  decoder_init(&decoder, encoding);
  char *text = luaL_buffinitsize(L, &b, decode_bound(&decoder, size) + 16); /* and what the end may give */
  size_t len = decode(&decoder, bytes, size, text);
  luaL_pushresultsize(&b, len + decode_end(&decoder, text + len));
}

int result_push_bytes(lua_State *L, Request *r) {
  if (r->bytes != NULL) push_text(L, r->in.encoding, r->bytes, r->size);
  else lua_pushnil(L);
  return 1;
}

/* -- Stats --------------------------------------------------------------------------------------------------------- */

static const struct {
  const char *name;
  size_t offset; /* of a uint64_t in uv_stat_t */
} numbers[] = { { "dev", offsetof(uv_stat_t, st_dev) }, { "mode", offsetof(uv_stat_t, st_mode) },
  { "nlink", offsetof(uv_stat_t, st_nlink) }, { "uid", offsetof(uv_stat_t, st_uid) },
  { "gid", offsetof(uv_stat_t, st_gid) }, { "rdev", offsetof(uv_stat_t, st_rdev) },
  { "blksize", offsetof(uv_stat_t, st_blksize) }, { "ino", offsetof(uv_stat_t, st_ino) },
  { "size", offsetof(uv_stat_t, st_size) }, { "blocks", offsetof(uv_stat_t, st_blocks) } };

static const struct {
  const char *name, *name_ms;
  size_t offset; /* of a uv_timespec_t in uv_stat_t */
} times[] = { { "atime", "atimeMs", offsetof(uv_stat_t, st_atim) },
  { "mtime", "mtimeMs", offsetof(uv_stat_t, st_mtim) }, { "ctime", "ctimeMs", offsetof(uv_stat_t, st_ctim) },
  { "birthtime", "birthtimeMs", offsetof(uv_stat_t, st_birthtim) } };

int result_push_stat(lua_State *L, Request *r) {
  if (r->missing) {
    lua_pushnil(L);
    return 1;
  }
  lua_createtable(L, 0, 18);
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; ++i) {
    lua_pushinteger(L, (lua_Integer) * (const uint64_t *)(const void *)((const char *)&r->stat + numbers[i].offset));
    lua_setfield(L, -2, numbers[i].name);
  }
  for (size_t i = 0; i < sizeof times / sizeof times[0]; ++i) {
    const uv_timespec_t *time = (const uv_timespec_t *)(const void *)((const char *)&r->stat + times[i].offset);
    lua_pushinteger(L, time->tv_sec);
    lua_setfield(L, -2, times[i].name);
    lua_pushnumber(L, (double)time->tv_sec * 1e3 + (double)time->tv_nsec / 1e6);
    lua_setfield(L, -2, times[i].name_ms);
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &STATS_KEY);
  lua_setmetatable(L, -2);
  return 1;
}

/* -- Dirent -------------------------------------------------------------------------------------------------------- */

static const struct {
  char letter;
  const char *type, *method; /* as a Dirent's field has it; that asks for it */
  unsigned mode;
} types[] = {
  { 'f', "file", "isFile", S_IFREG },
  { 'd', "directory", "isDirectory", S_IFDIR },
  { 'l', "link", "isSymbolicLink", S_IFLNK },
  { 'p', "fifo", "isFIFO", S_IFIFO },
  { 's', "socket", "isSocket", S_IFSOCK },
  { 'c', "char", "isCharacterDevice", S_IFCHR },
  { 'b', "block", "isBlockDevice", S_IFBLK },
};
enum { TYPES = sizeof types / sizeof types[0] };

/* [-0, +1, m] An entry, `name` below the folder of the script's path. */
static void push_dirent(lua_State *L, const Request *r, char letter, const char *name) {
  const char *type = "unknown", *slash = strrchr(name, '/');
  for (size_t i = 0; i < TYPES; ++i) {
    if (types[i].letter == letter) type = types[i].type;
  }
  lua_createtable(L, 0, 4);
  const char *last = slash != NULL ? slash + 1 : name;
  push_text(L, r->in.encoding, last, strlen(last));
  lua_setfield(L, -2, "name");
  lua_pushstring(L, type);
  lua_setfield(L, -2, "type");
  lua_pushlstring(L, r->in.path.bytes, r->in.path.size);
  if (slash != NULL) {
    size_t size = r->in.path.size;
    if (size > 0 && r->in.path.bytes[size - 1] != '/') lua_pushliteral(L, "/");
    else lua_pushliteral(L, "");
    lua_pushlstring(L, name, (size_t)(slash - name));
    lua_concat(L, 3);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "path");
  lua_setfield(L, -2, "parentPath");
  lua_rawgetp(L, LUA_REGISTRYINDEX, &DIRENT_KEY);
  lua_setmetatable(L, -2);
}

int result_push_names(lua_State *L, Request *r) {
  const Names *names = &r->names;
  lua_newtable(L);
  lua_Integer count = 0;
  for (size_t at = 0; at < names->size;) {
    const char *name = names->bytes + at;
    size_t len = strlen(name);
    if (r->in.typed) push_dirent(L, r, name[0], name + 1);
    else push_text(L, r->in.encoding, name + 1, len - 1);
    lua_rawseti(L, -2, ++count);
    at += len + 1;
  }
  return 1;
}

/* -- the classes: isFile() and the others -------------------------------------------------------------------------- */

/* The receiver's field. Upvalue 2 is the class, 3 its name, 4 the method's. [-0, +1, e] */
static void push_field(lua_State *L, const char *field) {
  if (!lua_istable(L, 1) || !lua_getmetatable(L, 1) || !lua_rawequal(L, -1, lua_upvalueindex(2)))
    error_receiver_of(L, lua_tostring(L, lua_upvalueindex(3)), lua_tostring(L, lua_upvalueindex(4)));
  lua_getfield(L, 1, field);
}

/* Upvalue 5 is the type among the bits of a mode. */
static int stats_is(lua_State *L) {
  push_field(L, "mode");
  lua_pushboolean(L, (lua_tointeger(L, -1) & S_IFMT) == lua_tointeger(L, lua_upvalueindex(5)));
  return 1;
}

/* Upvalue 5 is the type as text. */
static int dirent_is(lua_State *L) {
  push_field(L, "type");
  lua_pushboolean(L, lua_rawequal(L, -1, lua_upvalueindex(5)));
  return 1;
}

static void define(lua_State *L, Context *cx, const char *name, const void *key, lua_CFunction is) {
  lua_newtable(L);
  for (size_t i = 0; i < TYPES; ++i) {
    lua_pushlightuserdata(L, cx);
    lua_pushvalue(L, -2);
    lua_pushstring(L, name);
    lua_pushstring(L, types[i].method);
    if (is == stats_is) lua_pushinteger(L, types[i].mode);
    else lua_pushstring(L, types[i].type);
    lua_pushcclosure(L, is, 5);
    lua_setfield(L, -2, types[i].method);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
  lua_setfield(L, -2, name);
}

void result_define(lua_State *L, Context *cx) {
  define(L, cx, "Stats", &STATS_KEY, stats_is);
  define(L, cx, "Dirent", &DIRENT_KEY, dirent_is);
}
