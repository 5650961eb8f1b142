/* cares_test.c - what cares.h declares of c-ares is what the library's header declares, where that is installed. The
 * compiler does most of it. */
#include "../bindings/cares.h"
#include "check.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#if __has_include(<ares.h>)
#define CARES_NO_DEPRECATED
#include <ares.h>

#define SAME(field)                                                                                                    \
  _Static_assert(offsetof(CaresOptions, field) == offsetof(struct ares_options, field), #field);                       \
  _Static_assert(sizeof(((CaresOptions *)0)->field) == sizeof(((struct ares_options *)0)->field), #field)

SAME(flags);
SAME(timeout);
SAME(tries);
SAME(sock_state_cb);
SAME(sock_state_cb_data);
_Static_assert(sizeof(CaresOptions) >= sizeof(struct ares_options), "ares_options has grown");
_Static_assert((int)CARES_SUCCESS == ARES_SUCCESS && (int)CARES_ENOMEM == ARES_ENOMEM, "status");
_Static_assert((int)CARES_FLAG_NOCHECKRESP == ARES_FLAG_NOCHECKRESP, "flags");
_Static_assert((int)CARES_OPT_FLAGS == ARES_OPT_FLAGS && (int)CARES_OPT_TRIES == ARES_OPT_TRIES, "options");
_Static_assert((int)CARES_OPT_SOCK_STATE_CB == ARES_OPT_SOCK_STATE_CB, "options");
_Static_assert((int)CARES_OPT_TIMEOUTMS == ARES_OPT_TIMEOUTMS, "options");
_Static_assert((int)CARES_SOCKET_BAD == ARES_SOCKET_BAD, "sockets");

/* Each function with the parameters of cares.h: a difference does not compile. */
static void call_all(CaresChannel *out, CaresOptions *options, CaresAnswer answer, CaresHost host) {
  struct timeval tv;
  ares_init_options(out, (struct ares_options *)(void *)options, 0);
  ares_set_servers_ports_csv(*out, "");
  ares_set_local_ip4(*out, 0U);
  ares_set_local_ip6(*out, (const unsigned char *)"");
  ares_query(*out, "", CARES_CLASS_IN, 1, answer, NULL);
  ares_gethostbyaddr(*out, "", 4, 2, host, NULL);
  ares_process_fd(*out, CARES_SOCKET_BAD, CARES_SOCKET_BAD);
  struct timeval *next = ares_timeout(*out, NULL, &tv);
  (void)next;
  ares_cancel(*out);
  ares_destroy(*out);
}
#endif

int main(void) {
#if __has_include(<ares.h>)
  CHECK(sizeof call_all > 0, "it compiles");
#endif
  Cares cares;
  const char *missing = cares_load(&cares);
  CHECK(missing == NULL || strstr(missing, "libcares.so.2") != NULL, "a missing library is named");
  if (missing == NULL) {
    CaresChannel channel = NULL;
    CaresOptions options = { .tries = 1 };
    CHECK(cares.init_options(&channel, &options, CARES_OPT_TRIES) == CARES_SUCCESS, "a channel opens");
    CHECK(cares.set_servers_ports_csv(channel, "127.0.0.1:9,[::1]:53") == CARES_SUCCESS, "servers are taken");
    CHECK(cares.set_servers_ports_csv(channel, "nonsense") != CARES_SUCCESS, "nonsense is not");
    cares.destroy(channel);
  }
  return check_result("cares_test");
}
