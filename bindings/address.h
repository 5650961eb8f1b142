/* address.h - socket addresses: sockaddr <-> { address, family, port }. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <lua.h>
#include <stdbool.h>
#include <sys/socket.h>

/* The peer of a stream, packed: 24 bytes a connection instead of 128. */
typedef struct Address {
  unsigned char ip[16]; /* 4 or 16 bytes */
  unsigned scope;       /* of a link-local IPv6 address */
  unsigned short port;
  unsigned char family; /* 0: none, 4 or 6 */
} Address;

enum { ADDRESS_TEXT = 64 }; /* an IPv6 address with its zone */

/* 4, 6 or 0: as net.isIP, strictly (no octal, no "127.1"). len is the length of the text. */
int address_family(const char *text, size_t len);
/* A textual IP and a port -> sockaddr; false if the text is no IP. */
bool address_parse(const char *text, int port, struct sockaddr_storage *out);
socklen_t address_size(const struct sockaddr_storage *sa);
void address_pack(Address *out, const struct sockaddr *sa);
/* Writes the IP of a packed address as text: "127.0.0.1", "fe80::1%eth0". */
void address_text(const Address *a, char text[ADDRESS_TEXT]);
/* Pushes "IPv4", "IPv6" or nil. [-0, +1, m] */
void address_push_family(lua_State *L, const Address *a);
/* Pushes { address =, family =, port = }, or an empty table. [-0, +1, m] */
void address_push(lua_State *L, const Address *a);
/* Pushes "127.0.0.1:8124", "[::1]:8124" or "". [-0, +1, m] */
void address_push_endpoint(lua_State *L, const Address *a);

#endif
