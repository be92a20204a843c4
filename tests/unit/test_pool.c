/* Children that crash, hang, grow or try what they may not do: each ends its own job and no other. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "pool.h"

#define MB ((size_t)1 << 20)

#if defined __SANITIZE_ADDRESS__
#define ADDRESS_SANITIZER
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER
#endif
#endif

static const struct pool_limits limits = {.cpu_s = 1, .wall_ms = 3000, .memory_bytes = 64 * MB, .reply_bytes = 8 * MB};

/* --- what children are asked to do ---------------------------------------------------------------------------- */

static void add_outcome(struct buffer *reply, bool done)
{
    buffer_add_string(reply, done ? "done" : errno == EACCES ? "refused" : strerror(errno));
}

static void read_file(struct buffer *reply, int file)
{
    char bytes[64];
    ssize_t got = read(file, bytes, sizeof bytes);
    buffer_add(reply, bytes, got > 0 ? (size_t)got : 0);
}

static void take_memory(void)
{
    for (size_t i = 0; i < 256; i++)
        memset(memory_alloc(MB), 1, MB);
}

static void start_and_hang(void)
{
    if (fork() == 0)
        for (;;)
            pause();
    for (;;)
        pause();
}

static void serve(struct buffer *reply, struct slice request, int file)
{
    volatile size_t spin = 0;
    if (slice_equal(request, SLICE("read")))
        read_file(reply, file);
    else if (slice_equal(request, SLICE("crash")))
        abort();
    else if (slice_equal(request, SLICE("leave")))
        _exit(EXIT_SUCCESS);
    else if (slice_equal(request, SLICE("spin")))
        for (;;)
            spin = spin + 1;
    else if (slice_equal(request, SLICE("hang")))
        start_and_hang();
    else if (slice_equal(request, SLICE("grow")))
        take_memory();
    else if (slice_equal(request, SLICE("talk")))
        for (size_t i = 0; i < 9 * MB; i++)
            buffer_add_byte(reply, 'x');
    else if (slice_equal(request, SLICE("answer")))
        for (size_t i = 0; i < MB; i++)
            buffer_add_byte(reply, 'x');
    else if (slice_equal(request, SLICE("socket")))
        add_outcome(reply, socket(AF_INET, SOCK_STREAM, 0) >= 0);
    else if (slice_equal(request, SLICE("write")))
        add_outcome(reply, open("/tmp/delib-test-pool", O_WRONLY | O_CREAT, 0600) >= 0);
    else if (slice_equal(request, SLICE("remove")))
        add_outcome(reply, unlink("/tmp/delib-test-pool") == 0);
    else if (slice_equal(request, SLICE("files")))
        for (int fd = 0; fd < 64; fd++)
            if (fcntl(fd, F_GETFD) >= 0)
                buffer_add_byte(reply, '.');
}

/* --- the tests ------------------------------------------------------------------------------------------------ */

static struct pool_job ask(struct pool *pool, const char *request)
{
    struct pool_job job = {0};
    struct delib_error error;
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    assert_int_equal(pool_submit(pool, &job, slice_of(request), file, &error), DELIB_OK);
    close(file);
    while (job.end == POOL_WAITING)
        pool_wait(pool);
    return job;
}

static void assert_reply(struct pool *pool, const char *request, const char *expected)
{
    struct pool_job job = ask(pool, request);
    assert_int_equal(job.end, POOL_DONE);
    buffer_add_byte(&job.reply, '\0');
    assert_string_equal(job.reply.bytes, expected);
    buffer_free(&job.reply);
}

static void assert_end(struct pool *pool, const char *request, enum pool_end end, int code)
{
    struct pool_job job = ask(pool, request);
    assert_int_equal(job.end, end);
    assert_int_equal(job.code, code);
    assert_int_equal(job.reply.len, 0);
}

static struct pool *pool_of(size_t children)
{
    return pool_new(children, serve, &limits);
}

static void a_child_reads_the_file_that_it_is_given(void **state)
{
    struct pool *pool = pool_of(1);
    struct pool_job job = ask(pool, "read");
    (void)state;
    assert_int_equal(job.end, POOL_DONE);
    assert_non_null(strstr(job.reply.bytes, "test_pool"));
    buffer_free(&job.reply);
    pool_free(pool);
}

static void what_goes_wrong_ends_one_job_only(void **state)
{
    struct pool *pool = pool_of(1);
    (void)state;
    assert_end(pool, "crash", POOL_CRASHED, SIGABRT);
    assert_end(pool, "leave", POOL_CRASHED, 0);
    assert_end(pool, "talk", POOL_REPLY_TOO_BIG, 0);
    assert_end(pool, "hang", POOL_TIMEOUT, 0);
    struct pool_job spun = ask(pool, "spin");
    assert_int_equal(spun.end, POOL_TIMEOUT); /* by its processor time or, on a busy machine, by the clock */
#if !defined ADDRESS_SANITIZER
    /* A sanitizer dies, or hangs, in its own way when memory runs out. */
    assert_end(pool, "grow", POOL_OUT_OF_MEMORY, 0);
#endif
    assert_reply(pool, "", "");
    pool_free(pool);
}

static void a_child_has_no_network_and_no_pen(void **state)
{
    struct pool *pool = pool_of(1);
    (void)state;
    assert_reply(pool, "socket", "refused");
    assert_reply(pool, "write", "refused");
    assert_reply(pool, "remove", "refused");
    pool_free(pool);
}

static void a_child_holds_none_of_our_files(void **state)
{
    struct pool *pool = pool_of(1);
    int ours = open("/dev/null", O_RDONLY);
    (void)state;
    assert_reply(pool, "files", "....."); /* the standard ones, its socket, the file of the request */
    close(ours);
    pool_free(pool);
}

static void an_answer_may_lie_here_for_long(void **state)
{
    enum { SHORT_MS = 300 };
    const struct pool_limits short_limits = {
        .cpu_s = 1, .wall_ms = SHORT_MS, .memory_bytes = 64 * MB, .reply_bytes = 8 * MB};
    struct pool *pool = pool_new(1, serve, &short_limits);
    struct pool_job job = {0};
    struct delib_error error;
    (void)state;
    assert_int_equal(pool_submit(pool, &job, SLICE("answer"), STDIN_FILENO, &error), DELIB_OK);
    usleep(2 * SHORT_MS * 1000);
    while (job.end == POOL_WAITING)
        pool_wait(pool);
    assert_int_equal(job.end, POOL_DONE);
    assert_int_equal(job.reply.len, MB);
    buffer_free(&job.reply);
    pool_free(pool);
}

static void slow_jobs_do_not_hold_up_others(void **state)
{
    struct pool *pool = pool_of(2);
    struct pool_job slow = {0};
    struct delib_error error;
    (void)state;
    assert_int_equal(pool_submit(pool, &slow, SLICE("hang"), STDIN_FILENO, &error), DELIB_OK);
    assert_true(pool_has_room(pool));
    for (int i = 0; i < 100; i++)
        assert_reply(pool, "", "");
    assert_int_equal(slow.end, POOL_WAITING);
    pool_free(pool); /* kills it */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_reads_the_file_that_it_is_given), cmocka_unit_test(what_goes_wrong_ends_one_job_only),
        cmocka_unit_test(a_child_has_no_network_and_no_pen),       cmocka_unit_test(a_child_holds_none_of_our_files),
        cmocka_unit_test(an_answer_may_lie_here_for_long),         cmocka_unit_test(slow_jobs_do_not_hold_up_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
