/* udp_options.c - what the descriptor can be told: time to live, broadcast, multicast, sizes of buffers. */
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <string.h>

#include "error.h"
#include "options.h"
#include "udp_state.h"

static int fail(lua_State *L, int err, const char *syscall) {
  error_push_system(L, err, syscall);
  return lua_error(L);
}

/* [-0, +0, e] */
static void set(lua_State *L, const Udp *u, const char *syscall, int level, int name, const void *value, size_t size) {
  if (u->fd < 0) fail(L, UV_EBADF, syscall);
  if (setsockopt(u->fd, level, name, value, (socklen_t)size) != 0) fail(L, -errno, syscall);
}

/* An option that both families have. [-0, +0, e] */
static void set_int(lua_State *L, const Udp *u, const char *syscall, int v4, int v6, int value) {
  set(L, u, syscall, u->v6 ? IPPROTO_IPV6 : IPPROTO_IP, u->v6 ? v6 : v4, &value, sizeof value);
}

/* setBroadcast(on) */
static int udp_set_broadcast(lua_State *L) {
  Udp *u = udp_running(L);
  int on = lua_toboolean(L, 2);
  set(L, u, "setBroadcast", SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  return 0;
}

static int check_ttl(lua_State *L, const char *syscall, int least) {
  if (lua_type(L, 2) != LUA_TNUMBER) error_argument_type(L, "ttl", "of type number", 2);
  double ttl = lua_tonumber(L, 2);
  if (!(ttl >= least && ttl <= 255)) fail(L, UV_EINVAL, syscall);
  return (int)ttl;
}

/* setTTL(hops) -> hops: 1 to 255 */
static int udp_set_ttl(lua_State *L) {
  Udp *u = udp_running(L);
  int ttl = check_ttl(L, "setTTL", 1);
  set_int(L, u, "setTTL", IP_TTL, IPV6_UNICAST_HOPS, ttl);
  lua_settop(L, 2);
  return 1;
}

/* setMulticastTTL(hops) -> hops: 0 to 255 */
static int udp_set_multicast_ttl(lua_State *L) {
  Udp *u = udp_running(L);
  int ttl = check_ttl(L, "setMulticastTTL", 0);
  set_int(L, u, "setMulticastTTL", IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, ttl);
  lua_settop(L, 2);
  return 1;
}

/* setMulticastLoopback(on) -> on */
static int udp_set_multicast_loopback(lua_State *L) {
  Udp *u = udp_running(L);
  set_int(L, u, "setMulticastLoopback", IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, lua_toboolean(L, 2));
  lua_settop(L, 2);
  return 1;
}

/* -- groups: the family is that of the group, since a socket of IPv6 may be a member of groups of both ------------- */

enum { ANY = AF_UNSPEC };

/* Reads an IP of that family, or raises EINVAL. [-0, +0, e] */
static void read_ip(lua_State *L, int index, const char *name, int family, const char *syscall, UdpAddress *out) {
  struct sockaddr_storage sa;
  if (!address_parse(option_string(L, index, name), 0, &sa) || (family != ANY && sa.ss_family != family))
    fail(L, UV_EINVAL, syscall);
  memcpy(out, &sa, address_size(&sa));
}

/* An interface: by one of its addresses with IPv4, by "::%name" with IPv6. nil: the system's choice. [-0, +0, e] */
static void read_interface(lua_State *L, int index, int family, const char *syscall, UdpAddress *out) {
  memset(out, 0, sizeof *out);
  if (!lua_isnoneornil(L, index)) read_ip(L, index, "interfaceAddress", family, syscall, out);
}

/* setMulticastInterface(address): where multicast leaves */
static int udp_set_multicast_interface(lua_State *L) {
  static const char syscall[] = "setMulticastInterface";
  Udp *u = udp_running(L);
  UdpAddress interface;
  read_ip(L, 2, "interfaceAddress", ANY, syscall, &interface);
  if (interface.any.sa_family == AF_INET6) {
    unsigned number = interface.v6.sin6_scope_id;
    set(L, u, syscall, IPPROTO_IPV6, IPV6_MULTICAST_IF, &number, sizeof number);
  } else {
    set(L, u, syscall, IPPROTO_IP, IP_MULTICAST_IF, &interface.v4.sin_addr, sizeof interface.v4.sin_addr);
  }
  return 0;
}

static int share(const Udp *u, int fd) {
  (void)u;
  int on = 1;
  return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 ? 0 : -errno;
}

/* A socket that is not bound yet gets a free port: only one that has a port can be a member. [-0, +0, e] */
static void bind_any(lua_State *L, Udp *u, const char *syscall) {
  if (u->fd >= 0) return;
  UdpAddress any = { .any.sa_family = u->v6 ? AF_INET6 : AF_INET };
  int err = udp_open(L, u, &any, u->v6 ? sizeof any.v6 : sizeof any.v4, share);
  if (err != 0) fail(L, err, syscall);
}

static int change_membership(lua_State *L, const char *syscall, int v4, int v6) {
  Udp *u = udp_running(L);
  if (lua_isnoneornil(L, 2) || (lua_type(L, 2) == LUA_TSTRING && lua_rawlen(L, 2) == 0))
    error_raise_code(L, "ERR_MISSING_ARGS:multicastAddress");
  UdpAddress group, interface;
  read_ip(L, 2, "multicastAddress", ANY, syscall, &group);
  read_interface(L, 3, group.any.sa_family, syscall, &interface);
  bind_any(L, u, syscall);
  if (group.any.sa_family == AF_INET6) {
    struct ipv6_mreq request = { group.v6.sin6_addr, interface.v6.sin6_scope_id };
    if (request.ipv6mr_interface == 0) request.ipv6mr_interface = group.v6.sin6_scope_id;
    set(L, u, syscall, IPPROTO_IPV6, v6, &request, sizeof request);
  } else {
    struct ip_mreq request = { group.v4.sin_addr, interface.v4.sin_addr };
    set(L, u, syscall, IPPROTO_IP, v4, &request, sizeof request);
  }
  return 0;
}

/* addMembership(group[, interface]): receives what is sent to a multicast group */
static int udp_add_membership(lua_State *L) {
  return change_membership(L, "addMembership", IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP);
}

static int udp_drop_membership(lua_State *L) {
  return change_membership(L, "dropMembership", IP_DROP_MEMBERSHIP, IPV6_LEAVE_GROUP);
}

static int change_source(lua_State *L, const char *syscall, int v4, int general) {
  Udp *u = udp_running(L);
  UdpAddress source, group, interface;
  option_string(L, 2, "sourceAddress");
  option_string(L, 3, "groupAddress");
  read_ip(L, 3, "groupAddress", ANY, syscall, &group);
  read_ip(L, 2, "sourceAddress", group.any.sa_family, syscall, &source);
  read_interface(L, 4, group.any.sa_family, syscall, &interface);
  bind_any(L, u, syscall);
  if (group.any.sa_family == AF_INET6) {
    struct group_source_req request = { .gsr_interface = interface.v6.sin6_scope_id };
    memcpy(&request.gsr_group, &group.v6, sizeof group.v6);
    memcpy(&request.gsr_source, &source.v6, sizeof source.v6);
    set(L, u, syscall, IPPROTO_IPV6, general, &request, sizeof request);
  } else {
    struct ip_mreq_source request = {
      .imr_multiaddr = group.v4.sin_addr, .imr_interface = interface.v4.sin_addr, .imr_sourceaddr = source.v4.sin_addr
    };
    set(L, u, syscall, IPPROTO_IP, v4, &request, sizeof request);
  }
  return 0;
}

/* addSourceSpecificMembership(source, group[, interface]): ... only what comes from one address */
static int udp_add_source(lua_State *L) {
  return change_source(L, "addSourceSpecificMembership", IP_ADD_SOURCE_MEMBERSHIP, MCAST_JOIN_SOURCE_GROUP);
}

static int udp_drop_source(lua_State *L) {
  return change_source(L, "dropSourceSpecificMembership", IP_DROP_SOURCE_MEMBERSHIP, MCAST_LEAVE_SOURCE_GROUP);
}

/* -- sizes of buffers --------------------------------------------------------------------------------------------- */

static int fail_size(lua_State *L, int err, const char *syscall) {
  lua_pushfstring(L, "Could not get or set buffer size: %s returned %s (%s)", syscall, error_name(err), uv_strerror(err));
  error_push(L, "SystemError", "ERR_SOCKET_BUFFER_SIZE", lua_tostring(L, -1));
  lua_createtable(L, 0, 4);
  lua_pushinteger(L, err);
  lua_setfield(L, -2, "errno");
  lua_pushstring(L, error_name(err));
  lua_setfield(L, -2, "code");
  lua_pushstring(L, uv_strerror(err));
  lua_setfield(L, -2, "message");
  lua_pushstring(L, syscall);
  lua_setfield(L, -2, "syscall");
  lua_setfield(L, -2, "info");
  lua_pushinteger(L, err);
  lua_setfield(L, -2, "errno");
  lua_pushstring(L, syscall);
  lua_setfield(L, -2, "syscall");
  return lua_error(L);
}

/* size 0: only asks */
static int buffer_size(lua_State *L, int name, const char *syscall, double size) {
  Udp *u = udp_running(L);
  if (u->fd < 0) return fail_size(L, UV_EBADF, syscall);
  if (size > INT_MAX) return fail_size(L, UV_EINVAL, syscall);
  int value = (int)size;
  socklen_t len = sizeof value;
  if (value != 0 && setsockopt(u->fd, SOL_SOCKET, name, &value, len) != 0) return fail_size(L, -errno, syscall);
  if (getsockopt(u->fd, SOL_SOCKET, name, &value, &len) != 0) return fail_size(L, -errno, syscall);
  lua_pushinteger(L, value);
  return 1;
}

static double read_size(lua_State *L) {
  udp_running(L);
  double size = lua_type(L, 2) == LUA_TNUMBER ? lua_tonumber(L, 2) : -1;
  if (!(size >= 0 && size <= UINT_MAX) || size != (double)(unsigned)size)
    error_raise_code(L, "ERR_SOCKET_BAD_BUFFER_SIZE");
  return size;
}

/* getRecvBufferSize() -> bytes: Linux says twice what was set, and does its bookkeeping in it */
static int udp_get_recv(lua_State *L) { return buffer_size(L, SO_RCVBUF, "uv_recv_buffer_size", 0); }
static int udp_get_send(lua_State *L) { return buffer_size(L, SO_SNDBUF, "uv_send_buffer_size", 0); }

/* setRecvBufferSize(bytes) */
static int udp_set_recv(lua_State *L) {
  buffer_size(L, SO_RCVBUF, "uv_recv_buffer_size", read_size(L));
  return 0;
}

static int udp_set_send(lua_State *L) {
  buffer_size(L, SO_SNDBUF, "uv_send_buffer_size", read_size(L));
  return 0;
}

const luaL_Reg udp_option_methods[] = {
  { "setBroadcast", udp_set_broadcast },
  { "setTTL", udp_set_ttl },
  { "setMulticastTTL", udp_set_multicast_ttl },
  { "setMulticastLoopback", udp_set_multicast_loopback },
  { "setMulticastInterface", udp_set_multicast_interface },
  { "addMembership", udp_add_membership },
  { "dropMembership", udp_drop_membership },
  { "addSourceSpecificMembership", udp_add_source },
  { "dropSourceSpecificMembership", udp_drop_source },
  { "getRecvBufferSize", udp_get_recv },
  { "getSendBufferSize", udp_get_send },
  { "setRecvBufferSize", udp_set_recv },
  { "setSendBufferSize", udp_set_send },
  { NULL, NULL },
};
