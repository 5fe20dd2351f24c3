/* Templates and messages as the program holds them: one table of operations that one small
 * interpreter (html.c) walks. tools/tmpl.c writes such a set as C at build time; with
 * --assets the same parser makes one from the files on disk, so that both mean the same.
 *
 * Invariants that the parser establishes and the interpreter relies on:
 *  1. every OP_SECTION and OP_INVERTED has its OP_END at b - 1, inside the same template;
 *  2. every template and message ends with OP_STOP;
 *  3. no part contains itself, however far down, so that the walk is at most
 *     TEMPLATE_DEPTH_MAX deep;
 *  4. a value stands only in text or in a quoted attribute, and each template begins and
 *     ends in text (a part that stands between attributes holds no value): what the data
 *     says cannot become markup. */
#ifndef MEGURI_RENDER_TEMPLATE_H
#define MEGURI_RENDER_TEMPLATE_H

#include "render/render.h"

enum {
    TEMPLATE_NEST_MAX = 24,  /* sections in one another within one template */
    TEMPLATE_DEPTH_MAX = 64, /* sections and parts in one another, at run time */
    TEMPLATE_PARTS_MAX = 8,  /* pieces of a name: a.b.c has three */
    TEMPLATE_MESSAGES_MAX = 4000,
    TEMPLATE_BYTES_MAX = 16 * 1024 * 1024, /* all templates and messages together */
};

enum op_kind {
    OP_RAW,       /* the template's own bytes: offset a, length b */
    OP_WORDS,     /* a message's own bytes: the same, but escaped in HTML */
    OP_VALUE,     /* the value of name a in text: escaped, a markup value as it is */
    OP_NUMBER,    /* in text or attribute: escaped, a number with its thousands apart */
    OP_ATTRIBUTE, /* the value of name a in a quoted attribute: escaped, a markup value too */
    OP_ADDRESS,   /* the same where an address begins (href, src, action): a scheme that could
                     run script gives "#" */
    OP_SECTION,   /* name a; b = the operation after its OP_END */
    OP_INVERTED,  /* name a; b = the operation after its OP_END */
    OP_END,       /* of a section */
    OP_PART,      /* template number a */
    OP_MESSAGE,   /* message number a */
    OP_WORD, /* the message whose key is that of message b up to `prefix` bytes, then the value
                of name a */
    OP_STOP, /* of a template or message */
};

struct op {
    uint8_t kind;
    uint8_t parts;   /* pieces of the name; 0 = {{.}} */
    uint16_t prefix; /* OP_WORD: bytes of the key that are given, with the point */
    uint32_t a, b;
};

/* A view into the set's text. */
struct piece {
    uint32_t off, len;
};

struct template_entry {
    struct piece name;
    uint32_t first; /* operation */
};

struct message_entry {
    struct piece key;
    uint32_t first[LANG_COUNT]; /* operation */
};

struct template_set {
    const char *text;
    const struct op *ops;
    const struct piece *names;              /* a name is a run of pieces */
    const struct template_entry *templates; /* sorted by name */
    const struct message_entry *messages;   /* sorted by key */
    uint32_t text_len, op_count, name_count, template_count, message_count;
};

/* Number of a template or message, -1 when there is none by that name. */
ptrdiff_t template_find(const struct template_set *set, str name);
ptrdiff_t message_find(const struct template_set *set, str key);

static inline str piece_str(const struct template_set *set, struct piece p)
{
    return (str){ set->text + p.off, p.len };
}

/* ---- while parsing: where in the HTML a byte stands (place.c) ---- */

enum place_state {
    PLACE_TEXT,
    PLACE_OPEN,        /* after < */
    PLACE_DECLARATION, /* <!doctype */
    PLACE_NAME,        /* in a tag's name */
    PLACE_TAG,         /* after a blank inside a tag: an attribute may begin */
    PLACE_AFTER,       /* after a name or a value inside a tag: a blank must come first */
    PLACE_ATTRIBUTE,   /* in an attribute's name */
    PLACE_EQUALS,      /* after its = */
    PLACE_DOUBLE,      /* in a value quoted by " */
    PLACE_SINGLE,      /* in a value quoted by ' */
};

struct place {
    enum place_state state;
    bool is_end_tag;     /* </… */
    bool is_script;      /* between <script …> and </script>: only blanks are allowed */
    bool is_value_begun; /* the quoted value has a byte already */
    char tag[16];        /* names are cut to these lengths: enough to know those that matter */
    char attribute[16];
};

/* Goes one byte further. NULL, or what is wrong with it, in English for the developer. */
const char *place_step(struct place *p, char c);

/* A section's tag stands here: a name or value before it has ended. */
void place_settle(struct place *p);

/* The place after a section that began at `begin` and ended at `end` and may be left out; false
 * when the markup around it would then not fit. */
MUST bool place_join(struct place *begin, const struct place *end);

/* An attribute whose value is an address. */
bool place_is_address(const struct place *p);

#endif
