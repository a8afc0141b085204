// number.h: numbers as text, for natives of other libraries.
//
// Owner:     the caller owns the text.
// Threads:   any.
// Allocates: nothing.
// Fails:     never.
#ifndef IL_NATIVES_NUMBER_H
#define IL_NATIVES_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum { IL_NUMBER_TEXT = 64 };  // bytes that are enough for any number

// As toString does; the text is not terminated. Returns its length.
size_t il_number_print_int(int64_t value, char *text);
size_t il_number_print_double(double value, char *text);

#endif
