// program.h: a compiled program, as the run time sees it.
//
// A program is a stack of segments: the core segment (the image of lib/, linked
// into the binary, shared by the process) and the user's. A segment is one
// contiguous, position-independent, immutable block: links inside it are
// offsets from the thing that holds them (IL_REL), and what crosses segments
// is a global number: class, function, constant, selector, static, shape, type,
// name. Numbers of the core come first; the user's follow.
//
// Frame of a function, in 64-bit slots from fp (grows upwards):
//
//   fp[-3] Function*   fp[-2] return pc   fp[-1] link: words back to the
//                                         caller's fp (low 32), flags (high 32)
//   fp[0 ..]           reference arguments: `this` or the closure first, then
//                      parameters held as references, in declared order
//   then               raw arguments: the function's type vector first when it
//                      is generic (outer functions' included), then raw params
//   then               raw locals
//   then               reference locals, up to frame_words
//   then               the outgoing area: FRAME_HEADER_WORDS, then the
//                      arguments of the next call, laid out as the callee's:
//                      argument slot k is fp[frame_words + FRAME_HEADER_WORDS+k]
//
// So a call passes nothing: the callee's fp is the caller's top plus the
// header. References are the two ranges [0, ref_arg_count) and
// [ref_local_start, frame_words); reference locals are set to null on entry.
// The outgoing area is dead at every safepoint but the call itself.
//
// A call's destination may be a slot of the outgoing area too (as the argument
// of the next call, or as a place for a result that nobody wants).
//
// Closures (LAYOUT_CLOSURE), words after the header:
//
//   0  function id (low 32), reference slots (next 16), raw slots (high 16)
//   1  class vector (low 32): the type arguments of the class around it, as a
//      vector of that class's own parameters (base 0); function vector (high
//      32): all type arguments of the functions around it.  0: none needed
//   2  instantiation (low 32): own type arguments given by `f<int>`; 0: none
//   3  captured references, then captured raw words
//
// Captured slots are read and written by GET_FIELD and SET_FIELD_*. A captured
// variable's cell (LAYOUT_CELL, LAYOUT_RAW_CELL) has its value in word 0.
//
// A parameter's representation is its declared type's (il_type_rep) in a
// typed body. CLOSURE ABI: bodies of closures and local functions that escape
// take and return references only. A function called through a selector takes
// what the selector says; where the override differs a thunk (bytecode, made
// at load by lower/) stands in the dispatch row.
//
// Owner:     a Program is made by the loader of the embedder and belongs to a
//            group; segments belong to it or to the image.
// Threads:   immutable after il_program_close; read by all.
// Allocates: memory.
// Fails:     il_program_add says IL_INVALID for a segment that does not verify.
#ifndef ISLE_CODE_PROGRAM_H
#define ISLE_CODE_PROGRAM_H

#include "base/status.h"
#include "code/instruction.h"
#include "type/class.h"

#define FRAME_HEADER_WORDS 3
// Words of a closure (after the header) and of a cell.
#define CLOSURE_FUNCTION_WORD 0
#define CLOSURE_VECTORS_WORD 1
#define CLOSURE_INSTANTIATION_WORD 2
#define CLOSURE_FIRST_SLOT_WORD 3
#define CELL_VALUE_WORD 0
// The first item of an _Array and field of a record, after the header: word 0
// has the length, or the shape and count.
#define ARRAY_FIRST_WORD 1
#define RECORD_FIRST_WORD 1

// A self-relative link: the address of the thing is that of the field plus
// its value; 0 is none.
typedef int32_t Rel;
#define IL_REL(type, field) ((type *)((char *)&(field) + (field)))

typedef uint32_t FunctionId;   // 0 = none
typedef uint32_t ConstantId;   // 0 = the constant null
typedef uint32_t SelectorId;
typedef uint32_t StaticId;
typedef uint32_t ShapeId;
typedef uint16_t NativeId;

typedef enum { MEMBER_METHOD, MEMBER_GETTER, MEMBER_SETTER } MemberKind;

enum {
  CODE_IS_STATIC = 1 << 0,
  CODE_IS_NATIVE = 1 << 1,       // code is NATIVE n
  CODE_IS_CLOSURE = 1 << 2,      // closure ABI
  CODE_IS_THUNK = 1 << 3,        // left out of stack traces
  CODE_IS_ASYNC = 1 << 4,        // "<asynchronous suspension>" in traces
  CODE_IS_GENERIC = 1 << 5,      // takes a type vector
  CODE_IS_ABSTRACT = 1 << 6,
  CODE_IS_CONSTRUCTOR = 1 << 7,  // generative: `this` is slot 0, returns null
  CODE_IS_INVISIBLE = 1 << 8,    // core plumbing, left out of stack traces
  CODE_IS_HOLDER_RELATIVE = 1 << 9,  // a mixin's body
};

