/* cares.c - loads c-ares. ares_library_init is left out: it does something on Windows only, and counts in a variable
 * that two threads would share. */
#include "cares.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static const struct {
  const char *name;
  size_t offset;
} functions[] = {
  { "ares_init_options", offsetof(Cares, init_options) },
  { "ares_destroy", offsetof(Cares, destroy) },
  { "ares_cancel", offsetof(Cares, cancel) },
  { "ares_query", offsetof(Cares, query) },
  { "ares_gethostbyaddr", offsetof(Cares, gethostbyaddr) },
  { "ares_process_fd", offsetof(Cares, process_fd) },
  { "ares_timeout", offsetof(Cares, timeout) },
  { "ares_set_servers_ports_csv", offsetof(Cares, set_servers_ports_csv) },
  { "ares_set_local_ip4", offsetof(Cares, set_local_ip4) },
  { "ares_set_local_ip6", offsetof(Cares, set_local_ip6) },
};

const char *cares_load(Cares *out) {
  void *library = dlopen("libcares.so.2", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; ++i) {
    void *function = dlsym(library, functions[i].name);
    if (function == NULL) return dlerror();
    memcpy((char *)out + functions[i].offset, &function, sizeof function);
  }
  return NULL;
}
