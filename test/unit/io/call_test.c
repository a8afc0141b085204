// call_test.c: the calls as they are, without an isolate: results, errors, and
// that removing a tree follows no links.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "io/call.h"

static int enter_folder(void **state) {
  static char folder[64];
  snprintf(folder, sizeof folder, "/tmp/isle-io-XXXXXX");
  *state = folder;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static IoCall *run_on(IoCallKind kind, const char *path) {
  IoCall *call = il_io_call_new(kind);
  assert_non_null(call);
  if (path) assert_true(il_io_call_set_path(call, il_text_of(path)));
  il_io_call_run(call);
  return call;
}

// Runs and frees it; the errno.
static int error_of(IoCallKind kind, const char *path) {
  IoCall *call = run_on(kind, path);
  int error = call->error;
  il_io_call_free(call);
  return error;
}

static void write_file(const char *path, const char *text) {
  IoCall *call = il_io_call_new(IO_CALL_WRITE_ALL);
  assert_true(il_io_call_set_path(call, il_text_of(path)));
  assert_true(il_io_call_set_size(call, strlen(text)));
  memcpy(call->buffer, text, strlen(text));
  call->flags = O_WRONLY | O_CREAT | O_TRUNC;
  il_io_call_run(call);
  assert_int_equal(call->error, 0);
  il_io_call_free(call);
}

static void change(IoCallKind kind, const char *path, const char *target) {
  IoCall *call = il_io_call_new(kind);
  assert_true(il_io_call_set_path(call, il_text_of(path)));
  assert_true(il_io_call_set_target(call, il_text_of(target)));
  il_io_call_run(call);
  assert_int_equal(call->error, 0);
  il_io_call_free(call);
}

static IoFileKind kind_of(IoCallKind kind, const char *path) {
  IoCall *call = run_on(kind, path);
  assert_int_equal(call->error, 0);
  IoFileKind result = (IoFileKind)call->result;
  il_io_call_free(call);
  return result;
}

static void expect_text(const char *path, const char *text) {
  IoCall *call = run_on(IO_CALL_READ_ALL, path);
  assert_int_equal(call->error, 0);
  assert_int_equal(call->result, strlen(text));
  assert_memory_equal(call->buffer, text, strlen(text));
  il_io_call_free(call);
}

static void test_a_file_is_written_copied_renamed(void **state) {
  (void)state;
  write_file("a", "one\ntwo");
  expect_text("a", "one\ntwo");
  change(IO_CALL_COPY, "a", "b");
  change(IO_CALL_RENAME, "a", "c");
  expect_text("b", "one\ntwo");
  assert_int_equal(kind_of(IO_CALL_STAT, "a"), IO_FILE_NONE);
  assert_int_equal(kind_of(IO_CALL_STAT, "c"), IO_FILE_FILE);
  write_file("c", "");
  expect_text("c", "");
}

static void test_lines_are_read_one_by_one(void **state) {
  (void)state;
  write_file("lines", "one\n\nlast");
  int fd = open("lines", O_RDONLY);
  const char *expected[] = {"one\n", "\n", "last", ""};
  for (size_t i = 0; i < IL_COUNT_OF(expected); i++) {
    IoCall *call = il_io_call_new(IO_CALL_READ_LINE);
    call->fd = fd;
    il_io_call_run(call);
    assert_int_equal(call->error, 0);
    assert_int_equal(call->result, strlen(expected[i]));
    if (call->result) {
      assert_memory_equal(call->buffer, expected[i], strlen(expected[i]));
    }
    call->fd = -1;
    il_io_call_free(call);
  }
  close(fd);
}

static void test_what_is_not_there_is_an_error(void **state) {
  (void)state;
  assert_int_equal(error_of(IO_CALL_READ_ALL, "missing"), ENOENT);
  assert_int_equal(error_of(IO_CALL_REMOVE, "missing"), ENOENT);
  assert_int_equal(error_of(IO_CALL_LIST, "missing"), ENOENT);
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "missing/deep"), ENOENT);
  assert_int_equal(error_of(IO_CALL_READ_LINK, "missing"), ENOENT);
  assert_int_equal(kind_of(IO_CALL_STAT, "missing"), IO_FILE_NONE);
}

static void test_removing_a_tree_follows_no_links(void **state) {
  (void)state;
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "kept"), 0);
  write_file("kept/file", "stays");
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "tree"), 0);
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "tree/inner"), 0);
  write_file("tree/inner/file", "goes");
  change(IO_CALL_LINK, "tree/link", "../kept");
  assert_int_equal(kind_of(IO_CALL_LSTAT, "tree/link"), IO_FILE_LINK);
  assert_int_equal(kind_of(IO_CALL_STAT, "tree/link"), IO_FILE_DIRECTORY);
  IoCall *call = il_io_call_new(IO_CALL_REMOVE);
  assert_true(il_io_call_set_path(call, TEXT("tree")));
  call->flags = 1;
  il_io_call_run(call);
  assert_int_equal(call->error, 0);
  il_io_call_free(call);
  assert_int_equal(kind_of(IO_CALL_LSTAT, "tree"), IO_FILE_NONE);
  expect_text("kept/file", "stays");
}

static void test_a_list_names_every_entry(void **state) {
  (void)state;
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "listed"), 0);
  assert_int_equal(error_of(IO_CALL_MAKE_DIRECTORY, "listed/sub"), 0);
  for (char name[] = "listed/a"; name[7] < 'z'; name[7]++) write_file(name, "");
  IoCall *call = run_on(IO_CALL_LIST, "listed");
  assert_int_equal(call->error, 0);
  uint32_t files = 0, folders = 0;
  for (const char *at = (char *)call->buffer,
                  *end = at + call->result;
       at < end; at += strlen(at) + 1) {
    files += at[0] == '0' + IO_FILE_FILE;
    folders += at[0] == '0' + IO_FILE_DIRECTORY;
  }
  assert_int_equal(files, 25);
  assert_int_equal(folders, 1);
  il_io_call_free(call);
}

static int leave_folder(void **state) {
  IoCall *call = il_io_call_new(IO_CALL_REMOVE);
  if (!il_io_call_set_path(call, il_text_of(*state))) return -1;
  call->flags = 1;
  if (chdir("/") != 0) return -1;
  il_io_call_run(call);
  int error = call->error;
  il_io_call_free(call);
  return error ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_file_is_written_copied_renamed),
      cmocka_unit_test(test_lines_are_read_one_by_one),
      cmocka_unit_test(test_what_is_not_there_is_an_error),
      cmocka_unit_test(test_removing_a_tree_follows_no_links),
      cmocka_unit_test(test_a_list_names_every_entry),
  };
  return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
