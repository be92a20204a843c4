#!/usr/bin/env bash
# delib-index --explain: what is read of a file, where each field was found, and what cannot be read.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 21

cat >"$work/acte.txt" <<'TXT'
COMMUNE DE VALMORNE
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL
Séance du lundi 25 mars 2019
Délibération n° 2019-07
Objet : Réfection de la toiture du lavoir
Rapporteur : Mme Odile CASSAGNES
Le conseil municipal, après en avoir délibéré, à l'unanimité,
APPROUVE le devis de 12 400,50 €.
TXT
cat >"$work/minutes.txt" <<'TXT'
PROCÈS-VERBAL DU CONSEIL MUNICIPAL DE VALMORNE
Séance du 12 avril 2019
Délibération n° 2019-08 : Achat d'une tondeuse
Le conseil municipal approuve à l'unanimité.
Délibération n° 2019-09 : Tarifs de la cantine
Le conseil municipal approuve à l'unanimité.
Délibération n° 2019-10 : Location de la salle des fêtes
Le conseil municipal approuve à l'unanimité.
TXT
field() { jq -r "$1" <<<"$record"; }

# --- one act ---
check "a file is explained without an archive" delib-index --explain "$work/acte.txt"
record=$(cat "$work/out")
check_same "as one line of JSON where no terminal reads" "1" "$(wc -l <"$work/out")"
check_same "with the fields" "2019-07 2019-03-25 municipal Réfection de la toiture du lavoir" \
    "$(field '"\(.number) \(.date) \(.council_type) \(.objet)"')"
check_same "and who, how much, and how it was voted" "Odile CASSAGNES 12400.5 true" \
    "$(field '"\(.rapporteur) \(.amounts[0].eur) \(.vote.unanimous)"')"
check_same "what was not read is null" "null" "$(field .convocation_date)"
check_same "each field says from where and how sure" "[]" \
    "$(field '[to_entries[] | select(.value != null) | .key] - ["source","warnings","provenance"]
        - [.provenance | to_entries[] | select(.value.source and .value.confidence) | .key] | tostring')"
place=$(field '"\(.provenance.number.start) \(.provenance.number.end)"')
check_same "and the bytes where it stands" "2019-07" "$(tail -c "+$((${place% *} + 1))" "$work/acte.txt" |
    head -c "$((${place#* } - ${place% *}))")"
check "for people there is a text form" delib-index --explain --format text "$work/acte.txt"
check_holds "with line, column and what is printed there" "5:9 « Réfection de la toiture du lavoir »" \
    "$(cat "$work/out")"

# --- several acts, several files, other wrappings ---
check "minutes" delib-index --explain "$work/minutes.txt"
check_same "are explained act by act" "2019-08 2019-09 2019-10" "$(jq -r .number "$work/out" | xargs)"
check_same "each with the day of the séance" "2019-04-12" "$(jq -r .date "$work/out" | sort -u)"
gzip -k "$work/acte.txt"
check "a compressed file" delib-index --explain "$work/acte.txt.gz"
check_same "says the same" "$(jq -c 'del(.source,.id)' <<<"$record")" "$(jq -c 'del(.source,.id)' "$work/out")"
echo '{"number": "7 bis", "council": "Commune de Valmorne"}' >"$work/acte.txt.meta.json"
check "a sidecar" delib-index --explain "$work/acte.txt"
check_same "wins and is named as the source" "7 bis sidecar high" \
    "$(jq -r '"\(.number) \(.provenance.number | "\(.source) \(.confidence)")"' "$work/out")"

# --- what cannot be read ---
head -c 300 /dev/urandom >"$work/noise.pdf"
check_code 1 "a file that is no document" delib-index --explain "$work/noise.pdf" "$work/minutes.txt"
check_holds "is told with its reason" "$work/noise.pdf: damaged: " "$(cat "$work/err")"
check_same "and the next file is explained" "3" "$(wc -l <"$work/out")"
check_code 2 "a file that is not there" delib-index --explain "$work/nothing.txt"
check_holds "is named" "$work/nothing.txt" "$(cat "$work/err")"
