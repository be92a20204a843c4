# delib-query: questions, filters, formats, exit codes.
. "$(dirname "$0")/lib.sh"
plan 67

check "the sample is indexed" delib-index -q -a "$work/archive" "$SOURCE_DIR/data/sample"
export DELIB_ARCHIVE="$work/archive"

ask() {
    delib-query "$@" 2>"$work/err"
}
objets() { # the objets found, one a line
    ask --format json "$@" | python3 -c 'import json, sys
for result in json.load(sys.stdin)["results"]: print(result["objet"])'
}
count() {
    ask --count "$@"
}

# --- words ---
check_holds "an elision and no accents find" "CŒUR DE NUIT" "$(objets "l'eclairage public")"
check_holds "a typo finds, and says so" "subventions" "$(objets subvansions)"
check_holds "the correction is told" "« subvansions »" "$(ask subvansions >/dev/null; cat "$work/err")"
while IFS=: read -r typed meant; do
    [ "$(count "$meant")" -gt 0 ] && [ "$(count "$typed")" = "$(count "$meant")" ]
    result $? "« $typed » finds « $meant »"
done <<'EOF'
subvnetion:subvention
usbvention:subvention
rnunicipal:municipal
"redevense incitative":"redevance incitative"
eau PROCHE/3 potabel:eau PROCHE/3 potable
EOF
check_same "words are corrected in a field" "$(count objet:eclairage)" "$(count objet:eclirage)"
check_same "names are corrected among names" "$(count rapporteur:coudeyrette)" "$(count rapporteur:coudeyrete)"
check_code 2 "a vote that there is not" delib-query vote:rejetter
check_same "the act with the words in its objet comes first" "Taxe de séjour au réel : tarifs applicables au 1er janvier 2018" \
    "$(objets -n 1 'taxe de séjour')"
