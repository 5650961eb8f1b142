/* resolver.c - class Resolver: asks name servers, by c-ares on the loop (https://nodejs.org/api/dns.html#class-dnsresolver).
 * Answers are handed on as they came; what stands in them, and the shapes of arguments, are lua/resolver.lua's. */
#include "resolver.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "cares.h"
#include "error.h"
#include "options.h"

typedef struct Resolver Resolver;

/* A question, and then its answer. */
typedef struct Query {
  struct Query *next;
  Resolver *resolver; /* borrowed, held while the question waits */
  int callback;       /* registry reference */
  int status;
  char *bytes; /* owned: the answer; of reverse the names, each ended by NUL */
  size_t size;
} Query;

/* A socket of the channel, as libuv watches it. */
typedef struct Watched {
  uv_poll_t poll; /* first; never keeps the loop alive: that is the timer's */
  struct Watched *next;
  Resolver *resolver; /* its block is owned until the poll handle is closed */
  int fd;
} Watched;

/* While questions wait: keeps the loop alive, and wakes c-ares when one has waited for long enough. */
typedef struct Clock {
  uv_timer_t timer; /* first */
  Resolver *resolver;
} Clock;

struct Resolver {
  Handle h;             /* first: a Resolver is a Handle, held while questions wait */
  Cares cares;          /* of the channel */
  CaresChannel channel; /* owned, made for the first question; NULL: none yet, or gone */
  Clock *clock;         /* owned by libuv; NULL: nothing is asked */
  Watched *watched;     /* likewise, a list */
  Query *done, **last;  /* owned: answered, but not told yet */
  unsigned waiting;     /* questions without an answer */
  int timeout, tries;   /* ms, -1: c-ares knows best */
  char *servers;        /* owned: "ip:port,...", as c-ares reads it; NULL: those of the system */
  unsigned local4;      /* the own IPs to ask from; 0: any */
  unsigned char local6[16];
};

static Resolver *check(lua_State *L) { return (Resolver *)class_check(L, 1, &resolver_class); }

/* -- answered ------------------------------------------------------------------------------------------------------ */

/* [-0, +0, m] */
static void tell_first(lua_State *L, Resolver *r) {
  Query *q = r->done;
  lua_rawgeti(L, LUA_REGISTRYINDEX, q->callback);
  lua_pushinteger(L, q->status);
  lua_pushlstring(L, q->bytes != NULL ? q->bytes : "", q->size); /* from here on nothing raises */
  r->done = q->next;
  if (r->done == NULL) r->last = &r->done;
  luaL_unref(L, LUA_REGISTRYINDEX, q->callback);
  free(q->bytes);
  free(q);
  task_call(L, r->h.cx, 2, &(Caller){ .role = "resolve" });
}

static int body_tell(lua_State *L) {
  tell_first(L, (Resolver *)lua_touserdata(L, 1));
  return 0;
}

/* Each callback is one of the loop's, with its ticks. */
static void tell_all(Resolver *r) {
  while (r->done != NULL && context_open(r->h.cx)) {
    const Query *q = r->done;
    enter(r->h.cx, body_tell, r);
    if (r->done == q) return; /* there was no memory */
  }
}

/* c-ares may know at once, inside of query or cancel: that is told later as well. */
static void tick_tell(lua_State *L, Handle *h) {
  Resolver *r = (Resolver *)h;
  while (r->done != NULL) tell_first(L, r);
}

static void answered(Query *q, int status, const char *bytes, size_t size) {
  Resolver *r = q->resolver;
  --r->waiting;
  if (status == CARES_SUCCESS && size > 0) {
    q->bytes = (char *)malloc(size);
    if (q->bytes == NULL) status = CARES_ENOMEM;
    else memcpy(q->bytes, bytes, size);
  }
  q->size = q->bytes != NULL ? size : 0;
  q->status = status;
  q->next = NULL;
  *r->last = q;
  r->last = &q->next;
}

