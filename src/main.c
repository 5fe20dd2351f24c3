/* The door of the program: hands the command line to cli, with the commands that need another
 * room. No work is done here. */
#include "serve.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, SERVE_COMMANDS, SERVE_COMMANDS_N);
}
