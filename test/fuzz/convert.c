// convert.c: any bytes are decoded or refused: UTF-8, JSON, numbers, base 64,
// URIs; what was decoded survives a round trip (convert.dart).
#define SERVICE "test/fuzz/convert.dart"
#include "service.h"
