// isle: the command. Written on isle.h alone.
//
//   isle [run] [options] FILE [arguments]
//   isle check FILE...          isle compile FILE [-o OUTPUT]
//   isle disasm FILE
//   isle dump --tokens|--tree|--typed FILE
//   isle help [command]         isle --version
//
// A FILE named `-` is standard input. Exit codes: 0; 254 for errors in the
// source; 255 for an uncaught error; 64 for a command line that cannot be; else
// what the program gave to exit.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "isle.h"

enum { EXIT_USAGE = 64, EXIT_COMPILE = 254, EXIT_UNCAUGHT = 255 };

typedef struct {
  const char *command;
  bool is_named;                 // the command: else it is run
  const char *stage;             // of dump
  const char **flags;
  size_t flag_count;
  const char **defines;
  size_t define_count;
  const char *packages;
  bool enable_asserts, stress_counts;
  bool wants_help;
  char **files;                  // FILE and what follows
  int file_count;
} Options;

static const struct {
  const char *name, *usage, *help;
} commands[] = {
    {"run", "isle run [options] FILE [arguments]",
     "Compiles a Dart file and all that it imports, and runs its main."},
    {"check", "isle check FILE...", "Reports the errors in Dart files."},
    {"compile", "isle compile [options] FILE [-o OUTPUT]",
     "Compiles a program to FILE.isle, or OUTPUT, which isle runs at once."},
    {"disasm", "isle disasm FILE", "Prints the bytecode of a program."},
    {"dump", "isle dump --tokens|--tree|--typed FILE",
     "Prints what a stage of the compiler makes of a file."},
    {"help", "isle help [command]", "Prints help."},
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static void print_options(void) {
  printf("\nA FILE named - is standard input.\n\nOptions:\n"
         "  -DNAME=value            what String.fromEnvironment('NAME') is\n"
         "  --packages=FILE         a package_config.json\n");
  char *flags = isle_flag_help();
  if (flags) fputs(flags, stdout);
  free(flags);
  printf("\nExit codes: %d for errors in the source, %d for an uncaught error,"
         "\n%d for a wrong command line, else what the program says.\n",
         EXIT_COMPILE, EXIT_UNCAUGHT, EXIT_USAGE);
}

static int print_help(const char *name) {
  if (!name) {
    printf("Isle %s, a Dart runtime.\n\nUsage: isle FILE [arguments], or\n",
           isle_version());
    for (size_t i = 0; i < COMMAND_COUNT; i++)
      printf("  %-45s %s\n", commands[i].usage, commands[i].help);
    printf("  %-45s %s\n", "isle --version", "Prints the version.");
    printf("\n`isle help run` lists the options.\n");
    return 0;
  }
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    if (strcmp(commands[i].name, name) != 0) continue;
    printf("%s\n%s\n", commands[i].usage, commands[i].help);
    if (strcmp(name, "run") == 0) print_options();
    return 0;
  }
  fprintf(stderr, "isle: there is no command '%s'; see `isle help`.\n", name);
  return EXIT_USAGE;
}

static bool is_command(const char *word) {
  for (size_t i = 0; i < COMMAND_COUNT; i++)
    if (strcmp(commands[i].name, word) == 0) return true;
  return false;
}

// Sorts out the words up to the first that is no option.
static bool parse(Options *o, int argc, char **argv) {
  int i = 1;
  o->command = "run";
  o->flags = calloc((size_t)argc + 1, sizeof *o->flags);
  o->defines = calloc((size_t)argc + 1, sizeof *o->defines);
  if (!o->flags || !o->defines) return false;
  o->is_named = i < argc && is_command(argv[i]);
  if (o->is_named) o->command = argv[i++];
  bool is_dump = strcmp(o->command, "dump") == 0;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    const char *word = argv[i];
    if (strcmp(word, "--") == 0) {
      i++;
      break;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
      o->wants_help = true;
    } else if (strncmp(word, "-D", 2) == 0) {
      o->defines[o->define_count++] = word + 2;
    } else if (strncmp(word, "--define=", 9) == 0) {
      o->defines[o->define_count++] = word + 9;
    } else if (strncmp(word, "--packages=", 11) == 0) {
      o->packages = word + 11;
    } else if (strcmp(word, "--enable-asserts") == 0) {
      o->enable_asserts = true;
      o->flags[o->flag_count++] = word;  // for programs of spawnUri, too
    } else if (is_dump && (strcmp(word, "--tokens") == 0 ||
                           strcmp(word, "--tree") == 0 ||
                           strcmp(word, "--typed") == 0)) {
      o->stage = word + 2;
    } else if (strncmp(word, "--", 2) == 0) {
      o->stress_counts |= strcmp(word, "--stress-counts") == 0;
      o->flags[o->flag_count++] = word;
    } else {
      fprintf(stderr, "isle: unknown option '%s'; see `isle help %s`.\n", word,
              o->command);
      return false;
    }
  }
  o->files = argv + i;
  o->file_count = argc - i;
  return true;
}