static void on_answer(void *arg, int status, int timeouts, unsigned char *answer, int size) {
  (void)timeouts;
  answered((Query *)arg, status, (const char *)answer, size > 0 ? (size_t)size : 0);
}

static size_t add_name(char *out, size_t at, size_t room, const char *name) {
  size_t size = strlen(name) + 1;
  if (at + size > room) return at;
  memcpy(out + at, name, size);
  return at + size;
}

/* The name is among the aliases when a name server said it, but not when /etc/hosts did. */
static void on_host(void *arg, int status, int timeouts, struct hostent *host) {
  enum { NAMES = 16 * 1024 };
  (void)timeouts;
  char names[NAMES];
  size_t size = 0;
  if (status == CARES_SUCCESS && host != NULL) {
    bool listed = false;
    for (char **alias = host->h_aliases; *alias != NULL; ++alias) listed |= strcmp(*alias, host->h_name) == 0;
    if (!listed) size = add_name(names, size, sizeof names, host->h_name);
    for (char **alias = host->h_aliases; *alias != NULL; ++alias) size = add_name(names, size, sizeof names, *alias);
  }
  answered((Query *)arg, status, names, size);
}

/* -- libuv says ---------------------------------------------------------------------------------------------------- */

static void settle(Resolver *r);

static void process(Resolver *r, int readable, int writable) {
  handle_ref(&r->h); /* a callback may be the last that knew it */
  if (r->channel != NULL) r->cares.process_fd(r->channel, readable, writable);
  settle(r);
  tell_all(r);
  handle_unref(&r->h);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
  Watched *w = (Watched *)poll;
  bool readable = status < 0 || (events & UV_READABLE), writable = status < 0 || (events & UV_WRITABLE);
  process(w->resolver, readable ? w->fd : CARES_SOCKET_BAD, writable ? w->fd : CARES_SOCKET_BAD);
}

static void on_timer(uv_timer_t *timer) { process(((Clock *)timer)->resolver, CARES_SOCKET_BAD, CARES_SOCKET_BAD); }

static void on_clock_closed(uv_handle_t *uv) {
  Clock *clock = (Clock *)uv;
  handle_closed(&clock->resolver->h);
  free(clock);
}

static void stop_clock(Resolver *r) {
  if (r->clock != NULL) uv_close((uv_handle_t *)r->clock, on_clock_closed);
  r->clock = NULL;
}

/* After every call of c-ares: when to wake it next. */
static void settle(Resolver *r) {
  struct timeval next;
  if (r->clock == NULL) return;
  if (r->waiting == 0 || r->channel == NULL) stop_clock(r);
  else if (r->cares.timeout(r->channel, NULL, &next) != NULL)
    uv_timer_start(&r->clock->timer, on_timer, (uint64_t)next.tv_sec * 1000 + (uint64_t)next.tv_usec / 1000 + 1, 0);
}

static void on_watched_closed(uv_handle_t *uv) {
  Watched *w = (Watched *)uv;
  handle_unref(&w->resolver->h);
  free(w);
}

static Watched *watch(Resolver *r, int fd) {
  Watched *w = (Watched *)calloc(1, sizeof *w);
  if (w == NULL) return NULL;
  if (uv_poll_init(r->h.cx->loop, &w->poll, fd) != 0) {
    free(w);
    return NULL;
  }
  uv_unref((uv_handle_t *)&w->poll);
  handle_ref(&r->h);
  w->resolver = r;
  w->fd = fd;
  w->next = r->watched;
  r->watched = w;
  return w;
}

/* c-ares says: what it waits for on a socket; one that cannot be watched is a server that does not answer */
static void on_socket(void *data, int fd, int readable, int writable) {
  Resolver *r = (Resolver *)data;
  Watched **at = &r->watched;
  while (*at != NULL && (*at)->fd != fd) at = &(*at)->next;
  Watched *w = *at;
  if (readable || writable) {
    if (w == NULL) w = watch(r, fd);
    if (w != NULL) uv_poll_start(&w->poll, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0), on_poll);
  } else if (w != NULL) {
    *at = w->next;
    uv_close((uv_handle_t *)w, on_watched_closed);
  }
}

