// emit.c: items, labels and jumps, and their encoding. In order: items, labels,
// jumps, encoding.
#include "base/utf.h"
#include "lower/lowering.h"

// --------------------------------------------------------------------- items

static Item *push_item(Fn *f, Op op) {
  Item item = {.op = (uint8_t)op};
  il_vec_push(&f->items, item);
  return &il_vec_last(&f->items);
}

// The last item, when nothing jumps to what comes after it; else NULL.
static Item *last_item(Fn *f) {
  if (f->items.count == 0 || f->labelled == f->items.count) return NULL;
  return &il_vec_last(&f->items);
}

static bool is_temporary(const Fn *f, VReg r) {
  uint32_t kind = il_vreg_kind(r);
  return (kind == VREG_RAW || kind == VREG_REF) && !il_frame_is_bound(f, r);
}

// The last item when it is `op` and makes the temporary r, which nothing but
// what comes now reads.
static Item *last_made(Fn *f, Op op, VReg r) {
  Item *last = last_item(f);
  return last && last->op == op && !last->is_word && last->a == r &&
                 is_temporary(f, r)
             ? last
             : NULL;
}

// A result that is boxed to be returned is boxed by the return.
static Op join_return(Fn *f, VReg *value) {
  static const Op joined[][2] = {{OP_BOX_INT, OP_RETURN_INT},
                                 {OP_BOX_DOUBLE, OP_RETURN_DOUBLE},
                                 {OP_BOX_BOOL, OP_RETURN_BOOL}};
  for (uint32_t i = 0; i < IL_COUNT_OF(joined); i++) {
    const Item *box = last_made(f, joined[i][0], *value);
    if (!box) continue;
    *value = box->b;
    f->items.count--;
    return joined[i][1];
  }
  return OP_RETURN;
}

void il_emit_x(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c, uint64_t ext) {
  if (f->is_dead) return;
  if (op == OP_RETURN) op = join_return(f, &a);
  Item *item = push_item(f, op);
  item->a = a;
  item->b = b;
  item->c = c;
  item->ext = ext;
  switch (op) {
    case OP_RETURN:
    case OP_RETURN_INT:
    case OP_RETURN_DOUBLE:
    case OP_RETURN_BOOL:
    case OP_RETURN_NULL:
    case OP_NATIVE:
    case OP_THROW:
    case OP_RETHROW:
    case OP_UNREACHABLE:
      f->is_dead = true;
      break;
    default:
      break;
  }
}

void il_emit(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c) {
  il_emit_x(f, op, a, b, c, 0);
}

void il_emit_ai(Fn *f, Op op, VReg a, int32_t imm) {
  il_emit_x(f, op, a, 0, (uint32_t)imm, 0);
}

void il_emit_line(Fn *f) {
  if (f->is_dead) return;
  CodeLine line = {f->items.count, f->offset, 0};
  if (f->lines.count > 0 && il_vec_last(&f->lines).line == f->offset) return;
  if (f->lines.count > 0 && il_vec_last(&f->lines).pc == line.pc) {
    il_vec_last(&f->lines) = line;
    return;
  }
  il_vec_push(&f->lines, line);
}

void il_emit_at(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c) {
  il_emit_line(f);
  il_emit_x(f, op, a, b, c, 0);
}

void il_emit_move(Fn *f, VReg to, VReg from) {
  if (to != from) il_emit(f, OP_MOVE, to, from, 0);
}

static void emit_joined(Fn *f, Op op, VReg d, const Item *multiply,
                        VReg other) {
  Item item = *multiply;
  item.op = (uint8_t)op;
  item.ext = (uint64_t)item.a << 32 | other;
  item.a = d;
  il_vec_last(&f->items) = item;
}

