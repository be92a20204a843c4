#include "readers/scdl_table.h"

#include "base/words.h"
#include "scdl.h"

enum { NOTES_SHOWN = 5 }; /* the rest is told by --validate-scdl */

static void add_notes(struct reading *out, const struct scdl_table *table)
{
    for (size_t i = 0; i < table->finding_count && i < NOTES_SHOWN; i++) {
        const struct scdl_finding *finding = &table->findings[i];
        const char *column = scdl_column_name(finding->column);
        buffer_printf(&out->notes, _("line %zu%s%s: %s\n"), finding->line, *column ? ", " : "", column,
                      finding->message);
    }
    if (table->finding_count > NOTES_SHOWN)
        buffer_printf(&out->notes, _("and %zu more: delib-index --validate-scdl FILE\n"),
                      table->finding_count - NOTES_SHOWN);
}

static bool has_finding(const struct scdl_table *table, size_t line)
{
    for (size_t i = 0; i < table->finding_count; i++)
        if (table->findings[i].line == line)
            return true;
    return false;
}

void read_scdl_table(struct reading *out, struct arena *arena, struct slice text)
{
    struct scdl_table table;
    scdl_read(&table, arena, text);
    scdl_check(&table);
    for (size_t i = 0; i < table.row_count; i++) {
        struct act *act = act_new(arena);
        scdl_fill_act(act, &table.rows[i]);
        if (act->objet.len == 0 && act->number.len == 0)
            continue; /* there is nothing to find it by; its empty cells are in the notes */
        if (has_finding(&table, table.rows[i].line))
            act_warn(act, "scdl-invalid");
        out->given = arena_grow(arena, out->given, out->given_count, sizeof *out->given);
        out->given[out->given_count++] = (struct given_act){
            .act = act,
        };
    }
    add_notes(out, &table);
    if (out->given_count == 0)
        reading_stop(out, REASON_EMPTY, _("this table has no deliberations"));
}
