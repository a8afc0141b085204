// constant_fold.c: the operators of constant expressions on numbers, strings
// and booleans, with Dart's semantics: 64-bit integers that wrap, doubles,
// UTF-16 lengths.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sema/constant_eval.h"

static Constant *make_int(Sema *sema, int64_t value) {
  Constant c = {.kind = CONSTANT_INT, .integer = value};
  return il_constant_intern(sema, &c);
}

static Constant *make_double(Sema *sema, double value) {
  Constant c = {.kind = CONSTANT_DOUBLE, .real = value};
  return il_constant_intern(sema, &c);
}

static Constant *make_bool(Sema *sema, bool value) {
  Constant c = {.kind = CONSTANT_BOOL, .integer = value};
  return il_constant_intern(sema, &c);
}

static double as_double(const Constant *c) {
  return c->kind == CONSTANT_INT ? (double)c->integer : c->real;
}

static int64_t wrap(uint64_t value) {
  int64_t result;
  memcpy(&result, &value, sizeof result);
  return result;
}

// A double cut to an integer, saturated as toInt does; error outside.
static Constant *truncate_double(Sema *sema, double value,
                                 const char **error) {
  if (value != value || isinf(value)) {
    *error = "The result of '~/' is no integer.";
    return NULL;
  }
  if (value >= 9223372036854775807.0) return make_int(sema, INT64_MAX);
  if (value <= -9223372036854775808.0) return make_int(sema, INT64_MIN);
  return make_int(sema, (int64_t)value);
}

static double modulo_double(double a, double b) {
  double rest = fmod(a, b);
  if (rest != 0 && (rest < 0)) rest += fabs(b);
  if (rest == 0) rest = 0;
  return rest;
}

static Constant *divide_int(Sema *sema, Name op, int64_t a, int64_t b,
                            const char **error) {
  if (b == 0) {
    *error = "Division by zero.";
    return NULL;
  }
  if (b == -1) {
    return make_int(sema, op == NAME_op_mod ? 0 : wrap(-(uint64_t)a));
  }
  if (op == NAME_op_int_div) return make_int(sema, a / b);
  int64_t rest = a % b;
  if (rest < 0) rest += b < 0 ? -b : b;
  return make_int(sema, rest);
}

static Constant *shift_int(Sema *sema, Name op, int64_t a, int64_t b,
                           const char **error) {
  if (b < 0) {
    *error = "A shift by a negative count.";
    return NULL;
  }
  uint64_t u = (uint64_t)a;
  if (op == NAME_op_shl) return make_int(sema, b > 63 ? 0 : wrap(u << b));
  if (op == NAME_op_ushr) return make_int(sema, b > 63 ? 0 : wrap(u >> b));
  if (b > 63) return make_int(sema, a < 0 ? -1 : 0);
  return make_int(sema, a < 0 ? wrap(~(~u >> b)) : wrap(u >> b));
}

static Constant *fold_int(Sema *sema, Name op, int64_t a, int64_t b,
                          const char **error) {
  uint64_t x = (uint64_t)a, y = (uint64_t)b;
  switch (op) {
    case NAME_op_add: return make_int(sema, wrap(x + y));
    case NAME_op_sub: return make_int(sema, wrap(x - y));
    case NAME_op_mul: return make_int(sema, wrap(x * y));
    case NAME_op_div: return make_double(sema, (double)a / (double)b);
    case NAME_op_int_div:
    case NAME_op_mod: return divide_int(sema, op, a, b, error);
    case NAME_op_and: return make_int(sema, wrap(x & y));
    case NAME_op_or: return make_int(sema, wrap(x | y));
    case NAME_op_xor: return make_int(sema, wrap(x ^ y));
    case NAME_op_shl:
    case NAME_op_shr:
    case NAME_op_ushr: return shift_int(sema, op, a, b, error);
    case NAME_op_lt: return make_bool(sema, a < b);
    case NAME_op_le: return make_bool(sema, a <= b);
    case NAME_op_gt: return make_bool(sema, a > b);
    case NAME_op_ge: return make_bool(sema, a >= b);
    default: return NULL;
  }
}

static Constant *fold_double(Sema *sema, Name op, double a, double b,
                             const char **error) {
  switch (op) {
    case NAME_op_add: return make_double(sema, a + b);
    case NAME_op_sub: return make_double(sema, a - b);
    case NAME_op_mul: return make_double(sema, a * b);
    case NAME_op_div: return make_double(sema, a / b);
    case NAME_op_int_div: return truncate_double(sema, trunc(a / b), error);
    case NAME_op_mod: return make_double(sema, modulo_double(a, b));
    case NAME_op_lt: return make_bool(sema, a < b);
    case NAME_op_le: return make_bool(sema, a <= b);
    case NAME_op_gt: return make_bool(sema, a > b);
    case NAME_op_ge: return make_bool(sema, a >= b);
    default: return NULL;
  }
}

static Constant *fold_bool(Sema *sema, Name op, bool a, bool b) {
  switch (op) {
    case NAME_op_and: return make_bool(sema, a && b);
    case NAME_op_or: return make_bool(sema, a || b);
    case NAME_op_xor: return make_bool(sema, a != b);
    default: return NULL;
  }
}

