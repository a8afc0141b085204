#include "base/quota.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static char root[] = "/tmp/isle-quota-XXXXXX";

// Writes a file below root, with the folders that it is in.
static void put(const char *name, const char *contents) {
  char path[300];
  snprintf(path, sizeof path, "%s%s", root, name);
  for (char *p = path + strlen(root) + 1; (p = strchr(p, '/')); p++) {
    *p = 0;
    mkdir(path, 0700);
    *p = '/';
  }
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(contents, file);
  fclose(file);
}

static void remove_root(void) {
  char command[80];
  snprintf(command, sizeof command, "rm -r %s", root);
  assert_int_equal(system(command), 0);
}

static void test_least_of_all(void **state) {
  (void)state;
  assert_non_null(mkdtemp(root));
  size_t free_limit = il_quota_memory_bytes(root);
  put("/proc/meminfo", "MemTotal:     2048 kB\nMemFree: 1 kB\n");
  assert_true(il_quota_memory_bytes(root) == (2u << 20));
  // Version 2: the group's own file, then those above it.
  put("/proc/self/cgroup", "0::/a/b\n");
  put("/sys/fs/cgroup/a/b/memory.max", "max\n");
  assert_true(il_quota_memory_bytes(root) == (2u << 20));
  put("/sys/fs/cgroup/a/memory.max", "1000000\n");
  assert_true(il_quota_memory_bytes(root) == 1000000);
  // Version 1.
  put("/proc/self/cgroup", "5:cpu:/x\n4:memory,hugetlb:/c\n");
  assert_true(il_quota_memory_bytes(root) == (2u << 20));
  put("/sys/fs/cgroup/memory/c/memory.limit_in_bytes", "900000\n");
  assert_true(il_quota_memory_bytes(root) == 900000);
  assert_true(free_limit >= 900000);
  remove_root();
}

static void test_this_machine(void **state) {
  (void)state;
  size_t bytes = il_quota_memory_bytes("");
  assert_true(bytes > (1u << 20));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_least_of_all),
      cmocka_unit_test(test_this_machine),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
