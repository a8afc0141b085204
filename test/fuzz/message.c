// message.c: graphs of objects that the bytes describe travel between isolates
// and come back with the same shape (message.dart).
#define SERVICE "test/fuzz/message.dart"
#include "service.h"
