#!/usr/bin/env bash
# Tables of deliberations in SCDL: as acts, and whether they keep its rules. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 40

head='COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,BUDGET_ANNEE,BUDGET_NOM,PREF_ID,PREF_DATE,VOTE_EFFECTIF,VOTE_REEL,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION,DELIB_URL'
good='Commune de Valmorne,21810477600016,2019-07,2019-03-25,7.5,finances locales/subventions,"Subvention au club de pétanque, exercice 2019",2019,Budget principal,PREF081,2019-03-28,23,21,19,1,1,https://valmorne.example/2019-07.pdf'

# --- a table that keeps the rules ---
printf '%s\r\n' "$head" "$good" >"$work/good.csv"
check "a good table is good" delib-index --validate-scdl "$work/good.csv"
check_same "and nothing is said of it" "" "$(cat "$work/out")"
check "its rows are acts" delib-index -a "$work/archive" "$work/good.csv"
check_holds "without a warning" "1 indexed (1 acts)" "$(cat "$work/err")"
check "that are found" delib-query -a "$work/archive" --format ndjson --provenance "petanque"
record=$(cat "$work/out")
check_same "with their fields" "218104776:2019-03-25:2019-07 2019-03-25 Commune de Valmorne municipal 7.5 19 1 1" \
    "$(jq -r '"\(.id) \(.date) \(.council) \(.council_type) \(.matiere.code) \(.vote.pour) \(.vote.contre) \(.vote.abstention)"' <<<"$record")"
check_same "from the table" "scdl high" "$(jq -r '.provenance.objet | "\(.source) \(.confidence)"' <<<"$record")"

# --- every rule ---
breach() { # COLUMN MESSAGE SED: the row changed by SED breaks a rule
    printf '%s\n' "$head" "$(sed -E "$3" <<<"$good")" >"$work/bad.csv"
    delib-index --validate-scdl "$work/bad.csv" >"$work/out" 2>/dev/null
    check_holds "$1: $2" "$work/bad.csv:2:$1: $2" "$(cat "$work/out")"
}
breach COLL_NOM "must not be empty" 's/^Commune de Valmorne//'
breach COLL_SIRET "is no SIRET" 's/21810477600016/21810477600010/'
breach DELIB_DATE "is no date" 's/2019-03-25/2019-02-30/'
breach DELIB_DATE "a date is written AAAA-MM-JJ" 's/2019-03-25/25\/03\/2019/'
breach PREF_DATE "is before DELIB_DATE" 's/2019-03-28/2019-03-20/'
breach DELIB_MATIERE_CODE "is no code" 's/,7\.5,/,7.11,/'
breach DELIB_MATIERE_NOM "is written level 1/level 2" 's/finances locales\/subventions/finances locales/'
breach DELIB_MATIERE_NOM "takes no blanks" 's/locales\/sub/locales \/ sub/'
breach DELIB_MATIERE_NOM "begins with none of the nine chapters" 's/finances locales\//argent\//'
breach DELIB_MATIERE_NOM "is of another chapter" 's/finances locales\//urbanisme\//'
breach BUDGET_ANNEE "is a year" 's/,2019,Budget/,2019-20,Budget/'
breach BUDGET_NOM "must be given with BUDGET_ANNEE" 's/Budget principal//'
breach PREF_ID "is written PREFNNN" 's/PREF081/PREF81/'
breach VOTE_EFFECTIF "is less than 13" 's/,23,21,/,11,21,/'
breach VOTE_REEL "is more than VOTE_EFFECTIF" 's/,23,21,/,20,21,/'
breach VOTE_POUR "is more than VOTE_REEL" 's/,21,19,/,18,19,/'
breach VOTE_REEL "is not VOTE_POUR + VOTE_CONTRE + VOTE_ABSTENTION" 's/,21,19,/,21,18,/'
breach VOTE_CONTRE "must be given with the other counts" 's/,19,1,1,/,19,,1,/'
breach VOTE_POUR "is no whole number" 's/,19,1,1,/,dix-neuf,1,1,/'
breach DELIB_MATIERE_CODE "is no code" 's/,7\.5,/,7.5.1,/'
breach BUDGET_ANNEE "must be given with BUDGET_NOM" 's/,2019,Budget/,,Budget/'
breach BUDGET_ANNEE "is a year" 's/,2019,Budget/,2020\/2019,Budget/'
breach PREF_ID "is written PREFNNN" 's/PREF081/SPREF081/'
breach DELIB_URL "is no address" 's/https:\/\//le site /'

# --- tables as they come ---
{
    printf 'N\xb0;%s\n' "$(tr , ';' <<<"$head" | sed 's/DELIB_OBJET/Delib_Objet/')"
    printf '1;Commune de Valmorne;21810477600016;2019-08;12/04/2019;;FINANCES LOCALES;"Tarifs du march\xe9\nd\x27\xe9t\xe9";;;;;23;15;40;0;0;\n'
    printf '2;;;;;;;;;;;;;;;;;\n'
} >"$work/real.csv"
check_code 1 "another separator, encoding, order, date" delib-index --validate-scdl "$work/real.csv"
check_holds "are told by line and column" "$work/real.csv:2:DELIB_DATE: a date is written AAAA-MM-JJ" "$(cat "$work/out")"
check "but read" delib-index -a "$work/real" "$work/real.csv"
check_holds "with warnings" "real.csv: warning: line 1: " "$(cat "$work/err")"
check_same "the cell over two lines, the date and the chapter are right" "Tarifs du marché d'été 2019-04-12 7" \
    "$(delib-query -a "$work/real" --format ndjson marché | jq -r '"\(.objet) \(.date) \(.matiere.code)"')"
{ printf 'sep=;\r\n'; tail -n +1 "$work/real.csv"; } >"$work/excel.csv"
check "a table as Excel writes it" delib-index -a "$work/excel" "$work/excel.csv"
check_same "is read, too" "Tarifs du marché d'été" \
    "$(delib-query -a "$work/excel" --format ndjson marché | jq -r '"\(.objet)"')"
echo 'nom,prenom' >"$work/other.csv"
check_code 1 "another table is no SCDL" delib-index --validate-scdl "$work/other.csv"
printf '%s\n%s' "$head" "${good/pétanque, exercice 2019\"/pétanque}" >"$work/open.csv"
check_code 1 "a quotation mark never closed" delib-index --validate-scdl "$work/open.csv"
