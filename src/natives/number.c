// number.c: int and double of dart:core, dart:math.
//
// In order: parsing, printing of integers, printing of doubles, arithmetic.
// Doubles are read and printed through the C library, which is exact; the
// shortest text that reads back is found by trying 15, 16 and 17 digits.

#include <float.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "natives/argument.h"
#include "natives/number.h"

// Instance methods have their receiver as a reference.
static double this_double(const NativeCall *call) {
  return ARG(Double, 0)->value;
}

static int64_t this_int(const NativeCall *call) {
  Value v = call->args[0];
  return il_value_is_small(v) ? il_value_small_get(v) : ARG(Integer, 0)->value;
}

// ------------------------------------------------------------------ parsing

static bool is_space(uint32_t c) {
  return (c >= 9 && c <= 13) || c == 32 || c == 0x85 || c == 0xa0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 ||
         c == 0xfeff;
}

static int digit_value(uint32_t c) {
  if (c >= '0' && c <= '9') return (int)(c - '0');
  if (c >= 'a' && c <= 'z') return (int)(c - 'a') + 10;
  if (c >= 'A' && c <= 'Z') return (int)(c - 'A') + 10;
  return 99;
}

// Digits from `at` to `end` with the given sign. Wrapping is allowed for
// prefixed hexadecimal numbers of up to 64 bits.
static bool parse_digits(const String *s, uint64_t at, uint64_t end, int radix,
                         bool negative, bool may_wrap, int64_t *result) {
  if (at >= end) return false;
  uint64_t value = 0;
  for (; at < end; at++) {
    int digit = digit_value(il_string_unit(s, at));
    if (digit >= radix) return false;
    if (__builtin_mul_overflow(value, (uint64_t)radix, &value) ||
        __builtin_add_overflow(value, (uint64_t)digit, &value)) {
      return false;
    }
  }
  uint64_t limit = (uint64_t)INT64_MAX + (negative ? 1 : 0);
  if (!may_wrap && value > limit) return false;
  *result = (int64_t)(negative ? 0 - value : value);
  return true;
}

NATIVE(core_int__parse) {
  const String *s = ARG(String, 0);
  int64_t radix = ARG_INT(1);
  uint64_t at = 0, end = s->length;
  while (at < end && is_space(il_string_unit(s, at))) at++;
  while (end > at && is_space(il_string_unit(s, end - 1))) end--;
  bool negative = false, may_wrap = false;
  if (at < end && (il_string_unit(s, at) == '-' || il_string_unit(s, at) == '+'))
    negative = il_string_unit(s, at++) == '-';
  if (radix == 0) {
    radix = 10;
    if (end - at > 2 && il_string_unit(s, at) == '0' &&
        (il_string_unit(s, at + 1) | 32) == 'x') {
      radix = 16;
      at += 2;
      may_wrap = true;
    }
  }
  int64_t value;
  if (!parse_digits(s, at, end, (int)radix, negative, may_wrap, &value))
    RETURN_VALUE(VALUE_NULL);
  if (il_value_fits_small(value)) RETURN_VALUE(il_value_small(value));
  RETURN_NEW(il_new_int(call, value));
}

// Copies the text between spaces to `buffer`, if it has the form of a double.
static bool scan_double(const String *s, char *buffer, size_t size) {
  uint64_t at = 0, end = s->length;
  while (at < end && is_space(il_string_unit(s, at))) at++;
  while (end > at && is_space(il_string_unit(s, end - 1))) end--;
  if (end - at == 0 || end - at >= size) return false;
  for (uint64_t i = at; i < end; i++) {
    uint16_t c = il_string_unit(s, i);
    if (c >= 128) return false;
    buffer[i - at] = (char)c;
  }
  buffer[end - at] = 0;
  const char *p = buffer;
  if (*p == '+' || *p == '-') p++;
  if (strcmp(p, "NaN") == 0 || strcmp(p, "Infinity") == 0) return true;
  size_t digits = strspn(p, "0123456789");
  p += digits;
  if (*p == '.') {
    size_t fraction = strspn(++p, "0123456789");
    p += fraction;
    digits += fraction;
    if (fraction == 0) return false;
  }
  if (digits == 0) return false;
  if (*p == 'e' || *p == 'E') {
    p++;
    if (*p == '+' || *p == '-') p++;
    size_t exponent = strspn(p, "0123456789");
    if (exponent == 0) return false;
    p += exponent;
  }
  return *p == 0;
}

