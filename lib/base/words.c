#include "base/words.h"

#include <locale.h>
#include <stdlib.h>

void words_init(void)
{
    const char *folder = getenv("DELIB_LOCALE_DIR");
    setlocale(LC_MESSAGES, "");
    bindtextdomain("delib", folder ? folder : DELIB_LOCALE_DIR);
    bind_textdomain_codeset("delib", "UTF-8");
    textdomain("delib");
}
