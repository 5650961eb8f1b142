/* fs.c - the functions behind lua/fs.lua. Each takes a callback, and runs on a thread, or nil, and runs in place: then
 * its results are returned and its error is raised. Knows none of the operations: they are data. */
#include "fs.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "fs_request.h"
#include "handle.h"
#include "options.h"

static const char GUARD_KEY = 0; /* registry: the metatable of requests that run in place and own memory */

/* -- a request ----------------------------------------------------------------------------------------------------- */

int request_settle(Request *r, int result) {
  uv_fs_req_cleanup(&r->uv);
  return result;
}

int request_fail(Request *r, int err, const char *syscall) {
  r->syscall = syscall;
  r->path = r->dest = NULL;
  return err;
}

int request_fail_at(Request *r, int err, const char *syscall, const char *path) {
  free(r->named);
  r->named = strdup(path);
  r->syscall = syscall;
  r->path = r->named;
  r->dest = NULL;
  return err;
}

int request_keep(Request *r, const char *text) {
  r->bytes = strdup(text);
  if (r->bytes == NULL) return UV_ENOMEM;
  r->size = strlen(text);
  return 0;
}

static void prepare(Request *r, Context *cx, const Operation *op, const FsArguments *in) {
  r->work.cx = cx;
  r->op = op;
  r->in = *in;
  r->syscall = op->syscall;
  r->path = in->path.bytes;
  r->dest = in->dest.bytes;
  r->opened = -1;
}

static void run(Work *w) {
  Request *r = (Request *)w;
  r->err = r->op->run(r);
}

static void clear(Request *r) {
  if (r->opened >= 0) uv_fs_close(NULL, &r->uv, r->opened, NULL);
  r->opened = -1;
  free(r->named);
  free(r->bytes);
  free(r->names.bytes);
  r->named = r->bytes = r->names.bytes = NULL;
}

static void free_request(Work *w) {
  clear((Request *)w);
  free(w);
}

/* -- what the script gave ------------------------------------------------------------------------------------------ */

/* [-0, +0, e] A path, which C ends at its first NUL. */
static void read_path(lua_State *L, int index, const char *label, Text *out) {
  out->bytes = option_string(L, index, label);
  out->size = strlen(out->bytes);
}

/* [-0, +0, e] A whole number is a descriptor. */
static void read_file(lua_State *L, int index, const char *label, FsArguments *in) {
  int whole = 0;
  lua_Integer fd = 0;
  if (lua_type(L, index) == LUA_TNUMBER) fd = lua_tointegerx(L, index, &whole);
  if (whole && fd >= INT32_MIN && fd <= INT32_MAX) in->fd = option_integer(L, index, "fd", 0, INT32_MAX);
  else read_path(L, index, label, &in->path);
}

/* [-0, +0, e] */
static double read_time(lua_State *L, int index, const char *label) {
  double seconds = lua_tonumber(L, index);
  if (!lua_isnumber(L, index) || !isfinite(seconds)) error_argument_type(L, label, "of type number", index);
  if (seconds >= 0) return seconds;
  uv_timeval64_t now;
  uv_gettimeofday(&now);
  return (double)now.tv_sec + now.tv_usec / 1e6;
}

/* [-0, +0, e] */
static Encoding read_encoding(lua_State *L, int index, const char *label) {
  size_t len = 0;
  if (!lua_toboolean(L, index)) return ENCODING_BYTES;
  const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &len) : "";
  Encoding encoding = len > 0 ? encoding_find(name, len) : ENCODING_UNKNOWN;
  if (encoding == ENCODING_UNKNOWN) error_argument_value(L, label, "is invalid encoding", index);
  return encoding;
}

