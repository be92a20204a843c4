#!/usr/bin/env bash
# What is shown of an act: lines like grep, a concordance, lines that fit the terminal; words that were perhaps meant.
# All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 19
export DELIB_ARCHIVE=$work/archive

mkdir "$work/src"
cat >"$work/src/cale.txt" <<'END'
COMMUNE DE VALMORNE
Séance du 12 mars 2020
Objet : Réfection de la cale

La cale est fermée depuis octobre.
Les pêcheurs débarquent au quai.
Les joints sont à refaire.
Le devis est de 14 196 euros.
La subvention couvre trente pour cent.
Le chantier dure deux mois.

Le conseil municipal, après en avoir délibéré, APPROUVE les travaux de la cale.
END
delib-index -q "$work/src"

# --- lines ---
lines() { delib-query -f ndjson "$@" | jq -r '.snippets[].text'; }
check_same "the line alone" "Les pêcheurs débarquent au quai." "$(lines --context 0 pêcheurs)"
check_same "with a line around" "La cale est fermée depuis octobre.
Les pêcheurs débarquent au quai.
Les joints sont à refaire." "$(lines --context 1 pêcheurs)"
check_same "lines that touch are one" 1 "$(delib-query -f ndjson --context 1 pêcheurs devis | jq '.snippets | length')"
check_same "those that do not are two" 2 "$(delib-query -f ndjson --context 0 pêcheurs devis | jq '.snippets | length')"
delib-query --context 0 pêcheurs devis >"$work/out"
check_holds "as text each on its line" "   Les [pêcheurs] débarquent au quai.
   --
   Le [devis] est de 14 196 euros." "$(cat "$work/out")"
check_same "highlights are where the words are" "pêcheurs" \
    "$(delib-query -f ndjson --context 2 pêcheurs | jq -r '.snippets[0] | .text[.highlights[0][0]:.highlights[0][1]]')"

# --- a concordance ---
check_same "every place of the word" 3 "$(delib-query -f ndjson --kwic 20 cale | jq '.snippets | length')"
check_same "with as much around it" "a cale La cale est fermée" "$(delib-query -f ndjson --kwic 11 +cale fermée | jq -r '.snippets[1].text')"
delib-query --kwic 12 cale >"$work/out"
check_same "one below the other" 1 "$(grep -F '[cale]' "$work/out" | awk -F'[' '{ print length($1) }' | sort -u | wc -l)"
check_code 2 "formats without passages are refused" delib-query --kwic 10 -f csv cale
check_code 2 "a number is wanted" delib-query --context two cale

# --- what was decided ---
check_holds "the decision is preferred" "APPROUVE les travaux" "$(delib-query cale)"

# --- the width of the terminal ---
COLUMNS=40 delib-query --color never conseil travaux >"$work/out"
check_same "passages fit it" 0 "$(sed -n '3,$p' "$work/out" | grep '^   [^/]' | grep -v "$work" | awk 'length($0) > 40' | wc -l)"
check_same "not in a pipe" 1 "$(delib-query conseil travaux | grep -c 'Le \[conseil\].*\[travaux\] de la cale')"

# --- few have it, many have one like it ---
for i in $(seq 1 25); do
    printf 'COMMUNE DE VALMORNE\nSéance du 13 mars 2020\nDélibération n° %s\nObjet : Piscine, lot %s\n\nApprouvé.\n' "$i" "$i" >"$work/src/$i.txt"
done
printf 'COMMUNE DE VALMORNE\nSéance du 14 mars 2020\nObjet : Entretien de la piscinne\n\nApprouvé.\n' >"$work/src/faute.txt"
delib-index -q "$work/src"
delib-query piscinne >"$work/out" 2>"$work/err"
check_holds "a rare word near a frequent one is asked about" "did you mean « piscine »" "$(cat "$work/err")"
check_same "but what was typed is looked for" 1 "$(delib-query --count piscinne 2>/dev/null)"
check_same "programs see it too" "piscinne piscine" \
    "$(delib-query -f json piscinne 2>/dev/null | jq -r '.suggestions[] | "\(.typed) \(.instead)"')"
check_same "a frequent word is not" "" "$(delib-query piscine 2>&1 >/dev/null)"
check_same "nor a rare one that is like no other" "" "$(delib-query joints 2>&1 >/dev/null)"
