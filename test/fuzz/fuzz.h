/* The one function that a fuzz target defines and that libFuzzer and replay.c call. */
#ifndef MEGURI_TEST_FUZZ_H
#define MEGURI_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Reads `size` bytes at `data` as the outside would send them; always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
