/*
 * The door of the program: it will hand the command line to the command table of cli and
 * the listening socket to web, and is the only file that knows both. No work is done here.
 */
#include <stdio.h>

int main(void)
{
    fputs("usage: meguri COMMAND [ARGUMENT...]\n", stderr);
    return 2;
}
