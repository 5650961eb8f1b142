/* fs_operations.c - the operations on files as data: their arguments, their system call, their results. Those of one
 * call are here as well. Nothing here knows Lua's stack, nor on which thread it runs. */
#include <stddef.h>

#include "fs_request.h"

/* -- one call each: libuv without a callback, which never looks at the loop ---------------------------------------- */

/* clang-format off */
#define NO_LOOP  NULL, &r->uv
#define PATH     r->in.path.bytes
#define DEST     r->in.dest.bytes
#define FD       (uv_file)r->in.fd
/* clang-format on */

static int run_open(Request *r) {
  int fd = request_settle(r, uv_fs_open(NO_LOOP, PATH, (int)r->in.flags, (int)r->in.mode, NULL));
  if (fd < 0) return fd;
  r->opened = fd;
  return 0;
}

static int run_write(Request *r) {
  uv_buf_t buf = { .base = (char *)r->in.data.bytes, .len = r->in.data.size };
  int written = request_settle(r, uv_fs_write(NO_LOOP, FD, &buf, 1, r->in.position, NULL));
  if (written < 0) return written;
  r->number = written;
  return 0;
}

/* What stat(2) found; uv_fs_t has it until it is settled. */
static int found(Request *r, int err) {
  if (err == 0) r->stat = r->uv.statbuf;
  r->missing = err == UV_ENOENT && r->in.quiet;
  return request_settle(r, r->missing ? 0 : err);
}
static int run_stat(Request *r) { return found(r, uv_fs_stat(NO_LOOP, PATH, NULL)); }
static int run_lstat(Request *r) { return found(r, uv_fs_lstat(NO_LOOP, PATH, NULL)); }
static int run_fstat(Request *r) { return found(r, uv_fs_fstat(NO_LOOP, FD, NULL)); }

static int run_exists(Request *r) {
  r->number = request_settle(r, uv_fs_access(NO_LOOP, PATH, 0, NULL)) == 0;
  return 0;
}

/* A path, which uv_fs_t has until it is settled. */
static int kept(Request *r, int err, bool in_ptr) {
  if (err == 0) err = request_keep(r, in_ptr ? (const char *)r->uv.ptr : r->uv.path);
  return request_settle(r, err);
}
static int run_readlink(Request *r) { return kept(r, uv_fs_readlink(NO_LOOP, PATH, NULL), true); }
static int run_realpath(Request *r) { return kept(r, uv_fs_realpath(NO_LOOP, PATH, NULL), true); }
static int run_mkdtemp(Request *r) { return kept(r, uv_fs_mkdtemp(NO_LOOP, PATH, NULL), false); }

#define RUN(name, call)                                                                                                \
  static int name(Request *r) { return request_settle(r, call); }

RUN(run_close, uv_fs_close(NO_LOOP, FD, NULL))
RUN(run_access, uv_fs_access(NO_LOOP, PATH, (int)r->in.flags, NULL))
RUN(run_unlink, uv_fs_unlink(NO_LOOP, PATH, NULL))
RUN(run_rename, uv_fs_rename(NO_LOOP, PATH, DEST, NULL))
RUN(run_rmdir, uv_fs_rmdir(NO_LOOP, PATH, NULL))
RUN(run_copy_file, uv_fs_copyfile(NO_LOOP, PATH, DEST, (int)r->in.flags, NULL))
RUN(run_link, uv_fs_link(NO_LOOP, PATH, DEST, NULL))
RUN(run_symlink, uv_fs_symlink(NO_LOOP, PATH, DEST, 0, NULL))
RUN(run_chmod, uv_fs_chmod(NO_LOOP, PATH, (int)r->in.mode, NULL))
RUN(run_fchmod, uv_fs_fchmod(NO_LOOP, FD, (int)r->in.mode, NULL))
RUN(run_chown, uv_fs_chown(NO_LOOP, PATH, (uv_uid_t)r->in.uid, (uv_gid_t)r->in.gid, NULL))
RUN(run_lchown, uv_fs_lchown(NO_LOOP, PATH, (uv_uid_t)r->in.uid, (uv_gid_t)r->in.gid, NULL))
RUN(run_fchown, uv_fs_fchown(NO_LOOP, FD, (uv_uid_t)r->in.uid, (uv_gid_t)r->in.gid, NULL))
RUN(run_utimes, uv_fs_utime(NO_LOOP, PATH, r->in.atime, r->in.mtime, NULL))
RUN(run_lutimes, uv_fs_lutime(NO_LOOP, PATH, r->in.atime, r->in.mtime, NULL))
RUN(run_futimes, uv_fs_futime(NO_LOOP, FD, r->in.atime, r->in.mtime, NULL))
RUN(run_ftruncate, uv_fs_ftruncate(NO_LOOP, FD, r->in.length, NULL))
RUN(run_fsync, uv_fs_fsync(NO_LOOP, FD, NULL))
RUN(run_fdatasync, uv_fs_fdatasync(NO_LOOP, FD, NULL))

