#!/bin/sh
# The figures of src/measure beside those of R, on random questions (test/second).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
command -v Rscript >/dev/null || {
    echo "1..0 # SKIP R is not on this machine"
    exit 0
}
exec Rscript --vanilla "$top/test/second/figures.R" "${MEGURI_BUILD:-$top/build}/test/second/figures"
