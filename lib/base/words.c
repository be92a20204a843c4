#include "base/words.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *set_value(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* Whether no language but that of the source is asked for. */
static bool is_locale_plain(void)
{
    const char *locale = set_value("LC_ALL");
    locale = locale ? locale : set_value("LC_MESSAGES");
    locale = locale ? locale : set_value("LANG");
    bool is_c = !locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 || strncmp(locale, "C.", 2) == 0;
    return is_c && !set_value("LANGUAGE");
}

void words_init(void)
{
    const char *folder = getenv("DELIB_LOCALE_DIR");
    if (!is_locale_plain()) /* else the C library would look for catalogues that there are not */
        setlocale(LC_MESSAGES, "");
    bindtextdomain("delib", folder ? folder : DELIB_LOCALE_DIR);
    bind_textdomain_codeset("delib", "UTF-8");
    textdomain("delib");
}

static locale_t locales[WORDS_LANGUAGES];

/* gettext looks at LANGUAGE, which is the process's, unless the thread's locale is "C": so LANGUAGE stays at French,
 * and a thread's locale says whether it counts. No locale of the system needs to be installed for that. */
void words_init_languages(void)
{
    setenv("LANGUAGE", "fr", 1);
    locales[WORDS_ENGLISH] = newlocale(LC_MESSAGES_MASK, "C", (locale_t)0);
    locales[WORDS_FRENCH] = newlocale(LC_MESSAGES_MASK, "C.UTF-8", (locale_t)0);
    words_use(WORDS_ENGLISH);
}

void words_use(enum words_language language)
{
    if (locales[language])
        uselocale(locales[language]);
}
