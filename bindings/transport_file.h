/* transport_file.h - the row for files: read and written one piece after the other on libuv's threads. */
#ifndef TRANSPORT_FILE_H
#define TRANSPORT_FILE_H

#include <stdbool.h>
#include <uv.h>

enum { FILE_BUFFERS = 4 }; /* of one write: libuv copies the list of more, and may not find the memory */

typedef enum FileWork { FILE_IDLE, FILE_OPENING, FILE_READING, FILE_WRITING, FILE_SYNCING, FILE_CLOSING } FileWork;

typedef struct FileWire FileWire;
typedef void (*FileOpened)(FileWire *file, int err);

struct FileWire {
  void *data;      /* first, as in libuv's handles: the stream */
  uv_loop_t *loop; /* borrowed */
  uv_fs_t req;     /* of the one thing that a thread does now */
  FileWork work;
  int fd;           /* owned; -1: not open */
  bool wanted;      /* read_start was called, read_stop not yet */
  bool ending;      /* close was called: it follows what is under way */
  bool sync;        /* fsync before it is closed */
  unsigned retries; /* writes in a row that took nothing */
  int close_error;  /* of libuv, or 0 */
  int64_t at;       /* where to read or write; -1: where the descriptor stands */
  uint64_t left;    /* bytes that may still be read */
  char *buffer;     /* owned: what is read into */
  size_t room;      /* its size; 0: not made yet */
  size_t piece;     /* bytes of one read */
  uv_buf_t bufs[FILE_BUFFERS];
  unsigned count;  /* those that are not written yet */
  size_t gone;     /* bytes of this write that are written */
  uint64_t *moved; /* borrowed: counts the bytes that were written */
  FileOpened on_open;
  uv_read_cb on_read;
  uv_write_t *write; /* borrowed */
  uv_write_cb on_written;
  uv_close_cb on_close;
};

/* A wire without a descriptor. at: see above; left: bytes at most; piece: bytes of one read. */
void file_init(FileWire *file, uv_loop_t *loop, int64_t at, uint64_t left, size_t piece);
/* Opens a path by a thread. 0, or libuv's error: then nothing follows. */
int file_open(FileWire *file, const char *path, int flags, int mode, FileOpened done);

#endif
