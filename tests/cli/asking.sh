# delib-query: synonyms, --like, --by, --since-revision, --explain.
. "$(dirname "$0")/lib.sh"
plan 36

mkdir "$work/source"
cat >"$work/source/a.ndjson" <<'EOF'
{"id":"a1","date":"2018-03-01","council":"Ville de Kerarvor","objet":"Révision du plan local d'urbanisme","matiere":{"code":"2.1","label":"Documents d'urbanisme"},"decisions":["APPROUVE"],"text":"Le conseil approuve la révision du plan local d'urbanisme de la rue Saint Alban."}
{"id":"a2","date":"2018-04-01","council":"Ville de Kerarvor","objet":"Contribution économique","text":"La Contribution Économique Territoriale (CET) remplace la taxe professionnelle."}
{"id":"a3","date":"2019-04-01","council":"Communauté de l'Arvette","objet":"Produit de la CET","matiere":{"code":"7.2","label":"Fiscalité"},"decisions":["FIXE","AUTORISE"],"text":"Le produit de la CET est fixé à 3 000 €. Les bases de la CET croissent avec la taxe."}
{"id":"a4","date":"2019-04-01","council":"Communauté de l'Arvette","objet":"PLU de Saint-Alban","text":"Modification du PLU, avis sur la rue St Alban et le zonage."}
{"id":"a5","date":"2019-05-01","council":"Communauté de l'Arvette","objet":"Piscine","text":"Tarifs de la piscine et du bassin nautique."}
{"id":"a6","date":"2019-06-01","council":"Communauté de l'Arvette","objet":"Piscine : horaires","text":"Horaires de la piscine et du bassin nautique en été."}
EOF
check "the acts are indexed" delib-index -q -a "$work/archive" "$work/source"
export DELIB_ARCHIVE="$work/archive"
ids() {
    delib-query --all --format ids "$@" 2>"$work/err" | sort | xargs
}

# --- synonyms ---
check_same "an acronym of the table finds its name" "a1 a4" "$(ids plu)"
check_same "and the name the acronym" "a1 a4" "$(ids plan local d\'urbanisme)"
check_same "an acronym that a text introduces is learnt" "a2 a3" "$(ids cet)"
check_same "and its name finds it" "a2 a3" "$(ids 'contribution économique territoriale')"
check_same "abbreviations of words" "a1 a4" "$(ids '+st')"
check_same "--no-synonyms asks for the word alone" "a4" "$(ids --no-synonyms plu)"
check_same "a topic goes by its acronym" "a1" "$(ids sujet:plu | tr ' ' '\n' | grep a1)"
cat >"$work/plain.ndjson" <<'EOF2'
{"id":"p1","text":"Le tarif de la restauration scolaire est fixé."}
{"id":"p2","text":"Les cantines ferment."}
{"id":"p3","text":"La décision modificative est adoptée."}
EOF2
delib-index -q -a "$work/plain" "$work/plain.ndjson"
check_same "a thing goes by its everyday name" "p1 p2" "$(ids -a "$work/plain" cantine)"
check_same "and by the name that acts give it" "p1 p2" "$(ids -a "$work/plain" restauration scolaire)"
check_same "every line of their list can be read" "" \
    "$(grep -vE '^#|^[a-z0-9]+ = [^=]+$' "$SOURCE_DIR/data/plain-words.txt")"
check_same "an abbreviation of two letters in capitals" "p3" "$(ids -a "$work/plain" DM)"
check_same "only" "" "$(ids -a "$work/plain" dm)"
ids --explain plu >/dev/null
check_holds "--explain shows them" "plu = plan local d'urbanisme" "$(cat "$work/err")"
ids --explain '(piscine OU tarif) SAUF "bassin été" objet:eau' >/dev/null
check_holds "--explain prints the tree" "the first without the second
  these, the best first
    either
      these, the best first
        words: piscine" "$(cat "$work/err")"

# --- phrases that no act has ---
check_same "beside other words, its words do" "a5 a6" "$(ids 'bassin "piscine couverte"')"
check_holds "and that is told" 'no act has « "piscine couverte" »; looked for « piscine couverte » instead' "$(cat "$work/err")"
check_same "one that some act has must be there" "a6" "$(ids 'zonage "horaires de la piscine"')"
check_same "even if no act of the selection has it" "" "$(ids 'zonage "horaires de la piscine"' --to 2019-04)"
check_same "alone it finds nothing" "" "$(ids '"piscine couverte"')"
check_same "nor with a sign" "" "$(ids 'bassin +"piscine couverte"')"
check_same "nor among what is new, where a word stays as it was typed too" " " \
    "$(ids --since-revision 0 'bassin "piscine couverte"') $(ids --since-revision 0 baxsin)"
check_same "which finds the nearest otherwise" "a5 a6" "$(ids baxsin)"

# --- similar acts ---
check_same "--like finds what resembles, not the act itself" "a6" "$(delib-query --format ids -n 1 --like a5)"
check_code 2 "--like of no act" delib-query --like nothing
check_holds "names the id" "nothing" "$(cat "$work/err")"

# --- counts ---
check_same "--by in csv" "year,count 2018,2 2019,4" "$(delib-query --by year --format csv | tr -d '\r' | xargs)"
check_same "--by month of a question" "month,count 2019-05,1 2019-06,1" \
    "$(delib-query --by month --format csv piscine | tr -d '\r' | xargs)"
check_same "--relative is the share of all acts" "year,count,share 2019,2,50.00" \
    "$(delib-query --by year --relative --format csv piscine | tr -d '\r' | xargs)"
check_holds "matières are a tree" "matiere,count 2,2 2.1,2 7," \
    "$(delib-query --by matiere --format csv | tr -d '\r' | xargs)"
check_holds "an act with two decisions counts for both" "FIXE,1" "$(delib-query --by decision --format csv)"
check "--by in svg is XML" python3 -c 'import sys, xml.etree.ElementTree as tree; tree.parse(sys.argv[1])' \
    <(delib-query --by council --format svg)
check_code 2 "--by of no facet" delib-query --by colour

# --- what is new ---
revision=$(delib-query --format json piscine | jq .revision)
cat >"$work/source/b.ndjson" <<'EOF'
{"id":"b1","date":"2020-01-01","objet":"Piscine : travaux","text":"Travaux de la piscine."}
EOF
sed -i 's/3 000 €/4 000 €/' "$work/source/a.ndjson"
delib-index -q -a "$work/archive" "$work/source"
check_same "--since-revision tells what came and what changed, nothing else" "a3 b1" \
    "$(ids --since-revision "$revision")"
check_same "nothing twice" "" "$(ids --since-revision "$(delib-query --format json | jq .revision)")"
mv "$work/source/b.ndjson" "$work/source/c.ndjson"
before=$(delib-query --format json | jq .revision)
delib-index -q -a "$work/archive" "$work/source"
check_same "a file that was only moved is not new" "" "$(ids --since-revision "$before")"
