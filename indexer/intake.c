#include "intake.h"

#include <stdlib.h>

#include "base/memory.h"
#include "split/acts.h"

struct intake *intake_new(void)
{
    struct intake *intake = memory_alloc(sizeof *intake);
    intake->arena = arena_new();
    return intake;
}

static void clear(struct intake *intake)
{
    reading_free(&intake->reading);
    intake->reading = (struct reading){0};
    buffer_clear(&intake->content);
    intake->act_count = 0;
    intake->acts = NULL;
    arena_reset(intake->arena);
}

void intake_free(struct intake *intake)
{
    if (!intake)
        return;
    clear(intake);
    buffer_free(&intake->content);
    arena_free(intake->arena);
    free(intake);
}

static const char *reason_of(enum delib_status status)
{
    switch (status) {
    case DELIB_TOO_BIG:
        return "too-big";
    case DELIB_MODIFIED:
        return "changing";
    case DELIB_UNSUPPORTED:
        return "no-regular-file";
    default:
        return "unreadable";
    }
}

enum delib_status intake_load(struct intake *intake, const char *path, const char **reason, struct delib_error *error)
{
    clear(intake);
    enum delib_status status = file_content_read(&intake->content, &intake->identity, path, error);
    if (status == DELIB_MODIFIED) { /* whoever was writing it may be done now */
        buffer_clear(&intake->content);
        status = file_content_read(&intake->content, &intake->identity, path, error);
    }
    if (status == DELIB_OK)
        intake->sha256 = sha256_of(buffer_get(&intake->content));
    else
        *reason = reason_of(status);
    return status;
}

/* The fields given with an act: its own first, then the sidecars'. */
static const struct act *united(struct arena *arena, const struct act *own, const struct act *sidecar)
{
    if (!own || !sidecar)
        return own ? own : sidecar;
    struct act *both = act_new(arena);
    act_merge(both, own);
    act_merge(both, sidecar);
    return both;
}

void intake_extract(struct intake *intake, const char *path, const char *shown_path,
                    const struct sidecar_fields *sidecar)
{
    struct acts acts = {0};
    const struct reading *reading = &intake->reading;
    read_document(&intake->reading, intake->arena, buffer_get(&intake->content), path);
    struct act_source source = {.path = slice_of(shown_path),
                                .sha256 = arena_copy(intake->arena, slice_of(intake->sha256.hex)),
                                .has_pages = reading->has_pages,
                                .is_one_act = reading->given_count > 0};
    for (size_t i = 0; i < reading->given_count; i++) {
        const struct given_act *given = &reading->given[i];
        acts_of_text(&acts, intake->arena, given->text, &source, united(intake->arena, given->act, sidecar->act));
    }
    if (reading->given_count == 0 && reading->outcome == READ_OK)
        acts_of_text(&acts, intake->arena, buffer_get(&reading->text), &source, sidecar->act);
    intake->acts = acts.items;
    intake->act_count = acts.count;
}
