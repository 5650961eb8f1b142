/* cares.h - the library c-ares, loaded when the first name server is asked and not before: neither the executable nor
 * the library needs it. What is used of it is declared here, as libcares.so.2 has had it since 1.7 (its structs grow at
 * their end only); spec/cares_test.c compares with its header where that is installed. Knows neither Lua nor libuv. */
#ifndef CARES_H
#define CARES_H

#include <netdb.h>
#include <sys/time.h>

typedef struct ares_channeldata *CaresChannel;

typedef enum CaresStatus { /* Node's names of them are lua/resolver.lua's */
  CARES_SUCCESS = 0,
  CARES_ENOMEM = 15,
} CaresStatus;

enum {
  CARES_FLAG_NOCHECKRESP = 1 << 7, /* a server that refuses or fails is an answer, not a reason to ask the next one */
  CARES_OPT_FLAGS = 1 << 0,
  CARES_OPT_TRIES = 1 << 2,
  CARES_OPT_SOCK_STATE_CB = 1 << 9,
  CARES_OPT_TIMEOUTMS = 1 << 13,
  CARES_SOCKET_BAD = -1,
  CARES_CLASS_IN = 1,
};

/* A socket of the channel is to be watched for this, or no longer when it is neither. */
typedef void (*CaresWatch)(void *data, int fd, int readable, int writable);
typedef void (*CaresAnswer)(void *arg, int status, int timeouts, unsigned char *answer, int size);
typedef void (*CaresHost)(void *arg, int status, int timeouts, struct hostent *host);

/* The beginning of struct ares_options; the library reads the fields that the mask names. */
typedef struct CaresOptions {
  int flags;
  int timeout; /* ms */
  int tries;
  int ndots;
  unsigned short udp_port;
  unsigned short tcp_port;
  int socket_send_buffer_size;
  int socket_receive_buffer_size;
  struct in_addr *servers;
  int nservers;
  char **domains;
  int ndomains;
  char *lookups;
  CaresWatch sock_state_cb;
  void *sock_state_cb_data;
  void *unused[32]; /* what follows, today and later */
} CaresOptions;

/* ares_init_options and so on. */
typedef struct Cares {
  int (*init_options)(CaresChannel *channel, CaresOptions *options, int mask);
  void (*destroy)(CaresChannel channel);
  void (*cancel)(CaresChannel channel);
  void (*query)(CaresChannel channel, const char *name, int class, int type, CaresAnswer done, void *arg);
  void (*gethostbyaddr)(CaresChannel channel, const void *ip, int size, int family, CaresHost done, void *arg);
  void (*process_fd)(CaresChannel channel, int readable, int writable);
  struct timeval *(*timeout)(CaresChannel channel, struct timeval *most, struct timeval *out);
  int (*set_servers_ports_csv)(CaresChannel channel, const char *servers);
  void (*set_local_ip4)(CaresChannel channel, unsigned ip);
  void (*set_local_ip6)(CaresChannel channel, const unsigned char *ip);
} Cares;

/* Loads the library, or finds it loaded: NULL, or why not. It stays loaded. */
const char *cares_load(Cares *out);

#endif
