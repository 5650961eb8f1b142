/* blocklist.c - class BlockList (https://nodejs.org/api/net.html#class-netblocklist): a script's rules about IPs. What
 * the rules mean is rules.c's; lists, CIDR and JSON are lua/blocklist.lua's. */
#include "blocklist.h"

#include <string.h>
#include <strings.h>

#include "error.h"
#include "options.h"
#include "rules.h"
#include "socket_address.h"

struct BlockList {
  Handle h; /* first: a BlockList is a Handle; libuv never knows it */
  Rules rules;
};

static BlockList *self(lua_State *L) { return (BlockList *)class_self(L); }

/* -- for those who block ------------------------------------------------------------------------------------------ */

bool blocklist_check_address(BlockList *list, const Address *a) { return rules_check(&list->rules, a); }

bool blocklist_check(BlockList *list, const struct sockaddr *sa) {
  Address a;
  address_pack(&a, sa);
  return blocklist_check_address(list, &a);
}

BlockList *blocklist_option(lua_State *L, int index, const char *label) {
  if (lua_isnoneornil(L, index)) return NULL;
  BlockList *list = (BlockList *)class_test(L, index, &blocklist_class);
  if (list == NULL) error_argument_type(L, label, "an net.BlockList", index); /* Node's grammar */
  return list;
}

void blocklist_ref(BlockList *list) {
  if (list != NULL) handle_ref(&list->h);
}

void blocklist_unref(BlockList *list) {
  if (list != NULL) handle_unref(&list->h);
}

/* -- arguments ---------------------------------------------------------------------------------------------------- */

/* The family at an index: 4, 6, 0 where there is none; -1 for any other text. [-0, +0, e] */
static int read_family(lua_State *L, int index) {
  if (lua_isnoneornil(L, index)) return 0;
  if (lua_type(L, index) != LUA_TSTRING) error_argument_type(L, "family", "of type string", index);
  const char *text = lua_tostring(L, index);
  return strcasecmp(text, "ipv4") == 0 ? 4 : strcasecmp(text, "ipv6") == 0 ? 6 : -1;
}

/* The IP at an index, a text or a SocketAddress; false: it is none, or of another family. [-0, +0, e] */
static bool read_address(lua_State *L, int index, const char *label, int family, Address *out) {
  struct sockaddr_storage sa;
  const Address *made = socket_address_of(L, index);
  if (made != NULL) {
    *out = *made;
    return true;
  }
  if (lua_type(L, index) != LUA_TSTRING) error_argument_type(L, label, "of type string", index);
  size_t len;
  const char *text = lua_tolstring(L, index, &len);
  int own = address_family(text, len);
  if (own == 0 || (family != 0 && own != family) || !address_parse(text, 0, &sa)) return false;
  address_pack(out, (struct sockaddr *)&sa);
  return true;
}

static void check_address(lua_State *L, int index, const char *label, int type_index, Address *out) {
  int family = read_family(L, type_index);
  if (family < 0 && socket_address_of(L, index) == NULL)
    error_argument_value(L, "options.family", "is invalid", type_index);
  if (!read_address(L, index, label, family, out)) error_raise_code(L, "ERR_INVALID_ADDRESS");
}

/* Each reads the arguments behind the receiver. [-0, +0, e] */
typedef Rule (*ReadRule)(lua_State *L);

static Rule read_single(lua_State *L) {
  Address a;
  Rule rule = { .kind = RULE_ADDRESS };
  check_address(L, 2, "address", 3, &a);
  rule.family = a.family;
  memcpy(rule.start, a.ip, sizeof rule.start);
  return rule;
}

static Rule read_range(lua_State *L) {
  Address start, end;
  Rule rule = { .kind = RULE_RANGE };
  check_address(L, 2, "start", 4, &start);
  check_address(L, 3, "end", 4, &end);
  if (start.family != end.family) error_raise_code(L, "ERR_INVALID_ADDRESS");
  if (memcmp(start.ip, end.ip, sizeof start.ip) > 0) error_argument_value(L, "start", "must come before end", 2);
  rule.family = start.family;
  memcpy(rule.start, start.ip, sizeof rule.start);
  memcpy(rule.end, end.ip, sizeof rule.end);
  return rule;
}

static Rule read_subnet(lua_State *L) {
  Address net;
  Rule rule = { .kind = RULE_SUBNET };
  check_address(L, 2, "network", 4, &net);
  rule.family = net.family;
  rule.prefix = (unsigned char)option_int(L, 3, "prefix", 0, net.family == 4 ? 32 : 128);
  memcpy(rule.start, net.ip, sizeof rule.start);
  return rule;
}

/* -- the script says ---------------------------------------------------------------------------------------------- */

static int add(lua_State *L, ReadRule read) {
  BlockList *list = self(L);
  Rule rule = read(L);
  if (!rules_add(&list->rules, &rule)) return luaL_error(L, "not enough memory");
  return 0;
}