void il_emit_binary(Fn *f, Op op, VReg d, VReg left, VReg right) {
  bool is_int = op == OP_ADD_I64;
  if (!f->is_dead && left != right &&
      (is_int || op == OP_ADD_F64 || op == OP_SUB_F64)) {
    Op multiply = is_int ? OP_MUL_I64 : OP_MUL_F64;
    Op sum = is_int ? OP_MUL_ADD_I64 : OP_MUL_ADD_F64;
    const Item *last = last_made(f, multiply, right);
    if (last) {
      emit_joined(f, op == OP_SUB_F64 ? OP_SUB_MUL_F64 : sum, d, last, left);
      return;
    }
    last = last_made(f, multiply, left);
    if (last) {
      emit_joined(f, op == OP_SUB_F64 ? OP_MUL_SUB_F64 : sum, d, last, right);
      return;
    }
  }
  il_emit(f, op, d, left, right);
}

void il_emit_int(Fn *f, VReg to, int64_t value) {
  if (value == (int32_t)value) {
    il_emit_ai(f, OP_LOAD_INT, to, (int32_t)value);
  } else {
    il_emit_x(f, OP_LOAD_WORD, to, 0, 0, (uint64_t)value);
  }
}

// -------------------------------------------------------------------- labels

Label il_label_new(Fn *f) {
  il_vec_push(&f->labels, LABEL_NONE);
  il_vec_push(&f->label_used, 0);
  return f->labels.count - 1;
}

// Whether one of the newer labels stands at the end; true when not sure.
static bool is_end_labelled(const Fn *f, Label except) {
  for (uint32_t i = f->labels.count; i-- > 0;) {
    if (f->labels.count - i > 64) return true;
    if (i != except && f->labels.items[i] == f->items.count) return true;
  }
  return false;
}

void il_label_bind(Fn *f, Label label) {
  if (f->label_used.items[label]) {
    // A jump to the next instruction is no jump.
    Item *last = f->items.count ? &il_vec_last(&f->items) : NULL;
    if (last && last->op == OP_JUMP && !last->is_word && last->c == label &&
        !is_end_labelled(f, label)) {
      f->items.count--;
    }
    f->is_dead = false;
  }
  f->labels.items[label] = f->labelled = f->items.count;
}

void il_label_bind_loop(Fn *f, Label label) {
  f->labels.items[label] = f->labelled = f->items.count;
  f->is_dead = false;
}

// --------------------------------------------------------------------- jumps

static bool is_jump(Op op) {
  return op >= OP_JUMP && op <= OP_LOOP_NE_I64_K;
}

// The backward form of a jump; OP_UNREACHABLE: none.
static Op loop_form(Op op) {
  switch (op) {
    case OP_JUMP: return OP_LOOP;
    case OP_JUMP_IF: return OP_LOOP_IF;
    case OP_JUMP_LT_I64: return OP_LOOP_LT_I64;
    case OP_JUMP_LE_I64: return OP_LOOP_LE_I64;
    case OP_JUMP_NE_I64: return OP_LOOP_NE_I64;
    case OP_JUMP_LT_F64: return OP_LOOP_LT_F64;
    case OP_JUMP_LE_F64: return OP_LOOP_LE_F64;
    case OP_JUMP_LT_I64_K: return OP_LOOP_LT_I64_K;
    case OP_JUMP_LE_I64_K: return OP_LOOP_LE_I64_K;
    case OP_JUMP_GT_I64_K: return OP_LOOP_GT_I64_K;
    case OP_JUMP_GE_I64_K: return OP_LOOP_GE_I64_K;
    case OP_JUMP_NE_I64_K: return OP_LOOP_NE_I64_K;
    default: return OP_UNREACHABLE;
  }
}

static Op jump_form(Op op) {
  switch (op) {
    case OP_LOOP_IF: return OP_JUMP_IF;
    case OP_LOOP_LT_I64: return OP_JUMP_LT_I64;
    case OP_LOOP_LE_I64: return OP_JUMP_LE_I64;
    case OP_LOOP_NE_I64: return OP_JUMP_NE_I64;
    case OP_LOOP_LT_F64: return OP_JUMP_LT_F64;
    case OP_LOOP_LE_F64: return OP_JUMP_LE_F64;
    case OP_LOOP_LT_I64_K: return OP_JUMP_LT_I64_K;
    case OP_LOOP_LE_I64_K: return OP_JUMP_LE_I64_K;
    case OP_LOOP_GT_I64_K: return OP_JUMP_GT_I64_K;
    case OP_LOOP_GE_I64_K: return OP_JUMP_GE_I64_K;
    case OP_LOOP_NE_I64_K: return OP_JUMP_NE_I64_K;
    default: return op;
  }
}

