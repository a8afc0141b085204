// name.h: interned identifiers.
//
// A Name is a number; equal texts in one table have equal names. The names of
// name.def come first in every table, with the same numbers in all of them, so
// that C code may say NAME_call and images may hold them as they are.
//
// An identifier that begins with `_` is private to its library. Who knows the
// library interns it with il_name_intern_private, which makes `_x@3`; the text
// without the suffix is il_name_public_text.
//
// A table may stand on names that others hold as read-only bytes (those of the
// core image); its own names come after them.
//
// Owner:     the table lives inside another struct and owns the texts that it
//            was given; the image it stands on is borrowed.
// Threads:   one writer, or any number of readers.
// Allocates: from the system, through memory.h.
// Fails:     never: memory.h ends the process.
#ifndef IL_BASE_NAME_H
#define IL_BASE_NAME_H

#include "base/arena.h"
#include "base/common.h"
#include "base/text.h"

typedef uint32_t Name;

enum {
  NAME_NONE = 0,
#define NAME(id, text) NAME_##id,
#include "base/name.def"
#undef NAME
  NAME_PREDEFINED_COUNT
};

// Names 0 .. count - 1 as bytes that are read in place.
typedef struct {
  const uint32_t *ends;  // of each name in `bytes`
  const char *bytes;
  const uint32_t *index;  // open addressing, made by il_name_make_index
  uint32_t count;
  uint32_t index_capacity;  // a power of two
} NameImage;

typedef struct {
  NameImage image;  // of the first names; count 0: there is none
  Arena arena;      // the bytes
  Text *texts;      // by name, from the first own one
  uint32_t count;   // names in use, NAME_NONE and the image's too
  uint32_t capacity;
  uint32_t *index;  // of the own ones: open addressing; 0 is empty
  uint32_t index_capacity;
} NameTable;

// Makes a table that holds the predefined names.
void il_name_table_init(NameTable *table);
// Makes a table that stands on an image, which outlives it.
void il_name_table_init_over(NameTable *table, const NameImage *image);
void il_name_table_drop(NameTable *table);

// The name of a text, made if new. The empty text has a name too (NAME_empty).
Name il_name_intern(NameTable *table, Text text);

// As il_name_intern for text that does not begin with `_`; otherwise the name
// private to the library of that number.
Name il_name_intern_private(NameTable *table, Text text,
                            uint32_t library_number);

// The name of a text, or NAME_NONE if it has none yet.
Name il_name_find(const NameTable *table, Text text);

// The text of a name: borrowed from the table, stable. The text of NAME_NONE is
// empty.
Text il_name_text(const NameTable *table, Name name);

// The text as the source spells it: without the `@library` of a private name.
Text il_name_public_text(const NameTable *table, Name name);

// Fills `index` (`capacity` zeros, a power of two above the count) with all
// names, for an image of them.
void il_name_make_index(const NameTable *table, uint32_t *index,
                        uint32_t capacity);

// Is it private to some library?
bool il_name_is_private(const NameTable *table, Name name);

#endif
