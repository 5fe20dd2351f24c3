/* The ground floor: strings, memory, errors, exact decimals, dates and eras, text, JSON,
 * hashes. Uses nothing above it and knows nothing of plans. */
#ifndef MEGURI_BASE_H
#define MEGURI_BASE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/dec.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/otp.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/value.h"

#endif
