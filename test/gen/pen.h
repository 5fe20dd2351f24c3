/* The writing hand: where it is in the file, and how this document likes to spell things.
 * Private to write.c and goals.c. */
#ifndef MEGURI_GEN_PEN_H
#define MEGURI_GEN_PEN_H

#include "gen.h"

struct pen {
    struct buf *out;
    struct rng *r;
    int line; /* 1-based, of the next byte */
    int plan_year;
    bool crlf;
    enum layout layout;
    bool markup;       /* <p> cells */
    bool escaped;      /* texts are escaped, entities and <br> may stand */
    int wide_digits;   /* percent of numbers in full-width digits */
    int wide_brackets; /* percent of brackets in full width */
    int era;           /* favourite spelling of a year, see goals.c */
    int scale;         /* of marks, see write.c */
    const char *percent;
    const char *gap; /* between the entries of a list */
};

void pen_put(struct pen *p, const char *s);  /* as it is; counts lines */
void pen_text(struct pen *p, const char *s); /* escaped where the cell is markup */
void pen_blank(struct pen *p);               /* one visible blank, in some spelling */
void pen_gap(struct pen *p);                 /* a blank or nothing */

/* A bracket in half or full width; call open, then close with what open gave. */
bool pen_open(struct pen *p);
void pen_close(struct pen *p, bool wide);

void goal_write(struct pen *p, struct ind *i);
void result_write(struct pen *p, const struct ind *i);
void amount_write_brackets(struct pen *p, const struct amount *a);
void year_text(struct pen *p, int year, bool full, char out[32]);

#endif
