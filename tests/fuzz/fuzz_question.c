/* Any bytes as a question, all the way: parse, plan, search a small archive that is made first, order, passages. What
 * is found must be the same act by act when it is asked for page by page, and never more than there is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/parts.h"
#include "parse.h"
#include "search.h"

enum { ACTS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/fuzz_question.XXXXXX";
static struct parts *parts;
static struct searcher *searcher;

static void fail(const char *why, const struct delib_error *error)
{
    fprintf(stderr, "%s: %s\n", why, error->message);
    abort();
}

static void remove_archive(void)
{
    static const char *const files[] = {"flintlock",     "iamglass",       "postlist.glass",
                                        "docdata.glass", "termlist.glass", "delib.manifest"};
    char path[sizeof folder + 32];
    searcher_free(searcher);
    parts_free(parts);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

static struct act *make_act(struct arena *arena, unsigned number)
{
    struct act *act = act_new(arena);
    act->id = slice_of(arena_printf(arena, "valmorne:2019-03-2%u:19-0%u", number, number));
    act->number = slice_of(arena_printf(arena, "19-0%u", number));
    act->date = (date_yyyymmdd)(20190320 + number);
    act->council = SLICE("Ville de Valmorne");
    act->objet = number % 2 ? SLICE("Tarif de la cantine") : SLICE("Élection d'un adjoint");
    act->vote.outcome = number % 2 ? OUTCOME_ADOPTE : OUTCOME_REJETE;
    text_list_add(arena, &act->present, SLICE("Jean NOIR"));
    return act;
}

static void make_archive(void)
{
    static const char *const texts[ACTS] = {
        "Le tarif de la cantine est voté, vu l'article L. 2121-29. Le prix de l'eau potable aussi.",
        "Les élu·e·s du S.I.V.O.M. délibèrent : la maison pour tous est inaugurée, 8 800,50 € versés.",
        "Une subvention est versée à l'école ; des subventions sont versées aux écoles de Saint-Alban.",
        "La Contribution Économique Territoriale (CET) remplace la taxe. La CET est due.\f Suite page 2."};
    struct archive_writer *writer = NULL;
    struct delib_error error = {0};
    struct arena *arena = arena_new();
    struct new_act acts[ACTS];
    struct file_state state = {.path = SLICE("/sources/acts.ndjson"), .outcome = FILE_INDEXED, .act_count = ACTS};
    for (unsigned i = 0; i < ACTS; i++)
        acts[i] = (struct new_act){make_act(arena, i), slice_of(texts[i])};
    if (!mkdtemp(folder) || archive_writer_open(&writer, folder, &error) != DELIB_OK ||
        archive_put_file(writer, &state, acts, ACTS, &error) != DELIB_OK || archive_commit(writer, &error) != DELIB_OK)
        fail("the archive cannot be made", &error);
    archive_writer_free(writer);
    if (parts_open(&parts, (const char *const[]){folder}, 1, 0, &error) != DELIB_OK)
        fail("the archive cannot be opened", &error);
    searcher = searcher_new(parts);
    arena_free(arena);
    atexit(remove_archive);
}

/* The ids found, in their order, from the result `offset` on. */
static size_t ask(const struct node *tree, uint32_t offset, uint32_t limit, struct slice ids[ACTS], struct arena *arena)
{
    const struct answer *answer = NULL;
    struct search *search = NULL;
    struct delib_error error = {0};
    struct result result;
    size_t count = 0;
    struct search_request request = {
        .tree = tree, .offset = offset, .limit = limit, .exact_count = true, .snippets_each = 2};
    request.facets[FACET_YEAR] = true;
    enum delib_status status = search_begin(&search, &answer, searcher, &request, &error);
    while (status == DELIB_OK && (status = search_next(&result, search, arena, &error)) == DELIB_OK && result.act) {
        if (count == ACTS || answer->matches > ACTS || result.snippets.count == 0)
            fail("more than there is, or nothing to show of it", &error);
        ids[count++] = arena_copy(arena, result.act->id);
    }
    if (status != DELIB_OK && (status != DELIB_INVALID || error.message[0] == '\0'))
        fail("no answer and no word about the question", &error);
    search_free(search);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct node *tree = NULL;
    struct delib_error error = {0};
    struct slice all[ACTS] = {0};
    struct slice one[ACTS] = {0};
    if (!parts)
        make_archive();
    struct arena *arena = arena_new();
    if (question_parse(&tree, arena, (struct slice){(const char *)data, size}, &error) == DELIB_OK) {
        size_t count = ask(tree, 0, ACTS, all, arena);
        for (uint32_t i = 0; i < count; i++)
            if (ask(tree, i, 1, one, arena) != 1 || !slice_equal(one[0], all[i]))
                fail("a page is not a part of the whole", &error);
    }
    arena_free(arena);
    return 0;
}
