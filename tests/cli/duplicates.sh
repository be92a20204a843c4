#!/usr/bin/env bash
# The same act from several files shows once; the acts of one séance. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 16
export DELIB_ARCHIVE=$work/archive

act() { # FILE NUMBER OBJET [DATE]
    mkdir -p "$(dirname "$work/src/$1")"
    printf '<p>COMMUNE DE VALMORNE</p><p>Séance du %s</p><p>Délibération n° %s</p><p>Objet : %s</p><p>Le conseil municipal approuve.</p>\n' \
        "${4:-12 mars 2020}" "$2" "$3" >"$work/src/$1"
}
paths() { delib-query -f ndjson --all "$@" 2>/dev/null | jq -r .source.path | sed 's:.*/::' | sort | tr '\n' ' '; }

act b.html 2020-9 "Réfection de la piscine municipale"
act c.html 2020-9 "REFECTION DE LA PISCINE MUNICIPALE"
act other.html 2020-9 "Désignation des jurés d'assises" # its number was misread, surely
act next.html 2020-10 "Tarifs de la cantine"
act later.html 2020-11 "Tarifs de la piscine" "14 mai 2020"
delib-index -q "$work/src"
check_same "the same act shows once, the first by its path" "b.html later.html " "$(paths piscine)"
check_same "from every file when asked" "b.html c.html later.html " "$(paths piscine --duplicates)"
check_same "one id is not enough" "other.html " "$(paths jurés)"
check_same "counts are those of what shows" 4 "$(delib-query --count)"
check_same "facets too" 3 "$(delib-query -f json --facets month | jq '.facets.month[] | select(.value == "2020-03").count')"
act a.html 2020-9 "Réfection de la piscine municipale"
delib-index -q "$work/src"
check_same "whatever the order in which they come" "a.html later.html " "$(paths piscine)"
revision=$(delib-query -f json piscine | jq .revision)
rm "$work/src/a.html"
delib-index -q --allow-mass-delete "$work/src"
check_same "when it goes another shows" "b.html later.html " "$(paths piscine)"
check_same "and is not told as new" "" "$(paths piscine --since-revision "$revision")"
act b.html 2020-9 "Réfection du gymnase"
delib-index -q "$work/src"
check_same "when it changes both show" "b.html c.html other.html " "$(paths conseil --number 2020-9)"
act b.html 2020-9 "Réfection de la piscine municipale"
delib-index -q "$work/src"
check_same "and when it changes back one" "b.html other.html " "$(paths conseil --number 2020-9)"

# --- as if it had never been otherwise ---
delib-index -q -a "$work/fresh" "$work/src"
check_same "as in an archive made at once" "$(paths -a "$work/fresh" conseil)" "$(paths conseil)"
check_same "all of them" "$(paths -a "$work/fresh" --duplicates conseil)" "$(paths --duplicates conseil)"

# --- the same séance ---
id=$(delib-query -f ids cantine)
check_same "the acts of a séance, in the order of their numbers" "b.html next.html other.html " "$(paths --seance "$id")"
check_same "the last is the highest number" "2020-10" "$(delib-query -f ndjson --seance "$id" | jq -r .number | tail -1)"
check_same "goes with a question" "next.html " "$(paths --seance "$id" cantine)"
check_code 2 "an unknown id is told" delib-query --seance nowhere