Op il_emit_inverse(Op op, uint32_t *a, uint32_t *b) {
  uint32_t t;
  switch (op) {
    case OP_JUMP_IF: return OP_JUMP_UNLESS;
    case OP_JUMP_UNLESS: return OP_JUMP_IF;
    case OP_JUMP_NULL: return OP_JUMP_NOT_NULL;
    case OP_JUMP_NOT_NULL: return OP_JUMP_NULL;
    case OP_JUMP_TRUE: return OP_JUMP_FALSE;
    case OP_JUMP_FALSE: return OP_JUMP_TRUE;
    case OP_JUMP_EQ_REF: return OP_JUMP_NE_REF;
    case OP_JUMP_NE_REF: return OP_JUMP_EQ_REF;
    case OP_JUMP_EQ_I64: return OP_JUMP_NE_I64;
    case OP_JUMP_NE_I64: return OP_JUMP_EQ_I64;
    case OP_JUMP_LT_I64: t = *a; *a = *b; *b = t; return OP_JUMP_LE_I64;
    case OP_JUMP_LE_I64: t = *a; *a = *b; *b = t; return OP_JUMP_LT_I64;
    case OP_JUMP_EQ_I64_K: return OP_JUMP_NE_I64_K;
    case OP_JUMP_NE_I64_K: return OP_JUMP_EQ_I64_K;
    case OP_JUMP_LT_I64_K: return OP_JUMP_GE_I64_K;
    case OP_JUMP_GE_I64_K: return OP_JUMP_LT_I64_K;
    case OP_JUMP_LE_I64_K: return OP_JUMP_GT_I64_K;
    case OP_JUMP_GT_I64_K: return OP_JUMP_LE_I64_K;
    case OP_JUMP_EQ_F64: return OP_JUMP_NE_F64;
    case OP_JUMP_NE_F64: return OP_JUMP_EQ_F64;
    case OP_JUMP_LT_F64: return OP_JUMP_NLT_F64;
    case OP_JUMP_NLT_F64: return OP_JUMP_LT_F64;
    case OP_JUMP_LE_F64: return OP_JUMP_NLE_F64;
    case OP_JUMP_NLE_F64: return OP_JUMP_LE_F64;
    default: return OP_UNREACHABLE;
  }
}

static void put_jump(Fn *f, Op op, uint32_t a, uint32_t b, Label to) {
  if (f->is_dead) return;
  Item *item = push_item(f, op);
  item->a = a;
  item->b = b;
  item->c = to;
  f->label_used.items[to] = 1;
  if (op == OP_JUMP || op == OP_LOOP) f->is_dead = true;
}

void il_emit_jump(Fn *f, Label to) {
  bool is_back = f->labels.items[to] != LABEL_NONE;
  put_jump(f, is_back ? OP_LOOP : OP_JUMP, 0, 0, to);
}

void il_emit_branch(Fn *f, Op op, uint32_t a, uint32_t b, Label to) {
  if (f->is_dead) return;
  if (f->labels.items[to] == LABEL_NONE) {
    if (op == OP_JUMP_IF || op == OP_JUMP_UNLESS) {
      const Item *unbox = last_made(f, OP_UNBOX_BOOL, a);
      if (unbox) {
        a = unbox->b;
        op = op == OP_JUMP_IF ? OP_JUMP_TRUE : OP_JUMP_FALSE;
        f->items.count--;
      }
    }
    put_jump(f, op, a, b, to);
    return;
  }
  Op loop = loop_form(op);
  if (loop != OP_UNREACHABLE) {
    put_jump(f, loop, a, b, to);
    return;
  }
  Op inverse = il_emit_inverse(op, &a, &b);
  Label over = il_label_new(f);
  if (inverse != OP_UNREACHABLE) {
    put_jump(f, inverse, a, b, over);
    put_jump(f, OP_LOOP, 0, 0, to);
  } else {
    Label back = il_label_new(f);
    put_jump(f, op, a, b, back);
    put_jump(f, OP_JUMP, 0, 0, over);
    il_label_bind(f, back);
    put_jump(f, OP_LOOP, 0, 0, to);
  }
  il_label_bind(f, over);
}