/* -- the table ----------------------------------------------------------------------------------------------------- */

/* clang-format off */
#define AT(field)                     offsetof(FsArguments, field)
#define A_PATH(label)                 { FIELD_PATH, label, AT(path), 0, 0 }
#define A_DEST(label)                 { FIELD_PATH, label, AT(dest), 0, 0 }
#define A_FILE                        { FIELD_FILE, "path", 0, 0, 0 }
#define A_DATA(label)                 { FIELD_DATA, label, AT(data), 0, 0 }
#define A_FLAG(field, label)          { FIELD_BOOL, label, AT(field), 0, 0 }
#define A_NUMBER(field, label, a, b)  { FIELD_INTEGER, label, AT(field), a, b }
#define A_TIME(field)                 { FIELD_TIME, #field, AT(field), 0, 0 }
#define AN_ENCODING                   { FIELD_ENCODING, "encoding", AT(encoding), 0, 0 }

#define SAFE        9007199254740991.0 /* the largest integer that is exact as a float */
#define A_FD        A_NUMBER(fd, "fd", 0, INT32_MAX)
#define A_FLAGS     A_NUMBER(flags, "flags", INT32_MIN, INT32_MAX)
#define A_MODE      A_NUMBER(mode, "mode", 0, UINT32_MAX)
#define A_WAYS      A_NUMBER(flags, "mode", 0, 7)
#define A_LENGTH    A_NUMBER(length, "len", 0, SAFE)
#define A_POSITION  A_NUMBER(position, "position", -1, SAFE)
#define AN_OWNER    A_NUMBER(uid, "uid", -1, UINT32_MAX), A_NUMBER(gid, "gid", -1, UINT32_MAX)
#define TWO_TIMES   A_TIME(atime), A_TIME(mtime)
#define A_WHOLE     AN_ENCODING, A_FLAG(flush, "options.flush"), A_DATA("data"), A_FILE, A_FLAGS, A_MODE
#define RECURSIVE   A_FLAG(recursive, "options.recursive")

enum { OWNS = true, PLAIN = false };

