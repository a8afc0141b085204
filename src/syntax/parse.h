// parse.h: what the files of the parser share; nobody else includes it.
//
// The state is one Parser. Functions that take it read the token at `at` and
// leave `at` behind what they parsed. Lists are gathered on two stacks (nodes
// and names) from a mark on, then copied to the arena.
//
// Looking ahead is done by functions named skip_ and is_: they take an index,
// build nothing, report nothing, and return the index behind what they
// recognised, or 0.
//
// Depth. Every function that may recurse calls enter_level first; the levels
// open at one time are at most IL_TREE_MAX_DEPTH, and `deepest` also counts
// selectors, which nest to the left without recursion. When the limit is hit,
// one error is reported and the parser goes to the end of the file.
//
// Errors. report_* sends at most one message a token. Everything after an
// error is best effort; progress is certain, for the loops over statements,
// members and declarations skip a token when nothing else moved.
//
// Owner:     the Parser is il_parser_parse's, on its C stack.
// Threads:   as parser.h.
// Allocates: as parser.h.
// Fails:     never.

#ifndef IL_SYNTAX_PARSE_H
#define IL_SYNTAX_PARSE_H

#include "syntax/parser.h"
#include "syntax/scanner.h"

// What kind of declaration a member stands in.
typedef enum ClassKind {
  CLASS_NONE,  // top level or local
  CLASS_CLASS,
  CLASS_MIXIN,
  CLASS_MIXIN_CLASS,
  CLASS_ENUM,
  CLASS_EXTENSION,
  CLASS_EXTENSION_TYPE,
} ClassKind;

// Whether `this` and `super` mean something here.
typedef enum ThisKind {
  THIS_NONE,         // top level, static
  THIS_INITIALIZER,  // instance field initializers, initializer lists
  THIS_INSTANCE,
} ThisKind;

typedef struct Label {
  Name name;
  bool is_loop;  // continue may go there
  bool is_case;
} Label;

// What a function body knows of its surroundings. A function expression starts
// a new one, which keeps only `this_kind`.
typedef struct BodyContext {
  TreeAsync async;
  bool is_function;      // false in initializers of variables and defaults
  bool is_constructor;   // generative: return takes no value
  uint32_t loop_depth;   // targets of a plain continue
  uint32_t break_depth;  // targets of a plain break
  uint32_t catch_depth;  // rethrow
  uint32_t first_label;  // labels below belong to outer functions
  ThisKind this_kind;
} BodyContext;

typedef IL_VEC(TreeNode *) NodeVec;

typedef struct Parser {
  Arena *arena;
  NameTable *names;
  const Source *source;
  Diagnostics *diagnostics;
  const Token *tokens;
  uint32_t count;  // the last token is TOK_END
  uint32_t at;
  uint32_t version;
  uint32_t error_count;  // reported by this parser
  uint32_t error_at;     // token of the last one; UINT32_MAX at first
  bool is_aborted;       // nested too deeply: all is over
  uint32_t split_at;     // index of a `?.` that is a `?` and a `.`
  uint32_t depth;
  uint32_t deepest;
  bool is_core;             // a unit of dart:core
  uint32_t pending_colons;  // `? :` whose colon is awaited, in these brackets
  bool no_function;         // `(a) {` and `(a) =>` are no function here
  ClassKind class_kind;
  Name class_name;
  BodyContext body;
  NodeVec nodes;
  IL_VEC(TreeName) list_names;
  IL_VEC(Label) labels;
} Parser;

// ---- Tokens ---------------------------------------------------------------

static inline TokenKind kind_at(const Parser *p, uint32_t index) {
  return (TokenKind)p->tokens[index < p->count ? index : p->count - 1].kind;
}

static inline TokenKind kind_here(const Parser *p) {
  return (TokenKind)p->tokens[p->at].kind;
}

static inline TokenKind kind_next(const Parser *p) {
  return kind_at(p, p->at + 1);
}

static inline const Token *token_here(const Parser *p) {
  return &p->tokens[p->at];
}

static inline bool is_here(const Parser *p, TokenKind kind) {
  return p->tokens[p->at].kind == kind;
}

// Whether the token at index may be an identifier (of whatever class).
static inline bool is_identifier_at(const Parser *p, uint32_t index) {
  return il_token_is_identifier(kind_at(p, index));
}

// Moves to the next token, never past the end.
static inline void advance(Parser *p) {
  if (p->at + 1 < p->count) p->at++;
}

