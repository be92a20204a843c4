/* When a program is brought down by what it reads.
 *
 * Xapian trusts its files: a byte changed there can lead it anywhere. A program that reads an archive then ends as it
 * does for any other damage, with a line and an exit code, not by a signal. */
#ifndef DELIB_BASE_CRASH_H
#define DELIB_BASE_CRASH_H

/* From now on a crash prints "NAME: WORDS" and ends with the exit code, both as memory_set_exit was told. `words` must
 * stay. A handler that is there already (a sanitizer's) is left in place. */
void crash_set_words(const char *words);

#endif
