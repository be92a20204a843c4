#!/usr/bin/env bash
# Help, manual pages and options say the same, in both languages.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 24

export DELIB_LOCALE_DIR="$BUILD_DIR/locale"
for program in delib-index delib-query delib-serve; do
    for language in en fr; do
        page=$SOURCE_DIR/docs/man/$program.1
        [ "$language" = en ] || page=$SOURCE_DIR/docs/man/$language/$program.1
        check "$program --help in $language" env LANGUAGE="$language" "$program" --help
        help=$(cat "$work/out")
        check_same "$program: every option of the help is in the $language manual, and the other way round" \
            "$(grep -oE -- '--[a-z][a-z-]+' <<<"$help" | sort -u)" \
            "$(grep -E '^\.It Fl' "$page" | grep -oE -- '(^| )-[a-z][a-z-]+' | sed 's/^ */-/' | sort -u)"
        check_same "$program: the $language help fits a screen of 24 lines and 80 columns" "" \
            "$(wc -lL <<<"$help" | awk '$1 > 24 || $2 > 80')"
        check_same "$program: the $language manual page has no faults" "" "$(mandoc -T lint -W error "$page" 2>&1)"
    done
done
