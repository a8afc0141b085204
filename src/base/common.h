// common.h: what every file of Isle may take for granted.
//
// Fixed-width integers, bool, size_t, and a few macros about the compiler. An
// assertion states what only our own mistake can break; it is checked in debug
// builds (IL_DEBUG=1) and compiled away in release builds. Faults of the
// source, of the Dart program or of the world never use it.
//
// Owner:     nothing to own.
// Threads:   any.
// Allocates: nothing.
// Fails:     a false assertion prints its place on stderr and aborts.
#ifndef IL_BASE_COMMON_H
#define IL_BASE_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef IL_DEBUG
#define IL_DEBUG 0
#endif

#define IL_LIKELY(c) __builtin_expect(!!(c), 1)
#define IL_UNLIKELY(c) __builtin_expect(!!(c), 0)

// The number of elements of an array (not of a pointer).
#define IL_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define IL_NORETURN __attribute__((noreturn))
#define IL_INLINE static inline __attribute__((always_inline))
#define IL_COLD __attribute__((cold, noinline))
#define IL_PRINTF(at, first) __attribute__((format(printf, at, first)))
#define IL_FALLTHROUGH __attribute__((fallthrough))

// Prints the place and the words on stderr and aborts the process.
IL_NORETURN IL_COLD void il_common_abort(const char *file, int line,
                                         const char *what);

// An expression of type void; the condition is not evaluated in release.
#if IL_DEBUG
#define IL_ASSERT(c)      \
  (IL_LIKELY(c) ? (void)0 \
                : il_common_abort(__FILE__, __LINE__, "assertion: " #c))
#define IL_UNREACHABLE() il_common_abort(__FILE__, __LINE__, "unreachable")
#else
#define IL_ASSERT(c) ((void)sizeof((c) ? 1 : 0))
#define IL_UNREACHABLE() __builtin_unreachable()
#endif

// A fault of ours that must stop the process in every build.
#define IL_FATAL(what) il_common_abort(__FILE__, __LINE__, what)

// AddressSanitizer: memory that is ours but must not be touched now.
#if defined(__SANITIZE_ADDRESS__)
#define IL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IL_ASAN 1
#endif
#endif
#ifndef IL_ASAN
#define IL_ASAN 0
#endif

#if defined(__SANITIZE_THREAD__)
#define IL_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define IL_TSAN 1
#endif
#endif
#ifndef IL_TSAN
#define IL_TSAN 0
#endif

#if IL_ASAN
void __asan_poison_memory_region(void const volatile *address, size_t size);
void __asan_unpoison_memory_region(void const volatile *address, size_t size);
#define IL_POISON(p, size) __asan_poison_memory_region((p), (size))
#define IL_UNPOISON(p, size) __asan_unpoison_memory_region((p), (size))
#else
#define IL_POISON(p, size) ((void)(p), (void)(size))
#define IL_UNPOISON(p, size) ((void)(p), (void)(size))
#endif

// The least multiple of alignment (a power of two) that is not below n.
static inline uint64_t il_common_align(uint64_t n, uint64_t alignment) {
  return (n + alignment - 1) & ~(alignment - 1);
}

// True for 1, 2, 4, 8, ...
static inline bool il_common_is_power_of_two(uint64_t n) {
  return n != 0 && (n & (n - 1)) == 0;
}

// The least power of two that is not below n; 1 for 0.
static inline uint64_t il_common_round_up_power(uint64_t n) {
  return n <= 1 ? 1 : (uint64_t)1 << (64 - __builtin_clzll(n - 1));
}

// Mixes all bits of a number (a finalizer in the manner of splitmix64).
static inline uint64_t il_common_mix(uint64_t x) {
  x ^= x >> 30;
  x *= UINT64_C(0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

#endif