// One parameter, for the general entry (dynamic calls, Function.apply,
// closures of another shape, tear-offs) and for checks.
typedef struct {
  Name name;
  TypeId type;             // erased; may mention type parameters
  ConstantId default_value;
  uint8_t rep;             // Rep in this body
  uint8_t is_required;     // named only
  uint8_t is_covariant;    // checked by the body itself
  uint8_t unused;
} CodeParameter;

typedef struct {
  uint32_t start, end;     // words of code covered
  uint32_t target;         // word where the handler begins
  Reg exception, trace;    // where the two are put
} CodeHandler;

typedef struct Function {
  FunctionId id;
  Name name;               // "foo", "C.named", "<anonymous closure>"
  ClassId holder;          // class it is compiled into; 0 = none
  FunctionId outer;        // enclosing function of a closure; 0
  uint16_t flags;          // CODE_*
  uint8_t member_kind;     // MemberKind
  uint8_t result_rep;      // Rep
  TypeId type;             // its function type; closures: see outer
  TypeId result_type;
  // Frame.
  uint16_t ref_arg_count, raw_arg_count;
  uint16_t ref_local_start, frame_words;
  uint32_t top_words;      // frame_words and the largest outgoing area; found
                           // by the builder
  // Signature.
  uint16_t type_param_count;      // its own; the vector also has outer ones
  uint16_t outer_type_count;      // type parameters of enclosing functions
  uint16_t required_count, optional_count, named_count;
  uint16_t native;                // NativeId
  uint16_t field_word;            // of a plain getter: the word it reads, + 1;
                                  // found by the builder
  Rel parameters;                 // CodeParameter[]: positional, then named in
                                  // declared order
  Rel type_bounds;                // TypeId[type_param_count]
  Rel code;                       // Instruction[code_words]
  uint32_t code_words;
  Rel handlers;                   // CodeHandler[], innermost first
  Rel lines;                      // where it comes from: line.h
  uint32_t handler_count, line_bytes;
  Name uri;                       // of the source, interned as a name
  ShapeId shape;                  // closures: the call shape that enters it
                                  // directly
  uint16_t closure_refs, closure_raws;  // captured slots of its closures
} Function;

// How instances of a class lie in the heap (code/layout.def).
typedef enum {
#define LAYOUT(name, text) LAYOUT_##name,
#include "code/layout.def"
#undef LAYOUT
  LAYOUT_COUNT
} Layout;

typedef struct {
  Name name;
  uint8_t member_kind;     // MemberKind; a field has a GETTER and a SETTER
  uint8_t unused[3];
  FunctionId function;
} CodeMember;

enum {
  CLASS_CODE_IS_LEAF = 1 << 0,  // has no subtypes and never will
};

typedef struct {
  ClassId id;
  ClassId superclass;
  Name name;
  uint8_t layout;              // Layout
  uint8_t has_vector;          // the word after the header is a type vector
  uint8_t is_abstract;
  uint8_t unused;
  uint16_t instance_words;     // with the header
  uint16_t field_base;         // word of the first own field, the header being
                               // word 0 (instructions count from 1)
  uint16_t vector_base;        // where its own arguments begin in the vector
  uint16_t vector_count;       // length of the whole vector
  TypeId vector;               // the whole vector in terms of own parameters
  TypeId type;                 // C<T1..>, or C
  Rel ref_map;                 // uint64_t[]: bit w set: word w, the header being
                               // word 0, is a reference
  Rel members;                 // CodeMember[], own ones, by name then kind;
  uint32_t member_count;       // for dynamic calls and tear-offs
  uint32_t flags;              // CLASS_CODE_*
  Rel field_names;             // Name[instance_words - first field], or 0
} ClassCode;

// The same numbers as sema's DynamicKind.
typedef enum {
  CODE_DYNAMIC_METHOD,
  CODE_DYNAMIC_GETTER,
  CODE_DYNAMIC_SETTER,
  CODE_DYNAMIC_OPERATOR,
  CODE_DYNAMIC_CALL,         // the receiver is what is called
} CodeDynamicKind;

// A call site's shape: what is passed.  For CALL_CLOSURE name is none; all
// arguments are references. The outgoing area: closure or receiver, positional,
// named (in the shape's order), then the type vector when type_arg_count > 0.
typedef struct {
  Name name;                   // dynamic calls: the member
  uint8_t dynamic_kind;        // CodeDynamicKind
  uint8_t unused;
  uint16_t type_arg_count;
  uint16_t positional_count, named_count;
  Rel names;                   // Name[], sorted by text
} CodeShape;

// A selector.  Its row maps the class of the receiver to a FunctionId.  Rows
// are displaced: they overlap in one array, each filling the holes of others,
// so that what stands at a class that does not understand the selector is
// another selector's function. Sound types see to it that nobody looks there.
typedef struct {
  Name name;
  uint8_t member_kind;
  uint8_t result_rep;
  uint16_t type_arg_count;
  uint16_t positional_count, named_count;
  Rel names;                   // Name[], sorted by text
  Rel reps;                    // uint8_t[positional + named]
} CodeSelector;