check_same "a number puts its act first" "2011-187" "$(ask -n 1 --format ndjson 2011-187 | sed -E 's/.*"number":"([^"]*)".*/\1/')"
check_same "any writing of a number" "$(count numero:2011-187)" "$(count 'numero:2011/187')"
check_same "an article of law is one word" "$(count '"L. 300-5"')" "$(count 'L.300-5')"
check_holds "a phrase must be there" "redevance incitative" "$(objets '"redevance incitative"' | tr 'RI' 'ri' | tr '[:upper:]' '[:lower:]')"
check_code 1 "words that are no phrase are not found as one" delib-query '"incitative redevance"'
check_code 0 "guillemets are quotation marks" delib-query '« redevance incitative »'
check_same "+ and -" "$(count 'tarif SAUF eau')" "$(count '+tarif -eau')"
[ "$(count 'tarif OU prix')" -ge "$(count tarif)" ]
result $? "OU finds at least as much"
[ "$(count 'tarif ET prix')" -le "$(count tarif)" ]
result $? "ET finds at most as much"
check_same "English operators are the same" "$(count 'tarif OU prix')" "$(count 'tarif OR prix')"
check_code 0 "near one another" delib-query 'eau PROCHE/3 potable'
check_code 1 "too far apart" delib-query 'eau PROCHE/1 gymnase'
[ "$(count '=tarifs')" -lt "$(count tarifs)" ]
result $? "=word is not stemmed"
[ "$(count 'assain*')" -ge 2 ]
result $? "word* finds by the beginning"
check_code 0 "stop words alone are a question" delib-query 'de la'

# --- fields and filters ---
check_same "the field and the option of a rapporteur agree" "$(count rapporteur:coudeyrette)" "$(count --rapporteur Coudeyrette)"
check_holds "rapporteur:" "eau potable" "$(objets rapporteur:coudeyrette)"
check_same "objet: looks in the objet only" "1" "$(count 'objet:jumelage')"
check_same "conseil: and --council agree" "$(count conseil:kerarvor)" "$(count --council kerarvor)"
check_same "date: and --from --to agree" "$(count date:2018..2019)" "$(count --from 2018 --to 2019)"
check_same "a month" "$(count date:2019-09)" "$(count --from 2019-09-01 --to 2019-09-30)"
check_same "vote:" "Transfert de la compétence eau potable au 1er janvier 2022
Création d’un poste d’agent de police municipale" "$(objets vote:rejete)"
check_code 0 "present:" delib-query present:tarrieux
check_code 0 "montant:" delib-query 'montant:>1000000'
check_code 1 "montant: too much" delib-query 'montant:>1000000000000'
check_code 0 "sujet:" delib-query 'sujet:urbanisme'
total=$(count)
check_same "no question and no filter selects every act" "$(delib-index --status | sed -nE 's/^acts\t//p')" "$total"
check_holds "oldest first" "2009-" "$(ask -n 1 | sed -n 2p)"

# --- order, limit, offset ---
dates() {
    ask --format ndjson --all "$@" | sed -E 's/.*"date":"?([^",]*).*/\1/'
}
check_same "--sort date" "$(dates --sort date | sort)" "$(dates --sort date)"
check_same "--sort -date" "$(dates | sort -r)" "$(dates --sort -date)"
check_same "--limit" 3 "$(ask --format ids --limit 3 | wc -l)"
check_same "--offset goes on where --limit ended" "$(ask --format ids -n 6 | tail -n 3)" "$(ask --format ids -n 3 --offset 3)"
check_same "--all" "$total" "$(ask --format ids --all | wc -l)"

# --- formats ---
ask --format json --facets year,council_type eau >"$work/eau.json"
check "json is JSON, with the schema" python3 -c '
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer["schema"] == "delib/1" and answer["matches"] >= len(answer["results"]) > 0
assert sum(value["count"] for value in answer["facets"]["council_type"]) == answer["matches"]
for result in answer["results"]:
    assert {"rank", "score", "id", "number", "date", "objet", "vote", "snippets", "source"} <= result.keys()
    for snippet in result["snippets"]:
        for start, end in snippet["highlights"]:
            assert 0 <= start < end <= len(snippet["text"])
' "$work/eau.json"
ask --format ndjson "l'avocat" >"$work/one.ndjson" || true
ask --format ndjson "l'eau" >"$work/eau.ndjson"
check "highlights are the word, without its article" python3 -c '
import json, sys
for line in open(sys.argv[1]):
    for snippet in json.loads(line)["snippets"]:
        for start, end in snippet["highlights"]:
            assert snippet["text"][start:end].lower() in ("eau", "eaux"), snippet
' "$work/eau.ndjson"
check_same "ndjson is one act a line" "$(ask --format ids "l'eau" | wc -l)" "$(wc -l <"$work/eau.ndjson")"
check "--provenance says where fields were found" grep -q '"provenance":{' <(ask --format ndjson --provenance eau)
check_same "a pipe gets no colour" "" "$(ask eau | grep "$(printf '\033')")"
check "--color=always does" grep -q "$(printf '\033')" <(ask --color=always eau)
check_holds "facets in text" "municipal" "$(ask --facets council_type -n 1)"
check_same "the same bytes in any locale" "$(LC_ALL=C ask --format json eau | sha256sum)" "$(ask --format json eau | sha256sum)"

# --- what is wrong ---
check_code 1 "nothing found" delib-query zzzzzzzzzz
check_code 2 "a quotation mark left open" delib-query 'tarif "eau'
check_holds "names its column" "column 7" "$(cat "$work/err")"
check_code 2 "an unknown field" delib-query 'objt:eau'
check_holds "lists the fields" "rapporteur:" "$(cat "$work/err")"
check_code 2 "a date that is none" delib-query --from 2019-13
check_code 2 "an option that is none" delib-query --colour
check_code 2 "facets in a format without place for them" delib-query --format ids --facets year
check_code 3 "no archive" delib-query -a "$work/none" eau
check_holds "says how to make one" "delib-index -a" "$(cat "$work/err")"
check_code 2 "bytes that are no UTF-8" delib-query "$(printf 'caf\351')"
ask --all --format json | head -c 1 >/dev/null
check_same "a reader that goes away is no error" "" "$(cat "$work/err")"
check "--help" delib-query --help