// All of standard input, terminated; NULL when memory is short.
static char *read_input(void) {
  size_t size = 0, capacity = 4096;
  char *text = malloc(capacity);
  while (text) {
    size += fread(text + size, 1, capacity - size - 1, stdin);
    if (size + 1 < capacity) break;
    char *larger = realloc(text, capacity *= 2);
    if (!larger) free(text);
    text = larger;
  }
  if (text) text[size] = 0;
  return text;
}

// Is it meant as a command rather than a file?
static bool is_word(const char *file) {
  return !strpbrk(file, "./\\:-") && access(file, F_OK) != 0;
}

// Says what is wrong with the files named.
static bool check_files(const Options *o) {
  bool takes_one = strcmp(o->command, "disasm") == 0 ||
                   strcmp(o->command, "dump") == 0;
  if (o->file_count == 0) {
    fprintf(stderr, "isle: name a Dart file: `isle %s FILE`.\n", o->command);
  } else if (takes_one && o->file_count > 1) {
    fprintf(stderr, "isle: `isle %s` takes one file.\n", o->command);
  } else if (!o->is_named && is_word(o->files[0])) {
    fprintf(stderr,
            "isle: there is no command or file '%s'; see `isle help`.\n",
            o->files[0]);
  } else {
    return true;
  }
  return false;
}

static int fail(IsleError *error) {
  fputs(isle_error_message(error), stderr);
  IsleErrorKind kind = isle_error_kind(error);
  isle_error_free(error);
  return kind == ISLE_ERROR_ARGUMENT ? EXIT_USAGE : EXIT_COMPILE;
}

typedef struct {
  IsleRuntime *runtime;
  bool stress_counts;
} Session;

static void print_counts(const Session *s) {
  if (!s->stress_counts) return;
  IsleCounters c = {.size = sizeof c};
  isle_runtime_counters(s->runtime, &c);
  fprintf(stderr,
          "stress: collections=%llu preemptions=%llu switches=%llu kills=%llu\n",
          (unsigned long long)c.collections, (unsigned long long)c.preemptions,
          (unsigned long long)c.switches, (unsigned long long)c.stress_kills);
  if (!c.instructions) return;
  fprintf(stderr, "instructions: %llu\n", (unsigned long long)c.instructions);
}

// exit(code) of the program: on a worker, which need not return.
static void end_process(void *context, int code) {
  print_counts(context);
  fflush(NULL);
  _exit(code);
}

static int run(const Options *o, Session *s,
               const IsleProgramOptions *program_options) {
  IsleError *error = NULL;
  IsleProgram *program =
      isle_program_load(s->runtime, o->files[0], program_options, &error);
  if (!program) return fail(error);
  IsleSpawnOptions spawn = {
      .size = sizeof spawn,
      .arguments = (const char *const *)(void *)(o->files + 1),
      .argument_count = (size_t)o->file_count - 1,
  };
  IsleIsolate *isolate = isle_isolate_spawn(program, &spawn, &error);
  isle_program_free(program);
  if (!isolate) return fail(error);
  bool ok = isle_isolate_wait(isolate);
  isle_isolate_free(isolate);
  return ok ? isle_runtime_exit_code(s->runtime) & 0xff : EXIT_UNCAUGHT;
}