/* [-0, +0, e] */
static void read_field(lua_State *L, int index, const Field *f, FsArguments *in) {
  void *at = (char *)in + f->offset;
  switch (f->kind) {
    case FIELD_PATH: read_path(L, index, f->label, (Text *)at); break;
    case FIELD_FILE: read_file(L, index, f->label, in); break;
    case FIELD_DATA:
      if (lua_type(L, index) != LUA_TSTRING) error_argument_type(L, f->label, "of type string", index);
      ((Text *)at)->bytes = lua_tolstring(L, index, &((Text *)at)->size);
      break;
    case FIELD_INTEGER: *(lua_Integer *)at = option_integer(L, index, f->label, f->min, f->max); break;
    case FIELD_BOOL:
      if (!lua_isnil(L, index) && !lua_isboolean(L, index)) error_argument_type(L, f->label, "of type boolean", index);
      *(bool *)at = lua_toboolean(L, index);
      break;
    case FIELD_TIME: *(double *)at = read_time(L, index, f->label); break;
    case FIELD_ENCODING: *(Encoding *)at = read_encoding(L, index, f->label); break;
    case FIELD_NONE: break;
  }
}

/* [-0, +1, e] Text to be written becomes the bytes of its encoding, which stay on the stack. */
static void encode_data(lua_State *L, FsArguments *in) {
  char *bytes = (char *)lua_newuserdatauv(L, encode_bound(in->encoding, in->data.size) + 1, 0);
  in->data.size = encode(in->encoding, in->data.bytes, in->data.size, bytes);
  in->data.bytes = bytes;
}

/* [-0, +n, e] The arguments from the second one on. */
static void read_arguments(lua_State *L, const Operation *op, FsArguments *in) {
  int count = 0;
  while (op->fields[count].kind != FIELD_NONE) ++count;
  lua_settop(L, 1 + count);
  for (int i = 0; i < count; ++i) read_field(L, 2 + i, &op->fields[i], in);
  if (in->data.bytes != NULL && in->encoding > ENCODING_UTF8) encode_data(L, in);
}

/* -- on a thread --------------------------------------------------------------------------------------------------- */

/* What the callback gets: the error, or nil and the results. */
static int push_outcome(lua_State *L, Work *w) {
  Request *r = (Request *)w;
  int count = 1;
  if (r->err != 0) {
    result_push_error(L, r);
  } else {
    lua_pushnil(L);
    if (r->op->push != NULL) count += r->op->push(L, r);
  }
  clear(r); /* the callback may take its time */
  return count;
}

static const char *copy(char **room, Text text) {
  if (text.bytes == NULL) return NULL;
  char *to = *room;
  memcpy(to, text.bytes, text.size);
  to[text.size] = '\0';
  *room = to + text.size + 1;
  return to;
}

/* [-0, +0, e] The script's strings are copied: a thread may have them for longer than the state lives. */
static void start(lua_State *L, Context *cx, const Operation *op, const FsArguments *in) {
  uint32_t where = handle_line(L);
  size_t room = in->path.size + in->dest.size + in->data.size + 3;
  Request *r = (Request *)work_new(L, cx, sizeof *r, room, 1);
  char *to = (char *)(r + 1);
  prepare(r, cx, op, in);
  r->in.path.bytes = r->path = copy(&to, in->path);
  r->in.dest.bytes = r->dest = copy(&to, in->dest);
  r->in.data.bytes = copy(&to, in->data);
  r->where = where;
  r->work.run = run;
  r->work.push = push_outcome;
  r->work.free = free_request;
  r->work.caller = (Caller){ .role = "callback", .event = op->name };
  work_start(&r->work);
}

/* -- in place ------------------------------------------------------------------------------------------------------ */

static int collect_guarded(lua_State *L) {
  clear((Request *)lua_touserdata(L, 1));
  return 0;
}

/* [-0, +1, m] */
static Request *push_guarded(lua_State *L) {
  Request *r = (Request *)lua_newuserdatauv(L, sizeof *r, 0);
  memset(r, 0, sizeof *r);
  r->opened = -1;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &GUARD_KEY);
  lua_setmetatable(L, -2);
  return r;
}

