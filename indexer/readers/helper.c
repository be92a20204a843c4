#include "readers/helper.h"

#include "base/words.h"

enum { OUTPUT_MAX_BYTES = 64 * 1024 * 1024 };

static const struct child_limits limits = {
    .cpu_s = 30,          /* a thousand pages take three seconds */
    .wall_ms = 50 * 1000, /* less than intake.c gives for the whole file, so that the reason is known */
    .memory_bytes = (size_t)1 << 30,
    .output_bytes = OUTPUT_MAX_BYTES,
};

/* What the program complained of first. */
static struct slice first_complaint(struct child_result *result)
{
    struct slice rest = buffer_get(&result->diagnostics), line = {0};
    while (line.len == 0 && slice_next_line(&rest, &line))
        line = slice_trim(line);
    return line;
}

static bool exited_well(struct reading *out, struct child_result *result, const struct helper *helper)
{
    struct slice complaint = first_complaint(result);
    if (slice_find(buffer_get(&result->diagnostics), slice_of(helper->locked_words)) != SLICE_NONE) {
        reading_stop(out, REASON_ENCRYPTED, _("this document asks for a password: save a copy without one"));
        return false;
    }
    if (result->code == 0)
        return true;
    reading_stop(out, REASON_DAMAGED, _("%s cannot read it: %.*s"), helper->command[0], (int)complaint.len,
                 complaint.bytes);
    return false;
}

bool helper_run(struct reading *out, struct child_result *result, const struct helper *helper, struct slice bytes)
{
    const char *program = helper->command[0];
    struct delib_error error = {0};
    child_run(result, helper->command, bytes, &limits, &error);
    switch (result->end) {
    case CHILD_EXITED:
        return exited_well(out, result, helper);
    case CHILD_KILLED:
        reading_stop(out, REASON_DAMAGED, _("%s crashed on it (signal %d)"), program, result->code);
        return false;
    case CHILD_TIMEOUT:
        reading_stop(out, REASON_TIMEOUT, _("%s took longer than %u s"), program, limits.cpu_s);
        return false;
    case CHILD_TOO_MUCH_OUTPUT:
        reading_stop(out, REASON_TOO_BIG, _("it holds more than %d MB of text"), OUTPUT_MAX_BYTES >> 20);
        return false;
    case CHILD_NOT_FOUND:
        reading_stop(out, REASON_MISSING_HELPER, _("%s is not installed: install the package %s"), program,
                     helper->package);
        return false;
    case CHILD_NOT_STARTED:
        reading_stop(out, REASON_HELPER_FAILED, "%s", error.message);
        return false;
    }
    return false;
}
