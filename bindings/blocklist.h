/* blocklist.h - class BlockList: whom servers drop, sockets do not connect to, and datagrams neither come from nor go
 * to. */
#ifndef BLOCKLIST_H
#define BLOCKLIST_H

#include "address.h"
#include "handle.h"

typedef struct BlockList BlockList;

extern const Class blocklist_class;

/* Whether an IP is blocked; a Unix socket never is. Neither needs Lua nor raises. */
bool blocklist_check(BlockList *list, const struct sockaddr *sa);
bool blocklist_check_address(BlockList *list, const Address *a);

/* The list at an index, or an error that calls it by its label ("options.blockList"). NULL for nil. [-0, +0, e] */
BlockList *blocklist_option(lua_State *L, int index, const char *label);
/* One more or one less owner of the list, besides its userdata. Both take NULL. */
void blocklist_ref(BlockList *list);
void blocklist_unref(BlockList *list);

void blocklist_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg blocklist_functions[];      /* of moonport.core */

#endif
