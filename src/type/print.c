// print.c: types as Dart prints them.
//
// Two spellings: diagnostics write `int Function(String)`, as a type is
// written in a program; the toString of a Type object writes
// `(String) => int`.  Type parameters of function types have lost their names
// and are called Y0, Y1, ... from the outermost function type inwards.
#include "type/table.h"

// A message is of no use beyond this.
#define PRINT_LIMIT 20000u

typedef struct {
  const TypeContext *c;
  const NameTable *names;
  TextBuilder *out;
  bool is_value;   // the spelling of Type objects
  uint32_t limit;  // length at which printing stops
  uint32_t bound_count[IL_TYPE_MAX_DEPTH + 1];  // parameters before each binder
  uint32_t binders;  // generic function types entered
} Printer;

static void print(Printer *p, TypeId id);

static void print_text(Printer *p, const char *text) {
  il_text_append_string(p->out, text);
}

static void print_name(Printer *p, Name name) {
  il_text_append(p->out, il_name_public_text(p->names, name));
}

static void print_list(Printer *p, const TypeId *items, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) print_text(p, ", ");
    print(p, items[i]);
  }
}

static void print_bound_name(Printer *p, uint32_t binder, uint32_t index) {
  il_text_append_format(p->out, "Y%u", p->bound_count[binder] + index);
}

static void print_type_params(Printer *p, const Type *t, const TypeShape *s) {
  if (s->type_param_count == 0) return;
  print_text(p, "<");
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    if (i > 0) print_text(p, ", ");
    print_bound_name(p, p->binders - 1, i);
    TypeId bound = t->items[1 + i];
    if (bound == TYPE_ID_OBJECT_NULLABLE || bound == TYPE_ID_DYNAMIC) continue;
    print_text(p, " extends ");
    print(p, bound);
  }
  print_text(p, ">");
}

static void print_parameters(Printer *p, const Type *t, const TypeShape *s) {
  const TypeId *types = t->items + 1 + s->type_param_count;
  print_text(p, "(");
  print_list(p, types, s->required_count);
  types += s->required_count;
  if (s->required_count > 0 && (s->optional_count || s->named_count)) {
    print_text(p, ", ");
  }
  if (s->optional_count > 0) {
    print_text(p, "[");
    print_list(p, types, s->optional_count);
    print_text(p, "]");
  }
  if (s->named_count > 0) {
    print_text(p, "{");
    for (uint32_t i = 0; i < s->named_count; i++) {
      if (i > 0) print_text(p, ", ");
      if (s->names[i] & TYPE_NAMED_REQUIRED) print_text(p, "required ");
      print(p, types[i]);
      print_text(p, " ");
      print_name(p, s->names[i] & ~TYPE_NAMED_REQUIRED);
    }
    print_text(p, "}");
  }
  print_text(p, ")");
}

static void print_function(Printer *p, const Type *t) {
  const TypeShape *s = il_type_shape_get(p->c->types, t);
  if (s->type_param_count > 0) {
    uint32_t binder = p->binders++;
    p->bound_count[binder + 1] = p->bound_count[binder] + s->type_param_count;
  }
  if (p->is_value) {
    if (t->nullable) print_text(p, "(");
    print_type_params(p, t, s);
    print_parameters(p, t, s);
    print_text(p, " => ");
    print(p, t->items[0]);
    if (t->nullable) print_text(p, ")");
  } else {
    print(p, t->items[0]);
    print_text(p, " Function");
    print_type_params(p, t, s);
    print_parameters(p, t, s);
  }
  if (s->type_param_count > 0) p->binders--;
}

static void print_record(Printer *p, const Type *t) {
  print_text(p, "(");
  print_list(p, t->items, t->head);
  uint32_t named = t->count - t->head;
  if (named > 0) {
    print_text(p, t->head > 0 ? ", {" : "{");
    for (uint32_t i = 0; i < named; i++) {
      if (i > 0) print_text(p, ", ");
      print(p, t->items[t->head + i]);
      print_text(p, " ");
      print_name(p, t->items[t->count + i]);
    }
    print_text(p, "}");
  } else if (t->head == 1) {
    // A record type of one field is written (int,), a value's is shown (int).
    if (!p->is_value) print_text(p, ",");
  }
  print_text(p, ")");
}

// <A, B>
static void print_arguments(Printer *p, const Type *t) {
  print_text(p, "<");
  print_list(p, t->items, t->count);
  print_text(p, ">");
}

static void print_interface(Printer *p, const Type *t) {
  print_name(p, il_class_get(p->c->classes, t->head)->name);
  if (t->count > 0) print_arguments(p, t);
}

static void print_param(Printer *p, const Type *t) {
  const TypeParam *param = il_type_param_get(p->c->types, t->head);
  if (param->name) {
    print_name(p, param->name);
  } else {
    il_text_append_format(p->out, "T%u", param->index);
  }
}

static void print_bound(Printer *p, const Type *t) {
  uint32_t distance = t->binders - 1u;
  if (distance < p->binders) {
    print_bound_name(p, p->binders - 1 - distance, t->head & 0xFFFF);
  } else {
    il_text_append_format(p->out, "Y%u", t->head & 0xFFFF);
  }
}

static void print_kind(Printer *p, const Type *t) {
  switch ((TypeKind)t->kind) {
    case TYPE_NONE: print_text(p, "<none>"); break;
    case TYPE_INVALID: print_text(p, "<invalid>"); break;
    case TYPE_UNKNOWN: print_text(p, "_"); break;
    case TYPE_DYNAMIC: print_text(p, "dynamic"); break;
    case TYPE_VOID: print_text(p, "void"); break;
    case TYPE_NEVER: print_text(p, "Never"); break;
    case TYPE_INTERFACE: print_interface(p, t); break;
    case TYPE_FUTURE_OR:
      print_text(p, "FutureOr<");
      print(p, t->items[0]);
      print_text(p, ">");
      break;
    case TYPE_FUNCTION: print_function(p, t); break;
    case TYPE_RECORD: print_record(p, t); break;
    case TYPE_PARAM: print_param(p, t); break;
    case TYPE_BOUND: print_bound(p, t); break;
    case TYPE_INTERSECTION:
      print(p, t->items[0]);
      print_text(p, " & ");
      print(p, t->items[1]);
      break;
    case TYPE_VECTOR: print_arguments(p, t); break;
    case TYPE_KIND_COUNT: IL_UNREACHABLE();
  }
}

static void print(Printer *p, TypeId id) {
  if (p->out->length > p->limit) {
    if (p->out->bytes[p->out->length - 1] != '.') print_text(p, "...");
    return;
  }
  const Type *t = il_type_get(p->c->types, id);
  print_kind(p, t);
  // A value's spelling puts the function in parentheses before its `?`.
  if (t->nullable) print_text(p, "?");
}

static void start(const TypeContext *c, const NameTable *names, TypeId type,
                  TextBuilder *out, bool is_value) {
  Printer *p = il_memory_zalloc(sizeof(Printer));
  p->c = c;
  p->names = names;
  p->out = out;
  p->is_value = is_value;
  p->limit = out->length + PRINT_LIMIT;
  print(p, type);
  il_memory_free(p, sizeof(Printer));
}

void il_class_print_type(const TypeContext *c, const NameTable *names,
                         TypeId type, TextBuilder *out) {
  start(c, names, type, out, false);
}

void il_class_print_value_type(const TypeContext *c, const NameTable *names,
                               TypeId type, TextBuilder *out) {
  start(c, names, type, out, true);
}
