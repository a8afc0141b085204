// constant.h: compile-time constants, interned: equal constants are one pointer.
//
// Owner:     the Sema's arena.
// Threads:   the compiling one.
// Allocates: from the arena.
// Fails:     by diagnostics; a failed evaluation yields NULL.
#ifndef ISLE_SEMA_CONSTANT_H
#define ISLE_SEMA_CONSTANT_H

#include "sema/sema.h"

typedef enum {
  CONSTANT_NULL,
  CONSTANT_BOOL,      // integer 0 or 1
  CONSTANT_INT,
  CONSTANT_DOUBLE,    // identical doubles are one: NaN is, 0.0 and -0.0 are two
  CONSTANT_STRING,    // WTF-8 text
  CONSTANT_SYMBOL,    // name: "foo", "foo=", "a.b"; private ones by library
  CONSTANT_TYPE,      // type: closed
  CONSTANT_LIST,      // type = element type; items
  CONSTANT_SET,       // type = element type; items
  CONSTANT_MAP,       // type = Map<K, V> type; items: k0 v0 k1 v1 …
  CONSTANT_RECORD,    // type = record type; items in the type's order
  CONSTANT_INSTANCE,  // type = interface type; items = values of all fields,
                      // superclass's first, in declaration order
  CONSTANT_FUNCTION,  // tear-off of a top-level or static function, or of a
                      // constructor; type = NONE or the vector it is
                      // instantiated with
} ConstantKind;

struct Constant {
  uint8_t kind;
  TypeId type;           // see above; else the value's type
  int64_t integer;
  double real;
  Text text;
  Name name;             // SYMBOL
  FunctionElement *function;
  Constant **items;
  uint32_t count;
  uint32_t code_index;   // set by lowering; 0 = not yet
};

typedef struct ConstantTable ConstantTable;

// The canonical constant equal to `c` (its arrays are copied when new).
Constant *il_constant_intern(Sema *sema, const Constant *c);
TypeId il_constant_type(Sema *sema, const Constant *c);
struct TypedExpr;
// The value of a typed constant expression (const constructor calls,
// collections marked constant and all that they contain); NULL after an error,
// which is reported at the expression in `unit`.  In a const context infer
// calls it once, for the outermost expression.
Constant *il_constant_evaluate(Sema *sema, Unit *unit,
                               const struct TypedExpr *expression);
// The same without a report: NULL when it is no constant.
Constant *il_constant_try(Sema *sema, Unit *unit,
                          const struct TypedExpr *expression);
// The value of a const field or of a parameter's default; NULL after an error.
Constant *il_constant_of_field(FieldElement *field);
Constant *il_constant_of_default(FunctionElement *f, Parameter *p);

// Frees the table of constants.
void il_constant_drop(Sema *sema);

#endif