void il_emit_word(Fn *f, Label to) {
  if (f->is_dead) return;
  Item *item = push_item(f, OP_JUMP);
  item->is_word = true;
  item->c = to;
  f->label_used.items[to] = 1;
}

// ------------------------------------------------------------------ encoding

typedef struct {
  Fn *f;
  uint32_t raw_start, const_start, ref_start, out_start;
  uint32_t *at;             // word of each item, and of the end
  IL_VEC(Instruction) code;
} Encoder;

static uint16_t encode_operand(const Encoder *e, uint32_t v) {
  uint32_t n = v & VREG_NUMBER;
  switch (il_vreg_kind(v)) {
    case VREG_ARG: break;
    case VREG_RAW: n += e->raw_start; break;
    case VREG_REF: n += e->ref_start; break;
    case VREG_OUT: n += e->out_start; break;
    case VREG_CONST: n += e->const_start; break;
    default: return (uint16_t)v;
  }
  if (n >= REG_NONE) {
    if (!e->f->has_failed) il_lower_error(e->f, "a function of this size");
    n = 0;
  }
  return (uint16_t)n;
}

// A multiplication joined with a sum.
static bool is_joined(const Item *item) {
  return !item->is_word &&
         il_instruction_format((Op)item->op) == FORMAT_ABCD;
}

static uint32_t item_words(const Item *item) {
  if (item->is_word) return 1;
  if (item->is_long) return is_joined(item) ? 2 : 3;
  return il_instruction_words((Op)item->op);
}

static uint32_t label_word(const Encoder *e, Label label) {
  uint32_t item = e->f->labels.items[label];
  IL_ASSERT(item != LABEL_NONE);
  return item == LABEL_NONE ? 0 : e->at[item];
}

static bool is_short_jump(const Item *item) {
  Format format = il_instruction_format((Op)item->op);
  return !item->is_word && (format == FORMAT_ABJ || format == FORMAT_AKJ);
}

// A jump to an unconditional jump goes where that goes. Going back, it counts
// a safepoint as that does.
static void thread_jump(Fn *f, uint32_t at) {
  Item *item = &f->items.items[at];
  for (uint32_t steps = 0; steps < 8; steps++) {
    uint32_t to = f->labels.items[item->c];
    if (to == LABEL_NONE || to <= at || to >= f->items.count) return;
    const Item *next = &f->items.items[to];
    if (next->is_word || (next->op != OP_JUMP && next->op != OP_LOOP)) return;
    bool is_back = f->labels.items[next->c] <= at;
    if (is_back) {
      Op loop = loop_form((Op)item->op);
      if (loop == OP_UNREACHABLE) return;
      item->op = (uint8_t)loop;
    }
    item->c = next->c;
  }
}

static void thread_jumps(Fn *f) {
  for (uint32_t i = 0; i < f->items.count; i++) {
    const Item *item = &f->items.items[i];
    if (!item->is_word && is_jump((Op)item->op)) thread_jump(f, i);
  }
}

