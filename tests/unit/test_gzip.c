/* What .gz files hold: whole, in several members, cut off, damaged, or out of all proportion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "gzip.h"

static void pack(struct buffer *out, struct slice bytes)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&stream, bytes.len);
    buffer_reserve(out, room);
    stream.next_in = (z_const Bytef *)bytes.bytes;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)out->bytes + out->len;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += stream.total_out;
    deflateEnd(&stream);
}

static enum delib_status unpack(struct buffer *out, struct slice bytes, size_t max_bytes)
{
    struct delib_error error = {0};
    enum delib_status status = gzip_unpack(out, bytes, max_bytes, &error);
    assert_int_equal(status == DELIB_OK, error.message[0] == '\0');
    return status;
}

static void members_come_out_one_after_the_other(void **state)
{
    (void)state;
    struct buffer packed = {0}, out = {0};
    pack(&packed, SLICE("délibération "));
    pack(&packed, SLICE("n° 12"));
    assert_true(gzip_is(buffer_get(&packed)));
    assert_int_equal(unpack(&out, buffer_get(&packed), 1000), DELIB_OK);
    assert_string_equal(out.bytes, "délibération n° 12");
    buffer_free(&packed);
    buffer_free(&out);
}

static void zeros_after_the_end_mean_nothing(void **state)
{
    (void)state;
    struct buffer packed = {0}, out = {0};
    pack(&packed, SLICE("texte"));
    buffer_add(&packed, "\0\0\0\0", 4);
    assert_int_equal(unpack(&out, buffer_get(&packed), 1000), DELIB_OK);
    assert_string_equal(out.bytes, "texte");
    buffer_free(&packed);
    buffer_free(&out);
}

static void every_cut_is_noticed(void **state)
{
    (void)state;
    struct buffer packed = {0};
    pack(&packed, SLICE("Le conseil municipal, après en avoir délibéré"));
    for (size_t len = 0; len < packed.len; len++) {
        struct buffer out = {0};
        assert_int_equal(unpack(&out, (struct slice){packed.bytes, len}, 1000), DELIB_CORRUPT);
        buffer_free(&out);
    }
    buffer_free(&packed);
}

static void damage_is_noticed(void **state)
{
    (void)state;
    struct buffer packed = {0}, out = {0};
    pack(&packed, SLICE("Le conseil municipal, après en avoir délibéré"));
    packed.bytes[packed.len - 6] ^= 1; /* in the checksum */
    assert_int_equal(unpack(&out, buffer_get(&packed), 1000), DELIB_CORRUPT);
    buffer_free(&packed);
    buffer_free(&out);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    enum { BOMB_BYTES = 40 << 20 };
    struct buffer zeros = {0}, packed = {0}, out = {0};
    for (int i = 0; i < BOMB_BYTES / 1024; i++)
        buffer_add(&zeros, (char[1024]){0}, 1024);
    pack(&packed, buffer_get(&zeros));
    assert_int_equal(unpack(&out, buffer_get(&packed), 1 << 20), DELIB_TOO_BIG);
    assert_true(out.len < 2 << 20);
    buffer_clear(&out);
    assert_int_equal(unpack(&out, buffer_get(&packed), (size_t)1 << 30), DELIB_TOO_BIG); /* 1000 to 1 */
    assert_true(out.len < BOMB_BYTES / 2);
    buffer_free(&zeros);
    buffer_free(&packed);
    buffer_free(&out);
}

static void it_may_come_byte_by_byte(void **state)
{
    (void)state;
    struct delib_error error;
    struct buffer packed = {0}, out = {0};
    pack(&packed, SLICE("Le conseil municipal, après en avoir délibéré"));
    struct gzip_stream *stream = gzip_stream_new(1000);
    for (size_t i = 0; i < packed.len; i++) {
        assert_int_equal(gzip_stream_end(stream, &error), DELIB_CORRUPT);
        assert_int_equal(gzip_stream_add(stream, &out, (struct slice){packed.bytes + i, 1}, &error), DELIB_OK);
    }
    assert_int_equal(gzip_stream_end(stream, &error), DELIB_OK);
    assert_string_equal(out.bytes, "Le conseil municipal, après en avoir délibéré");
    gzip_stream_free(stream);
    buffer_free(&packed);
    buffer_free(&out);
}

static void other_bytes_are_no_gzip(void **state)
{
    (void)state;
    assert_false(gzip_is(SLICE("")));
    assert_false(gzip_is(SLICE("\x1F\x8B\x08")));
    assert_false(gzip_is(SLICE("Le conseil municipal")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_out_one_after_the_other),
        cmocka_unit_test(zeros_after_the_end_mean_nothing),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(it_may_come_byte_by_byte),
        cmocka_unit_test(other_bytes_are_no_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
