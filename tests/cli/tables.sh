#!/usr/bin/env bash
# What is asked for as a table or as counts: the columns of csv, what divides them, and --by in each of its forms.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 30
export DELIB_ARCHIVE=$work/archive

mkdir "$work/src"
cat >"$work/src/acts.ndjson" <<'EOF2'
{"id":"a","number":"2020-1","date":"2020-02-03","convocation_date":"2020-01-28","council":"Commune de Kervalo","council_type":"municipal","siren":"218104776","president":"Ana Le Bihan","secretary":"Yann Corre","rapporteur":"Léa Morvan","objet":"Piscine ; tarifs, \"été\"","matiere":{"code":"7.10","label":"Divers"},"document_type":"deliberation","topics":["Piscine","Tarifs"],"vote":{"outcome":"adopte","unanimous":false,"pour":12,"contre":1,"abstention":0,"nppv":2,"effectif":19,"votants":13},"present":["Ana Le Bihan","Yann Corre"],"absent":["Eva Riou"],"proxies":[{"giver":"Eva Riou","holder":"Yann Corre"}],"amounts":[{"eur":12.5,"text":"12,50 €"},{"eur":1200,"text":"1 200 €"}],"legal_refs":["article L. 2121-29"],"decisions":["FIXE"],"text":"Le conseil fixe les tarifs de la piscine."}
{"id":"b","date":"2021-03-04","council":"=Commune de Plouvent","objet":"Piscine d'été","vote":{"unanimous":true},"text":"Le conseil approuve les travaux de la piscine."}
{"id":"c","date":"2021-04-05","council":"=Commune de Plouvent","objet":"Cantine","text":"Le conseil fixe les tarifs de la cantine."}
EOF2
delib-index -q "$work/src"
cell() { # FIELD QUESTION: without its head and line end
    delib-query -f csv --fields "$1" "$2" 2>/dev/null | tail -n 1 | tr -d '\r'
}

# --- columns ---
while IFS='|' read -r field wanted; do
    [ "$(cell "$field" +tarifs\ +piscine)" = "$wanted" ] || echo "$field: $(cell "$field" +tarifs\ +piscine)"
done >"$work/wrong" <<'EOF2'
id|a
number|2020-1
date|2020-02-03
convocation_date|2020-01-28
council|Commune de Kervalo
council_type|municipal
siren|218104776
president|Ana Le Bihan
secretary|Yann Corre
rapporteur|Léa Morvan
objet|"Piscine ; tarifs, ""été"""
topics|Piscine ; Tarifs
matiere.code|7.10
document_type|deliberation
vote.outcome|adopte
vote.unanimous|false
vote.pour|12
vote.contre|1
vote.abstention|0
vote.nppv|2
vote.effectif|19
vote.votants|13
present|Ana Le Bihan ; Yann Corre
absent|Eva Riou
proxies|Eva Riou → Yann Corre
amounts|12.50 ; 1200.00
amount_max|1200.00
legal_refs|article L. 2121-29
decisions|FIXE
source.page_first|
warnings|
snippet|Le conseil fixe les tarifs de la piscine.
rank|1
EOF2
check_same "every field is a column" "" "$(cat "$work/wrong")"
check_same "what was not read is empty" ",,,true," "$(cell number,vote.pour,amount_max,vote.unanimous,proxies travaux)"
check_same "a formula is made harmless" "'=Commune de Plouvent" "$(cell council travaux)"
check_same "columns come as they were asked for" "date,id,date" "$(delib-query -f csv --fields date,id,date piscine 2>/dev/null | head -n 1 | tr -d '\r')"
check_code 2 "an unknown column is refused" delib-query -f csv --fields date,nomber piscine
check_holds "which is named" "nomber" "$(cat "$work/err")"
check_holds "with those there are" "vote.pour" "$(cat "$work/err")"

# --- what divides them ---
check_same "a semicolon" 'a;"Piscine ; tarifs, ""été"""' "$(delib-query -f csv --csv-sep ';' --fields id,objet +tarifs +piscine | tail -n 1 | tr -d '\r')"
check_same "a tab" "b	Piscine d'été" "$(delib-query -f csv --csv-sep tab --fields id,objet travaux | tail -n 1 | tr -d '\r')"
check_same "a bar" "id|date" "$(delib-query -f csv --csv-sep '|' --fields id,date travaux | head -n 1 | tr -d '\r')"
check_code 2 "nothing else" delib-query -f csv --csv-sep x piscine
check_same "a byte order mark for spreadsheets" "efbbbf" "$(delib-query -f csv --csv-bom piscine | head -c 3 | od -An -tx1 | tr -d ' ')"
check_same "lines end as RFC 4180 says" 2 "$(delib-query -f csv --fields id travaux | grep -c $'\r$')"
printf 'q1\tpiscine\nq2\tcantine\n' >"$work/batch"
check_same "of several questions each row says which" "q1,a q1,b q2,c qid,id" \
    "$(delib-query -f csv --fields id --batch "$work/batch" | tr -d '\r' | LC_ALL=C sort | xargs)"

# --- counts ---
check_same "counts by year, as a table" "year,count 2020,1 2021,2" "$(delib-query --by year -f csv --all | tr -d '\r' | xargs)"
check_same "with their share of the acts of each year" "year,count,share 2020,1,100.00 2021,1,50.00" \
    "$(delib-query --by year --relative -f csv piscine | tr -d '\r' | xargs)"
check_same "as JSON" "year 2020:1 2021:2" "$(delib-query --by year -f json --all | jq -r '.by + " " + ([.values[] | "\(.value):\(.count)"] | join(" "))')"
check_same "and shares" "2020:100 2021:50" "$(delib-query --by year --relative -f json piscine | jq -r '[.values[] | "\(.value):\(.share)"] | join(" ")')"
check_same "by month" "2020-02 2021-03 2021-04" "$(delib-query --by month -f json --all | jq -r '[.values[].value] | join(" ")')"
COLUMNS=80 delib-query --by year --all >"$work/out"
check_same "as bars" "2020 1|2021 2" "$(sed -E 's/ +█+//; s/ +/ /' "$work/out" | paste -sd '|')"
check_same "as long as what they count" 2 "$(($(sed -n 2p "$work/out" | tr -cd '█' | wc -m) / $(sed -n 1p "$work/out" | tr -cd '█' | wc -m)))"
check_holds "with shares" "50.0 %" "$(delib-query --by year --relative piscine)"
delib-query --by council -f svg --all >"$work/bars.svg"
check "as a picture that is XML" python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$work/bars.svg"
check_same "with a bar for each value" 2 "$(grep -c '<rect' "$work/bars.svg")"
check_holds "and a share" "50.0 %" "$(delib-query --by year --relative -f svg piscine)"
check_code 1 "no match has no counts" delib-query --by year xylophage
check_code 2 "by what is no facet" delib-query --by colour piscine
check_holds "is told with those there are" "council" "$(cat "$work/err")"
check_code 2 "nor as what cannot show it" delib-query --by year -f atom piscine
check_holds "which is said" "--by" "$(cat "$work/err")"
