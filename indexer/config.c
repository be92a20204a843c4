#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/words.h"

enum { CONFIG_BYTES_MAX = 1 << 20 }; /* a thousand times what is needed */

static bool wrong(const char *path, size_t line, const char *name, const char *why)
{
    fprintf(stderr, "delib-index: %s:%zu: %s: %s\n", path, line, name, why);
    return false;
}

static bool read_file(struct buffer *text, const char *path)
{
    FILE *file = fopen(path, "re");
    buffer_reserve(text, CONFIG_BYTES_MAX);
    if (file)
        text->len = fread(text->bytes, 1, CONFIG_BYTES_MAX, file);
    bool read = file && !ferror(file) && feof(file);
    if (!read)
        fprintf(stderr, "delib-index: %s: %s\n", path,
                file && !ferror(file) ? _("is no file of options: it is too big") : strerror(errno));
    if (file)
        fclose(file);
    buffer_add_byte(text, '\n');
    return read;
}

/* Whether an option without a value is set: by its name alone, or by yes. False when it is neither yes nor no. */
static bool read_switch(bool *out, const char *value)
{
    *out = !value || strcmp(value, "yes") == 0;
    return *out || strcmp(value, "no") == 0;
}

/* `line` is cut up in place: name, NUL, value, NUL. */
static bool take_line(char *line, const char *path, size_t number, const struct option_table *table, config_take *take,
                      void *payload)
{
    bool is_set;
    char *equals = strchr(line, '=');
    char *value = equals ? equals + 1 + strspn(equals + 1, " \t") : NULL;
    if (equals)
        *equals = '\0';
    for (size_t len = strlen(line); len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t'); len--)
        line[len - 1] = '\0';
    const struct option_row *row = option_table_find(table, line);
    bool is_source = strcmp(line, "source") == 0;
    if (!row && !is_source)
        return wrong(path, number, line, _("there is no such option"));
    if ((is_source || row->argument) && (!value || !*value))
        return wrong(path, number, line, _("the value is missing"));
    if (is_source || row->argument)
        return take(payload, line, value) || wrong(path, number, line, _("cannot be used"));
    if (!read_switch(&is_set, value))
        return wrong(path, number, line, _("yes or no"));
    return !is_set || take(payload, line, NULL) || wrong(path, number, line, _("cannot be used"));
}

bool config_read(struct buffer *text, const char *path, const struct option_table *table, config_take *take,
                 void *payload)
{
    if (!read_file(text, path))
        return false;
    if (strlen(text->bytes) != text->len)
        return wrong(path, 1, "NUL", _("is no text"));
    size_t number = 1;
    char *end;
    for (char *line = text->bytes; (end = strchr(line, '\n')) != NULL; line = end + 1, number++) {
        *end = '\0';
        line += strspn(line, " \t");
        for (char *last = end; last > line && strchr(" \t\r", last[-1]); last--)
            last[-1] = '\0';
        if (*line != '\0' && *line != '#' && !take_line(line, path, number, table, take, payload))
            return false;
    }
    return true;
}
