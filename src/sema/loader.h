// loader.h: reads and parses every library that a program reaches.
//
// `dart:` libraries come from the image, or, when lib_root is given, from
// lib_root/<name>/<name>.dart.  Others are read by options.read.  A URI is
// resolved against that of its unit; `package:` URIs by package_config.json.
//
// Owner:     libraries live in the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics at the directive.
#ifndef ISLE_SEMA_LOADER_H
#define ISLE_SEMA_LOADER_H

#include "sema/sema.h"

// Loads the library at an absolute URI and, transitively, all that it imports
// and exports.  NULL after an error.
Library *il_loader_load(Sema *sema, Text uri);
// An absolute URI of a path or URI as given on a command line.
Text il_loader_absolute(Sema *sema, Text path_or_uri);
Text il_loader_absolute_in(Arena *arena, Text path_or_uri);
// RFC 3986 resolution of a reference, dots removed.
Text il_loader_resolve(Arena *arena, Text base, Text reference);
// The path of a file: URI, percent-decoded; empty when it is none.
Text il_loader_file_path(Arena *arena, Text uri);

// ---- loader_package.c
// The file: URI of a package: URI; empty when there is no such package.
Text il_package_resolve(Sema *sema, Text uri);
// The URI of the package_config.json that is used; empty: none is found.
Text il_package_config(Sema *sema);
// The default language version of the package that holds a file: URI, or
// IL_VERSION_CURRENT.
uint16_t il_package_version(Sema *sema, Text file_uri);
// Frees what was read of the configuration.
void il_package_drop(Sema *sema);

#endif