NATIVE(core_double_tryParse) {
  const String *s = ARG(String, 0);
  char small[128], *buffer = small;
  size_t size = sizeof small;
  if (s->length >= size) {
    size = s->length + 1;
    buffer = malloc(size);
    if (!buffer) RETURN_VALUE(VALUE_NULL);
  }
  bool ok = scan_double(s, buffer, size);
  double d = ok ? strtod(buffer, NULL) : 0;
  if (buffer != small) free(buffer);
  if (!ok) RETURN_VALUE(VALUE_NULL);
  RETURN_NEW(il_new_double(call, d));
}

// ----------------------------------------------------------------- integers

size_t il_number_print_int(int64_t value, char *text) {
  char buffer[24], *end = buffer + sizeof buffer, *p = end;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do *--p = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) *--p = '-';
  memcpy(text, p, (size_t)(end - p));
  return (size_t)(end - p);
}

NATIVE(core_int__toString) {
  char text[IL_NUMBER_TEXT];
  RETURN_NEW(il_new_ascii(call, text, il_number_print_int(ARG_INT(0), text)));
}

NATIVE(core_int__toRadixString) {
  char buffer[72], *end = buffer + sizeof buffer, *p = end;
  int64_t value = this_int(call), radix = ARG_INT(1);
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do *--p = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % (uint64_t)radix];
  while (rest /= (uint64_t)radix);
  if (value < 0) *--p = '-';
  RETURN_NEW(il_new_ascii(call, p, (size_t)(end - p)));
}

NATIVE(core_int_bitLength) {
  int64_t v = this_int(call);
  uint64_t bits = (uint64_t)(v < 0 ? ~v : v);
  RETURN_VALUE(bits ? 64 - __builtin_clzll(bits) : 0);
}

__extension__ typedef unsigned __int128 Wide;

NATIVE(core_int__mulMod) {
  Wide product = (Wide)(uint64_t)ARG_INT(0) * (uint64_t)ARG_INT(1);
  RETURN_VALUE((uint64_t)(product % (uint64_t)ARG_INT(2)));
}

NATIVE(core_int__remainder) {
  int64_t a = this_int(call), b = ARG_INT(1);
  if (b == 0)
    return il_throw_core_error(call, CORE_DIVISION_BY_ZERO_ERROR, NULL, 0);
  RETURN_VALUE(b == -1 ? 0 : a % b);
}

// ------------------------------------------------------------------ doubles

// The significant digits and the exponent of the first, of a finite number:
// d = 0.d1d2d3... * 10^(exponent + 1). `text` is what "%.*e" prints.
static int split_digits(const char *text, char *digits, int *exponent) {
  int count = 0;
  const char *p = text;
  if (*p == '-') p++;
  for (; *p != 'e'; p++)
    if (*p != '.') digits[count++] = *p;
  *exponent = atoi(p + 1);
  return count;
}

// Adds one to the last of the digits before the exponent; false when that
// would make one more of them.
static bool increment_digits(char *text) {
  for (char *p = strchr(text, 'e') - 1; p >= text && *p != '-'; p--) {
    if (*p == '.') continue;
    if (*p < '9') {
      ++*p;
      return true;
    }
    *p = '0';
  }
  return false;
}

// The shortest digits that read back as d (finite, not zero). Fifteen always do
// for a normal number that has no more; a subnormal one may need but one. Below
// a power of two numbers are denser than above it: there the nearest of sixteen
// digits may read back as another number, and the next one as d.
static int shortest_digits(double d, char digits[32], int *exponent) {
  char text[40];
  int binary;
  bool is_power = fabs(frexp(d, &binary)) == 0.5;
  for (int precision = fabs(d) < DBL_MIN ? 0 : 14;; precision++) {
    snprintf(text, sizeof text, "%.*e", precision, d);
    if (precision == 16 || strtod(text, NULL) == d) break;
    if (is_power && precision == 15 && increment_digits(text) &&
        strtod(text, NULL) == d) {
      break;
    }
  }
  int count = split_digits(text, digits, exponent);
  while (count > 1 && digits[count - 1] == '0') count--;
  return count;
}

// A number of at most 15 digits, three of them after the point: two such differ
// as doubles, so that they are the shortest. 0 when it is another.
static size_t print_short(double d, char *out) {
  double thousandths = d * 1000;
  if (!(fabs(thousandths) < 1e15) || fabs(thousandths) < 1) return 0;
  int64_t n = (int64_t)thousandths;
  if ((double)n != thousandths || (double)n / 1000 != d) return 0;
  char *p = out;
  if (n < 0) *p++ = '-';
  uint64_t all = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  p += il_number_print_int((int64_t)(all / 1000), p);
  uint32_t fraction = (uint32_t)(all % 1000);
  *p++ = '.';
  do {
    *p++ = (char)('0' + fraction / 100);
    fraction = fraction % 100 * 10;
  } while (fraction);
  return (size_t)(p - out);
}

