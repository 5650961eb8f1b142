/* watch.c - the two sides of --watch. The child says which file it is about to load and goes on when that is watched: no
 * change is missed. The parent watches folders, because editors replace files. It runs no Lua. */
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "message.h"
#include "moonport.h"

static const char VARIABLE[] = "MOONPORT_WATCH_FD"; /* in the child's environment: the socket to its parent */
enum { PIPE_FD = 3, SETTLE = 50, PATIENCE = 2000 }; /* ms: for a save to be complete; for a child to end */

/* -- the child --------------------------------------------------------------------------------------------------- */

static int parent = -1;

bool watch_is_child(void) {
  const char *text = getenv(VARIABLE);
  if (text == NULL) return false;
  parent = atoi(text);
  unsetenv(VARIABLE);
  struct stat st;
  if (parent != PIPE_FD || fstat(parent, &st) != 0 || !S_ISSOCK(st.st_mode)) {
    parent = -1;
    return false;
  }
  fcntl(parent, F_SETFD, FD_CLOEXEC);
  prctl(PR_SET_PDEATHSIG, SIGTERM); /* a parent that is killed leaves no server behind */
  return true;
}

void watch_tell(const char *path) {
  char real[PATH_MAX], answer;
  if (parent < 0 || realpath(path, real) == NULL) return;
  size_t size = strlen(real) + 1;
  if (send(parent, real, size, MSG_NOSIGNAL) != (ssize_t)size) return;
  while (read(parent, &answer, 1) < 0 && errno == EINTR) continue;
}

static int tell(lua_State *L) {
  watch_tell(luaL_checkstring(L, 1));
  return 0;
}

void watch_loading(lua_State *L) {
  if (parent < 0) return;
  lua_getfield(L, LUA_REGISTRYINDEX, MOONPORT_REQUIRE);
  lua_pushliteral(L, "moonport.watch");
  lua_call(L, 1, 1);
  lua_pushcfunction(L, tell);
  lua_call(L, 1, 0);
}

/* -- the parent -------------------------------------------------------------------------------------------------- */

typedef struct Name {
  struct Name *next;
  char text[];
} Name;

typedef struct Folder {
  struct Folder *next;
  uv_fs_event_t event;
  struct Watch *watch; /* borrowed */
  Name *files;         /* owned */
  char path[];
} Folder;

typedef struct Watch {
  const Job *job;
  uv_loop_t loop;
  uv_process_t child;
  uv_pipe_t pipe;   /* to the child */
  uv_timer_t timer; /* a change is settling, or a child is asked to end */
  uv_signal_t signals[3];
  Folder *folders; /* owned; of all children so far: a file that is gone may come back */
  char path[PATH_MAX + 1];
  size_t length; /* of what has come of a path */
  int closing;   /* handles of the last child that libuv still knows */
  bool running;  /* there is a child */
  bool piped;    /* ... and the pipe is open */
  bool again;    /* a file has changed: start when it has ended */
  int ending;    /* a signal: end likewise */
} Watch;

static void start(Watch *w);

static void on_patience(uv_timer_t *timer) {
  Watch *w = (Watch *)timer->data;
  if (w->running) uv_process_kill(&w->child, SIGKILL);
}

static void on_settled(uv_timer_t *timer) {
  Watch *w = (Watch *)timer->data;
  if (!w->running) {
    if (w->closing == 0) start(w);
    return;
  }
  uv_process_kill(&w->child, SIGTERM);
  uv_timer_start(&w->timer, on_patience, PATIENCE, 0);
}

static void on_change(uv_fs_event_t *event, const char *name, int events, int status) {
  (void)events;
  Folder *folder = (Folder *)event->data;
  Watch *w = folder->watch;
  if (status != 0 || name == NULL || w->again || w->ending != 0) return;
  for (const Name *file = folder->files; file != NULL; file = file->next) {
    if (strcmp(file->text, name) != 0) continue;
    w->again = true;
    message("%s has changed: starting again", name);
    uv_timer_start(&w->timer, on_settled, SETTLE, 0);
    return;
  }
}

static Folder *find_folder(Watch *w, const char *path) {
  for (Folder *folder = w->folders; folder != NULL; folder = folder->next) {
    if (strcmp(folder->path, path) == 0) return folder;
  }
  Folder *folder = (Folder *)calloc(1, sizeof *folder + strlen(path) + 1);
  if (folder == NULL) return NULL;
  strcpy(folder->path, path);
  folder->watch = w;
  folder->next = w->folders;
  w->folders = folder;
  uv_fs_event_init(&w->loop, &folder->event);
  folder->event.data = folder;
  int err = uv_fs_event_start(&folder->event, on_change, path, 0);
  if (err != 0) message("cannot watch %s: %s", path, uv_strerror(err));
  return folder;
}

/* A whole path, which the child made absolute. */
static void add_file(Watch *w, char *path) {
  char *slash = strrchr(path, '/');
  if (slash == NULL) return;
  *slash = '\0';
  Folder *folder = find_folder(w, slash == path ? "/" : path);
  if (folder == NULL) return;
  for (const Name *file = folder->files; file != NULL; file = file->next) {
    if (strcmp(file->text, slash + 1) == 0) return;
  }
  Name *file = (Name *)malloc(sizeof *file + strlen(slash + 1) + 1);
  if (file == NULL) return;
  strcpy(file->text, slash + 1);
  file->next = folder->files;
  folder->files = file;
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf) {
  (void)suggested;
  Watch *w = (Watch *)handle->data;
  *buf = uv_buf_init(w->path + w->length, (unsigned)(PATH_MAX - w->length));
}