/* -- the script says ----------------------------------------------------------------------------------------------- */

static void apply_local(Resolver *r) {
  static const unsigned char none[16];
  if (r->channel == NULL) return;
  if (r->local4 != 0) r->cares.set_local_ip4(r->channel, r->local4);
  if (memcmp(r->local6, none, sizeof none) != 0) r->cares.set_local_ip6(r->channel, r->local6);
}

/* [-0, +0, e] */
static void open_channel(lua_State *L, Resolver *r) {
  if (r->channel != NULL) return;
  context_check(L, r->h.cx);
  const char *missing = cares_load(&r->cares);
  if (missing != NULL) {
    lua_pushfstring(
        L, "Name servers are asked by the library c-ares (Debian: libc-ares2), which is not here: %s", missing);
    error_push(L, "Error", "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", lua_tostring(L, -1));
    lua_error(L);
  }
  CaresOptions options = { .flags = CARES_FLAG_NOCHECKRESP,
    .timeout = r->timeout,
    .tries = r->tries,
    .sock_state_cb = on_socket,
    .sock_state_cb_data = r };
  int mask = CARES_OPT_FLAGS | CARES_OPT_TRIES | CARES_OPT_SOCK_STATE_CB | (r->timeout >= 0 ? CARES_OPT_TIMEOUTMS : 0);
  int status = r->cares.init_options(&r->channel, &options, mask);
  if (status == CARES_SUCCESS && r->servers != NULL) status = r->cares.set_servers_ports_csv(r->channel, r->servers);
  if (status != CARES_SUCCESS) {
    if (r->channel != NULL) r->cares.destroy(r->channel);
    r->channel = NULL;
    luaL_error(L, "c-ares could not be opened: status %d", status);
  }
  apply_local(r);
}

static void start_clock(lua_State *L, Resolver *r) {
  if (r->clock != NULL) return;
  Clock *clock = (Clock *)calloc(1, sizeof *clock);
  if (clock == NULL) luaL_error(L, "not enough memory");
  uv_timer_init(r->h.cx->loop, &clock->timer);
  clock->resolver = r;
  r->clock = clock;
  handle_opened(L, &r->h);
}

/* A question whose callback is argument 2; c-ares has it from the next call on, and gives it back with the answer.
 * [-0, +0, e] */
static Query *new_query(lua_State *L, Resolver *r) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  open_channel(L, r);
  start_clock(L, r);
  lua_pushvalue(L, 2);
  int callback = luaL_ref(L, LUA_REGISTRYINDEX);
  Query *q = (Query *)calloc(1, sizeof *q);
  if (q == NULL) {
    luaL_unref(L, LUA_REGISTRYINDEX, callback);
    settle(r);
    luaL_error(L, "not enough memory");
    return NULL;
  }
  q->resolver = r;
  q->callback = callback;
  ++r->waiting;
  return q;
}

static int asked(lua_State *L, Resolver *r) {
  settle(r);
  if (r->done != NULL) tick(L, &r->h, tick_tell);
  return 0;
}

/* query(resolver, callback(status, answer), name, type): type is a number of RFC 1035's */
static int resolver_query(lua_State *L) {
  Resolver *r = check(L);
  const char *name = option_string(L, 3, "name");
  int type = (int)luaL_checkinteger(L, 4);
  Query *q = new_query(L, r);
  r->cares.query(r->channel, name, CARES_CLASS_IN, type, on_answer, q);
  return asked(L, r);
}

/* reverse(resolver, callback(status, names), ip) -> boolean: false when it is no IP. names: each is ended
 * by NUL. */
static int resolver_reverse(lua_State *L) {
  Resolver *r = check(L);
  struct sockaddr_storage sa;
  Address a;
  bool is_ip = address_parse(option_string(L, 3, "name"), 0, &sa);
  lua_pushboolean(L, is_ip);
  if (!is_ip) return 1;
  address_pack(&a, (struct sockaddr *)&sa);
  Query *q = new_query(L, r);
  r->cares.gethostbyaddr(r->channel, a.ip, a.family == 6 ? 16 : 4, sa.ss_family, on_host, q);
  asked(L, r);
  lua_pushboolean(L, true);
  return 1;
}