// As JavaScript's Number::toString, but whole numbers end in ".0".
size_t il_number_print_double(double d, char *out) {
  size_t length = print_short(d, out);
  if (length) return length;
  if (isnan(d)) return (size_t)sprintf(out, "NaN");
  if (isinf(d)) return (size_t)sprintf(out, d < 0 ? "-Infinity" : "Infinity");
  if (d == 0) return (size_t)sprintf(out, signbit(d) ? "-0.0" : "0.0");
  char digits[32], *p = out;
  int exponent, count = shortest_digits(d, digits, &exponent);
  if (d < 0) *p++ = '-';
  if (exponent >= 21 || exponent < -6) {
    *p++ = digits[0];
    if (count > 1) {
      *p++ = '.';
      memcpy(p, digits + 1, (size_t)count - 1);
      p += count - 1;
    }
    p += sprintf(p, "e%+d", exponent);
  } else if (exponent < 0) {
    *p++ = '0';
    *p++ = '.';
    for (int i = -1; i > exponent; i--) *p++ = '0';
    memcpy(p, digits, (size_t)count);
    p += count;
  } else {
    for (int i = 0; i <= exponent; i++) *p++ = i < count ? digits[i] : '0';
    *p++ = '.';
    if (count <= exponent + 1) *p++ = '0';
    for (int i = exponent + 1; i < count; i++) *p++ = digits[i];
  }
  return (size_t)(p - out);
}

NATIVE(core_double_toString) {
  char buffer[IL_NUMBER_TEXT];
  double d = this_double(call);
  RETURN_NEW(il_new_ascii(call, buffer, il_number_print_double(d, buffer)));
}

// Rounds the exact decimal expansion of |d| to `wanted` significant digits,
// halves away from zero (C rounds them to even). May carry into the exponent.
static void round_digits(double d, int wanted, char *digits, int *exponent) {
  char text[800], exact[800];
  snprintf(text, sizeof text, "%.*e", 770, fabs(d));
  split_digits(text, exact, exponent);
  bool up = wanted >= 0 && exact[wanted] >= '5';
  memcpy(digits, exact, (size_t)(wanted > 0 ? wanted : 0));
  int i = wanted - 1;
  while (up && i >= 0) {
    if (digits[i] == '9') {
      digits[i--] = '0';
    } else {
      digits[i]++;
      up = false;
    }
  }
  if (up) {
    memmove(digits + 1, digits, (size_t)(wanted > 0 ? wanted : 0));
    digits[0] = '1';
    ++*exponent;
  }
}

NATIVE(core_double__toStringAsFixed) {
  double d = this_double(call);
  int fraction = (int)ARG_INT(1);
  char buffer[64], *p = buffer, digits[800];
  // Only a number with at most fraction + 1 binary places can be a tie, which
  // C would round to even.
  double scaled = ldexp(d, fraction + 1);
  if (d == 0 || scaled != floor(scaled)) {
    int n = snprintf(buffer, sizeof buffer, "%.*f", fraction, d);
    RETURN_NEW(il_new_ascii(call, buffer, (size_t)n));
  }
  int exponent;
  snprintf(digits, sizeof digits, "%.20e", fabs(d));
  split_digits(digits, digits + 100, &exponent);
  int wanted = exponent + 1 + fraction;
  if (wanted < 0) wanted = -1;
  round_digits(d, wanted, digits, &exponent);
  int count = exponent + 1 + fraction;
  if (d < 0) *p++ = '-';
  for (int i = exponent < 0 ? exponent + 1 : 0; i < count; i++) {
    if (i == exponent + 1 && fraction > 0) {
      if (exponent < 0) *p++ = '0';
      *p++ = '.';
      for (int z = -1; z > exponent; z--) *p++ = '0';
    }
    if (i >= 0) *p++ = digits[i];
  }
  if (count <= 0) {
    *p++ = '0';
    if (fraction > 0) {
      *p++ = '.';
      for (int i = 0; i < fraction; i++) *p++ = '0';
    }
  }
  RETURN_NEW(il_new_ascii(call, buffer, (size_t)(p - buffer)));
}

