#!/usr/bin/env bash
# What comes first: words as they were typed, near one another, in the objet or early; and pages that fit together.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 8
export DELIB_ARCHIVE=$work/archive

filler=$(printf 'Le dossier complet est consultable au secrétariat. %.0s' {1..30})
{
    printf '{"id":"near","text":"Ce matin la piscine municipale a rouvert. %s"}\n' "$filler"
    printf '{"id":"apart","text":"Ce matin la piscine a rouvert. %s Une clôture municipale."}\n' "$filler"
    printf '{"id":"plural","text":"Des subventions sont versées aux clubs de tennis."}\n'
    printf '{"id":"singular","text":"Une subvention est versée aux clubs de tennis."}\n'
    printf '{"id":"early","text":"Un marronnier est planté. %s"}\n' "$filler"
    printf '{"id":"late","text":"%s Un marronnier est planté."}\n' "$filler"
    printf '{"id":"titled","objet":"Le platane","text":"%s Un platane est planté."}\n' "$filler"
    printf '{"id":"untitled","objet":"Divers","text":"%s Un platane est planté."}\n' "$filler"
    for i in $(seq 1 230); do
        printf '{"id":"many%s","text":"Acte %s : %s lampadaires, lampadaire."}\n' "$i" "$i" "$((i % 7))"
    done
} >"$work/acts.ndjson"
delib-index -q "$work/acts.ndjson"

first() { delib-query -f ids -n 1 "$1" 2>/dev/null; }
check_same "words near one another" "near" "$(first 'piscine municipale')"
check_same "the word as it was typed" "plural" "$(first 'subventions')"
check_same "in whatever form" "singular" "$(first 'subvention')"
check_same "what comes early" "early" "$(first 'marronnier')"
check_same "a word of the objet" "titled" "$(first 'platane')"

# Further than the acts that are put in order by their words.
delib-query -f ids --all 'lampadaire 3' >"$work/all"
for offset in $(seq 0 23 230); do delib-query -f ids -n 23 --offset "$offset" 'lampadaire 3' 2>/dev/null; done >"$work/pages"
check_same "pages hold what the whole list holds, in its order" "$(cat "$work/all")" "$(cat "$work/pages")"
check_same "every act once" 230 "$(sort -u "$work/all" | wc -l)"
check_same "no score is above the one before" "" \
    "$(delib-query -f ndjson --all 'lampadaire 3' | jq .score | awk 'NR > 1 && $1 > last + 1e-9; { last = $1 }')"
