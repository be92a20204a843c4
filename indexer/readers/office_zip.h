/* Word processors' documents are zip files of XML parts; this tells which kind one is and gets at its parts. */
#ifndef DELIB_INDEXER_READERS_OFFICE_ZIP_H
#define DELIB_INDEXER_READERS_OFFICE_ZIP_H

#include "readers/zip_members.h"

/* FORMAT_DOCX, FORMAT_ODT; FORMAT_ZIP for a zip of files; FORMAT_UNKNOWN for another kind of document, and `kind` then
 * names it for a person (marked for translation). */
enum document_format office_zip_format(struct zip_members *zip, const char **kind);

/* Append a part. One that is missing, or cannot be read, stops the reading. */
bool office_zip_part(struct reading *out, struct buffer *part, struct zip_members *zip, const char *name);

/* The same for a part that a document need not have: `part` stays empty without it. False only when it is there and
 * cannot be read. */
bool office_zip_optional_part(struct reading *out, struct buffer *part, struct zip_members *zip, const char *name);

/* Whether the document holds pictures: with no text beside them it is a scan. */
bool office_zip_has_pictures(const struct zip_members *zip);

#endif