// FILE, or FILE -o OUTPUT; the default is FILE with .isle for .dart.
static int compile(const Options *o, Session *s,
                   const IsleProgramOptions *program_options) {
  const char *file = o->files[0];
  bool names_output = o->file_count == 3 && strcmp(o->files[1], "-o") == 0;
  if (o->file_count != 1 && !names_output) {
    fprintf(stderr, "isle: `isle compile` takes FILE, or FILE -o OUTPUT.\n");
    return EXIT_USAGE;
  }
  size_t length = strlen(file);
  char *output = malloc(length + sizeof ".isle");
  if (!output) return EXIT_COMPILE;
  if (length > 5 && strcmp(file + length - 5, ".dart") == 0) length -= 5;
  memcpy(output, file, length);
  strcpy(output + length, ".isle");
  IsleError *error = NULL;
  IsleProgram *program =
      isle_program_load(s->runtime, file, program_options, &error);
  if (program) {
    isle_program_save(program, names_output ? o->files[2] : output, &error);
  }
  isle_program_free(program);
  free(output);
  return error ? fail(error) : 0;
}

static int dump(const Options *o, Session *s, const char *stage, int file,
                const IsleProgramOptions *program_options) {
  IsleError *error = NULL;
  char *text = isle_program_dump(s->runtime, o->files[file], stage,
                                 program_options, &error);
  if (text) fputs(text, stdout);
  free(text);
  fflush(stdout);
  return error ? fail(error) : 0;
}

static int perform_with(const Options *o, Session *s,
                        const IsleProgramOptions *options) {
  if (strcmp(o->command, "run") == 0) return run(o, s, options);
  if (strcmp(o->command, "compile") == 0) return compile(o, s, options);
  if (strcmp(o->command, "disasm") == 0) return dump(o, s, "code", 0, options);
  if (strcmp(o->command, "dump") == 0) {
    if (!o->stage) {
      fprintf(stderr, "isle: say what to dump: --tokens, --tree or --typed.\n");
      return EXIT_USAGE;
    }
    return dump(o, s, o->stage, 0, options);
  }
  int result = 0;
  for (int i = 0; i < o->file_count; i++) {
    int code = dump(o, s, "", i, options);
    if (code) result = code;
  }
  return result;
}

static int perform(const Options *o, Session *s) {
  static char input_name[] = "stdin";
  IsleProgramOptions options = {
      .size = sizeof options,
      .defines = o->defines,
      .define_count = o->define_count,
      .enable_asserts = o->enable_asserts,
      .package_config = o->packages,
  };
  char *input = NULL;
  if (strcmp(o->files[0], "-") == 0) {
    options.source = input = read_input();
    o->files[0] = input_name;
  }
  int result = perform_with(o, s, &options);
  free(input);
  return result;
}

// A standard stream that the caller has closed is the null device, lest the
// runtime's own descriptors get its number and the program write to them.
static void open_standard_streams(void) {
  int fd;
  do {
    fd = open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0) close(fd);
}

int main(int argc, char **argv) {
  open_standard_streams();
  if (argc == 2 && strcmp(argv[1], "--version") == 0) {
    printf("Isle %s (Dart 3.13)\n", isle_version());
    return 0;
  }
  if (argc == 1 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
    return print_help(NULL);
  Options o = {0};
  int result = EXIT_USAGE;
  if (!parse(&o, argc, argv)) goto done;
  bool is_help = strcmp(o.command, "help") == 0;
  if (is_help || o.wants_help) {
    const char *name = o.file_count > 0 ? o.files[0] : NULL;
    result = print_help(is_help ? name : o.is_named ? o.command : NULL);
    goto done;
  }
  if (!check_files(&o)) goto done;
  Session session = {.stress_counts = o.stress_counts};
  IsleOptions options = {.size = sizeof options,
                         .flags = o.flags,
                         .flag_count = o.flag_count,
                         .context = &session,
                         .exit = end_process};
  IsleError *error = NULL;
  session.runtime = isle_runtime_new(&options, &error);
  if (!session.runtime) {
    if (isle_error_kind(error) == ISLE_ERROR_MEMORY) {
      result = fail(error);
      goto done;
    }
    fprintf(stderr, "%sSee `isle help run`.\n", isle_error_message(error));
    isle_error_free(error);
    goto done;
  }
  result = perform(&o, &session);
  print_counts(&session);
  isle_runtime_free(session.runtime);
done:
  free(o.flags);
  free(o.defines);
  return result;
}
