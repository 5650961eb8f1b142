/* fs_tree.c - what walks up or down: folders made with those above them, removed with all that is in them, listed with
 * those below them. On any thread; knows nothing of Lua. Never follows a symbolic link downwards. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fs_request.h"

/* -- a path that grows and shrinks --------------------------------------------------------------------------------- */

typedef struct Path {
  char *bytes; /* owned, ends with NUL */
  size_t size, room;
} Path;

/* Puts "/name" behind it; "name" when there is nothing or a slash already. False without memory. */
static bool path_push(Path *p, const char *name) {
  size_t len = strlen(name);
  bool slash = p->size > 0 && p->bytes[p->size - 1] != '/';
  if (p->size + len + 2 > p->room) {
    size_t room = (p->size + len + 2) * 2;
    char *bytes = (char *)realloc(p->bytes, room);
    if (bytes == NULL) return false;
    p->bytes = bytes;
    p->room = room;
  }
  if (slash) p->bytes[p->size++] = '/';
  memcpy(p->bytes + p->size, name, len + 1);
  p->size += len;
  return true;
}

static void path_cut(Path *p, size_t size) {
  p->size = size;
  p->bytes[size] = '\0';
}

static int lstat_mode(Request *r, const char *path, unsigned *mode) {
  int err = uv_fs_lstat(NULL, &r->uv, path, NULL);
  *mode = (unsigned)r->uv.statbuf.st_mode;
  return request_settle(r, err);
}

/* -- mkdir --------------------------------------------------------------------------------------------------------- */

static int make(Request *r, const char *path) {
  return request_settle(r, uv_fs_mkdir(NULL, &r->uv, path, (int)r->in.mode, NULL));
}

/* A folder that is there is as good as one that was made; a file is not. */
static int make_or_find(Request *r, const char *path, bool last) {
  int err = make(r, path);
  if (err != UV_EEXIST) return err;
  int failed = uv_fs_stat(NULL, &r->uv, path, NULL);
  bool folder = failed == 0 && S_ISDIR(r->uv.statbuf.st_mode);
  request_settle(r, 0);
  if (failed != 0) return failed;
  return folder ? UV_EEXIST : last ? UV_EISDIR : UV_ENOTDIR;
}

/* The end of the last part but one of a path's first `end` bytes; 0: it has only one. */
static size_t end_above(const char *path, size_t end) {
  while (end > 0 && path[end - 1] != '/') --end;
  while (end > 1 && path[end - 1] == '/') --end;
  return end;
}

/* The end of the part behind a path's first `end` bytes. */
static size_t end_below(const char *path, size_t end, size_t size) {
  while (end < size && path[end] == '/') ++end;
  while (end < size && path[end] != '/') ++end;
  return end;
}

/* Upwards until a folder is there or can be made, then down again. */
static int make_all(Request *r, char *path, size_t size) {
  size_t end = size;
  int err;
  for (;;) {
    char cut = path[end];
    path[end] = '\0';
    err = make_or_find(r, path, end == size);
    if (err == 0) err = request_keep(r, path);
    path[end] = cut;
    size_t above = err == UV_ENOENT ? end_above(path, end) : 0;
    if (above == 0 || above == end) break;
    end = above;
  }
  if (err == UV_EISDIR) return UV_EEXIST;
  if (err == UV_EEXIST) err = 0;
  while (err == 0 && end < size) {
    end = end_below(path, end, size);
    char cut = path[end];
    path[end] = '\0';
    err = make_or_find(r, path, end == size);
    if (err == UV_EEXIST) err = 0; /* "..", or somebody else was faster */
    else if (err == 0 && r->bytes == NULL) err = request_keep(r, path);
    path[end] = cut;
  }
  return err == UV_EISDIR ? UV_EEXIST : err;
}

int tree_make(Request *r) {
  if (!r->in.recursive) return make(r, r->in.path.bytes);
  char *path = strdup(r->in.path.bytes);
  if (path == NULL) return UV_ENOMEM;
  size_t size = r->in.path.size;
  while (size > 1 && path[size - 1] == '/') path[--size] = '\0';
  int err = make_all(r, path, size);
  free(path);
  return err;
}

/* -- rm ------------------------------------------------------------------------------------------------------------ */

static int remove_folder(Request *r, Path *p);

static int failed_at(Request *r, int err, const char *syscall, const Path *p) {
  return err == 0 || err == UV_ENOENT ? 0 : request_fail_at(r, err, syscall, p->bytes);
}

static int remove_entry(Request *r, Path *p, bool folder) {
  if (folder) return remove_folder(r, p);
  return failed_at(r, request_settle(r, uv_fs_unlink(NULL, &r->uv, p->bytes, NULL)), "unlink", p);
}

static int is_folder(Request *r, const Path *p, uv_dirent_type_t type, bool *folder) {
  unsigned mode = 0;
  int err = type == UV_DIRENT_UNKNOWN ? lstat_mode(r, p->bytes, &mode) : 0;
  *folder = type == UV_DIRENT_DIR || S_ISDIR(mode);
  return failed_at(r, err, "lstat", p);
}

static int remove_folder(Request *r, Path *p) {
  uv_fs_t list;
  uv_dirent_t entry;
  size_t size = p->size;
  int err = uv_fs_scandir(NULL, &list, p->bytes, 0, NULL);
  err = err < 0 ? failed_at(r, err, "scandir", p) : 0;
  while (err == 0 && uv_fs_scandir_next(&list, &entry) == 0) {
    bool folder;
    if (work_stopped(&r->work)) err = UV_ECANCELED;
    else if (!path_push(p, entry.name)) err = request_fail(r, UV_ENOMEM, "scandir");
    if (err == 0) err = is_folder(r, p, entry.type, &folder);
    if (err == 0) err = remove_entry(r, p, folder);
    path_cut(p, size);
  }
  uv_fs_req_cleanup(&list);
  if (err != 0) return err;
  return failed_at(r, request_settle(r, uv_fs_rmdir(NULL, &r->uv, p->bytes, NULL)), "rmdir", p);
}