// Places all items; jumps that do not reach become long until all fit.
static void place_items(Encoder *e) {
  Fn *f = e->f;
  for (uint32_t i = 0; i < f->items.count; i++) {
    Item *item = &f->items.items[i];
    if (is_joined(item) && encode_operand(e, (uint32_t)item->ext) > 0xff) {
      item->is_long = true;
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    uint32_t at = e->code.count;
    for (uint32_t i = 0; i < f->items.count; i++) {
      e->at[i] = at;
      at += item_words(&f->items.items[i]);
    }
    e->at[f->items.count] = at;
    for (uint32_t i = 0; i < f->items.count; i++) {
      Item *item = &f->items.items[i];
      if (!is_short_jump(item) || item->is_long) continue;
      int64_t distance = (int64_t)label_word(e, item->c) - e->at[i] - 1;
      if (distance < INT16_MIN + 8 || distance > INT16_MAX - 8) {
        item->is_long = changed = true;
      }
    }
  }
}

static void encode_jump(Encoder *e, const Item *item, uint32_t at) {
  Op op = (Op)item->op;
  int64_t to = label_word(e, item->c);
  uint16_t a = encode_operand(e, item->a), b = encode_operand(e, item->b);
  if (item->is_long) {
    bool is_back = to <= at;
    il_vec_push(&e->code, il_instruction_abc(jump_form(op), a, b, 1));
    il_vec_push(&e->code, il_instruction_ai(OP_JUMP, 0, 1));
    il_vec_push(&e->code, il_instruction_ai(is_back ? OP_LOOP : OP_JUMP, 0,
                                            (int32_t)(to - at - 3)));
    return;
  }
  int32_t distance = (int32_t)(to - at - 1);
  if (is_short_jump(item)) {
    il_vec_push(&e->code,
                il_instruction_abc(op, a, b, (uint16_t)(int16_t)distance));
  } else {
    il_vec_push(&e->code, il_instruction_ai(op, a, distance));
  }
}

// d has eight bits: when it is further away, as the two that it was.
static void encode_joined(Encoder *e, const Item *item) {
  Op op = (Op)item->op;
  uint16_t a = encode_operand(e, item->a), b = encode_operand(e, item->b);
  uint16_t c = encode_operand(e, item->c);
  uint16_t d = encode_operand(e, (uint32_t)item->ext);
  uint16_t t = encode_operand(e, (uint32_t)(item->ext >> 32));
  if (!item->is_long) {
    il_vec_push(&e->code, il_instruction_abc(op, a, b, c) | (uint64_t)d << 8);
    return;
  }
  bool is_int = op == OP_MUL_ADD_I64, is_sum = is_int || op == OP_MUL_ADD_F64;
  Op second = is_int ? OP_ADD_I64 : is_sum ? OP_ADD_F64 : OP_SUB_F64;
  bool swap = op == OP_SUB_MUL_F64;
  il_vec_push(&e->code, il_instruction_abc(is_int ? OP_MUL_I64 : OP_MUL_F64, t,
                                           b, c));
  il_vec_push(&e->code,
              il_instruction_abc(second, a, swap ? d : t, swap ? t : d));
}

// Constants of loops, in their registers before the body begins.
static void encode_constants(Encoder *e) {
  for (uint32_t i = 0; i < e->f->constant_count; i++) {
    uint64_t bits = e->f->constants[i];
    uint16_t r = encode_operand(e, il_vreg(VREG_CONST, i));
    if ((int64_t)bits == (int32_t)bits) {
      il_vec_push(&e->code, il_instruction_ai(OP_LOAD_INT, r, (int32_t)bits));
    } else {
      il_vec_push(&e->code, il_instruction_abc(OP_LOAD_WORD, r, 0, 0));
      il_vec_push(&e->code, bits);
    }
  }
}

static void encode_item(Encoder *e, uint32_t i) {
  const Item *item = &e->f->items.items[i];
  Op op = (Op)item->op;
  if (item->is_word) {
    // Distances of a table count from its end.
    uint32_t end = i;
    while (end < e->f->items.count && e->f->items.items[end].is_word) end++;
    int32_t distance = (int32_t)(label_word(e, item->c) - e->at[end]);
    il_vec_push(&e->code, (uint64_t)(uint32_t)distance);
    return;
  }
  if (is_jump(op)) {
    encode_jump(e, item, e->at[i]);
    return;
  }
  switch (il_instruction_format(op)) {
    case FORMAT_ABCD:
      encode_joined(e, item);
      return;
    case FORMAT_I:
    case FORMAT_AI:
      il_vec_push(&e->code, il_instruction_ai(op, encode_operand(e, item->a),
                                              (int32_t)item->c));
      break;
    default:
      il_vec_push(&e->code, il_instruction_abc(
                                op, encode_operand(e, item->a),
                                encode_operand(e, item->b),
                                encode_operand(e, item->c)));
  }
  if (il_instruction_words(op) == 2) il_vec_push(&e->code, item->ext);
}

// The position of an offset, from the one asked for before: lines may be long,
// and most positions follow one another.
static SourcePosition next_position(const Source *source, uint32_t offset,
                                    uint32_t *last, SourcePosition *at) {
  uint32_t low = 0, high = source->line_count;
  while (high - low > 1) {
    uint32_t middle = (low + high) / 2;
    if (source->line_starts[middle] <= offset) low = middle; else high = middle;
  }
  uint32_t start = source->line_starts[low];
  if (at->line != low + 1) {
    *at = (SourcePosition){low + 1, 1};
    *last = start;
  }
  if (offset >= *last) {
    at->column += (uint32_t)il_utf_count_units(
        il_text_slice(source->text, *last, offset), NULL);
  } else {
    at->column -= (uint32_t)il_utf_count_units(
        il_text_slice(source->text, offset, *last), NULL);
  }
  *last = offset;
  return *at;
}

static void encode_tables(Encoder *e) {
  Fn *f = e->f;
  Lower *l = f->l;
  BuilderFunction *out = &f->out;
  uint32_t last = 0;
  SourcePosition at = {0, 0};
  for (uint32_t i = 0; i < f->lines.count; i++) {
    CodeLine *line = &f->lines.items[i];
    line->pc = e->at[line->pc];
    SourcePosition p = {0, 0};
    if (f->unit && f->unit->source.line_starts &&
        line->line <= f->unit->source.text.length) {
      p = next_position(&f->unit->source, line->line, &last, &at);
    }
    line->line = p.line;
    line->column = p.column;
  }
  CodeHandler *handlers =
      IL_NEW_ARRAY(&l->arena, CodeHandler, f->handlers.count + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < f->handlers.count; i++) {
    const Handler *h = &f->handlers.items[i];
    CodeHandler c = {label_word(e, h->start), label_word(e, h->end),
                     label_word(e, h->target),
                     encode_operand(e, h->exception),
                     encode_operand(e, h->trace)};
    if (c.start < c.end) handlers[count++] = c;
  }
  out->handlers = handlers;
  out->head.handler_count = count;
  out->lines = il_line_encode(&l->arena, f->lines.items, f->lines.count,
                              &out->head.line_bytes);
}

void il_emit_finish(Fn *f) {
  uint32_t args = f->ref_args + f->raw_args;
  uint32_t refs = args + f->raw_max + f->constant_count;
  Encoder e = {.f = f, .raw_start = args, .const_start = args + f->raw_max,
               .ref_start = refs,
               .out_start = refs + f->ref_max + FRAME_HEADER_WORDS};
  encode_constants(&e);
  thread_jumps(f);
  e.at = il_memory_alloc((f->items.count + 1) * sizeof(uint32_t));
  place_items(&e);
  il_vec_reserve(&e.code, e.at[f->items.count]);
  for (uint32_t i = 0; i < f->items.count; i++) encode_item(&e, i);
  encode_tables(&e);
  Function *head = &f->out.head;
  head->ref_arg_count = (uint16_t)f->ref_args;
  head->raw_arg_count = (uint16_t)f->raw_args;
  head->ref_local_start = (uint16_t)e.ref_start;
  head->frame_words = (uint16_t)(e.ref_start + f->ref_max);
  if (e.ref_start + f->ref_max + f->out_max + FRAME_HEADER_WORDS >= REG_NONE &&
      !f->has_failed) {
    il_lower_error(f, "a function with so many variables");
  }
  head->code_words = e.code.count;
  f->out.code = il_vec_to_arena(&e.code, &f->l->arena);
  il_vec_drop(&e.code);
  il_memory_free(e.at, (f->items.count + 1) * sizeof(uint32_t));
}