typedef struct {
  Name name;
  uint8_t rep;
  uint8_t unused[3];
  FunctionId initializer;      // 0: starts as `value`
  TypeId type;
  ConstantId value;
} CodeStatic;

// The kinds of constants; the same numbers as sema's ConstantKind.
typedef enum {
  CODE_CONSTANT_NULL,      // always ConstantId 0
  CODE_CONSTANT_BOOL,      // bits
  CODE_CONSTANT_INT,       // bits
  CODE_CONSTANT_DOUBLE,    // bits
  CODE_CONSTANT_STRING,    // data: WTF-8
  CODE_CONSTANT_SYMBOL,    // bits: Name
  CODE_CONSTANT_TYPE,      // type: closed
  CODE_CONSTANT_LIST,      // type: List<E>; items
  CODE_CONSTANT_SET,       // type: Set<E>; items
  CODE_CONSTANT_MAP,       // type: Map<K, V>; items: k0 v0 k1 v1 ...
  CODE_CONSTANT_RECORD,    // type: record type; items in its order; bits: the
                           // ShapeId of its names
  CODE_CONSTANT_INSTANCE,  // type: interface type; items: all fields, by slot
  CODE_CONSTANT_FUNCTION,  // bits: FunctionId of a closure-ABI function; type:
                           // vector it is instantiated with, or NONE
} CodeConstantKind;

// A constant before it is an object: exec/constant.c materialises them.
typedef struct {
  uint8_t kind;                // CodeConstantKind
  uint8_t unused[3];
  TypeId type;
  uint64_t bits;
  Rel data;                    // string bytes (WTF-8), or ConstantId[count]
  uint32_t count;              // bytes or items
} CodeConstant;

// Where the row of a selector is: dispatch[at + class - first] for the classes
// first .. first + count - 1. A later segment's row replaces an earlier one's.
typedef struct {
  SelectorId selector;
  uint32_t at, first, count;
} CodeRow;

// The frame of a native has, after its arguments, raw and reference slots of
// its own (il_builder_function_set makes them): state between its stages. The
// last one of each kind is the machine's: the result of what it called.
#define NATIVE_RAW_SCRATCH 4
#define NATIVE_REF_SCRATCH 4
#define NATIVE_OUTGOING 16    // room for the arguments of what it calls
#define NATIVE_CODE_WORDS 5   // NATIVE; where results come back

typedef struct Segment Segment;     // image.h
typedef struct Program Program;

// A program over the core segment (borrowed, outlives it), with tables of names,
// types and classes of its own that stand on the core's: what follows is
// compiled with them.
Program *il_program_new(const Segment *core);
void il_program_free(Program *program);
// Adds and takes ownership of a verified segment; then no more can be added.
Status il_program_add(Program *program, Segment *segment);

// The same for a segment from a file, whose tables have been checked
// (check.h): its functions are verified in every build.
Status il_program_add_foreign(Program *program, Segment *segment);

const Segment *il_program_core(const Program *p);
// Types below it are the core's: the same in every program.
uint32_t il_program_core_type_end(const Program *p);
NameTable *il_program_names(const Program *p);
const TypeContext *il_program_types(const Program *p);
// For the compiler, until the segment is added.
ClassTable *il_program_classes_edit(Program *p);

// What the machine looks at all the time; by global number.
typedef struct {
  const Function *const *functions;
  const ClassCode *const *classes;
  const FunctionId *const *rows;   // biased: rows[selector][class]
} ProgramTables;
const ProgramTables *il_program_tables(const Program *p);
const Function *il_program_function(const Program *p, FunctionId id);
const ClassCode *il_program_class(const Program *p, ClassId id);
const CodeShape *il_program_shape(const Program *p, ShapeId id);
const CodeSelector *il_program_selector(const Program *p, SelectorId id);
const CodeStatic *il_program_static(const Program *p, StaticId id);
const CodeConstant *il_program_constant(const Program *p, ConstantId id);
uint32_t il_program_function_count(const Program *p);
uint32_t il_program_class_count(const Program *p);
uint32_t il_program_selector_count(const Program *p);
uint32_t il_program_shape_count(const Program *p);
uint32_t il_program_static_count(const Program *p);
uint32_t il_program_constant_count(const Program *p);
// The function that class understands for a selector; 0 when none.
FunctionId il_program_dispatch(const Program *p, SelectorId s, ClassId c);
// The member for dynamic calls, by name; 0 when none.
FunctionId il_program_find_member(const Program *p, ClassId c, Name name,
                                  MemberKind kind);
// Core function by its id in core_function.def.
typedef enum {
#define CORE_FUNCTION(id, library, name) CORE_##id,
#include "code/core_function.def"
#undef CORE_FUNCTION
  CORE_FUNCTION_COUNT
} CoreFunction;
FunctionId il_program_core_function(const Program *p, CoreFunction f);
FunctionId il_program_main(const Program *p);   // 0 when there is none

#endif
