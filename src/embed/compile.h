// compile.h: one compilation, for programs and for dumps.
//
//   Compilation c = {0};
//   if (il_compile_begin(&c, ...)) ... il_compile_run(&c, ...)
//   il_compile_end(&c);                                  in every case
//
// Owner:     the caller's stack; it fills the tables of the program that it
//            makes, which may be taken out of it.
// Threads:   one.
// Allocates: memory.
// Fails:     by IsleError.
#ifndef ISLE_EMBED_COMPILE_H
#define ISLE_EMBED_COMPILE_H

#include "embed/runtime.h"
#include "sema/sema.h"

typedef struct {
  IsleRuntime *runtime;
  IsleProgramOptions options;
  Program *program;
  SemaTables tables;
  Sema *sema;
  Define *defines;
  uint32_t define_count;
  Text path;             // of the root
  TailCounts before;     // what is the core's
  Segment *segment;      // once it is added to the program
  bool allow_no_main;    // it is only to be looked at
} Compilation;

bool il_compile_begin(Compilation *c, IsleRuntime *runtime,
                      const IsleProgramOptions *options, IsleError **error);
void il_compile_end(Compilation *c);

// The program's own segment; NULL after errors.
Segment *il_compile_run(Compilation *c, const char *path, IsleError **error);

// A program of what was compiled, with the segment added; it takes the
// compilation's program over. NULL when memory is short.
IsleProgram *il_compile_adopt(Compilation *c, IsleError **error);

// Is there such a file, or a text in its place?
bool il_compile_check_exists(const char *path,
                             const IsleProgramOptions *options,
                             IsleError **error);

#endif
