/* fs.h - files and folders. */
#ifndef FS_H
#define FS_H

#include "context.h"

extern const luaL_Reg fs_functions[]; /* of moonport.core */

#endif
