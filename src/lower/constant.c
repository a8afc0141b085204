// constant.c: constants of the front end as constants of the segment.
#include "lower/lowering.h"

ConstantId il_constant_string(Lower *l, Text text) {
  return il_builder_constant(l->builder, CODE_CONSTANT_STRING, TYPE_ID_STRING,
                             0, text.bytes, text.length);
}

ConstantId il_constant_int(Lower *l, int64_t value) {
  return il_builder_constant(l->builder, CODE_CONSTANT_INT, TYPE_ID_INT,
                             (uint64_t)value, NULL, 0);
}

// The type as the segment wants it: a list's is that of the list.
static TypeId constant_type(Lower *l, const Constant *c) {
  TypeTable *types = l->types->types;
  TypeId type = il_erase(l, c->type);
  switch ((ConstantKind)c->kind) {
    case CONSTANT_BOOL: return TYPE_ID_BOOL;
    case CONSTANT_INT: return TYPE_ID_INT;
    case CONSTANT_DOUBLE: return TYPE_ID_DOUBLE;
    case CONSTANT_STRING: return TYPE_ID_STRING;
    case CONSTANT_SYMBOL: return TYPE_ID_SYMBOL;
    case CONSTANT_LIST: return il_type_interface(types, CLASS_LIST, &type, 1);
    case CONSTANT_SET: return il_type_interface(types, CLASS_SET, &type, 1);
    default: return type;
  }
}

ConstantId il_constant_id(Lower *l, Constant *c) {
  if (!c || c->kind == CONSTANT_NULL) return 0;
  if (c->code_index) return c->code_index;
  uint64_t bits = 0;
  const void *data = NULL;
  uint32_t count = 0;
  switch ((ConstantKind)c->kind) {
    case CONSTANT_BOOL:
    case CONSTANT_INT:
      bits = (uint64_t)c->integer;
      break;
    case CONSTANT_DOUBLE:
      memcpy(&bits, &c->real, sizeof bits);
      break;
    case CONSTANT_STRING:
      data = c->text.bytes;
      count = c->text.length;
      break;
    case CONSTANT_SYMBOL:
      bits = c->name;
      break;
    case CONSTANT_RECORD: {
      const Type *t = il_type_get(l->types->types, c->type);
      bits = il_builder_shape(l->builder, 0, 0, 0, (uint16_t)t->head,
                              (uint16_t)(t->count - t->head),
                              t->items + t->count);
      break;
    }
    case CONSTANT_FUNCTION:
      bits = il_thunk_tear_off(l, c->function);
      break;
    default:
      break;
  }
  ConstantId *items = NULL;
  bool has_items = c->kind == CONSTANT_LIST || c->kind == CONSTANT_SET ||
                   c->kind == CONSTANT_MAP || c->kind == CONSTANT_RECORD ||
                   c->kind == CONSTANT_INSTANCE;
  if (has_items) {
    count = c->count;
    items = il_memory_alloc((count + 1) * sizeof(ConstantId));
    for (uint32_t i = 0; i < count; i++) {
      items[i] = il_constant_id(l, c->items[i]);
    }
    data = items;
  }
  ConstantId id = il_builder_constant(l->builder, c->kind, constant_type(l, c),
                                      bits, data, count);
  if (items) il_memory_free(items, (c->count + 1) * sizeof(ConstantId));
  c->code_index = id;
  return id;
}

VReg il_constant_load_id(Fn *f, ConstantId id, VReg want) {
  VReg d = want == VREG_ANY ? il_frame_new(f, REP_REF) : want;
  if (id == 0) {
    il_emit(f, OP_LOAD_NULL, d, 0, 0);
  } else {
    il_emit_ai(f, OP_LOAD_CONST, d, (int32_t)id);
  }
  return d;
}

VReg il_constant_load(Fn *f, Constant *c, Rep rep, VReg want) {
  if (want == VREG_NONE) return VREG_NONE;
  bool is_word = c->kind == CONSTANT_INT || c->kind == CONSTANT_BOOL;
  if (rep == REP_REF) return il_constant_load_id(f, il_constant_id(f->l, c),
                                                 want);
  uint64_t bits = (uint64_t)c->integer;
  if (c->kind == CONSTANT_DOUBLE) memcpy(&bits, &c->real, sizeof bits);
  if (want == VREG_ANY && (is_word || c->kind == CONSTANT_DOUBLE)) {
    VReg constant = il_frame_constant(f, bits);
    if (constant != VREG_NONE) return constant;
  }
  VReg d = want == VREG_ANY ? il_frame_new(f, rep) : want;
  if (is_word) {
    il_emit_int(f, d, c->integer);
  } else if (c->kind == CONSTANT_DOUBLE) {
    il_emit_x(f, OP_LOAD_WORD, d, 0, 0, bits);
  } else {
    VReg r = il_constant_load_id(f, il_constant_id(f->l, c), VREG_ANY);
    il_expr_convert(f, r, REP_REF, rep, d);
  }
  return d;
}
