#include "scdl.h"

#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/words.h"
#include "extract/matiere.h"
#include "extract/stamp.h"
#include "french/normalise.h"

enum {
    MAX_COLUMNS = 200,     /* of a table; those of SCDL are 17 */
    MAX_FINDINGS = 100000, /* a table that is wrong in every cell is told so often enough */
    MIN_SCDL_COLUMNS = 4   /* in the first line, to take a table for SCDL */
};

static const char *const names[] = {
    [SCDL_COLL_NOM] = "COLL_NOM",
    [SCDL_COLL_SIRET] = "COLL_SIRET",
    [SCDL_DELIB_ID] = "DELIB_ID",
    [SCDL_DELIB_DATE] = "DELIB_DATE",
    [SCDL_DELIB_MATIERE_CODE] = "DELIB_MATIERE_CODE",
    [SCDL_DELIB_MATIERE_NOM] = "DELIB_MATIERE_NOM",
    [SCDL_DELIB_OBJET] = "DELIB_OBJET",
    [SCDL_BUDGET_ANNEE] = "BUDGET_ANNEE",
    [SCDL_BUDGET_NOM] = "BUDGET_NOM",
    [SCDL_PREF_ID] = "PREF_ID",
    [SCDL_PREF_DATE] = "PREF_DATE",
    [SCDL_VOTE_EFFECTIF] = "VOTE_EFFECTIF",
    [SCDL_VOTE_REEL] = "VOTE_REEL",
    [SCDL_VOTE_POUR] = "VOTE_POUR",
    [SCDL_VOTE_CONTRE] = "VOTE_CONTRE",
    [SCDL_VOTE_ABSTENTION] = "VOTE_ABSTENTION",
    [SCDL_DELIB_URL] = "DELIB_URL",
    [SCDL_COLUMN_COUNT] = "",
};

const char *scdl_column_name(enum scdl_column column)
{
    return names[column];
}

void scdl_add_finding(struct scdl_table *table, size_t line, enum scdl_column column, const char *format, ...)
{
    struct buffer message = {0};
    char text[256];
    va_list arguments;
    if (table->finding_count >= MAX_FINDINGS)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buffer_add_string(&message, text);
    table->findings = arena_grow(table->arena, table->findings, table->finding_count, sizeof *table->findings);
    table->findings[table->finding_count++] =
        (struct scdl_finding){line, column, arena_string(table->arena, buffer_get(&message))};
    buffer_free(&message);
}

/* --- the first line --------------------------------------------------------------------------------------------- */

/* « Délib_objet » is DELIB_OBJET, with a finding. */
static enum scdl_column column_named(struct slice name, bool *exact)
{
    struct buffer folded = {0};
    struct buffer wanted = {0};
    enum scdl_column found = SCDL_COLUMN_COUNT;
    fold(&folded, slice_trim(name));
    for (enum scdl_column column = 0; column < SCDL_COLUMN_COUNT && found == SCDL_COLUMN_COUNT; column++) {
        buffer_clear(&wanted);
        fold(&wanted, slice_of(names[column]));
        if (slice_equal(buffer_get(&folded), buffer_get(&wanted)))
            found = column;
    }
    *exact = found != SCDL_COLUMN_COUNT && slice_equal(name, slice_of(names[found]));
    buffer_free(&folded);
    buffer_free(&wanted);
    return found;
}

static struct slice without_mark(struct slice text)
{
    return slice_starts(text, SLICE("\xEF\xBB\xBF")) ? slice_skip(text, 3) : text;
}

/* « sep=; » above the table tells Excel the separator; the table itself tells it as well. */
static bool is_excel_line(struct slice line)
{
    return slice_starts(line, SLICE("sep=")) && slice_trim(line).len <= strlen("sep=;");
}

static struct slice first_line(struct slice text)
{
    struct slice line = {0};
    text = without_mark(text);
    slice_next_line(&text, &line);
    if (is_excel_line(line))
        slice_next_line(&text, &line);
    return line;
}

/* The sign that divides the first line into most columns of SCDL; their number in *count. */
static char separator_of(struct slice line, size_t *count)
{
    static const char separators[] = {',', ';', '\t', '|'};
    char best = ',';
    *count = 0;
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t known = 0;
        bool exact;
        for (size_t at = 0; at <= line.len;) {
            size_t end = slice_find_byte(line, separators[i], at);
            struct slice name = slice_trim(slice_range(line, at, end == SLICE_NONE ? line.len : end));
            if (name.len > 1 && name.bytes[0] == '"')
                name = slice_range(name, 1, name.len - 1);
            known += column_named(name, &exact) != SCDL_COLUMN_COUNT;
            at = end == SLICE_NONE ? line.len + 1 : end + 1;
        }
        if (known > *count) {
            *count = known;
            best = separators[i];
        }
    }
    return best;
}

