// outline.h: the declarations of the core libraries as the image holds them.
//
// Written when the image is made, from the elements of a compilation; read in
// place when a program is compiled. Nothing is decoded until it is asked for:
// a library is a few words, its exports are a table sorted by name, and a
// class, function, field or typedef becomes an element when a lookup reaches
// it. Types, classes and names are the ids of the image's own tables, on which
// a program's tables stand (type.h, class.h, name.h).
//
//   header | libraries | lookup tables | records | constants
//
// All is made of 32-bit words; a reference is a word index from the start.
//
// Owner:     the writer's result is the arena's; the reader borrows the image.
// Threads:   an image may be read from any number of compilations at once.
// Allocates: elements, in the arena of the Sema that asks.
// Fails:     a library that is not there is NULL; damage is not expected, the
//            image is part of the binary.
#ifndef ISLE_SEMA_OUTLINE_H
#define ISLE_SEMA_OUTLINE_H

#include "sema/sema.h"

struct OutlineImage {
  const uint32_t *words;
  uint32_t word_count;
};

// The outline of all core libraries of a compilation without errors.
Text il_outline_write(Sema *sema, Arena *arena);
// False when the words are none of ours.
bool il_outline_open(OutlineImage *image, const void *bytes, size_t size_bytes);
bool il_outline_has_library(const OutlineImage *image, Text uri);
// A dart: library, entered into the Sema; NULL when there is none.
Library *il_outline_library(Sema *sema, Text uri);
// The library of a number (core libraries have the same in every program).
Library *il_outline_library_at(Sema *sema, uint32_t number);
// What a library from the image declares or exports under a name.
Element *il_outline_find_declared(Library *library, Name name, bool setter);
Element *il_outline_find_exported(Library *library, Name name, bool setter);
// Appends the extensions that the library declares (exported: or exports).
void il_outline_extensions(Library *library, bool exported, Classes *out);
// The class of an id of the image.
ClassElement *il_outline_class(Sema *sema, ClassId id);
// Lists the members of a class.
void il_outline_members(ClassElement *c);
Signature *il_outline_signature(FunctionElement *f);
// The default value of a parameter or of a const field.
Constant *il_outline_constant(Sema *sema, uint32_t reference);

#endif
