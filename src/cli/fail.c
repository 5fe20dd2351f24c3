/* How an error of a lower room is told on the command line. */
#include "cli/cli.h"

#include "base/banned.h"

int cli_fail(const struct cli *c, const struct err *e)
{
    const struct err_shown *shown = err_shown(e->code);

    (void)cli_refuse(c, "%s: %s", "%s: %s", c->lang == LANG_JA ? shown->ja : shown->en,
                     e->text);
    return shown->exit;
}
