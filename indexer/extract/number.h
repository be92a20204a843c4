/* A number as acts print it: « 19-09-107 », « 2013 / 12 », « DE_2026_086 », « 2014 DUAH 76 », « R 2016-2735 ». */
#ifndef DELIB_INDEXER_EXTRACT_NUMBER_H
#define DELIB_INDEXER_EXTRACT_NUMBER_H

#include "extract/document.h"

/* The number that begins at `at` (blanks are not skipped): true and its place. A day (« 30/09/2019 ») is no number. */
bool number_at(const struct document *document, size_t at, struct span *out);

/* « n° », « nº », « no », « numero » at `at`, blanks after it included: its end; SLICE_NONE when there is none. */
size_t number_sign_at(struct slice folded, size_t at);

/* Whether the number is told from a mere count or ordinal by what it holds: a separator, or letters before many figures
 * (« 2020.03.106 », « D2018040 »). */
bool number_is_composed(struct slice folded, struct span number);

/* « D-2021/12 », « 2023/045 », « DEL_2022_117 »: a year and a rank, so that nothing else need tell a number. */
bool number_has_year_and_rank(struct slice folded, struct span number);

/* A number that opens a line and is followed by words: « 2015/77 : SCHEMA … », « 7/2011. PORTAGE »: its place and where
 * the words begin. Only numbers with a separator inside: « 12 associations » opens with none. */
bool number_before_title(const struct document *document, size_t line, struct span *number, size_t *title);

#endif
