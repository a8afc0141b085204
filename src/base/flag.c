// flag.c: one table of flags, made from flag.def.
#include "base/flag.h"

typedef enum { KIND_bool, KIND_int, KIND_mask } FlagKind;

typedef struct {
  FlagKind kind;
  size_t offset;
  const char *name;
  const char *help;
} FlagLine;

static const FlagLine flag_lines[] = {
#define FLAG(type, name, value, help) \
  {KIND_##type, offsetof(Flags, name), #name, help},
#include "base/flag.def"
#undef FLAG
};

static const char *const trace_words[] = {
#define FLAG(type, name, value, help)
#define TRACE(name, help) #name,
#include "base/flag.def"
#undef TRACE
#undef FLAG
};

void il_flag_init(Flags *flags) {
  *flags = (Flags){
#define FLAG(type, name, value, help) .name = (value),
#include "base/flag.def"
#undef FLAG
  };
}

// Does the argument, up to its end or '=', spell the name with hyphens?
static bool matches_name(const char *argument, size_t length,
                         const char *name) {
  for (size_t i = 0; i < length; i++) {
    char c = name[i] == '_' ? '-' : name[i];
    if (c == '\0' || argument[i] != c) return false;
  }
  return name[length] == '\0';
}

static const FlagLine *find_line(const char *argument, size_t length) {
  for (size_t i = 0; i < IL_COUNT_OF(flag_lines); i++) {
    if (matches_name(argument, length, flag_lines[i].name)) {
      return &flag_lines[i];
    }
  }
  return NULL;
}

static bool parse_int(const char *s, int64_t *result) {
  bool is_negative = *s == '-';
  if (is_negative) s++;
  if (*s < '0' || *s > '9') return false;
  int64_t n = 0;
  for (; *s >= '0' && *s <= '9'; s++) {
    if (__builtin_mul_overflow(n, 10, &n) ||
        __builtin_add_overflow(n, *s - '0', &n)) {
      return false;
    }
  }
  int shift = *s == 'k' ? 10 : *s == 'm' ? 20 : *s == 'g' ? 30 : 0;
  if (shift) {
    if (__builtin_mul_overflow(n, (int64_t)1 << shift, &n)) return false;
    s++;
  }
  *result = is_negative ? -n : n;
  return *s == '\0';
}

static bool parse_mask(const char *s, uint32_t *result) {
  while (*s) {
    size_t length = strcspn(s, ",");
    uint32_t i = 0;
    while (i < TRACE_COUNT && !matches_name(s, length, trace_words[i])) i++;
    if (i == TRACE_COUNT) return false;
    *result |= 1u << i;
    s += length;
    if (*s == ',') s++;
  }
  return true;
}

static FlagResult set_flag(Flags *flags, const FlagLine *line, bool is_no,
                           const char *value) {
  char *field = (char *)flags + line->offset;
  bool is_good = false;
  switch (line->kind) {
    case KIND_bool:
      is_good = value == NULL;
      if (is_good) *(bool *)(void *)field = !is_no;
      break;
    case KIND_int:
      is_good = value && !is_no && parse_int(value, (int64_t *)(void *)field);
      break;
    case KIND_mask:
      is_good = value && !is_no && parse_mask(value, (uint32_t *)(void *)field);
      break;
  }
  return is_good ? FLAG_TAKEN : FLAG_BAD_VALUE;
}

FlagResult il_flag_parse(Flags *flags, const char *argument) {
  if (strncmp(argument, "--", 2) != 0) return FLAG_UNKNOWN;
  const char *name = argument + 2;
  size_t length = strcspn(name, "=");
  const char *value = name[length] == '=' ? name + length + 1 : NULL;
  const FlagLine *line = find_line(name, length);
  bool is_no = false;
  if (!line && length > 3 && strncmp(name, "no-", 3) == 0) {
    line = find_line(name + 3, length - 3);
    is_no = true;
  }
  return line ? set_flag(flags, line, is_no, value) : FLAG_UNKNOWN;
}

void il_flag_append_help(TextBuilder *builder) {
  for (size_t i = 0; i < IL_COUNT_OF(flag_lines); i++) {
    const FlagLine *line = &flag_lines[i];
    uint32_t start = builder->length;
    il_text_append_string(builder, "  --");
    for (const char *c = line->name; *c; c++) {
      il_text_append_char(builder, *c == '_' ? '-' : *c);
    }
    if (line->kind == KIND_int) il_text_append_string(builder, "=N");
    if (line->kind == KIND_mask) il_text_append_string(builder, "=WORD,...");
    do {
      il_text_append_char(builder, ' ');
    } while (builder->length < start + 26);
    il_text_append_format(builder, "%s\n", line->help);
  }
}