const Operation operations[] = {
  { "fs.access",     "access",    run_access,     NULL,                   PLAIN, { A_PATH("path"), A_WAYS } },
  { "fs.appendFile", "open",      file_write_all, NULL,                   PLAIN, { A_WHOLE } },
  { "fs.chmod",      "chmod",     run_chmod,      NULL,                   PLAIN, { A_PATH("path"), A_MODE } },
  { "fs.chown",      "chown",     run_chown,      NULL,                   PLAIN, { A_PATH("path"), AN_OWNER } },
  { "fs.close",      "close",     run_close,      NULL,                   PLAIN, { A_FD } },
  { "fs.copyFile",   "copyfile",  run_copy_file,  NULL,                   PLAIN,
      { A_PATH("src"), A_DEST("dest"), A_WAYS } },
  { "fs.exists",     "access",    run_exists,     result_push_boolean,    PLAIN, { A_PATH("path") } },
  { "fs.fchmod",     "fchmod",    run_fchmod,     NULL,                   PLAIN, { A_FD, A_MODE } },
  { "fs.fchown",     "fchown",    run_fchown,     NULL,                   PLAIN, { A_FD, AN_OWNER } },
  { "fs.fdatasync",  "fdatasync", run_fdatasync,  NULL,                   PLAIN, { A_FD } },
  { "fs.fstat",      "fstat",     run_fstat,      result_push_stat,       PLAIN, { A_FD } },
  { "fs.fsync",      "fsync",     run_fsync,      NULL,                   PLAIN, { A_FD } },
  { "fs.ftruncate",  "ftruncate", run_ftruncate,  NULL,                   PLAIN, { A_FD, A_LENGTH } },
  { "fs.futimes",    "futime",    run_futimes,    NULL,                   PLAIN, { A_FD, TWO_TIMES } },
  { "fs.lchown",     "lchown",    run_lchown,     NULL,                   PLAIN, { A_PATH("path"), AN_OWNER } },
  { "fs.link",       "link",      run_link,       NULL,                   PLAIN,
      { A_PATH("existingPath"), A_DEST("newPath") } },
  { "fs.lstat",      "lstat",     run_lstat,      result_push_stat,       PLAIN,
      { A_PATH("path"), A_FLAG(quiet, "quiet") } },
  { "fs.lutimes",    "lutime",    run_lutimes,    NULL,                   PLAIN, { A_PATH("path"), TWO_TIMES } },
  { "fs.mkdir",      "mkdir",     tree_make,      result_push_bytes,      OWNS,
      { A_PATH("path"), A_MODE, RECURSIVE } },
  { "fs.mkdtemp",    "mkdtemp",   run_mkdtemp,    result_push_bytes,      OWNS,  { AN_ENCODING, A_PATH("prefix") } },
  { "fs.open",       "open",      run_open,       result_push_descriptor, PLAIN,
      { A_PATH("path"), A_FLAGS, A_MODE } },
  { "fs.read",       "read",      file_read,      result_push_bytes,      OWNS,
      { A_FD, A_NUMBER(length, "length", 0, INT32_MAX), A_POSITION } },
  { "fs.readdir",    "scandir",   tree_list,      result_push_names,      OWNS,
      { AN_ENCODING, A_PATH("path"), RECURSIVE, A_FLAG(typed, "options.withFileTypes") } },
  { "fs.readFile",   "open",      file_read_all,  result_push_bytes,      OWNS,  { AN_ENCODING, A_FLAGS, A_FILE } },
  { "fs.readlink",   "readlink",  run_readlink,   result_push_bytes,      OWNS,  { AN_ENCODING, A_PATH("oldPath") } },
  { "fs.realpath",   "realpath",  run_realpath,   result_push_bytes,      OWNS,  { AN_ENCODING, A_PATH("path") } },
  { "fs.rename",     "rename",    run_rename,     NULL,                   PLAIN,
      { A_PATH("oldPath"), A_DEST("newPath") } },
  { "fs.rm",         "lstat",     tree_remove,    NULL,                   OWNS,
      { A_PATH("path"), RECURSIVE, A_FLAG(force, "options.force"),
        A_NUMBER(delay, "options.retryDelay", 0, INT32_MAX), A_NUMBER(retries, "options.maxRetries", 0, UINT32_MAX) } },
  { "fs.rmdir",      "rmdir",     run_rmdir,      NULL,                   PLAIN, { A_PATH("path") } },
  { "fs.stat",       "stat",      run_stat,       result_push_stat,       PLAIN,
      { A_PATH("path"), A_FLAG(quiet, "quiet") } },
  { "fs.symlink",    "symlink",   run_symlink,    NULL,                   PLAIN,
      { A_PATH("target"), A_DEST("path") } },
  { "fs.truncate",   "open",      file_truncate,  NULL,                   PLAIN, { A_PATH("path"), A_LENGTH } },
  { "fs.unlink",     "unlink",    run_unlink,     NULL,                   PLAIN, { A_PATH("path") } },
  { "fs.utimes",     "utime",     run_utimes,     NULL,                   PLAIN, { A_PATH("path"), TWO_TIMES } },
  { "fs.write",      "write",     run_write,      result_push_number,     PLAIN,
      { A_FD, AN_ENCODING, A_DATA("buffer"), A_POSITION } },
  { "fs.writeFile",  "open",      file_write_all, NULL,                   PLAIN, { A_WHOLE } },
  { .name = NULL },
};
/* clang-format on */
