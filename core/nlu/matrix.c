/* SPDX-License-Identifier: Apache-2.0 */
/* matrix.c - which version of the loops in matrix-kernel.h is used. */
#include "nlu/matrix.h"

#include <math.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef float plain_root __attribute__((vector_size(16)));

static inline plain_root root4(plain_root v)
{
	for (int i = 0; i < 4; i++)
		v[i] = sqrtf(v[i]);
	return v;
}

#define NAME(x) x##_plain
#define TARGET
#define LANES   4
#define ROOT(v) root4(v)
#include "nlu/matrix-kernel.h"

#if defined(__x86_64__)
#define NAME(x) x##_avx2
#define TARGET  __attribute__((target("avx2,fma")))
#define LANES   8
#define ROOT(v) ((lanes_avx2)_mm256_sqrt_ps((__m256)(v)))
#include "nlu/matrix-kernel.h"

#define NAME(x) x##_avx512
#define TARGET  __attribute__((target("avx512f,avx2,fma")))
#define LANES   16
#define ROOT(v) ((lanes_avx512)_mm512_sqrt_ps((__m512)(v)))
#include "nlu/matrix-kernel.h"

#define CALL(what, ...)                                                                   \
	do {                                                                              \
		if (__builtin_cpu_supports("avx512f"))                                    \
			what##_avx512(__VA_ARGS__);                                       \
		else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) \
			what##_avx2(__VA_ARGS__);                                         \
		else                                                                      \
			what##_plain(__VA_ARGS__);                                        \
	} while (0)
#else
#define CALL(what, ...) what##_plain(__VA_ARGS__)
#endif

void matrix_multiply(const struct product *p)
{
	CALL(multiply, p);
}

void matrix_add(float *to, const float *from, float factor, size_t n)
{
	CALL(add, to, from, factor, n);
}

void matrix_adam(const struct adam *s)
{
	CALL(adam, s);
}

size_t matrix_largest(const float *x, size_t n)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f"))
		return largest_avx512(x, n);
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return largest_avx2(x, n);
#endif
	return largest_plain(x, n);
}

void matrix_turn(const float *from, size_t rows, size_t columns, float *to)
{
	enum { TILE = 16 };

	for (size_t i0 = 0; i0 < rows; i0 += TILE)
		for (size_t j0 = 0; j0 < columns; j0 += TILE)
			for (size_t i = i0; i < rows && i < i0 + TILE; i++)
				for (size_t j = j0; j < columns && j < j0 + TILE; j++)
					to[j * rows + i] = from[i * columns + j];
}