// Moves over a token of the kind if it is here.
static inline bool accept(Parser *p, TokenKind kind) {
  if (!is_here(p, kind)) return false;
  advance(p);
  return true;
}

static inline uint32_t start_here(const Parser *p) {
  return p->tokens[p->at].start;
}

// The end of the last token moved over.
static inline uint32_t end_before(const Parser *p) {
  return p->at > 0 ? p->tokens[p->at - 1].end : 0;
}

// Whether the tokens at index and index + 1 touch.
static inline bool is_adjacent(const Parser *p, uint32_t index) {
  return index + 1 < p->count &&
         p->tokens[index].end == p->tokens[index + 1].start;
}

// The index behind the partner of the bracket at index; 0 without partner.
static inline uint32_t skip_brackets(const Parser *p, uint32_t index) {
  uint32_t close = p->tokens[index].value;
  return close == 0 ? 0 : close + 1;
}

Text il_parse_token_text(const Parser *p, uint32_t index);

// Moves over the token or reports that it was expected; true if it was there.
bool il_parse_expect(Parser *p, TokenKind kind);

// `;`, reported at the token before.
bool il_parse_expect_semicolon(Parser *p);

// Whether a line ends between the token before and the one here.
bool il_parse_is_on_new_line(const Parser *p);

// An identifier; reserved words are reported and taken where that is likely
// meant. Absent (name 0) after an error.
TreeName il_parse_identifier(Parser *p);

// An identifier that names a type, typedef, type parameter or prefix.
TreeName il_parse_type_identifier(Parser *p);

// Name of the token here, which is a word, and moves on.
TreeName il_parse_take_name(Parser *p);

// ---- Errors ---------------------------------------------------------------

// Report at the token here, at a token, at a span. The arguments are as those
// of il_diagnostic_error.
#define report_here(p, ...) report_at((p), (p)->at, __VA_ARGS__)
#define report_at(p, index, ...)                                           \
  do {                                                                     \
    uint32_t il_index_ = (index);                                          \
    if (il_parse_may_report((p), il_index_)) {                             \
      const Token *il_token_ = &(p)->tokens[il_index_];                    \
      il_diagnostic_error((p)->diagnostics, (p)->source, il_token_->start, \
                          il_token_->end, __VA_ARGS__);                    \
    }                                                                      \
  } while (0)
#define report_span(p, start, end, ...)                                  \
  do {                                                                   \
    if (il_parse_may_report((p), UINT32_MAX)) {                          \
      il_diagnostic_error((p)->diagnostics, (p)->source, (start), (end), \
                          __VA_ARGS__);                                  \
    }                                                                    \
  } while (0)
#define report_node(p, node, ...) \
  report_span((p), (node)->start, (node)->end, __VA_ARGS__)
#define report_name(p, name, ...) \
  report_span((p), (name).start, (name).end, __VA_ARGS__)

// Counts an error at a token; false when it should not be printed.
bool il_parse_may_report(Parser *p, uint32_t index);

// Reports a token that stands where `code` (one with a single %t) says.
void il_parse_report_found(Parser *p, DiagnosticCode code);

// Reports that the feature needs a later language version, if it does.
void il_parse_require(Parser *p, uint32_t token, uint32_t version,
                      const char *feature);

// ---- Question marks -------------------------------------------------------

// Whether an expression may follow the `?` at index, so that it may be that of
// a conditional.
bool il_parse_is_conditional_at(const Parser *p, uint32_t index);

// Looks from index to the end of the expressions around for more than `pending`
// colons that belong to no `?` found on the way.
bool il_parse_has_colon(const Parser *p, uint32_t index, uint32_t pending);

// ---- Depth ----------------------------------------------------------------

// Opens a level; false (having reported) when there are too many. Every call
// that returned true is paired with leave_level.
bool il_parse_enter(Parser *p);

static inline void leave_level(Parser *p) { p->depth--; }

// Notes that what was parsed since `deepest` was set lies one level deeper.
bool il_parse_deepen(Parser *p);

// ---- Nodes and lists ------------------------------------------------------

TreeNode *il_parse_new_node(Parser *p, size_t size, TreeKind kind,
                            uint32_t start);

// NEW_NODE(p, Call, CALL, start): a zeroed TreeCall that begins at start.
#define NEW_NODE(p, Type, KIND, start)                                   \
  ((Tree##Type *)il_parse_new_node((p), sizeof(Tree##Type), TREE_##KIND, \
                                   (start)))