static int drop(lua_State *L, ReadRule read) {
  BlockList *list = self(L);
  Rule rule = read(L);
  rules_remove(&list->rules, &rule);
  return 0;
}

/* addAddress(address[, type]), removeAddress: one IP. https://nodejs.org/api/net.html#blocklistaddaddressaddress-type */
static int blocklist_add_address(lua_State *L) { return add(L, read_single); }
static int blocklist_remove_address(lua_State *L) { return drop(L, read_single); }

/* addRange(start, end[, type]), removeRange: all from one to another, both included. */
static int blocklist_add_range(lua_State *L) { return add(L, read_range); }
static int blocklist_remove_range(lua_State *L) { return drop(L, read_range); }

/* addSubnet(network, prefix[, type]), removeSubnet: those whose first bits are the network's. */
static int blocklist_add_subnet(lua_State *L) { return add(L, read_subnet); }
static int blocklist_remove_subnet(lua_State *L) { return drop(L, read_subnet); }

/* clear(): no rules any more */
static int blocklist_clear(lua_State *L) {
  rules_clear(&self(L)->rules);
  return 0;
}

/* check(address[, type]) -> boolean: what is no IP is not blocked */
static int blocklist_check_method(lua_State *L) {
  BlockList *list = self(L);
  Address a;
  lua_settop(L, 3);
  int family = read_family(L, 3);
  lua_pushboolean(L, read_address(L, 2, "address", family, &a) && blocklist_check_address(list, &a));
  return 1;
}

/* is(value) -> boolean */
static int is_blocklist(lua_State *L) {
  lua_pushboolean(L, class_test(L, 1, &blocklist_class) != NULL);
  return 1;
}

/* check_option(value, label): raises unless it is a BlockList or nil */
static int check_option(lua_State *L) {
  blocklist_option(L, 1, luaL_checkstring(L, 2));
  return 0;
}

/* new() -> BlockList */
static int blocklist_new(lua_State *L) {
  handle_new(L, CONTEXT(L), &blocklist_class, sizeof(BlockList));
  return 1;
}

/* -- properties --------------------------------------------------------------------------------------------------- */

static void push_ip(lua_State *L, int family, const unsigned char ip[16]) {
  Address a = { .family = (unsigned char)family };
  char text[ADDRESS_TEXT];
  memcpy(a.ip, ip, sizeof a.ip);
  address_text(&a, text);
  lua_pushstring(L, text);
}

static void push_rule(lua_State *L, const Rule *rule) {
  const char *family = rule->family == 4 ? "IPv4" : "IPv6";
  push_ip(L, rule->family, rule->start);
  const char *start = lua_tostring(L, -1);
  switch (rule->kind) {
    case RULE_ADDRESS: lua_pushfstring(L, "Address: %s %s", family, start); break;
    case RULE_SUBNET: lua_pushfstring(L, "Subnet: %s %s/%d", family, start, (int)rule->prefix); break;
    default:
      push_ip(L, rule->family, rule->end);
      lua_pushfstring(L, "Range: %s %s-%s", family, start, lua_tostring(L, -1));
      lua_remove(L, -2);
  }
  lua_remove(L, -2);
}

static int get_rules(lua_State *L, Handle *h) { /* the newest first, as in Node 20 */
  const Rules *rules = &((BlockList *)h)->rules;
  lua_createtable(L, (int)rules->count, 0);
  for (size_t i = 0; i < rules->count; ++i) {
    push_rule(L, &rules->list[rules->count - 1 - i]);
    lua_rawseti(L, -2, (lua_Integer)(i + 1));
  }
  return 1;
}

static int get_size(lua_State *L, Handle *h) {
  lua_pushinteger(L, (lua_Integer)((BlockList *)h)->rules.count);
  return 1;
}

/* -- the class ---------------------------------------------------------------------------------------------------- */

static void free_blocklist(Handle *h) { rules_clear(&((BlockList *)h)->rules); }

static const luaL_Reg methods[] = {
  { "addAddress", blocklist_add_address },
  { "addRange", blocklist_add_range },
  { "addSubnet", blocklist_add_subnet },
  { "removeAddress", blocklist_remove_address },
  { "removeRange", blocklist_remove_range },
  { "removeSubnet", blocklist_remove_subnet },
  { "clear", blocklist_clear },
  { "check", blocklist_check_method },
  { NULL, NULL },
};

static const Property properties[] = {
  { "rules", get_rules, NULL },
  { "size", get_size, NULL },
  { NULL, NULL, NULL },
};

static const char *const summary[] = { "rules", NULL };

const Class blocklist_class = {
  .name = "BlockList",
  .module = "net",
  .no_events = true,
  .parts = { methods },
  .properties = properties,
  .summary = summary,
  .free = free_blocklist,
};

void blocklist_define(lua_State *L, Context *cx) { class_define(L, cx, &blocklist_class); }

const luaL_Reg blocklist_functions[] = {
  { "blocklist_new", blocklist_new },
  { "is_blocklist", is_blocklist },
  { "check_blocklist", check_option },
  { NULL, NULL },
};