bool scdl_is(struct slice text)
{
    size_t count;
    struct slice line = first_line(text);
    separator_of(line, &count);
    return count >= MIN_SCDL_COLUMNS;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

struct row_reader {
    struct scdl_table *table;
    enum scdl_column columns[MAX_COLUMNS]; /* of the table, what each is */
    size_t column_count;                   /* of the first line */
    bool has_header;
    struct scdl_row row;
    size_t cell_count; /* of the row so far */
    bool is_blank;     /* nothing but empty cells so far */
    size_t line;       /* being read */
    size_t row_line;   /* where the row began */
};

static void take_name(struct row_reader *reader, struct slice name)
{
    struct scdl_table *table = reader->table;
    bool exact;
    enum scdl_column column = column_named(name, &exact);
    if (reader->cell_count > MAX_COLUMNS)
        return;
    if (column != SCDL_COLUMN_COUNT && table->has_column[column]) {
        scdl_add_finding(table, reader->row_line, column, _("this column comes twice"));
        column = SCDL_COLUMN_COUNT;
    }
    if (column == SCDL_COLUMN_COUNT)
        scdl_add_finding(table, reader->row_line, column, _("« %.*s » is no column of SCDL"),
                         name.len < 60 ? (int)name.len : 60, name.bytes);
    else if (!exact)
        scdl_add_finding(table, reader->row_line, column, _("the name of the column is written « %.*s »"),
                         (int)name.len, name.bytes);
    reader->columns[reader->cell_count - 1] = column;
    if (column != SCDL_COLUMN_COUNT)
        table->has_column[column] = true;
}

static void take_cell(void *cell, size_t len, void *payload)
{
    struct row_reader *reader = payload;
    struct slice text = {cell ? cell : "", len};
    reader->cell_count++;
    if (!reader->has_header) {
        take_name(reader, slice_trim(text));
        return;
    }
    reader->is_blank &= slice_trim(text).len == 0;
    if (reader->cell_count > reader->column_count || reader->cell_count > MAX_COLUMNS)
        return;
    enum scdl_column column = reader->columns[reader->cell_count - 1];
    if (column != SCDL_COLUMN_COUNT)
        reader->row.cells[column] = arena_copy(reader->table->arena, slice_trim(text));
}

static void check_header(struct row_reader *reader)
{
    enum scdl_column next = 0;
    for (size_t i = 0; i < reader->cell_count && i < MAX_COLUMNS; i++) {
        enum scdl_column column = reader->columns[i];
        if (column == SCDL_COLUMN_COUNT)
            continue;
        if (column < next)
            scdl_add_finding(reader->table, reader->row_line, column, _("this column is not at its place"));
        next = column + 1;
    }
    for (enum scdl_column column = 0; column < SCDL_COLUMN_COUNT; column++)
        if (!reader->table->has_column[column])
            scdl_add_finding(reader->table, reader->row_line, column, _("this column is missing"));
}

static void take_row(int end, void *payload)
{
    struct row_reader *reader = payload;
    struct scdl_table *table = reader->table;
    (void)end;
    if (!reader->has_header) {
        check_header(reader);
        reader->has_header = true;
        reader->column_count = reader->cell_count;
    } else if (!reader->is_blank) {
        if (reader->cell_count != reader->column_count)
            scdl_add_finding(table, reader->row_line, SCDL_COLUMN_COUNT, _("%zu cells, the first line has %zu"),
                             reader->cell_count, reader->column_count);
        reader->row.line = reader->row_line;
        table->rows = arena_grow(table->arena, table->rows, table->row_count, sizeof *table->rows);
        table->rows[table->row_count++] = reader->row;
    }
    reader->row = (struct scdl_row){0};
    reader->cell_count = 0;
    reader->is_blank = true;
    reader->row_line = 0;
}

/* With its end, which is that of any system: a row ends there, too. */
static size_t line_length(struct slice text)
{
    size_t end = 0;
    while (end < text.len && text.bytes[end] != '\n' && text.bytes[end] != '\r')
        end++;
    bool has_two = end + 1 < text.len && text.bytes[end] == '\r' && text.bytes[end + 1] == '\n';
    return end + has_two < text.len ? end + has_two + 1 : text.len;
}

/* Line by line, so that each row knows where it begins: a cell in quotation marks may hold line ends. */
void scdl_read(struct scdl_table *out, struct arena *arena, struct slice text)
{
    struct csv_parser parser;
    struct row_reader reader = {.table = out, .is_blank = true};
    size_t count;
    *out = (struct scdl_table){.arena = arena};
    text = without_mark(text);
    char separator = separator_of(first_line(text), &count);
    if (csv_init(&parser, CSV_STRICT_FINI) != 0)
        return;
    csv_set_delim(&parser, (unsigned char)separator);
    if (separator != ',')
        scdl_add_finding(out, 1, SCDL_COLUMN_COUNT, _("cells are divided by « %c », not by commas"), separator);
    while (text.len > 0) {
        size_t len = line_length(text);
        reader.line++;
        if (reader.line == 1 && is_excel_line(slice_range(text, 0, len))) {
            text = slice_skip(text, len);
            continue;
        }
        if (reader.row_line == 0)
            reader.row_line = reader.line;
        csv_parse(&parser, text.bytes, len, take_cell, take_row, &reader);
        text = slice_skip(text, len);
    }
    if (csv_fini(&parser, take_cell, take_row, &reader) != 0)
        scdl_add_finding(out, reader.row_line, SCDL_COLUMN_COUNT, _("a quotation mark is never closed"));
    csv_free(&parser);
}

/* --- what a row says -------------------------------------------------------------------------------------------- */

date_yyyymmdd scdl_date(struct slice cell, bool *is_iso)
{
    int year = 0;
    int month = 0;
    int day = 0;
    char rest;
    char text[16];
    *is_iso = false;
    if (cell.len >= sizeof text || cell.len < 8)
        return 0;
    memcpy(text, cell.bytes, cell.len);
    text[cell.len] = '\0';
    *is_iso = cell.len == 10 && sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3;
    if (!*is_iso && sscanf(text, "%2d/%2d/%4d%c", &day, &month, &year, &rest) != 3)
        return 0;
    return date_make(year, month, day);
}

static void claim(struct act *act, enum act_field field)
{
    act_set_provenance(act, field, (struct provenance){.source = SOURCE_SCDL, .confidence = CONFIDENCE_HIGH});
}

static void fill_text(struct act *act, enum act_field field, struct slice *out, struct slice cell)
{
    if (cell.len == 0)
        return;
    *out = arena_copy(act->arena, cell);
    for (size_t i = 0; i < cell.len; i++) /* a cell may hold line ends; a field does not */
        if (out->bytes[i] == '\n' || out->bytes[i] == '\r')
            ((char *)out->bytes)[i] = ' ';
    claim(act, field);
}

/* A whole number of votes; COUNT_UNREAD when the cell holds none. */
static int32_t count_of(struct slice cell)
{
    int32_t count = 0;
    if (cell.len == 0 || cell.len > 6)
        return COUNT_UNREAD;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.bytes[i] < '0' || cell.bytes[i] > '9')
            return COUNT_UNREAD;
        count = count * 10 + (cell.bytes[i] - '0');
    }
    return count;
}

