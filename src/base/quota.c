// quota.c: /proc/meminfo, the tree of control groups, setrlimit.
#include "base/quota.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { PATH_BYTES = 4200 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// The first number in a file, SIZE_MAX when there is none ("max").
static size_t read_number(const char *path) {
  FILE *file = fopen(path, "r");
  unsigned long long number;
  size_t result = SIZE_MAX;
  if (!file) return SIZE_MAX;
  if (fscanf(file, "%llu", &number) == 1) result = (size_t)number;
  fclose(file);
  return result;
}

static size_t read_meminfo(const char *root) {
  char path[PATH_BYTES];
  unsigned long long kib;
  size_t result = SIZE_MAX;
  snprintf(path, sizeof path, "%s/proc/meminfo", root);
  FILE *file = fopen(path, "r");
  if (!file) return SIZE_MAX;
  if (fscanf(file, "MemTotal: %llu kB", &kib) == 1) result = (size_t)kib * 1024;
  fclose(file);
  return result;
}

// The limits of a control group and of all above it.
static size_t read_groups(const char *root, const char *mount,
                          const char *group, const char *name) {
  size_t result = SIZE_MAX;
  int length = (int)strlen(group);
  for (;;) {
    while (length > 0 && group[length - 1] == '/') length--;
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/sys/fs/cgroup%s%.*s/%s", root, mount,
             length, group, name);
    result = least(result, read_number(path));
    if (length == 0) return result;
    while (length > 0 && group[length - 1] != '/') length--;
  }
}

// A line of /proc/self/cgroup is "0::/path" in version 2, in version 1
// "number:controllers:/path".
static size_t read_line(const char *root, char *line) {
  line[strcspn(line, "\n")] = 0;
  char *controllers = strchr(line, ':');
  char *group = controllers ? strchr(controllers + 1, ':') : NULL;
  if (!group) return SIZE_MAX;
  *group++ = 0;
  controllers++;
  if (*controllers == 0) return read_groups(root, "", group, "memory.max");
  if (!strstr(controllers, "memory")) return SIZE_MAX;
  return read_groups(root, "/memory", group, "memory.limit_in_bytes");
}

size_t il_quota_memory_bytes(const char *root) {
  char line[PATH_BYTES];
  size_t result = read_meminfo(root);
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    result = least(result, (size_t)limit.rlim_cur);
  snprintf(line, sizeof line, "%s/proc/self/cgroup", root);
  FILE *file = fopen(line, "r");
  if (!file) return result;
  while (fgets(line, sizeof line, file))
    result = least(result, read_line(root, line));
  fclose(file);
  return result;
}
