/* alloc.h - Lua's allocator in this executable. */
#ifndef ALLOC_H
#define ALLOC_H

#include <stddef.h>

typedef struct Alloc Alloc;

Alloc *alloc_new(void); /* NULL without memory */
/* A lua_Alloc; ud is the Alloc. */
void *alloc_realloc(void *ud, void *block, size_t old_size, size_t new_size);
void alloc_free(Alloc *alloc); /* and all blocks */

#endif
