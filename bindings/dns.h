/* dns.h - lookups of names. */
#ifndef DNS_H
#define DNS_H

#include "context.h"

extern const luaL_Reg dns_functions[]; /* of moonport.core */
void dns_constants(lua_State *L);      /* sets ADDRCONFIG in the table on top. [-0, +0, m] */

#endif
