/* resolver.h - class Resolver. */
#ifndef RESOLVER_H
#define RESOLVER_H

#include "handle.h"

extern const Class resolver_class;
void resolver_define(lua_State *L, Context *cx); /* [-0, +1, m] */
extern const luaL_Reg resolver_functions[];      /* of moonport.core */

#endif
