// typed_part.c: the table of the parts of every kind of expression, as
// distances in its struct, and what reads it. A distance of 0, where a node's
// own head is, means that there is no such part.
#include "sema/typed_part.h"

#include <string.h>

typedef struct {
  uint8_t count;
  uint8_t operands[3];
  uint8_t arguments;
  uint8_t list;
} Parts;

#define AT(type, field) ((uint8_t)offsetof(type, field))
#define ONE(type, a) .count = 1, .operands = {AT(type, a)}
#define TWO(type, a, b) .count = 2, .operands = {AT(type, a), AT(type, b)}
#define THREE(type, a, b, c) \
  .count = 3, .operands = {AT(type, a), AT(type, b), AT(type, c)}
#define ARGUMENTS(type) .arguments = AT(type, arguments)

static const Parts table[EXPR_KIND_COUNT] = {
    [EXPR_CONCAT] = {.list = AT(TypedConcat, parts)},
    [EXPR_LOCAL_SET] = {ONE(TypedLocalSet, value)},
    [EXPR_STATIC_SET] = {ONE(TypedStaticSet, value)},
    [EXPR_FIELD_GET] = {ONE(TypedFieldGet, receiver)},
    [EXPR_FIELD_SET] = {TWO(TypedFieldSet, receiver, value)},
    [EXPR_STATIC_CALL] = {ARGUMENTS(TypedStaticCall)},
    [EXPR_NEW] = {ARGUMENTS(TypedNew)},
    [EXPR_INSTANCE_CALL] = {ONE(TypedInstanceCall, receiver),
                            ARGUMENTS(TypedInstanceCall)},
    [EXPR_SUPER_CALL] = {ARGUMENTS(TypedSuperCall)},
    [EXPR_CLOSURE_CALL] = {ONE(TypedClosureCall, callee),
                           ARGUMENTS(TypedClosureCall)},
    [EXPR_DYNAMIC_CALL] = {ONE(TypedDynamicCall, receiver),
                           ARGUMENTS(TypedDynamicCall)},
    [EXPR_EQUALS] = {TWO(TypedEquals, left, right)},
    [EXPR_IDENTICAL] = {TWO(TypedBinary, left, right)},
    [EXPR_INSTANCE_TEAR_OFF] = {ONE(TypedInstanceTearOff, receiver)},
    [EXPR_SUPER_TEAR_OFF] = {ONE(TypedInstanceTearOff, receiver)},
    [EXPR_INSTANTIATE] = {ONE(TypedInstantiate, function)},
    [EXPR_RECORD] = {.list = AT(TypedRecord, fields)},
    [EXPR_RECORD_GET] = {ONE(TypedRecordGet, record)},
    [EXPR_IS] = {ONE(TypedIs, operand)},
    [EXPR_AS] = {ONE(TypedAs, operand)},
    [EXPR_NULL_CHECK] = {ONE(TypedUnary, operand)},
    [EXPR_NOT] = {ONE(TypedUnary, operand)},
    [EXPR_AND] = {TWO(TypedBinary, left, right)},
    [EXPR_OR] = {TWO(TypedBinary, left, right)},
    [EXPR_CONDITIONAL] = {THREE(TypedConditional, condition, then, otherwise)},
    [EXPR_IF_NULL] = {TWO(TypedBinary, left, right)},
    [EXPR_LET] = {TWO(TypedLet, value, body)},
    [EXPR_SEQUENCE] = {ONE(TypedSequence, value)},
    [EXPR_NULL_AWARE] = {TWO(TypedNullAware, value, body)},
    [EXPR_THROW] = {ONE(TypedUnary, operand)},
    [EXPR_AWAIT] = {ONE(TypedUnary, operand)},
    [EXPR_SWITCH_EXPR] = {ONE(TypedSwitch, subject)},
    [EXPR_PATTERN_ASSIGN] = {ONE(TypedPatternAssign, value)},
    [EXPR_LOAD_LIBRARY] = {ONE(TypedLibraryUse, body)},
    [EXPR_CHECK_LIBRARY] = {ONE(TypedLibraryUse, body)},
};

size_t il_typed_part_size(ExprKind kind) {
  static const uint8_t sizes[EXPR_KIND_COUNT] = {
#define EXPR(kind, type) sizeof(type),
#define STMT(kind, type)
#define PATTERN(kind, type)
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
  };
  return sizes[kind];
}

uint32_t il_typed_part_count(ExprKind kind) { return table[kind].count; }

TypedExpr *il_typed_part_operand(const TypedExpr *e, uint32_t index) {
  IL_ASSERT(index < table[e->kind].count);
  TypedExpr *operand;
  memcpy(&operand, (const char *)e + table[e->kind].operands[index],
         sizeof operand);
  return operand;
}

void il_typed_part_set_operand(TypedExpr *e, uint32_t index,
                               TypedExpr *operand) {
  IL_ASSERT(index < table[e->kind].count);
  memcpy((char *)e + table[e->kind].operands[index], &operand,
         sizeof operand);
}

const TypedArguments *il_typed_part_arguments(const TypedExpr *e) {
  uint32_t at = table[e->kind].arguments;
  return at == 0 ? NULL : (const void *)((const char *)e + at);
}

const TypedExprs *il_typed_part_list(const TypedExpr *e) {
  uint32_t at = table[e->kind].list;
  return at == 0 ? NULL : (const void *)((const char *)e + at);
}