/* cancel(resolver): whoever waits is told ECANCELLED, later */
static int resolver_cancel(lua_State *L) {
  Resolver *r = check(L);
  lua_settop(L, 1);
  if (r->channel == NULL) return 0;
  r->cares.cancel(r->channel);
  return asked(L, r);
}

/* waiting(resolver) -> the number of questions without an answer */
static int resolver_waiting(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check(L)->waiting);
  return 1;
}

/* set_servers(resolver, "ip:port,[ip]:port,...") -> status of c-ares: 0 is good */
static int resolver_set_servers(lua_State *L) {
  Resolver *r = check(L);
  char *servers = strdup(option_string(L, 2, "servers"));
  if (servers == NULL) return luaL_error(L, "not enough memory");
  int status = r->channel != NULL ? r->cares.set_servers_ports_csv(r->channel, servers) : CARES_SUCCESS;
  if (status == CARES_SUCCESS) {
    free(r->servers);
    r->servers = servers;
  } else {
    free(servers);
  }
  lua_pushinteger(L, status);
  return 1;
}

/* set_local(resolver, ip): asks from this IP, of its family */
static int resolver_set_local(lua_State *L) {
  Resolver *r = check(L);
  struct sockaddr_storage sa;
  Address a = { .family = 0 };
  if (address_parse(option_string(L, 2, "address"), 0, &sa)) address_pack(&a, (struct sockaddr *)&sa);
  if (a.family == 4) r->local4 = (unsigned)a.ip[0] << 24 | (unsigned)a.ip[1] << 16 | (unsigned)a.ip[2] << 8 | a.ip[3];
  if (a.family == 6) memcpy(r->local6, a.ip, sizeof r->local6);
  apply_local(r);
  return 0;
}

/* new(timeout, tries) -> Resolver: ms, -1: c-ares knows best */
static int resolver_new(lua_State *L) {
  int timeout = option_int(L, 1, "options.timeout", -1, INT_MAX);
  int tries = option_int(L, 2, "options.tries", 1, INT_MAX);
  Resolver *r = (Resolver *)handle_new(L, CONTEXT(L), &resolver_class, sizeof *r);
  handle_set_where(L, &r->h);
  r->timeout = timeout;
  r->tries = tries;
  r->last = &r->done;
  return 1;
}

/* -- the class ----------------------------------------------------------------------------------------------------- */

/* c-ares answers what waits with EDESTRUCTION, which nobody is told any more, and gives its sockets back. */
static void collect(Handle *h) {
  Resolver *r = (Resolver *)h;
  CaresChannel channel = r->channel;
  r->channel = NULL;
  if (channel != NULL) r->cares.destroy(channel);
  stop_clock(r);
}

static void free_resolver(Handle *h) {
  Resolver *r = (Resolver *)h;
  while (r->done != NULL) {
    Query *q = r->done;
    r->done = q->next;
    free(q->bytes);
    free(q);
  }
  free(r->servers);
}

static const Property properties[] = { { NULL, NULL, NULL } };

const Class resolver_class = {
  .name = "Resolver",
  .module = "dns",
  .no_events = true,
  .properties = properties,
  .collect = collect,
  .free = free_resolver,
};

void resolver_define(lua_State *L, Context *cx) { class_define(L, cx, &resolver_class); }

const luaL_Reg resolver_functions[] = {
  { "resolver_new", resolver_new },
  { "resolver_query", resolver_query },
  { "resolver_reverse", resolver_reverse },
  { "resolver_cancel", resolver_cancel },
  { "resolver_waiting", resolver_waiting },
  { "resolver_set_servers", resolver_set_servers },
  { "resolver_set_local", resolver_set_local },
  { NULL, NULL },
};
