// big_int.c: BigInt of dart:core, on GMP's layer of naturals (mpn).
//
// Magnitudes lie in RawArrays as limbs, least first; the library has given the
// result room enough. Each native returns how many limbs of it are in use.

#include <gmp.h>

#include "base/memory.h"
#include "natives/argument.h"

_Static_assert(sizeof(mp_limb_t) == 8, "limbs are words");

static mp_limb_t *limbs_of(NativeCall *call, uint32_t slot) {
  return (mp_limb_t *)ARG(RawArray, slot)->words;
}

static int64_t count_used(const mp_limb_t *limbs, int64_t count) {
  while (count > 0 && limbs[count - 1] == 0) count--;
  return count;
}

// (a, b, r, an, bn): r has room for one limb more than the longer.
NATIVE(core__bigAdd) {
  const mp_limb_t *a = limbs_of(call, 0), *b = limbs_of(call, 1);
  mp_limb_t *r = limbs_of(call, 2);
  int64_t an = ARG_INT(3), bn = ARG_INT(4);
  mp_limb_t carry = an >= bn ? mpn_add(r, a, an, b, bn) : mpn_add(r, b, bn, a, an);
  int64_t n = an >= bn ? an : bn;
  r[n] = carry;
  RETURN_VALUE(n + (carry != 0));
}

// (a, b, r, an, bn): a is not less than b.
NATIVE(core__bigSubtract) {
  mp_limb_t *r = limbs_of(call, 2);
  int64_t an = ARG_INT(3);
  mpn_sub(r, limbs_of(call, 0), an, limbs_of(call, 1), ARG_INT(4));
  RETURN_VALUE(count_used(r, an));
}

// (a, b, r, an, bn): neither is 0.
NATIVE(core__bigMultiply) {
  const mp_limb_t *a = limbs_of(call, 0), *b = limbs_of(call, 1);
  mp_limb_t *r = limbs_of(call, 2);
  int64_t an = ARG_INT(3), bn = ARG_INT(4);
  if (an >= bn) mpn_mul(r, a, an, b, bn);
  else mpn_mul(r, b, bn, a, an);
  RETURN_VALUE(count_used(r, an + bn));
}

// (a, b, quotient, rest, an, bn): an >= bn > 0.
NATIVE(core__bigDivide) {
  mp_limb_t *quotient = limbs_of(call, 2);
  int64_t an = ARG_INT(4), bn = ARG_INT(5);
  mpn_tdiv_qr(quotient, limbs_of(call, 3), 0, limbs_of(call, 0), an,
              limbs_of(call, 1), bn);
  RETURN_VALUE(count_used(quotient, an - bn + 1));
}

NATIVE(core__bigCompare) {
  int64_t an = ARG_INT(2), bn = ARG_INT(3);
  if (an != bn) RETURN_VALUE(an < bn ? -1 : 1);
  if (an == 0) RETURN_VALUE(0);
  int order = mpn_cmp(limbs_of(call, 0), limbs_of(call, 1), an);
  RETURN_VALUE(order < 0 ? -1 : order > 0);
}

// (a, r, an, count): r has an + count / 64 + 1 limbs, all 0.
NATIVE(core__bigShiftLeft) {
  const mp_limb_t *a = limbs_of(call, 0);
  mp_limb_t *r = limbs_of(call, 1);
  int64_t an = ARG_INT(2), whole = ARG_INT(3) / 64;
  unsigned bits = (unsigned)(ARG_INT(3) % 64);
  r[whole + an] = 0;
  if (bits) r[whole + an] = mpn_lshift(r + whole, a, an, bits);
  else memcpy(r + whole, a, (size_t)an * 8);
  RETURN_VALUE(count_used(r, whole + an + 1));
}

// (a, r, an, count): count < 64 an.
NATIVE(core__bigShiftRight) {
  const mp_limb_t *a = limbs_of(call, 0);
  mp_limb_t *r = limbs_of(call, 1);
  int64_t an = ARG_INT(2), whole = ARG_INT(3) / 64;
  unsigned bits = (unsigned)(ARG_INT(3) % 64);
  if (bits) mpn_rshift(r, a + whole, an - whole, bits);
  else memcpy(r, a + whole, (size_t)(an - whole) * 8);
  RETURN_VALUE(count_used(r, an - whole));
}

static uint8_t digit_value(uint16_t c) {
  return (uint8_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

// (digits, r, start, radix): all are digits of the radix.
NATIVE(core__bigParse) {
  const String *s = ARG(String, 0);
  mp_limb_t *r = limbs_of(call, 1);
  uint64_t start = (uint64_t)ARG_INT(2);
  while (start < s->length && il_string_unit(s, start) == '0') start++;
  size_t count = (size_t)(s->length - start);
  if (count == 0) RETURN_VALUE(0);
  uint8_t *digits = il_memory_try_alloc(count);
  if (!digits)
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  for (size_t i = 0; i < count; i++)
    digits[i] = digit_value(il_string_unit(s, start + i));
  mp_size_t used = mpn_set_str(r, digits, count, (int)ARG_INT(3));
  il_memory_free(digits, count);
  RETURN_VALUE(count_used(r, used));
}

// (a, an, radix): a is not 0.
NATIVE(core__bigToString) {
  int64_t an = ARG_INT(1);
  int radix = (int)ARG_INT(2);
  size_t room = mpn_sizeinbase(limbs_of(call, 0), an, radix) + 1;
  size_t limb_bytes = ((size_t)an + 1) * 8;
  mp_limb_t *copy = il_memory_try_alloc(limb_bytes + room);
  if (!copy)
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  memcpy(copy, limbs_of(call, 0), (size_t)an * 8);
  uint8_t *digits = (uint8_t *)copy + limb_bytes;
  size_t count = mpn_get_str(digits, radix, copy, an), skip = 0;
  while (skip + 1 < count && digits[skip] == 0) skip++;
  String *s = il_new_string(call, count - skip, false);
  for (size_t i = skip; s && i < count; i++) {
    s->bytes[i - skip] =
        (uint8_t)"0123456789abcdefghijklmnopqrstuvwxyz"[digits[i]];
  }
  il_memory_free(copy, limb_bytes + room);
  if (!s) return NATIVE_NEED;
  RETURN_VALUE(il_value_of(s));
}
