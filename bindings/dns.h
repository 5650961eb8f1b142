/* dns.h - lookups of names. */
#ifndef DNS_H
#define DNS_H

#include "context.h"

extern const luaL_Reg dns_functions[];     /* of moonport.core */
void dns_hints(lua_State *L, Context *cx); /* pushes { ADDRCONFIG =, ... }. [-0, +1, m] */

#endif
