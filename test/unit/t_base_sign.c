/* Keys, notes and signatures. The keys and the note named FOREIGN were made by another program
 * (python3-cryptography, from the text of the forms): what it signed is taken here, and the key
 * that it made of the same seed is ours. */
#include "base/sign.h"

#include <string.h>

#include "check.h"

static const uint8_t SEED[SIGN_SEED_BYTES] = { 1, 2, 3, 4, 5, 6, 7, 8 };

#define FOREIGN_ID       "819c9572"
#define FOREIGN_KEY      "AVVpK4CO+UZWFHMKFk6Nhpzv3xicUKWe4DyPyZS/Eudm"
#define FOREIGN_VERIFIER "plan.example.jp+" FOREIGN_ID "+" FOREIGN_KEY
#define FOREIGN_SIGNER \
    "PRIVATE+KEY+plan.example.jp+" FOREIGN_ID "+AQECAwQFBgcIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define FOREIGN_NOTE                                                               \
    "plan.example.jp/minamo\n25\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n\n" \
    "\xE2\x80\x94 plan.example.jp "                                                \
    "gZyVcg8jvMTfg0Z8TGP8BQN0fgowF2Bx5mLu3I4HiC+XousFve0EtGTlrhkO"                 \
    "9TbrbIiqdTHXTC4h4E0RLvO2o1qeLA8=\n"

static struct signer signer_of(struct arena *a, const char *name)
{
    struct signer s;

    signer_make(a, str_from(name), SEED, &s);
    return s;
}

static struct checkpoint head(void)
{
    return (struct checkpoint){ STR("plan.example.jp/minamo"), 25, hash_bytes(STR("root")) };
}

static str signed_by(struct arena *a, const struct signer *s)
{
    const struct checkpoint c = head();
    struct buf b;

    buf_init(&b, a, 512, 4096);
    checkpoint_sign(&b, &c, s);
    return buf_str(&b);
}

static bool reads(str note, struct signed_checkpoint *out, struct err *e)
{
    return checkpoint_read(&note, out, e);
}

static void another_programs_key_and_note_are_taken(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct signer mine = signer_of(&mem, "plan.example.jp");
    struct signed_checkpoint n;
    struct verifier v;
    struct signer s;
    struct buf b;
    struct err e;

    CHECK(verifier_read(STR(FOREIGN_VERIFIER), &v, &e) && verifier_eq(&v, &mine.verifier));
    CHECK(signer_read(STR(FOREIGN_SIGNER), &s, &e) && verifier_eq(&v, &s.verifier));
    CHECK(reads(STR(FOREIGN_NOTE), &n, &e));
    CHECK(checkpoint_check(&n, &v) == SIGNATURE_GOOD);
    CHECK(n.checkpoint.size == 25);
    buf_init(&b, &mem, 256, 256);
    verifier_put(&b, &mine.verifier);
    CHECK_STR(str_c(&mem, buf_str(&b)), FOREIGN_VERIFIER);
    buf_clear(&b);
    signer_put(&b, &mine);
    CHECK_STR(str_c(&mem, buf_str(&b)), FOREIGN_SIGNER);
    CHECK_STR(str_c(&mem, signed_by(&mem, &mine)), FOREIGN_NOTE);
}

static void what_is_signed_is_read_back(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct signer s = signer_of(&mem, "");
    const str note = signed_by(&mem, &s);
    const str two = str_fmt(&mem, "%.*s\n%.*s", STR_ARG(note), STR_ARG(note));
    struct signed_checkpoint n;
    str rest = two;
    struct err e;

    CHECK(str_starts(s.verifier.name, STR("meguri-")) && s.verifier.name.n == 19);
    CHECK(checkpoint_read(&rest, &n, &e) && str_eq(n.checkpoint.origin, head().origin));
    CHECK(n.checkpoint.size == 25 && hash_eq(n.checkpoint.root, head().root));
    CHECK(checkpoint_check(&n, &s.verifier) == SIGNATURE_GOOD);
    CHECK(checkpoint_read(&rest, &n, &e) && rest.n == 0);
    CHECK(checkpoint_check(&n, &s.verifier) == SIGNATURE_GOOD);
}