/* [-0, +n, e] */
static int run_here(lua_State *L, Context *cx, const Operation *op, const FsArguments *in) {
  Request plain = { 0 };
  Request *r = op->owns ? push_guarded(L) : &plain;
  prepare(r, cx, op, in);
  flush_now(cx); /* it may wait for what a peer does with the bytes that were written */
  run(&r->work);
  if (r->err != 0) {
    result_push_error(L, r);
    return lua_error(L);
  }
  int count = r->op->push != NULL ? r->op->push(L, r) : 0;
  clear(r);
  return count;
}

/* -- the module ---------------------------------------------------------------------------------------------------- */

/* Upvalue 2 is the operation: (callback or nil, arguments...) -> with nil: results */
static int call(lua_State *L) {
  Context *cx = CONTEXT(L);
  const Operation *op = (const Operation *)lua_touserdata(L, lua_upvalueindex(2));
  FsArguments in = { .fd = -1, .position = -1 };
  context_check(L, cx);
  read_arguments(L, op, &in);
  if (lua_isnil(L, 1)) return run_here(L, cx, op, &in);
  start(L, cx, op, &in);
  return 0;
}

/* clang-format off */
#define CONSTANT(name) { #name, name }
static const struct {
  const char *name;
  int value;
} constants[] = {
  CONSTANT(F_OK), CONSTANT(R_OK), CONSTANT(W_OK), CONSTANT(X_OK),
  CONSTANT(O_RDONLY), CONSTANT(O_WRONLY), CONSTANT(O_RDWR), CONSTANT(O_CREAT), CONSTANT(O_EXCL), CONSTANT(O_NOCTTY),
  CONSTANT(O_TRUNC), CONSTANT(O_APPEND), CONSTANT(O_DIRECTORY), CONSTANT(O_NOATIME), CONSTANT(O_NOFOLLOW),
  CONSTANT(O_SYNC), CONSTANT(O_DSYNC), CONSTANT(O_DIRECT), CONSTANT(O_NONBLOCK),
  CONSTANT(S_IFMT), CONSTANT(S_IFREG), CONSTANT(S_IFDIR), CONSTANT(S_IFCHR), CONSTANT(S_IFBLK), CONSTANT(S_IFIFO),
  CONSTANT(S_IFLNK), CONSTANT(S_IFSOCK), CONSTANT(S_IRWXU), CONSTANT(S_IRUSR), CONSTANT(S_IWUSR), CONSTANT(S_IXUSR),
  CONSTANT(S_IRWXG), CONSTANT(S_IRGRP), CONSTANT(S_IWGRP), CONSTANT(S_IXGRP), CONSTANT(S_IRWXO), CONSTANT(S_IROTH),
  CONSTANT(S_IWOTH), CONSTANT(S_IXOTH),
  { "COPYFILE_EXCL", UV_FS_COPYFILE_EXCL }, { "COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE },
  { "COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE },
};
/* clang-format on */

/* core.fs() -> table: the operations, the classes Stats and Dirent, constants. Made when lua/fs.lua is loaded. */
static int open_fs(lua_State *L) {
  Context *cx = CONTEXT(L);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, collect_guarded);
  lua_setfield(L, -2, "__gc");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &GUARD_KEY);
  lua_newtable(L);
  for (const Operation *op = operations; op->name != NULL; ++op) {
    lua_pushlightuserdata(L, cx);
    lua_pushlightuserdata(L, (void *)op);
    lua_pushcclosure(L, call, 2);
    lua_setfield(L, -2, strchr(op->name, '.') + 1);
  }
  result_define(L, cx);
  lua_newtable(L);
  for (size_t i = 0; i < sizeof constants / sizeof constants[0]; ++i) {
    lua_pushinteger(L, constants[i].value);
    lua_setfield(L, -2, constants[i].name);
  }
  lua_setfield(L, -2, "constants");
  return 1;
}

const luaL_Reg fs_functions[] = { { "fs", open_fs }, { NULL, NULL } };
