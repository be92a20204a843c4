#include "saved.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/replace_file.h"
#include "base/utf8.h"
#include "base/words.h"

enum { NAME_MAX_BYTES = 100, QUESTION_MAX_BYTES = 64 << 10 };

static enum delib_status failed(struct delib_error *error, const char *path)
{
    return delib_fail(error, DELIB_IO, "%s: %s", path, strerror(errno));
}

/* --- where they are ---------------------------------------------------------------------------------------------- */

/* The folder, to free(); NULL when there is no home. */
static char *questions_folder(void)
{
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    struct buffer path = {0};
    if (config && *config)
        buffer_printf(&path, "%s/delib/questions", config);
    else if (home && *home)
        buffer_printf(&path, "%s/.config/delib/questions", home);
    else
        return NULL;
    return buffer_detach(&path);
}

static enum delib_status make_folders(char *path, struct delib_error *error)
{
    for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash)
            *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return failed(error, path);
        if (!slash)
            return DELIB_OK;
        *slash = '/';
    }
}

static bool is_name(struct slice name)
{
    if (name.len == 0 || name.len > NAME_MAX_BYTES || name.bytes[0] == '.' || !utf8_is_valid(name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.bytes[i] < ' ' || name.bytes[i] == '/' || name.bytes[i] == 0x7F)
            return false;
    return !slice_ends(name, SLICE(".new"));
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

enum delib_status saved_keep(const struct options *options, const char *name, struct delib_error *error)
{
    struct buffer text = {0};
    struct buffer path = {0};
    char *folder = questions_folder();
    enum delib_status status = DELIB_OK;
    if (!is_name(slice_of(name)))
        status = delib_fail(error, DELIB_INVALID,
                            _("--save: a name is one to 100 bytes, without « / », and does not begin with a point"));
    else if (!folder)
        status = delib_fail(error, DELIB_INVALID, _("--save: there is no home: set XDG_CONFIG_HOME"));
    else
        status = make_folders(folder, error);
    if (status == DELIB_OK) {
        buffer_add_slice(&text, buffer_get(&options->selection));
        buffer_add_string(&text, "question=");
        buffer_add_slice(&text, buffer_get(&options->question));
        buffer_add_byte(&text, '\n');
        buffer_printf(&path, "%s/%s", folder, name);
        status = replace_file(path.bytes, buffer_get(&text), error);
    }
    buffer_free(&text);
    buffer_free(&path);
    free(folder);
    return status;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static int is_question(const struct dirent *entry)
{
    return is_name(slice_of(entry->d_name));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static enum delib_status read_question(struct saved_question *out, const char *folder, const char *name,
                                       struct delib_error *error)
{
    struct buffer path = {0};
    struct buffer text = {0};
    char piece[4096];
    size_t count;
    enum delib_status status = DELIB_OK;
    buffer_printf(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.bytes, "re");
    if (!file)
        status = failed(error, path.bytes);
    while (file && (count = fread(piece, 1, sizeof piece, file)) > 0 && text.len <= QUESTION_MAX_BYTES)
        buffer_add_slice(&text, (struct slice){piece, count});
    if (status == DELIB_OK && ferror(file))
        status = failed(error, path.bytes);
    else if (status == DELIB_OK && (text.len > QUESTION_MAX_BYTES || !utf8_is_valid(buffer_get(&text))))
        status = delib_fail(error, DELIB_INVALID, _("%s: is no saved question"), path.bytes);
    if (file)
        fclose(file);
    if (status == DELIB_OK)
        *out = (struct saved_question){memory_dup(name, strlen(name)),
                                       memory_dup(text.len > 0 ? text.bytes : "", text.len)};
    buffer_free(&path);
    buffer_free(&text);
    return status;
}

enum delib_status saved_read(struct saved_questions *out, struct delib_error *error)
{
    struct dirent **entries = NULL;
    char *folder = questions_folder();
    enum delib_status status = DELIB_OK;
    *out = (struct saved_questions){0};
    int count = folder ? scandir(folder, &entries, is_question, by_name) : 0;
    if (count < 0 && errno != ENOENT)
        status = failed(error, folder);
    out->items = memory_resize(NULL, count > 0 ? (size_t)count : 1, sizeof *out->items);
    for (int i = 0; i < count; i++) {
        if (status == DELIB_OK)
            status = read_question(&out->items[out->count], folder, entries[i]->d_name, error);
        out->count += status == DELIB_OK;
        free(entries[i]);
    }
    free(entries);
    free(folder);
    return status;
}

void saved_free(struct saved_questions *questions)
{
    for (size_t i = 0; i < questions->count; i++) {
        free(questions->items[i].name);
        free(questions->items[i].text);
    }
    free(questions->items);
}

struct saved_question *saved_find(const struct saved_questions *questions, struct slice name)
{
    for (size_t i = 0; i < questions->count; i++)
        if (slice_equal(slice_of(questions->items[i].name), name))
            return &questions->items[i];
    return NULL;
}

bool saved_take(struct options *options, struct saved_question *question)
{
    for (char *line = question->text, *next; *line; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : line + strlen(line);
        if (end)
            *end = '\0';
        char *value = strchr(line, '=');
        if (*line == '\0')
            continue;
        if (value)
            *value++ = '\0';
        if (!options_take_saved(options, line, value)) {
            fprintf(stderr, _("delib-query: the saved question « %s » cannot be read: %s\n"), question->name, line);
            return false;
        }
    }
    return true;
}

void saved_print(const struct saved_questions *questions)
{
    for (size_t i = 0; i < questions->count; i++) {
        struct slice rest = slice_of(questions->items[i].text);
        struct slice line;
        struct slice question = {0};
        printf("%s\t", questions->items[i].name);
        while (slice_next_line(&rest, &line)) {
            if (slice_starts(line, SLICE("question=")))
                question = slice_skip(line, strlen("question="));
            else if (line.len > 0)
                printf("--%.*s ", (int)line.len, line.bytes);
        }
        printf("%.*s\n", (int)question.len, question.bytes);
    }
}