static Constant *fold_text(Sema *sema, Name op, const Constant *a,
                           const Constant *b) {
  if (op != NAME_op_add) return NULL;
  TextBuilder out = {0};
  il_text_append(&out, a->text);
  il_text_append(&out, b->text);
  Constant c = {.kind = CONSTANT_STRING, .text = il_text_builder_text(&out)};
  Constant *made = il_constant_intern(sema, &c);
  il_text_builder_drop(&out);
  return made;
}

static bool is_number(const Constant *c) {
  return c->kind == CONSTANT_INT || c->kind == CONSTANT_DOUBLE;
}

Constant *il_constant_fold(Sema *sema, Name op, const Constant *a,
                           const Constant *b, const char **error) {
  *error = NULL;
  if (b == NULL) {
    if (op == NAME_op_neg && a->kind == CONSTANT_INT) {
      return make_int(sema, wrap(-(uint64_t)a->integer));
    }
    if (op == NAME_op_neg && a->kind == CONSTANT_DOUBLE) {
      return make_double(sema, -a->real);
    }
    if (op == NAME_op_not && a->kind == CONSTANT_INT) {
      return make_int(sema, ~a->integer);
    }
    if (op == NAME_length && a->kind == CONSTANT_STRING) {
      return make_int(sema, il_constant_text_length(a->text));
    }
    return NULL;
  }
  if (a->kind == CONSTANT_INT && b->kind == CONSTANT_INT) {
    return fold_int(sema, op, a->integer, b->integer, error);
  }
  if (is_number(a) && is_number(b)) {
    return fold_double(sema, op, as_double(a), as_double(b), error);
  }
  if (a->kind == CONSTANT_BOOL && b->kind == CONSTANT_BOOL) {
    return fold_bool(sema, op, a->integer != 0, b->integer != 0);
  }
  if (a->kind == CONSTANT_STRING && b->kind == CONSTANT_STRING) {
    return fold_text(sema, op, a, b);
  }
  return NULL;
}

int64_t il_constant_text_length(Text text) {
  int64_t units = 0;
  for (uint32_t i = 0; i < text.length; i++) {
    unsigned char c = (unsigned char)text.bytes[i];
    if ((c & 0xc0) != 0x80) units += c >= 0xf0 ? 2 : 1;
  }
  return units;
}

// The shortest digits that read back as the same double, as Dart shows them.
static void append_double(TextBuilder *out, double value) {
  if (value != value) {
    il_text_append_string(out, "NaN");
    return;
  }
  if (isinf(value)) {
    il_text_append_string(out, value < 0 ? "-Infinity" : "Infinity");
    return;
  }
  if (value == 0) {
    il_text_append_string(out, signbit(value) ? "-0.0" : "0.0");
    return;
  }
  char digits[40];
  for (int precision = 0; precision <= 17; precision++) {
    snprintf(digits, sizeof digits, "%.*e", precision, value);
    if (strtod(digits, NULL) == value) break;
  }
  // digits: [-]d[.ddd]e[+-]xx
  char *mark = strchr(digits, 'e');
  int exponent = atoi(mark + 1);
  char plain[32];
  int count = 0;
  const char *at = digits;
  if (*at == '-') {
    il_text_append_char(out, '-');
    at++;
  }
  for (; at < mark; at++) {
    if (*at != '.') plain[count++] = *at;
  }
  if (exponent >= -6 && exponent < 21) {
    if (exponent < 0) {
      il_text_append_string(out, "0.");
      for (int i = -1; i > exponent; i--) il_text_append_char(out, '0');
      il_text_append(out, il_text_make(plain, (size_t)count));
      return;
    }
    for (int i = 0; i <= exponent; i++) {
      il_text_append_char(out, i < count ? plain[i] : '0');
    }
    il_text_append_char(out, '.');
    if (count <= exponent + 1) il_text_append_char(out, '0');
    for (int i = exponent + 1; i < count; i++) {
      il_text_append_char(out, plain[i]);
    }
    return;
  }
  il_text_append_char(out, plain[0]);
  if (count > 1) {
    il_text_append_char(out, '.');
    il_text_append(out, il_text_make(plain + 1, (size_t)count - 1));
  }
  il_text_append_format(out, "e%c%d", exponent < 0 ? '-' : '+',
                        exponent < 0 ? -exponent : exponent);
}

bool il_constant_append(TextBuilder *out, const Constant *c) {
  switch ((ConstantKind)c->kind) {
    case CONSTANT_NULL: il_text_append_string(out, "null"); return true;
    case CONSTANT_BOOL:
      il_text_append_string(out, c->integer ? "true" : "false");
      return true;
    case CONSTANT_INT:
      il_text_append_format(out, "%lld", (long long)c->integer);
      return true;
    case CONSTANT_DOUBLE: append_double(out, c->real); return true;
    case CONSTANT_STRING: il_text_append(out, c->text); return true;
    default: return false;
  }
}
