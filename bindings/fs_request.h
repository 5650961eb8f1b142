/* fs_request.h - one operation on files: what the script gave, what is done with it on a thread or in place, and what
 * came of it. For the files of the module fs only. */
#ifndef FS_REQUEST_H
#define FS_REQUEST_H

#include "encoding.h"
#include "work.h"

typedef struct Text {
  const char *bytes; /* borrowed from the script's string, or in the block of the request */
  size_t size;
} Text;

/* What a script gives, all checked. */
typedef struct FsArguments {
  Text path; /* NULL when a descriptor stands in its place */
  Text dest;
  Text data; /* encoded already */
  lua_Integer fd;
  lua_Integer flags;    /* of open(2), copyfile or access(2) */
  lua_Integer mode;     /* of open(2), mkdir(2), chmod(2) */
  lua_Integer position; /* -1: the descriptor's own */
  lua_Integer length;
  lua_Integer uid, gid;
  lua_Integer retries, delay; /* of rm: how often, and ms */
  double atime, mtime;        /* s */
  Encoding encoding;
  bool recursive, force, typed, flush;
  bool quiet; /* of stat: what is missing is no error */
} FsArguments;

/* How an argument is checked, and where it goes. */
typedef enum FieldKind {
  FIELD_NONE,
  FIELD_PATH,     /* Text, without NUL */
  FIELD_FILE,     /* a path or a descriptor: path and fd of FsArguments */
  FIELD_DATA,     /* Text, any bytes */
  FIELD_INTEGER,  /* lua_Integer in min..max */
  FIELD_BOOL,     /* bool; nil is false */
  FIELD_TIME,     /* double */
  FIELD_ENCODING, /* Encoding; nil is bytes */
} FieldKind;

typedef struct Field {
  FieldKind kind;
  const char *label; /* as errors call it */
  size_t offset;     /* in FsArguments */
  double min, max;
} Field;

/* Entries of folders, one after the other: a letter for the type, the path from the folder that was asked for, NUL. */
typedef struct Names {
  char *bytes; /* owned */
  size_t size, room;
} Names;

typedef struct Request Request;

typedef struct Operation {
  const char *name;                      /* the function of the module that it is behind: "fs.readFile" */
  const char *syscall;                   /* as errors call it */
  int (*run)(Request *r);                /* on a thread or in place: 0 or a libuv error */
  int (*push)(lua_State *L, Request *r); /* pushes the results, returns how many; NULL: none. [-0, +n, e] */
  bool owns;                             /* results are in memory that the request owns */
  Field fields[7];
} Operation;

struct Request {
  Work work; /* first */
  const Operation *op;
  FsArguments in;
  uint32_t where; /* the script's line that asked */
  uv_fs_t uv;     /* of the call under way */

  int err;             /* 0, or a libuv error */
  const char *code;    /* of an error that is Node's own, else NULL */
  const char *syscall; /* of the error */
  const char *path;    /* of the error, or NULL; may be `named` */
  const char *dest;    /* likewise */
  char *named;         /* owned: the path below a folder where the error came from */
  lua_Integer number;  /* a result: bytes, whether a file exists, a size */
  bool missing;        /* stat: there is none */
  int opened;          /* owned until the script has it: a descriptor, or -1 */
  char *bytes;         /* owned: a result */
  size_t size;         /* of bytes */
  uv_stat_t stat;      /* a result */
  Names names;         /* a result */
};

/* The error of a step that has no path: "read", "close". */
int request_fail(Request *r, int err, const char *syscall);
/* The error of a step at another path than the script's. */
int request_fail_at(Request *r, int err, const char *syscall, const char *path);
/* A result that is text, copied. */
int request_keep(Request *r, const char *text);
/* Ends a call: its memory goes, its result is returned. */
int request_settle(Request *r, int result);

/* fs_operations.c: ends with a NULL name */
extern const Operation operations[];

/* fs_file.c: what takes several calls on one descriptor. 0 or a libuv error */
int file_read(Request *r);
int file_read_all(Request *r);
int file_write_all(Request *r);
int file_truncate(Request *r);

/* fs_tree.c: what walks up or down. 0 or a libuv error */
int tree_make(Request *r);
int tree_remove(Request *r);
int tree_list(Request *r);

/* fs_result.c. [-0, +n, e] */
void result_push_error(lua_State *L, const Request *r); /* one error */
int result_push_number(lua_State *L, Request *r);
int result_push_boolean(lua_State *L, Request *r);
int result_push_descriptor(lua_State *L, Request *r);
int result_push_bytes(lua_State *L, Request *r); /* as text of the encoding; nil when there are none */
int result_push_stat(lua_State *L, Request *r);
int result_push_names(lua_State *L, Request *r);
/* Sets the classes Stats and Dirent in the table on top. [-0, +0, m] */
void result_define(lua_State *L, Context *cx);

#endif
