// stub.c: the machine's own functions.
//
// Each has the same frame: raw slots 0 and 1, references 2 and 3. Each begins
// with the CALL that it seems to have made: it is never executed, but names the
// slot where the callee's result goes. Execution goes on after it.
#include "exec/step.h"

#define WORD_A(op, a) ((uint64_t)OP_##op | (uint64_t)(a) << 16)
#define WORD_AB(op, a, b) (WORD_A(op, a) | (uint64_t)(b) << 32)

typedef struct {
  Function f;
  Instruction code[6];
} StubCode;

#define STUB_CODE(words, ...)                                           \
  {                                                                     \
    .f = {.flags = CODE_IS_INVISIBLE | CODE_IS_STATIC,                  \
          .ref_local_start = 2,                                         \
          .frame_words = 4,                                             \
          .top_words = 4 + FRAME_HEADER_WORDS + 8,                      \
          .code = (Rel)(offsetof(StubCode, code) -                      \
                        offsetof(StubCode, f.code)),                    \
          .code_words = (words)},                                       \
    .code = { __VA_ARGS__ }                                             \
  }

static const StubCode stubs[STUB_COUNT] = {
    [STUB_BASE_REF] = STUB_CODE(2, WORD_A(CALL, 2), WORD_A(EXIT, 2)),
    [STUB_BASE_RAW] = STUB_CODE(2, WORD_A(CALL, 0), WORD_A(EXIT, 0)),
    [STUB_BOX_INT] = STUB_CODE(3, WORD_A(CALL, 0), WORD_AB(BOX_INT, 2, 0),
                               WORD_A(RETURN, 2)),
    [STUB_BOX_DOUBLE] = STUB_CODE(3, WORD_A(CALL, 0),
                                  WORD_AB(BOX_DOUBLE, 2, 0),
                                  WORD_A(RETURN, 2)),
    [STUB_BOX_BOOL] = STUB_CODE(3, WORD_A(CALL, 0), WORD_AB(BOX_BOOL, 2, 0),
                                WORD_A(RETURN, 2)),
    [STUB_UNBOX_INT] = STUB_CODE(3, WORD_A(CALL, 2), WORD_AB(UNBOX_INT, 0, 2),
                                 WORD_A(RETURN, 0)),
    [STUB_UNBOX_DOUBLE] = STUB_CODE(3, WORD_A(CALL, 2),
                                    WORD_AB(UNBOX_DOUBLE, 0, 2),
                                    WORD_A(RETURN, 0)),
    [STUB_UNBOX_BOOL] = STUB_CODE(3, WORD_A(CALL, 2),
                                  WORD_AB(UNBOX_BOOL, 0, 2),
                                  WORD_A(RETURN, 0)),
    [STUB_THROW] = STUB_CODE(2, WORD_A(CALL, 2), WORD_A(THROW, 2)),
    [STUB_STATIC_REF] = STUB_CODE(2, WORD_A(CALL, 2),
                                  WORD_AB(STATIC_DONE, 2, 0)),
    [STUB_STATIC_RAW] = STUB_CODE(2, WORD_A(CALL, 1),
                                  WORD_AB(STATIC_DONE, 1, 0)),
    // v2 is the receiver; the callee makes the Invocation.
    [STUB_NO_SUCH_METHOD] = STUB_CODE(
        5, WORD_A(CALL, 3), WORD_AB(MOVE, 7, 2), WORD_AB(MOVE, 8, 3),
        WORD_A(CALL_CORE, 2) | (uint64_t)CORE_NO_SUCH_METHOD << 32,
        WORD_A(RETURN, 2)),
    // v2 is an array of the arguments, i0 the shape, i1 the type vector.
    [STUB_CALL_AGAIN] = STUB_CODE(3, WORD_A(CALL, 3),
                                  WORD_A(CALL_AGAIN, 3), WORD_A(RETURN, 3)),
};

const Function *il_stub(Stub stub) { return &stubs[stub].f; }
