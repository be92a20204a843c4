#!/usr/bin/env bash
# Rows of tables complete the acts found in files that they speak of, in whatever order they come. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 33

head='COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE,VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL'
row() { # NUMBER DATE OBJET POUR URL
    printf 'Commune de Valmorne,21810477600016,%s,%s,7.5,finances locales/subventions,"%s",,,PREF081,,23,%s,%s,0,0,%s\n' \
        "$1" "$2" "$3" "$4" "$4" "$5"
}
by_number=$(row 2019-007 2019-03-25 "Subvention au club de pétanque" 21 https://valmorne.example/actes)
by_file=$(row 2019-031 2019-06-12 "Tarifs de la cantine scolaire" 19 https://valmorne.example/f/cantine%202019.pdf?token=x)
alone=$(row 2019-050 2019-09-02 "Règlement du cimetière" 20 "")

act() { # OBJET DATE-IN-WORDS EXTRA
    printf 'COMMUNE DE VALMORNE\nEXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL\n\nSéance du %s\n\n%s\n' "$2" "$3"
    printf 'Objet : %s\n\nLe Conseil municipal, après en avoir délibéré, APPROUVE la proposition du maire.\n' "$1"
}
files() { # FOLDER
    mkdir -p "$1"
    act "Aide au club bouliste" "25 mars 2019" "Délibération n° 7
" >"$1/acte.txt"
    act "Cantine" "12 juin 2019" "" >"$1/Cantine 2019.txt"
}
table() { printf '%s\n' "$head" "$@"; }

# What an archive shows, but for revisions.
shown() { delib-query -a "$1" --all --format ndjson --provenance | jq -cS 'del(.revision)' | sort; }
record() { delib-query -a "$1" --all --format ndjson --provenance "$2" | jq -r "$3"; }

# --- both in one run ---
src=$work/src
files "$src"
table "$by_number" "$by_file" "$alone" >"$src/table.csv"
check "files and a table" delib-index -a "$work/one" "$src"
check_same "an act is there once, a row without a file too" 3 "$(delib-query -a "$work/one" --count)"
check_same "joined by council, date and number" \
    "2019-007 21 7.5 scdl 21810477600016 https://valmorne.example/actes $src/acte.txt" \
    "$(record "$work/one" bouliste '"\(.number) \(.vote.pour) \(.matiere.code) \(.provenance.objet.source) \(.siret) \(.source.url) \(.source.path)"')"
check_same "and named by its number and SIREN" "218104776:2019-03-25:2019-007" "$(record "$work/one" bouliste .id)"
check_same "found by the words of the table" "$src/acte.txt" "$(record "$work/one" pétanque .source.path)"
check_same "joined by the file's name" "2019-031 Tarifs de la cantine scolaire" \
    "$(record "$work/one" +scolaire '"\(.number) \(.objet)"')"
check_same "a row alone says its line" "4" "$(record "$work/one" cimetière .source.line)"
shown "$work/one" >"$work/one.ndjson"

# --- in any order, over several runs ---
mkdir "$work/parts"
files "$work/parts/b"
mkdir "$work/parts/a"
sed "s:$src/:X/:g" "$work/one.ndjson" >"$work/wanted"
same_as_one() { # WHAT ARCHIVE
    shown "$2" | sed -E "s:$work/parts/[ab]/:X/:g" >"$work/got"
    check_same "$1" "" "$(diff <(jq -cS 'del(.source.sha256)' "$work/wanted") <(jq -cS 'del(.source.sha256)' "$work/got"))"
}
table "$by_number" "$by_file" "$alone" >"$work/parts/a/table.csv"
delib-index -q -a "$work/rows-first" "$work/parts/a"
check_same "three rows alone are three acts" 3 "$(delib-query -a "$work/rows-first" --count)"
delib-index -q -a "$work/rows-first" "$work/parts/a" "$work/parts/b"
same_as_one "the table first" "$work/rows-first"
delib-index -q -a "$work/files-first" "$work/parts/b"
check_same "the act as read before" "Aide au club bouliste" "$(record "$work/files-first" bouliste .objet)"
delib-index -q -a "$work/files-first" "$work/parts/a" "$work/parts/b"
same_as_one "the files first" "$work/files-first"

# --- a run that changes nothing tells nothing anew ---
revision=$(delib-query -a "$work/files-first" --format json bouliste | jq .revision)
touch "$work/parts/a/table.csv" "$work/parts/b/acte.txt"
delib-index -q -a "$work/files-first" "$work/parts/a" "$work/parts/b"
check_same "touched files are no change" "$revision" "$(delib-query -a "$work/files-first" --format json bouliste | jq .revision)"
echo >>"$work/parts/b/acte.txt"
table "$alone" "$by_number" "$by_file" >"$work/parts/a/table.csv"
delib-index -q -a "$work/files-first" "$work/parts/a" "$work/parts/b"
check_same "nor are rows in another order" "" \
    "$(delib-query -a "$work/files-first" --all --format ids --since-revision "$revision" cantine cimetière 2>/dev/null)"

# --- the table changes, and goes ---
archive=$work/files-first
sed -i 's/,21,21,/,22,22,/' "$work/parts/a/table.csv"
delib-index -q -a "$archive" "$work/parts/a" "$work/parts/b"
check_same "a corrected table corrects the act" 22 "$(record "$archive" bouliste .vote.pour)"
table "$by_file" >"$work/parts/a/table.csv"
delib-index -q -a "$archive" "$work/parts/a" "$work/parts/b"
check_same "without its row an act is as it was read" "Aide au club bouliste null" \
    "$(record "$archive" bouliste '"\(.objet) \(.vote.pour)"')"
check_same "and rows alone go with it" 2 "$(delib-query -a "$archive" --count)"
rm "$work/parts/a/table.csv"
delib-index -q --allow-mass-delete -a "$archive" "$work/parts/a" "$work/parts/b"
check_same "without the table all are" "Cantine" "$(record "$archive" cantine .objet)"
delib-index -q -a "$work/fresh" "$work/parts/b"
check_same "as if it had never been there" "$(shown "$work/fresh")" "$(shown "$archive")"

# --- the file goes: its row is an act again ---
table "$by_number" "$by_file" "$alone" >"$work/parts/a/table.csv"
delib-index -q -a "$archive" "$work/parts/a" "$work/parts/b"
same_as_one "the table comes back" "$archive"
rm "$work/parts/b/acte.txt"
delib-index -q --allow-mass-delete -a "$archive" "$work/parts/a" "$work/parts/b"
check_same "the row speaks for itself" "$work/parts/a/table.csv 2" \
    "$(record "$archive" pétanque '"\(.source.path) \(.source.line)"')"
check_same "and none is lost" 3 "$(delib-query -a "$archive" --count)"
files "$work/parts/b"
delib-index -q -a "$archive" "$work/parts/a" "$work/parts/b"
same_as_one "the file comes back" "$archive"

# --- what does not belong together stays apart ---
other() { # WHAT COUNT ROW...
    local what=$1 wanted=$2
    shift 2
    rm -rf "$work/other"
    table "$@" >"$work/parts/a/table.csv"
    delib-index -q -a "$work/other" "$work/parts/a" "$work/parts/b"
    check_same "$what" "$wanted" "$(delib-query -a "$work/other" --count)"
}
other "another date" 3 "$(row 2019-007 2019-03-26 "Autre séance" 21 "")"
other "another number" 3 "$(row 2019-008 2019-03-25 "Autre numéro" 21 "")"
other "another council" 3 "${by_number/Commune de Valmorne,21810477600016/Commune de Vieux-Valmorne,21810478400018}"
other "its community" 3 "${by_number/Commune de Valmorne,21810477600016/Communauté de communes de Valmorne,}"
other "the same council otherwise written" 2 "${by_number/Commune de Valmorne,21810477600016/VILLE DE VALMORNE (81),}"
other "the number otherwise written" 2 "$(row DEL2019_07 2019-03-25 "Subvention au club de pétanque" 21 "")"
other "a name of a file that says nothing" 3 "$(row 2019-031 2019-06-13 "Tarifs" 19 https://valmorne.example/acte.pdf)"
other "a file of that name of another date" 3 "$(row 2019-031 2019-06-13 "Tarifs" 19 https://valmorne.example/cantine%202019.pdf)"
other "two tables with the same row" 2 "$by_number" "$by_number"

# --- an act whose vote reads otherwise ---
act "Aide au club bouliste" "25 mars 2019" "Délibération n° 7

Pour : 20 Contre : 1 Abstention : 0
" >"$work/parts/b/acte.txt"
other "a vote that reads otherwise" 2 "$by_number"
check_same "is warned of, and the table believed" "21 true" \
    "$(record "$work/other" bouliste '"\(.vote.pour) \(.warnings | index("scdl-vote-differs") != null)"')"
