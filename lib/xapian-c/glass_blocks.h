/* Which blocks of a database the next commit may write.
 *
 * A commit in Xapian's glass format leaves alone whatever the commit before needs. It writes to blocks on the table's
 * list of free blocks, to blocks behind the end of the table, and to the last block of that list itself, which it makes
 * longer in place. So does a writer that never comes to commit. All of this is told by the file iamglass and by the
 * lists, in the format that Xapian 1.4 has had since 1.3.5. To be called while nobody writes. */
#ifndef DELIB_XAPIAN_C_GLASS_BLOCKS_H
#define DELIB_XAPIAN_C_GLASS_BLOCKS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { GLASS_TABLE_COUNT = 6 };

#define GLASS_ROOT_FILE "iamglass"

struct glass_table {
    uint32_t block_bytes;
    uint32_t end;       /* blocks in use or free; what is behind them is nobody's */
    uint32_t *writable; /* below `end`, in no order */
    size_t writable_count;
};

struct glass_blocks {
    uint64_t revision; /* as xapian_reader_revision */
    struct glass_table tables[GLASS_TABLE_COUNT];
};

/* The name of a table's file, which need not exist when the table is empty; static storage. */
const char *glass_table_file(size_t table);

/* DELIB_VERSION when it is another format; DELIB_CORRUPT, DELIB_NOT_FOUND, DELIB_IO. */
enum delib_status glass_blocks_read(struct glass_blocks *out, struct arena *arena, const char *folder,
                                    struct delib_error *error);

#endif
