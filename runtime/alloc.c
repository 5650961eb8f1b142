/* alloc.c - free lists for small blocks. Lua says how large a block was when it gives it back, so a block needs no
 * header; most of what a server allocates is small and short-lived. Larger blocks are malloc's. */
#include "alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
  STEP = 8,      /* bytes between two size classes */
  LARGEST = 256, /* bytes of a small block */
  CLASSES = LARGEST / STEP,
  SLAB = 32 * 1024, /* bytes that are taken from malloc at once */
};

typedef struct Free {
  struct Free *next;
} Free;

typedef struct Slab {
  struct Slab *next;
  char bytes[];
} Slab;

struct Alloc {
  Free *free[CLASSES];
  Slab *slabs; /* owned */
  char *from;  /* the rest of the newest slab */
  size_t left;
};

Alloc *alloc_new(void) { return (Alloc *)calloc(1, sizeof(Alloc)); }

static size_t class_of(size_t size) { return (size - 1) / STEP; }

static void *take_small(Alloc *alloc, size_t size) {
  size_t class = class_of(size);
  Free *block = alloc->free[class];
  if (block != NULL) {
    alloc->free[class] = block->next;
    return block;
  }
  size_t room = (class + 1) * STEP;
  if (alloc->left < room) {
    Slab *slab = (Slab *)malloc(SLAB);
    if (slab == NULL) return NULL;
    slab->next = alloc->slabs;
    alloc->slabs = slab;
    alloc->from = slab->bytes;
    alloc->left = SLAB - sizeof *slab;
  }
  void *fresh = alloc->from;
  alloc->from += room;
  alloc->left -= room;
  return fresh;
}

static void give_small(Alloc *alloc, void *block, size_t size) {
  Free *link = (Free *)block;
  link->next = alloc->free[class_of(size)];
  alloc->free[class_of(size)] = link;
}

static void *resize(Alloc *alloc, void *block, size_t old_size, size_t new_size) {
  if (old_size <= LARGEST && new_size <= LARGEST && class_of(old_size) == class_of(new_size)) return block;
  if (old_size > LARGEST && new_size > LARGEST) return realloc(block, new_size);
  void *moved = new_size <= LARGEST ? take_small(alloc, new_size) : malloc(new_size);
  if (moved == NULL) return NULL;
  memcpy(moved, block, old_size < new_size ? old_size : new_size);
  if (old_size <= LARGEST) give_small(alloc, block, old_size);
  else free(block);
  return moved;
}

void *alloc_realloc(void *ud, void *block, size_t old_size, size_t new_size) {
  Alloc *alloc = (Alloc *)ud;
  if (block == NULL) { /* old_size is a kind of object then */
    if (new_size == 0) return NULL;
    return new_size <= LARGEST ? take_small(alloc, new_size) : malloc(new_size);
  }
  if (new_size > 0) return resize(alloc, block, old_size, new_size);
  if (old_size == 0) return NULL;
  if (old_size <= LARGEST) give_small(alloc, block, old_size);
  else free(block);
  return NULL;
}

void alloc_free(Alloc *alloc) {
  while (alloc->slabs != NULL) {
    Slab *slab = alloc->slabs;
    alloc->slabs = slab->next;
    free(slab);
  }
  free(alloc);
}