/* Each byte of the text, in turn, is another one: no signature holds. */
static void no_changed_byte_passes(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct signer s = signer_of(&mem, "plan.example.jp");
    const str note = signed_by(&mem, &s);
    int passed = 0;

    for (size_t i = 0; i < note.n - 1; i++) {
        char *bytes = str_c(&mem, note);
        struct signed_checkpoint n;
        struct err e;

        bytes[i] = bytes[i] == '0' ? '1' : '0';
        if (reads((str){ bytes, note.n }, &n, &e)
            && checkpoint_check(&n, &s.verifier) == SIGNATURE_GOOD)
            passed++;
    }
    CHECK(passed == 0);
}

static void a_key_of_the_same_name_is_another_key(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    static const uint8_t OTHER[SIGN_SEED_BYTES] = { 9 };
    const struct signer s = signer_of(&mem, "plan.example.jp");
    struct signer other;
    struct signed_checkpoint n;
    struct err e;

    signer_make(&mem, STR("plan.example.jp"), OTHER, &other);
    CHECK(reads(signed_by(&mem, &s), &n, &e));
    CHECK(checkpoint_check(&n, &other.verifier) == SIGNATURE_MISSING);
    CHECK(!verifier_eq(&s.verifier, &other.verifier));
}

static void what_is_no_note_is_refused_with_its_line(void)
{
    static const struct {
        const char *note, *says;
        uint32_t row;
    } BAD[] = {
        { "", "記録の名前", 1 },
        { "a", "記録の名前", 1 },
        { "a\r\n25\r\n", "CRLF", 1 },
        { "a\n025\nx\n\n", "記録の数", 2 },
        { "a\n-1\nx\n\n", "記録の数", 2 },
        { "a\n99999999999999999999\nx\n\n", "記録の数", 2 },
        { "a\n25\nAAAA\n\n", "根の値", 3 },
        { "a\n25\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "署名", 3 },
        { "a\n25\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", "署名の行", 4 },
        { "a\n25\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n\n", "根の値", 3 },
    };

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct signed_checkpoint n;
        struct err e = { 0 };

        CHECK(!reads(str_from(BAD[i].note), &n, &e) && e.code == ERR_INPUT);
        CHECK(e.row == BAD[i].row);
        if (!strstr(e.text, BAD[i].says))
            CHECK_STR(e.text, BAD[i].says);
    }
}

static void keys_that_are_none_are_refused(void)
{
    static const char *const BAD[] = {
        "",
        "name",
        "na me+00000000+AQEB",
        "plan.example.jp+00000000+" FOREIGN_KEY,
        "other.example.jp+" FOREIGN_ID "+" FOREIGN_KEY,
        /* libsodium takes the three bytes in the middle for letters of base64 */
        "plan.exmpale.jp+c5d12f78+AVVpK4CO+UZWFHMKFk6Nhpzv3xicUK\xE0\xBA\x80"
        "DyPyZS/Eudm",
    };
    struct verifier v;
    struct signer s;
    struct err e;

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        CHECK(!verifier_read(str_from(BAD[i]), &v, &e) && e.code == ERR_INPUT);
    CHECK(!signer_read(STR(FOREIGN_VERIFIER), &s, &e) && e.code == ERR_INPUT);
}

static void a_name_holds_no_blank_and_no_plus(void)
{
    CHECK(sign_name_is_valid(STR("plan.example.jp")) && sign_name_is_valid(STR("みなも区")));
    CHECK(!sign_name_is_valid(STR("")) && !sign_name_is_valid(STR("a b")));
    CHECK(!sign_name_is_valid(STR("a+b")) && !sign_name_is_valid(STR("a\nb")));
    CHECK(!sign_name_is_valid(STR("みなも 区")));
}

int main(void)
{
    RUN(another_programs_key_and_note_are_taken);
    RUN(what_is_signed_is_read_back);
    RUN(no_changed_byte_passes);
    RUN(a_key_of_the_same_name_is_another_key);
    RUN(what_is_no_note_is_refused_with_its_line);
    RUN(keys_that_are_none_are_refused);
    RUN(a_name_holds_no_blank_and_no_plus);
    return DONE();
}
