/* Signed checkpoints: the head of an organisation's log in a form that anybody can keep and
 * check, also with tools of others. A checkpoint is a C2SP tlog-checkpoint in a C2SP
 * signed-note, signed with Ed25519 (RFC 8032, libsodium); keys are written as
 * golang.org/x/mod/sumdb/note writes them. Why this form: docs/decisions/0017-checkpoints.md.
 *
 *     plan.example.jp/minamo              origin: the key's name, a slash, the organisation
 *     25                                  number of records
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2...= root of the tree of these records, base64
 *                                         (an empty line)
 *     — plan.example.jp Az3grlgtzPICa5OS8npVmf1Myq/5IZni...=
 *
 * Everything here is pure: keys are made from a seed that the caller has drawn. */
#ifndef MEGURI_SIGN_H
#define MEGURI_SIGN_H

#include "base/err.h"
#include "base/hash.h"

enum {
    SIGN_SEED_BYTES = 32,
    SIGN_ID_BYTES = 4,
    SIGN_KEY_BYTES = 32,
    SIGN_SECRET_BYTES = 64,
    SIGN_NAME_MAX = 100, /* bytes of a key's name */
};

/* Who signed, as the reader of a signature has to know: a public key and its name. */
struct verifier {
    str name;                  /* borrowed */
    uint8_t id[SIGN_ID_BYTES]; /* the first bytes of SHA-256(name || LF || 0x01 || key) */
    uint8_t key[SIGN_KEY_BYTES];
};

/* The private key. */
struct signer {
    struct verifier verifier;
    uint8_t secret[SIGN_SECRET_BYTES];
};

/* May a key be called so? 1 to SIGN_NAME_MAX bytes, no blank, no '+', no control character. */
bool sign_name_is_valid(str name);

/* The key of a seed of SIGN_SEED_BYTES random bytes. An empty name becomes "meguri-" and the
 * first 12 hexadecimal digits of SHA-256(public key); it is written into `a`. */
void signer_make(struct arena *a, str name, const uint8_t *seed, struct signer *out);
void signer_forget(struct signer *s); /* for AUTO(): overwrites the secret */

/* "PRIVATE+KEY+name+id+base64(0x01 || seed)", without a line end; and back. Views into `line`.
 * False with ERR_INPUT: another form, a name that may not be, an id that is not the key's. */
void signer_put(struct buf *b, const struct signer *s);
MUST bool signer_read(str line, struct signer *out, struct err *e);

/* "name+id+base64(0x01 || public key)", what is made public; and back, as above. */
void verifier_put(struct buf *b, const struct verifier *v);
MUST bool verifier_read(str line, struct verifier *out, struct err *e);
bool verifier_eq(const struct verifier *x, const struct verifier *y); /* the same key and name
                                                                       */

/* What is signed. */
struct checkpoint {
    str origin;
    uint64_t size;    /* records in the log */
    struct hash root; /* RFC 6962 root of their tree */
};

/* The whole note: text, empty line, signature. The origin has no line end in it (assert). */
void checkpoint_sign(struct buf *b, const struct checkpoint *c, const struct signer *s);

/* A note that was read. Views into it. */
struct signed_checkpoint {
    struct checkpoint checkpoint;
    str text;       /* what is signed, its last line end included */
    str signatures; /* the lines that begin with a dash */
};

/* Takes the first note of *rest off it (empty lines before it are skipped, others may follow).
 * Lines after the root are allowed, as the form says, and are covered by the signature. False
 * with ERR_INPUT and the line: not a note, a size or root that is none, line ends of Windows,
 * more than SIGN_NOTE_MAX bytes or SIGN_LINES_MAX signatures. */
enum { SIGN_NOTE_MAX = 16 * 1024, SIGN_LINES_MAX = 16 };
MUST bool checkpoint_read(str *rest, struct signed_checkpoint *out, struct err *e);

enum signature {
    SIGNATURE_GOOD,
    SIGNATURE_BAD,    /* by this key's name and id, and not of this text */
    SIGNATURE_MISSING /* none by this key */
};
enum signature checkpoint_check(const struct signed_checkpoint *n, const struct verifier *v);

#endif
