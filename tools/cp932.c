/*
 * Writes the tables of CP932 (Microsoft's Shift_JIS) as C, by asking this machine's iconv about
 * every pair of bytes and every character.
 *
 *   cp932 OUT.c
 *
 * So the program itself needs no iconv, which loads a module at run time and converts by two
 * calls a character. For what the tables mean see src/base/cp932.h. Stops with a sentence and
 * exit code 1 when iconv does not know CP932.
 */
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cp932.h"

_Noreturn static void fail(const char *what)
{
    fprintf(stderr, "cp932: %s\n", what);
    exit(1);
}

static iconv_t from_to(const char *from, const char *to)
{
    iconv_t cd = iconv_open(to, from);

    if (cd == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr): POSIX says so */
        fail("this machine's iconv does not know CP932 (package libc6)");
    return cd;
}

/* The code unit of UTF-16 that the bytes stand for, 0 for none. */
static unsigned ask(iconv_t cd, const unsigned char *bytes, size_t n)
{
    unsigned char out[8];
    char *in = (char *)(uintptr_t)bytes, *to = (char *)out;
    size_t left = n, room = sizeof out;

    iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &in, &left, &to, &room) != 0 || left != 0)
        return 0;
    if (room != sizeof out - 2)
        fail("a character of CP932 lies outside the first 65,536");
    return (unsigned)out[0] << 8 | out[1];
}

static void put_decode(FILE *f)
{
    iconv_t cd = from_to("CP932", "UTF-16BE");

    fprintf(f, "const uint16_t CP932_DECODE[CP932_LEADS][CP932_TRAILS] = {\n");
    for (unsigned lead = 0x81; lead < 0x100; lead++) {
        if (!cp932_is_lead((unsigned char)lead))
            continue;
        fprintf(f, "    {");
        for (unsigned trail = CP932_TRAIL_FIRST; trail < 0x100; trail++) {
            const unsigned char pair[2] = { (unsigned char)lead, (unsigned char)trail };

            fprintf(f, "%s0x%04X,", trail % 16 ? " " : "\n     ", ask(cd, pair, sizeof pair));
        }
        fprintf(f, "\n    },\n");
    }
    fprintf(f, "};\n");
    iconv_close(cd);
}

/* In the order of the characters, so that they can be searched for. */
static void put_encode(FILE *f)
{
    iconv_t cd = from_to("UTF-16BE", "CP932");
    size_t count = 0;

    fprintf(f, "const struct cp932_pair CP932_ENCODE[] = {\n");
    for (unsigned c = 0x80; c < 0xFFFF; c++) {
        const unsigned char unit[2] = { (unsigned char)(c >> 8), (unsigned char)c };
        unsigned char out[8];
        char *in = (char *)(uintptr_t)unit, *to = (char *)out;
        size_t left = sizeof unit, room = sizeof out;

        iconv(cd, NULL, NULL, NULL, NULL);
        if ((c & 0xF800) == 0xD800 || iconv(cd, &in, &left, &to, &room) != 0 || left != 0)
            continue;
        fprintf(f, "    { 0x%04X, 0x%04X },\n", c,
                room == sizeof out - 1 ? out[0] : (unsigned)out[0] << 8 | out[1]);
        count++;
    }
    fprintf(f, "};\nconst size_t CP932_ENCODE_N = %zu;\n", count);
    iconv_close(cd);
}

int main(int argc, char **argv)
{
    FILE *f = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (!f)
        fail("usage: cp932 OUT.c");
    fprintf(f, "/* Written by tools/cp932.c. */\n#include \"base/cp932.h\"\n\n");
    put_decode(f);
    put_encode(f);
    if (fclose(f) != 0)
        fail("cannot write");
    return 0;
}