// Ends the span of a node at the last token moved over; its TreeNode.
#define FINISH(p, node) finish_node((p), &(node)->base)
static inline TreeNode *finish_node(Parser *p, TreeNode *node) {
  uint32_t end = end_before(p);
  node->end = end > node->start ? end : node->start;
  return node;
}

static inline uint32_t mark_nodes(const Parser *p) { return p->nodes.count; }

static inline void push_node(Parser *p, TreeNode *node) {
  il_vec_push(&p->nodes, node);
}

// The nodes pushed since the mark, as a list.
TreeList il_parse_take_nodes(Parser *p, uint32_t mark);

static inline uint32_t mark_names(const Parser *p) {
  return p->list_names.count;
}

static inline void push_name(Parser *p, TreeName name) {
  il_vec_push(&p->list_names, name);
}

TreeNames il_parse_take_names(Parser *p, uint32_t mark);

// a.b.c
TreeNames il_parse_dotted_names(Parser *p);

TreeNode *il_parse_error_node(Parser *p);

// ---- Declarations (parse_declaration.c) -----------------------------------

TreeUnit *il_parse_unit(Parser *p);

TreeList il_parse_metadata(Parser *p);

// The index behind any metadata at index.
uint32_t il_parse_skip_metadata(const Parser *p, uint32_t index);

// ---- Types (parse_type.c) -------------------------------------------------

// The index behind the type at index, or 0 if none is there. A `?` at its end
// is taken along.
uint32_t il_parse_skip_type(const Parser *p, uint32_t index);
// Name, prefix and type arguments, without `?`.
uint32_t il_parse_skip_named_type(const Parser *p, uint32_t index);
uint32_t il_parse_skip_type_arguments(const Parser *p, uint32_t index);
uint32_t il_parse_skip_type_parameters(const Parser *p, uint32_t index);

TreeNode *il_parse_type(Parser *p);
// For `is` and `as`: leaves a `?` that begins a conditional.
TreeNode *il_parse_type_in_expression(Parser *p);
// For extends, with, implements, on: a named type that is not nullable.
TreeNamedType *il_parse_named_type(Parser *p);
// Without type arguments it is an empty list and nothing is moved over.
TreeList il_parse_type_arguments(Parser *p);
TreeList il_parse_type_parameters(Parser *p);
// extends, with...: one or more named types.
TreeList il_parse_type_list(Parser *p);

typedef enum ParameterPlace {
  PARAMETERS_FUNCTION,     // functions, methods, setters
  PARAMETERS_CONSTRUCTOR,  // this.x and super.x
  PARAMETERS_FACTORY,
  PARAMETERS_REDIRECTING,  // factory C(int x) = D
  PARAMETERS_PRIMARY,      // var x, final x, this.x, super.x
  PARAMETERS_EXTENSION_TYPE,
  PARAMETERS_TYPE,         // int Function(int, {int x})
  PARAMETERS_OLD_TYPEDEF,  // typedef f(x); and function-typed parameters
  PARAMETERS_CLOSURE,
} ParameterPlace;

// ( ... ); reported and empty if there is none.
TreeParameters *il_parse_parameters(Parser *p, ParameterPlace place);

// ---- Expressions (parse_expression.c) -------------------------------------

// What holds only outside of the innermost brackets.
typedef struct Brackets {
  bool no_function;
  uint32_t pending_colons;
} Brackets;

static inline Brackets enter_brackets(Parser *p) {
  Brackets saved = {p->no_function, p->pending_colons};
  p->no_function = false;
  p->pending_colons = 0;
  return saved;
}

static inline void leave_brackets(Parser *p, Brackets saved) {
  p->no_function = saved.no_function;
  p->pending_colons = saved.pending_colons;
}

// Whether a token begins an operand and can follow no identifier: after one, as
// after `await`, it says that the identifier was a keyword.
bool il_parse_is_operand_only(TokenKind kind);

TreeNode *il_parse_expression(Parser *p);
// `e1 | e2` and tighter, for relational patterns.
TreeNode *il_parse_bitwise_or(Parser *p);
// The operator here, with `>` and its neighbours joined, and how many tokens
// it is made of.
TokenKind il_parse_peek_operator(const Parser *p, uint32_t *length);
TreeArguments *il_parse_arguments(Parser *p);
// D.e<int>...: for new, const, redirection.
TreeConstructorName *il_parse_constructor_name(Parser *p);
// A string literal (adjacent ones joined), or reports and gives an empty one.
TreeNode *il_parse_string(Parser *p);
// Same for a URI, which has no interpolation.
TreeNode *il_parse_uri(Parser *p);
// An expression outside any function: initializers, defaults, metadata.
TreeNode *il_parse_constant_expression(Parser *p);