static int remove_all(Request *r) {
  unsigned mode;
  int err = lstat_mode(r, r->in.path.bytes, &mode);
  if (err == UV_ENOENT && r->in.force) return 0;
  if (err != 0) return err;
  if (S_ISDIR(mode) && !r->in.recursive) {
    r->code = "ERR_FS_EISDIR";
    r->syscall = "rm";
    return UV_EISDIR;
  }
  Path p = { NULL, 0, 0 };
  if (!path_push(&p, r->in.path.bytes)) return request_fail(r, UV_ENOMEM, "rm");
  err = remove_entry(r, &p, S_ISDIR(mode));
  free(p.bytes);
  return err;
}

/* What may go away by itself: something is in use, or somebody makes files as fast as they are removed. */
static bool passing(int err) {
  return err == UV_EBUSY || err == UV_EMFILE || err == UV_ENFILE || err == UV_ENOTEMPTY || err == UV_EPERM;
}

/* Waits, but not for longer than somebody waits for the result. */
static void rest(const Request *r, lua_Integer ms) {
  enum { AT_ONCE = 50 };
  for (; ms > 0 && !work_stopped(&r->work); ms -= AT_ONCE) uv_sleep(ms < AT_ONCE ? (unsigned)ms : AT_ONCE);
}

int tree_remove(Request *r) {
  int err = remove_all(r);
  for (lua_Integer tries = 1; tries <= r->in.retries && passing(err) && !work_stopped(&r->work); ++tries) {
    rest(r, tries * r->in.delay);
    err = remove_all(r);
  }
  return err;
}

/* -- readdir ------------------------------------------------------------------------------------------------------- */

static const char letters[] = { [UV_DIRENT_UNKNOWN] = '?',
  [UV_DIRENT_FILE] = 'f',
  [UV_DIRENT_DIR] = 'd',
  [UV_DIRENT_LINK] = 'l',
  [UV_DIRENT_FIFO] = 'p',
  [UV_DIRENT_SOCKET] = 's',
  [UV_DIRENT_CHAR] = 'c',
  [UV_DIRENT_BLOCK] = 'b' };

static char letter_of(unsigned mode) {
  return S_ISREG(mode)    ? 'f'
         : S_ISDIR(mode)  ? 'd'
         : S_ISLNK(mode)  ? 'l'
         : S_ISFIFO(mode) ? 'p'
         : S_ISSOCK(mode) ? 's'
         : S_ISCHR(mode)  ? 'c'
         : S_ISBLK(mode)  ? 'b'
                          : '?';
}

static bool add_name(Names *names, char letter, const char *folder, const char *name) {
  size_t above = strlen(folder), len = strlen(name), wanted = names->size + above + len + 3;
  if (wanted > names->room) {
    char *bytes = (char *)realloc(names->bytes, wanted * 2);
    if (bytes == NULL) return false;
    names->bytes = bytes;
    names->room = wanted * 2;
  }
  char *to = names->bytes + names->size;
  *to++ = letter;
  if (above > 0) {
    memcpy(to, folder, above);
    to += above;
    *to++ = '/';
  }
  memcpy(to, name, len + 1);
  names->size = (size_t)(to + len + 1 - names->bytes);
  return true;
}

/* Adds what is in one folder; `folder` is its path below the one that was asked for, `p` its whole path. */
static int list_folder(Request *r, Path *p, const char *folder) {
  uv_fs_t list;
  uv_dirent_t entry;
  size_t size = p->size;
  int err = uv_fs_scandir(NULL, &list, p->bytes, 0, NULL);
  if (err < 0) return request_fail_at(r, err, "scandir", p->bytes);
  err = 0;
  while (err == 0 && uv_fs_scandir_next(&list, &entry) == 0) {
    char letter = letters[entry.type];
    unsigned mode = 0;
    if (letter == '?' && (r->in.typed || r->in.recursive)) { /* a file system that does not tell */
      if (!path_push(p, entry.name)) err = UV_ENOMEM;
      else if (lstat_mode(r, p->bytes, &mode) == 0) letter = letter_of(mode);
      path_cut(p, size);
    }
    if (err == 0 && !add_name(&r->names, letter, folder, entry.name)) err = UV_ENOMEM;
  }
  uv_fs_req_cleanup(&list);
  return err;
}

/* The list of names is the list of what is still to be walked, too: folders of one depth after the other. */
static int list_all(Request *r, Path *p) {
  size_t size = p->size;
  int err = list_folder(r, p, "");
  for (size_t at = 0; err == 0 && r->in.recursive && at < r->names.size;) {
    const char *name = r->names.bytes + at;
    at += strlen(name) + 1;
    if (name[0] != 'd') continue;
    char *folder = strdup(name + 1); /* the list may move */
    if (work_stopped(&r->work)) err = UV_ECANCELED;
    else if (folder == NULL || !path_push(p, folder)) err = UV_ENOMEM;
    else err = list_folder(r, p, folder);
    path_cut(p, size);
    free(folder);
  }
  return err;
}

int tree_list(Request *r) {
  Path p = { NULL, 0, 0 };
  if (!path_push(&p, r->in.path.bytes)) return UV_ENOMEM;
  int err = list_all(r, &p);
  free(p.bytes);
  return err;
}
