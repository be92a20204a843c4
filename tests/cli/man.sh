#!/usr/bin/env bash
# Help, manual pages and options say the same.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 8

for program in delib-index delib-query; do
    page=$SOURCE_DIR/docs/man/$program.1
    check "$program --help" "$program" --help
    help=$(cat "$work/out")
    check_same "$program: every option of the help is in the manual, and the other way round" \
        "$(grep -oE -- '--[a-z][a-z-]+' <<<"$help" | sort -u)" \
        "$(grep -E '^\.It Fl' "$page" | grep -oE -- '(^| )-[a-z][a-z-]+' | sed 's/^ */-/' | sort -u)"
    check_same "$program: the help fits 120 columns" "" "$(awk 'length > 120' <<<"$help")"
    check_same "$program: the manual page has no faults" "" "$(mandoc -T lint -W error "$page" 2>&1)"
done