static size_t print_exponential(double d, const char *digits, int count,
                                int exponent, char *out) {
  char *p = out;
  if (signbit(d)) *p++ = '-';
  *p++ = digits[0];
  if (count > 1) {
    *p++ = '.';
    memcpy(p, digits + 1, (size_t)count - 1);
    p += count - 1;
  }
  p += sprintf(p, "e%+d", exponent);
  return (size_t)(p - out);
}

NATIVE(core_double__toStringAsExponential) {
  double d = this_double(call);
  int fraction = (int)ARG_INT(1), exponent = 0, count;
  char buffer[64], digits[800];
  memset(digits, '0', 32);
  if (d == 0) {
    count = fraction < 0 ? 1 : fraction + 1;
  } else if (fraction < 0) {
    count = shortest_digits(d, digits, &exponent);
  } else {
    count = fraction + 1;
    round_digits(d, count, digits, &exponent);
  }
  size_t n = print_exponential(d, digits, count, exponent, buffer);
  RETURN_NEW(il_new_ascii(call, buffer, n));
}

NATIVE(core_double__toStringAsPrecision) {
  double d = this_double(call);
  int precision = (int)ARG_INT(1), exponent = 0;
  char buffer[64], digits[800], *p = buffer;
  memset(digits, '0', 32);
  if (d != 0) round_digits(d, precision, digits, &exponent);
  if (exponent < -6 || exponent >= precision) {
    size_t n = print_exponential(d, digits, precision, exponent, buffer);
    RETURN_NEW(il_new_ascii(call, buffer, n));
  }
  if (signbit(d)) *p++ = '-';
  if (exponent < 0) {
    *p++ = '0';
    *p++ = '.';
    for (int i = -1; i > exponent; i--) *p++ = '0';
    memcpy(p, digits, (size_t)precision);
    p += precision;
  } else {
    memcpy(p, digits, (size_t)exponent + 1);
    p += exponent + 1;
    if (precision > exponent + 1) {
      *p++ = '.';
      memcpy(p, digits + exponent + 1, (size_t)(precision - exponent - 1));
      p += precision - exponent - 1;
    }
  }
  RETURN_NEW(il_new_ascii(call, buffer, (size_t)(p - buffer)));
}

NATIVE(core_double_hashCode) {
  double d = this_double(call);
  // A double that is a whole number hashes as the int it equals.
  if (d >= -9223372036854775808.0 && d < 9223372036854775808.0 &&
      d == (double)(int64_t)d) {
    RETURN_VALUE((int64_t)d);
  }
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  RETURN_VALUE((bits ^ bits >> 32) & 0x3fffffff);
}

NATIVE(core_double_isNegative) {
  double d = this_double(call);
  RETURN_VALUE(d == d && signbit(d) != 0);
}

#define DOUBLE_NATIVE(name, argument, expression) \
  NATIVE(name) {                                  \
    double x = (argument);                        \
    il_native_return_double(call, (expression));  \
    return NATIVE_VALUE;                          \
  }

#define THIS_NATIVE(name, expression)            \
  NATIVE(name) {                                 \
    double x = this_double(call);                      \
    il_native_return_double(call, (expression)); \
    return NATIVE_VALUE;                         \
  }

THIS_NATIVE(core_double__remainder, fmod(x, ARG_DOUBLE(1)))
THIS_NATIVE(core_double_roundToDouble, round(x))
THIS_NATIVE(core_double_ceilToDouble, ceil(x))
THIS_NATIVE(core_double_truncateToDouble, trunc(x))

DOUBLE_NATIVE(math__pow, ARG_DOUBLE(0), pow(x, ARG_DOUBLE(1)))
DOUBLE_NATIVE(math__sin, ARG_DOUBLE(0), sin(x))
DOUBLE_NATIVE(math__cos, ARG_DOUBLE(0), cos(x))
DOUBLE_NATIVE(math__tan, ARG_DOUBLE(0), tan(x))
DOUBLE_NATIVE(math__asin, ARG_DOUBLE(0), asin(x))
DOUBLE_NATIVE(math__acos, ARG_DOUBLE(0), acos(x))
DOUBLE_NATIVE(math__atan, ARG_DOUBLE(0), atan(x))
DOUBLE_NATIVE(math__atan2, ARG_DOUBLE(0), atan2(x, ARG_DOUBLE(1)))
DOUBLE_NATIVE(math__exp, ARG_DOUBLE(0), exp(x))
DOUBLE_NATIVE(math__log, ARG_DOUBLE(0), log(x))
