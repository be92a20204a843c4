/* The words shown to people: English in the source, in the user's language through gettext.
 *
 * Only messages follow the locale; numbers and the order of names stay as in the C locale everywhere, so that output
 * for programs is the same on every machine. */
#ifndef DELIB_BASE_WORDS_H
#define DELIB_BASE_WORDS_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text /* marks words that are translated where they are used */

/* Choose the language from the environment; call once at the start of main. Catalogues are looked for in
 * $DELIB_LOCALE_DIR (for a program that is not installed), else where the build installs them. */
void words_init(void);

/* For a program that answers many people at once: call words_init_languages before there are threads, then each thread
 * says by words_use whom it speaks to. It begins with English. */
enum words_language { WORDS_ENGLISH, WORDS_FRENCH, WORDS_LANGUAGES };
void words_init_languages(void);
void words_use(enum words_language language);

#endif
