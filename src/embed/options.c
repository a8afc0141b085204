// options.c: the option structs of isle.h.
//
// A host may have been compiled with an older or a newer isle.h: each struct
// begins with its size, an older one lacks the last members, and a newer one
// may have members that are unknown here, which must be zero then.

#include <string.h>

#include "embed/runtime.h"

bool il_options_read(void *ours, size_t our_bytes, const void *theirs,
                     const char *name, IsleError **error) {
  memset(ours, 0, our_bytes);
  if (!theirs) return true;
  size_t their_bytes;
  memcpy(&their_bytes, theirs, sizeof their_bytes);
  if (their_bytes < sizeof their_bytes || their_bytes > 4096) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: the size of %s is not set: .size = sizeof(%s).", name,
                 name);
    return false;
  }
  const char *bytes = theirs;
  for (size_t i = our_bytes; i < their_bytes; i++) {
    if (!bytes[i]) continue;
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: %s has an option that Isle %s does not know.", name,
                 isle_version());
    return false;
  }
  memcpy(ours, theirs, their_bytes < our_bytes ? their_bytes : our_bytes);
  return true;
}

static const char *copy_string(Arena *arena, const char *string) {
  if (!string) return NULL;
  size_t bytes = strlen(string) + 1;
  char *copy = il_arena_alloc(arena, bytes);
  memcpy(copy, string, bytes);
  return copy;
}

static const char *const *copy_strings(Arena *arena, const char *const *strings,
                                       size_t count) {
  if (!strings) return NULL;
  const char **copies = il_arena_alloc(arena, (count + 1) * sizeof *copies);
  for (size_t i = 0; i < count; i++) copies[i] = copy_string(arena, strings[i]);
  return copies;
}

IsleProgramOptions il_options_copy(Arena *arena,
                                   const IsleProgramOptions *options) {
  IsleProgramOptions o = *options;
  o.source = NULL;
  o.package_config = copy_string(arena, o.package_config);
  o.defines = copy_strings(arena, o.defines, o.define_count);
  o.libraries = copy_strings(arena, o.libraries, o.library_count);
  IsleSource *sources =
      il_arena_alloc(arena, (o.source_count + 1) * sizeof *sources);
  for (size_t i = 0; i < o.source_count; i++) {
    sources[i].uri = copy_string(arena, o.sources[i].uri);
    sources[i].text = copy_string(arena, o.sources[i].text);
  }
  o.sources = sources;
  IsleNative *natives =
      il_arena_alloc(arena, (o.native_count + 1) * sizeof *natives);
  for (size_t i = 0; i < o.native_count; i++) {
    natives[i] = o.natives[i];
    natives[i].name = copy_string(arena, natives[i].name);
  }
  o.natives = natives;
  return o;
}

Limits il_options_limits(const IsleLimits *limits, const Limits *otherwise) {
  uint64_t heap = limits->heap_bytes, mail = limits->mail_bytes;
  uint64_t cpu = limits->cpu_ms;
  if (cpu > UINT64_MAX / 1000000) cpu = UINT64_MAX / 1000000;
  return (Limits){
      .heap_bytes = heap ? heap : otherwise->heap_bytes,
      .mail_bytes = mail ? mail : otherwise->mail_bytes,
      .cpu_ns = cpu ? cpu * 1000000 : otherwise->cpu_ns,
  };
}
