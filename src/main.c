/* The door of the program: hands the command line to cli, with the commands that need another
 * room. The only file that knows cli and web both. No work is done here. */
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, NULL, 0);
}
