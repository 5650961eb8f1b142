/* udp_state.h - what a UDPSocket is, for the files of the class only: udp.c is its life, udp_bind.c its port and its
 * peer, udp_receive.c what comes in, udp_send.c what goes out, udp_options.c the options of the descriptor. */
#ifndef UDP_STATE_H
#define UDP_STATE_H

#include <netinet/in.h>

#include "address.h"
#include "blocklist.h"
#include "udp.h"

typedef struct Datagram Datagram;

typedef enum UdpBind { UDP_UNBOUND, UDP_BINDING, UDP_BOUND } UdpBind;
typedef enum UdpConnect { UDP_DISCONNECTED, UDP_CONNECTING, UDP_CONNECTED } UdpConnect;

typedef union UdpAddress {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} UdpAddress;

typedef struct Udp {
  Handle h; /* first: a Udp is a Handle */
  int fd;   /* owned, -1: none yet, or no longer */
  UdpBind bound;
  UdpConnect connected;
  bool v6 : 1, reuse_addr : 1, reuse_port : 1, ipv6_only : 1;
  bool unreferenced : 1;
  bool polled : 1;  /* libuv knows the handle */
  bool closing : 1; /* close() was called: the descriptor is closed when everything was sent */
  bool closed : 1;  /* ... and it is */
  bool close_told : 1;
  bool blocked : 1;           /* the kernel took no more: waits until the descriptor is writable */
  bool paused : 1;            /* what comes stays in the kernel */
  bool flush_due : 1;         /* what is queued leaves when the callback has returned */
  bool send_due : 1;          /* a tick will send what is queued, where Node would */
  bool peer_due : 1;          /* likewise, of what goes to the peer */
  bool done_due : 1;          /* a tick will call the callbacks of what was sent */
  int polling;                /* the events that libuv was asked for */
  unsigned lookups;           /* sends whose host name is being looked up */
  Datagram *first, *last;     /* owned: what is to be sent */
  Datagram *done, *done_last; /* owned: sent or failed, the callbacks not called yet */
  size_t queued, queued_bytes;
  BlockList *from, *to; /* owned, one reference each, or NULL: whose datagrams are dropped; whom nothing is sent to */
  lua_Integer send_errors; /* of sends without a callback */
  UdpAddress sender;       /* of the last message, and its text: most messages come from where the last one did ... */
  char sender_text[ADDRESS_TEXT];
  UdpAddress parsed; /* ... and go where the last one went: what udp_parse last found, and its text */
  char parsed_text[ADDRESS_TEXT];
  uv_poll_t poll; /* of the descriptor; ours, because libuv sends one datagram a system call */
} Udp;

enum { UDP_BLOCKED = -100000 }; /* a result of a send that is none of libuv's: its address is in the list `to` */

/* Makes the descriptor if there is none, prepares and binds it. Only a bound one is watched: a socket whose bind failed
 * is as it was. Returns 0 or a libuv error. [-0, +0, m] */
int udp_open(lua_State *L, Udp *u, const UdpAddress *to, socklen_t size, int (*prepare)(const Udp *u, int fd));
/* ... or takes one over, unless it fails. [-0, +0, m] */
int udp_watch(lua_State *L, Udp *u, int fd);
/* Raises when the socket was closed. [-0, +0, e] */
void udp_check_running(lua_State *L, const Udp *u);
/* The receiver of a method, which must not be closed. [-0, +0, e] */
Udp *udp_running(lua_State *L);
/* Asks libuv for what is waited for now. */
void udp_poll(Udp *u);
/* When nothing is left to send: closes what close() was called for. [-0, +0, m] */
void udp_close_if_sent(lua_State *L, Udp *u);
/* A textual IP of the socket's family -> address; false: it is none. */
bool udp_parse(Udp *u, const char *ip, int port, UdpAddress *out, socklen_t *size);

extern const luaL_Reg udp_bind_methods[];

/* Reads a batch of datagrams and tells each as 'message'. */
void udp_receive(Udp *u);

extern const luaL_Reg udp_send_methods[];
/* Hands what is queued to the kernel, and sees to it that callbacks are called. Outside of Lua. */
void udp_flush(Udp *u);
void udp_flush_now(lua_State *L, Udp *u); /* ... from a method. [-0, +0, m] */
/* Whoever waits to be sent leaves when the callback has returned. [-0, +0, m] */
void udp_flush_later(lua_State *L, Udp *u);
/* What was not sent yet fails with an error. */
void udp_fail_queue(Udp *u, int err);
void udp_drop_queue(Udp *u); /* without a word: the state or the box is gone */
/* Calls the callbacks that are due, by tick. [-0, +0, m] */
void udp_tell_done(lua_State *L, Udp *u);

extern const luaL_Reg udp_option_methods[];

#endif
