/* types.h - the files of lua/types/ as the build puts them into the executable: .help reads them. */
#ifndef TYPES_H
#define TYPES_H

#include <stddef.h>

typedef struct TypeFile {
  const char *name;   /* "net"; NULL ends the list */
  const char *chunk;  /* "@lua/types/net.lua" */
  const char *source; /* the file's bytes, and a 0 */
  size_t size;        /* without that 0 */
} TypeFile;

extern const TypeFile type_files[]; /* made by cmake/embed.cmake */

#endif