// ---- Primary expressions (parse_primary.c) --------------------------------

// Literals, names, parentheses, functions, collections, new, const, switch.
TreeNode *il_parse_primary(Parser *p);
// const [...], const C(): at the word const.
TreeNode *il_parse_const_expression(Parser *p);
TreeNode *il_parse_symbol(Parser *p);
// An operator as the name of a member or symbol: "+", "[]=", ">>>"; moves over
// it. NAME_NONE, having moved nothing, when there is none.
Name il_parse_operator_name(Parser *p);
// if, for, spread or expression, up to the comma.
TreeNode *il_parse_element(Parser *p, bool is_brace);

// ---- Literals (literal.c) -------------------------------------------------

// The decoded text of the string token at index.
Text il_literal_string(Parser *p, uint32_t index);
TreeNode *il_literal_number(Parser *p);

// ---- Patterns (parse_pattern.c) -------------------------------------------

typedef enum PatternPlace {
  PATTERN_MATCHING,     // case, switch arm
  PATTERN_DECLARATION,  // var (a, b) = x
  PATTERN_ASSIGNMENT,   // (a, b) = x
} PatternPlace;

TreeNode *il_parse_pattern(Parser *p, PatternPlace place);
// One of those that may stand outermost in a declaration or assignment.
TreeNode *il_parse_outer_pattern(Parser *p, PatternPlace place);
// The index behind an outer pattern at index, if the text there can be one.
uint32_t il_parse_skip_outer_pattern(const Parser *p, uint32_t index);

// ---- Statements (parse_statement.c, parse_local.c) ------------------------

TreeBlock *il_parse_block(Parser *p);
// The body of a function, with its `async` mark before it.
typedef struct FunctionBody {
  TreeAsync async;
  bool is_arrow;
  TreeNode *body;  // NULL for `;`
} FunctionBody;
typedef enum BodyForm {
  BODY_MAY_MISS,    // `;` will do
  BODY_NEEDED,      // of declarations
  BODY_EXPRESSION,  // a function expression: no `;` after =>
} BodyForm;
// is_constructor: a generative one. Starts and ends a BodyContext.
FunctionBody il_parse_function_body(Parser *p, BodyForm form, ThisKind kind,
                                    bool is_constructor);
// Whether the token at index begins a function body.
bool il_parse_is_body_at(const Parser *p, uint32_t index);
// assert(condition, message), without `;`.
TreeNode *il_parse_assert(Parser *p);
// if (condition case pattern when guard), behind `if`.
void il_parse_if_head(Parser *p, TreeIf *node);
// ( ... ) of for, behind `for`: a TreeFor or TreeForIn without a body.
TreeNode *il_parse_for_head(Parser *p, uint32_t start, bool is_await);
// Local (parse_local.c): a declaration of variables or a function here, or
// NULL. The `;` of variables stays.
TreeNode *il_parse_local_declaration(Parser *p, uint32_t start,
                                     TreeList metadata);
// Names of variables with initializers, from the first name on.
TreeList il_parse_variable_list(Parser *p);
// Reports the absence of the initializers that `const` needs.
void il_parse_check_constants(Parser *p, uint32_t modifiers, TreeList items);
// A guard behind `when`, or NULL.
TreeNode *il_parse_guard(Parser *p);

// ---- Classes (parse_class.c) and members (parse_member.c) -----------------

// At `class`, `mixin`, `enum`, `extension`, behind metadata and modifiers.
TreeNode *il_parse_class(Parser *p, uint32_t start, TreeList metadata,
                         uint32_t modifiers);
TreeNode *il_parse_mixin(Parser *p, uint32_t start, TreeList metadata,
                         uint32_t modifiers);
TreeNode *il_parse_enum(Parser *p, uint32_t start, TreeList metadata);
TreeNode *il_parse_extension(Parser *p, uint32_t start, TreeList metadata);

// A member of the class at hand, or with CLASS_NONE a function or variables at
// top level. NULL, having reported, when none begins here.
TreeNode *il_parse_member(Parser *p);

// : x = 1, super(), ...; at the colon, empty without one.
TreeList il_parse_initializers(Parser *p);

// Checks that no two names among the parameters are equal, `_` aside.
void il_parse_check_parameter_names(Parser *p, const TreeParameters *list);

#endif
