// memory.h: memory from the system.
//
// The compiler and the runtime's own tables take memory here; Dart objects do
// not (they live in the chunks of a group heap, which maps them with
// il_memory_map). Who frees a block says its size again, so that owners can
// keep accounts without a header per block. The plain functions never return
// NULL: when the system has no more, they report it and end the process through
// one path. The try_ functions return NULL instead and serve callers that can
// turn it into an OutOfMemoryError.
//
// There is no global state: in release builds nothing is counted here. Debug
// builds count, per thread, the bytes taken and given back, and hold the
// adversary that makes the nth allocation of the process fail.
//
// Owner:     the caller owns what it gets, until il_memory_free.
// Threads:   any; blocks may be freed on another thread.
// Allocates: from the system.
// Fails:     as said above.
#ifndef IL_BASE_MEMORY_H
#define IL_BASE_MEMORY_H

#include "base/common.h"

// Uninitialised bytes, 16-aligned; NULL for size 0.
void *il_memory_alloc(size_t size_bytes);

// Zeroed bytes.
void *il_memory_zalloc(size_t size_bytes);

// Moves a block to its new size; p may be NULL when old is 0.
void *il_memory_realloc(void *p, size_t old_bytes, size_t new_bytes);

// Gives a block back; p may be NULL.
void il_memory_free(void *p, size_t size_bytes);

// As il_memory_zalloc, but NULL when there is no memory, or when the adversary
// says so.
void *il_memory_try_alloc(size_t size_bytes);

// As il_memory_realloc, but NULL (and p untouched) when there is no memory.
void *il_memory_try_realloc(void *p, size_t old_bytes, size_t new_bytes);

// Zeroed pages from the system at a multiple of alignment_bytes (a power of
// two, at least a page); NULL when there are none.
void *il_memory_map(size_t size_bytes, size_t alignment_bytes);

// Returns pages that il_memory_map gave, or an aligned part of them.
void il_memory_unmap(void *p, size_t size_bytes);

// Lets the system take the contents of these pages; they read as zero after.
void il_memory_forget(void *p, size_t size_bytes);

// Reports exhaustion and ends the process with exit code 255: the one path.
IL_NORETURN IL_COLD void il_memory_exhausted(size_t wanted_bytes);

// Debug builds: the bytes that this thread took minus those it gave back (may
// be negative); 0 in release builds.
int64_t il_memory_balance(void);

// Debug builds: makes the nth allocation or mapping of any kind from now on
// fail (once), and says so on stderr; 0 turns the adversary off. Nothing in
// release builds.
void il_memory_fail_at(int64_t nth);

#endif