static void close_all(Watch *w) {
  for (Folder *folder = w->folders; folder != NULL; folder = folder->next)
    uv_close((uv_handle_t *)&folder->event, NULL);
  for (size_t i = 0; i < sizeof w->signals / sizeof w->signals[0]; ++i) uv_close((uv_handle_t *)&w->signals[i], NULL);
  uv_close((uv_handle_t *)&w->timer, NULL);
}

/* The handles of a child are free for the next one when libuv has forgotten them all. */
static void on_closed(uv_handle_t *handle) {
  Watch *w = (Watch *)handle->data;
  if (handle == (uv_handle_t *)&w->child) w->running = false;
  if (--w->closing > 0 || w->running) return;
  if (w->ending != 0) close_all(w);
  else if (w->again) start(w);
}

static void close_pipe(Watch *w) {
  if (!w->piped) return;
  w->piped = false;
  ++w->closing;
  uv_close((uv_handle_t *)&w->pipe, on_closed);
}

static void on_told(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf) {
  (void)buf;
  Watch *w = (Watch *)stream->data;
  if (n < 0) {
    close_pipe(w);
    return;
  }
  w->length += (size_t)n;
  for (char *end; (end = (char *)memchr(w->path, '\0', w->length)) != NULL;) {
    size_t size = (size_t)(end - w->path) + 1;
    add_file(w, w->path);
    uv_buf_t answer = uv_buf_init(".", 1);
    uv_try_write(stream, &answer, 1);
    w->length -= size;
    memmove(w->path, end + 1, w->length);
  }
  if (w->length == PATH_MAX) w->length = 0; /* no path is that long: it is not the child that writes here */
}

static void on_ended(uv_process_t *child, int64_t code, int signal_number) {
  Watch *w = (Watch *)child->data;
  uv_timer_stop(&w->timer);
  close_pipe(w);
  if (!w->again && w->ending == 0) {
    if (signal_number != 0) message("ended by signal %d, waiting for a change", signal_number);
    else message("ended with %d, waiting for a change", (int)code);
  }
  ++w->closing;
  uv_close((uv_handle_t *)child, on_closed);
}

static void start(Watch *w) {
  char program[PATH_MAX], variable[sizeof VARIABLE + 16];
  size_t size = sizeof program;
  uv_timer_stop(&w->timer);
  w->again = false;
  w->length = 0;
  snprintf(variable, sizeof variable, "%d", PIPE_FD);
  setenv(VARIABLE, variable, 1);
  uv_pipe_init(&w->loop, &w->pipe, 0);
  w->pipe.data = w;
  w->piped = true;
  uv_stdio_container_t stdio[PIPE_FD + 1] = {
    { .flags = UV_INHERIT_FD, .data.fd = STDIN_FILENO },
    { .flags = UV_INHERIT_FD, .data.fd = STDOUT_FILENO },
    { .flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO },
    { .flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&w->pipe },
  };
  uv_process_options_t options = {
    .exit_cb = on_ended, .file = program, .args = w->job->argv, .stdio = stdio, .stdio_count = PIPE_FD + 1
  };
  int err = uv_exepath(program, &size);
  if (err == 0) err = uv_spawn(&w->loop, &w->child, &options);
  w->child.data = w;
  if (err != 0) {
    message("cannot start the script: %s", uv_strerror(err));
    w->ending = SIGTERM;
    ++w->closing;
    uv_close((uv_handle_t *)&w->child, on_closed);
    close_pipe(w);
    return;
  }
  w->running = true;
  uv_read_start((uv_stream_t *)&w->pipe, on_alloc, on_told);
}

static void on_signal(uv_signal_t *handle, int number) {
  Watch *w = (Watch *)handle->data;
  if (w->ending != 0) return;
  w->ending = number;
  uv_timer_stop(&w->timer);
  if (!w->running) {
    if (w->closing == 0) close_all(w);
    return;
  }
  /* Ctrl-C of a terminal has reached the child as well */
  if (number != SIGINT || tcgetpgrp(STDIN_FILENO) != getpgrp()) uv_process_kill(&w->child, number);
  uv_timer_start(&w->timer, on_patience, PATIENCE, 0);
}

int watch_run(const Job *job) {
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  if (job->script == NULL || job->script[0] == '\0' || strcmp(job->script, "-") == 0) {
    message("--watch needs a script that is a file; see moonport --help");
    return 2;
  }
  struct stat st; /* a slip of the keys: there is nothing that could change */
  int missing = stat(job->script, &st) != 0 ? errno : 0;
  if (missing != 0) message("cannot open %s: %s", job->script, strerror(missing));
  else if (S_ISDIR(st.st_mode)) message("cannot run %s: it is a directory", job->script);
  if (missing != 0 || S_ISDIR(st.st_mode)) return EXIT_FAILURE;
  static Watch watch;
  Watch *w = &watch;
  w->job = job;
  if (uv_loop_init(&w->loop) != 0) {
    message("cannot make a loop");
    return EXIT_FAILURE;
  }
  uv_timer_init(&w->loop, &w->timer);
  w->timer.data = w;
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; ++i) {
    uv_signal_init(&w->loop, &w->signals[i]);
    w->signals[i].data = w;
    uv_signal_start(&w->signals[i], on_signal, numbers[i]);
  }
  start(w);
  uv_run(&w->loop, UV_RUN_DEFAULT);
  uv_loop_close(&w->loop);
  while (w->folders != NULL) {
    Folder *folder = w->folders;
    w->folders = folder->next;
    while (folder->files != NULL) {
      Name *file = folder->files;
      folder->files = file->next;
      free(file);
    }
    free(folder);
  }
  signal(w->ending, SIG_DFL);
  raise(w->ending);
  return EXIT_FAILURE;
}
