// common.c: how an assertion ends.
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>

void il_common_abort(const char *file, int line, const char *what) {
  fprintf(stderr, "isle: internal fault at %s:%d: %s\n", file, line, what);
  fflush(stderr);
  abort();
}
