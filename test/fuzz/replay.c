/*
 * Runs a fuzz target over files instead of over a fuzzer: every kept input of the corpus, as
 * a plain test. One line of TAP for a directory; a crash or a sanitizer's report ends the
 * program with another exit code than 0, after the name of the file that did it.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_LEN = 4096 };

_Noreturn static void fail(const char *path)
{
    printf("Bail out! %s: cannot read\n", path);
    exit(1);
}

static void replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct stat about;
    uint8_t *bytes;
    size_t size;

    if (!f || fstat(fileno(f), &about) != 0)
        fail(path);
    size = (size_t)about.st_size;
    /* exactly the size of the file, so that ASan sees one byte too many being read */
    bytes = malloc(size ? size : 1);
    if (!bytes || fread(bytes, 1, size, f) != size)
        fail(path);
    fclose(f);
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
}

int main(int argc, char **argv)
{
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    int n = 0;

    if (!dir) {
        printf("Bail out! usage: replay_PARSER DIRECTORY\n");
        return 1;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[PATH_LEN];

        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        replay_file(path);
        n++;
    }
    closedir(dir);
    /* A corpus without a file would be a test that cannot fail. */
    printf("%sok 1 - %d kept inputs end without a crash\n1..1\n", n ? "" : "not ", n);
    return n ? 0 : 1;
}
