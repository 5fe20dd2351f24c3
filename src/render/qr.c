/* QR codes (ISO/IEC 18004) as SVG; which squares are dark, libqrencode says. */
#include <qrencode.h>
#include <stdlib.h>

#include "render/svg.h"

#include "base/banned.h"

enum { QUIET = 4 }; /* squares left white on each side, as the standard asks */

static void qr_free(QRcode **code)
{
    QRcode_free(*code);
}

/* One path; a run of dark squares in a row is one piece of it. */
static void put_squares(struct buf *b, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

        for (int x = 0, from; x < code->width; x++) {
            if (!(row[x] & 1))
                continue;
            from = x;
            while (x + 1 < code->width && (row[x + 1] & 1))
                x++;
            buf_fmt(b, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from + 1, x - from + 1);
        }
    }
}

str render_qr(struct arena *a, str text, str label)
{
    AUTO(qr_free)
    QRcode *code = QRcode_encodeString8bit(str_c(a, text), 0, QR_ECLEVEL_M);
    struct buf b;
    int side;

    if (!code)
        return (str){ 0 };
    side = code->width + 2 * QUIET;
    buf_init(&b, a, (size_t)16 * 1024, SVG_BYTES_MAX);
    svg_begin(&b, "qr", side, side, label);
    buf_fmt(&b, "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side,
            side);
    put_squares(&b, code);
    buf_put_c(&b, "\"/>");
    svg_end(&b);
    return buf_str(&b);
}