static void fill_vote(struct act *act, const struct scdl_row *row)
{
    struct vote *vote = &act->vote;
    vote->effectif = count_of(row->cells[SCDL_VOTE_EFFECTIF]);
    vote->votants = count_of(row->cells[SCDL_VOTE_REEL]);
    vote->pour = count_of(row->cells[SCDL_VOTE_POUR]);
    vote->contre = count_of(row->cells[SCDL_VOTE_CONTRE]);
    vote->abstention = count_of(row->cells[SCDL_VOTE_ABSTENTION]);
    if (vote->pour == COUNT_UNREAD && vote->contre == COUNT_UNREAD && vote->votants == COUNT_UNREAD &&
        vote->effectif == COUNT_UNREAD)
        return;
    if (vote->pour != COUNT_UNREAD && vote->contre != COUNT_UNREAD && vote->pour != vote->contre)
        vote->outcome = vote->pour > vote->contre ? OUTCOME_ADOPTE : OUTCOME_REJETE;
    if (vote->pour > 0 && vote->contre == 0 && vote->abstention == 0)
        vote->unanimous = TRUTH_TRUE;
    else if (vote->contre > 0)
        vote->unanimous = TRUTH_FALSE;
    claim(act, FIELD_VOTE);
}

/* A code of the nomenclature, or the name of one of its nine chapters alone. */
static void fill_matiere(struct act *act, const struct scdl_row *row)
{
    struct slice code = row->cells[SCDL_DELIB_MATIERE_CODE];
    struct slice name = row->cells[SCDL_DELIB_MATIERE_NOM];
    if (!matiere_is_code(code))
        code = slice_of(matiere_chapter(name));
    if (code.len == 0)
        return;
    act->matiere_code = arena_copy(act->arena, code);
    fill_text(act, FIELD_MATIERE, &act->matiere_label, name);
    claim(act, FIELD_MATIERE);
}

void scdl_fill_act(struct act *act, const struct scdl_row *row)
{
    bool is_iso;
    struct slice siret = row->cells[SCDL_COLL_SIRET];
    fill_text(act, FIELD_COUNCIL, &act->council, row->cells[SCDL_COLL_NOM]);
    if (siret.len == 14 && is_siren(slice_range(siret, 0, 9))) {
        fill_text(act, FIELD_SIREN, &act->siren, slice_range(siret, 0, 9));
        act->siret = arena_copy(act->arena, siret);
    }
    fill_text(act, FIELD_NUMBER, &act->number, row->cells[SCDL_DELIB_ID]);
    act->date = scdl_date(row->cells[SCDL_DELIB_DATE], &is_iso);
    if (act->date)
        claim(act, FIELD_DATE);
    fill_text(act, FIELD_OBJET, &act->objet, row->cells[SCDL_DELIB_OBJET]);
    fill_matiere(act, row);
    fill_vote(act, row);
    act->source_url = arena_copy(act->arena, row->cells[SCDL_DELIB_URL]);
    act->source_line = (uint32_t)row->line;
}
