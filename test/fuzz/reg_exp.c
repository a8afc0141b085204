// reg_exp.c: any text is a regular expression or a FormatException, and any
// expression ends on any text, or is stopped (reg_exp.dart).
#define SERVICE "test/fuzz/reg_exp.dart"
#include "service.h"
