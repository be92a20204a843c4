#!/usr/bin/env bash
# Every test that docs/irregularities.md names is there and holds the words that it quotes.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"

page=$SOURCE_DIR/docs/irregularities.md
mapfile -t rows < <(grep -E '^\| ' "$page" | grep -vE '^\| Oddity')
plan $((${#rows[@]} + 1))
[ "${#rows[@]}" -ge 30 ]
result $? "the page tells of what was met"
for row in "${rows[@]}"; do
    file=$(sed -nE 's/.*`(tests\/[^`]+)`: "[^"]+" \|$/\1/p' <<<"$row")
    words=$(sed -nE 's/.*`tests\/[^`]+`: "([^"]+)" \|$/\1/p' <<<"$row")
    [ -n "$words" ] && grep -qF -- "$words" "$SOURCE_DIR/$file"
    result $? "$(cut -c 3-70 <<<"$row")"
done
