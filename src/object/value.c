#include "object/value.h"

// An object without words after its header leaves the flexible array out.
const Object il_null_object = {
    HEADER_IS_HEADER | HEADER_SHARED | HEADER_CANONICAL |
        (Header)CLASS_NULL << HEADER_CLASS_SHIFT |
        (Header)2011 << HEADER_HASH_SHIFT};

#define BOOL_HEADER(hash)                               \
  (HEADER_IS_HEADER | HEADER_SHARED | HEADER_CANONICAL | \
   (Header)CLASS_BOOL << HEADER_CLASS_SHIFT |            \
   (Header)(hash) << HEADER_HASH_SHIFT)

const Object il_true_object = {BOOL_HEADER(1231)};
const Object il_false_object = {BOOL_HEADER(1237)};

// The mark of what has no value yet; no Dart code ever sees it, but its header
// is a good one, so that whatever looks at classes may meet it.
const Object il_sentinel_object = {
    HEADER_IS_HEADER | HEADER_SHARED | HEADER_CANONICAL |
        (Header)CLASS_OBJECT << HEADER_CLASS_SHIFT |
        (Header)1 << HEADER_HASH_SHIFT};
