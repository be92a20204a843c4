# delib-query: every output format, read back by readers that are not ours; hostile values; batches.
. "$(dirname "$0")/lib.sh"
plan 37

# Two councils and values made to break out of each format.
cat >"$work/acts.ndjson" <<'EOF'
{"id":"213400019:2019-03-21:2019-11","number":"2019-11","date":"2019-03-21","council":"Ville de Kerarvor","siren":"213400019","objet":"Subvention au club \"Les Mouettes\", 50 % <b>& plus</b> ]]> {x}_$","matiere":{"code":"7.5","label":"Finances locales/Subventions"},"vote":{"outcome":"adopte","pour":13,"contre":1,"abstention":1,"effectif":19},"topics":["Sport"],"rapporteur":"Lucie Armel","text":"Le conseil accorde une subvention de 1 000 € au club de voile."}
{"id":"213400019:2019-03-21:2019-12","number":"2019-12","date":"2019-03-21","council":"Ville de Kerarvor","siren":"213400019","objet":"=HYPERLINK(\"http://x\")","vote":{"outcome":"rejete"},"text":"Le conseil refuse la subvention.\u0001\u0007"}
{"id":"ile d'arz:2020","date":"2020-01-05","council":"Communauté de l'Île","objet":"-5","text":"subvention subvention"}
EOF
check "the acts are indexed" delib-index -q -a "$work/archive" "$work/acts.ndjson"
export DELIB_ARCHIVE="$work/archive"
as() { # FORMAT [OPTION...]: all acts in order
    delib-query --all --sort date --format "$@" 2>"$work/err"
}

# --- csv ---
as csv --fields id,objet,vote.contre,date >"$work/a.csv"
check_same "csv: rows, quotes and formulas" "['id', 'objet', 'vote.contre', 'date']
['213400019:2019-03-21:2019-11', 'Subvention au club \"Les Mouettes\", 50 % <b>& plus</b> ]]> {x}_\$', '1', '2019-03-21']
['213400019:2019-03-21:2019-12', '\\'=HYPERLINK(\"http://x\")', '', '2019-03-21']
[\"ile d'arz:2020\", '-5', '', '2020-01-05']" \
    "$(python3 -c 'import csv, sys
for row in csv.reader(open(sys.argv[1], newline="")): print(row)' "$work/a.csv" | sed 's/\\\\/\\/g')"
check_same "csv: another separator" "date;number" "$(as csv --csv-sep ';' --fields date,number | head -n 1 | tr -d '\r')"
check_same "csv: a byte order mark" "efbbbf" "$(as csv --csv-bom | head -c 3 | od -An -tx1 | tr -d ' \n')"
check_code 2 "csv: a field that is none" delib-query --format csv --fields objet,colour
check_holds "csv: and those that are" "vote.pour" "$(cat "$work/err")"
check_code 2 "csv: a separator that is none" delib-query --format csv --csv-sep xy

# --- scdl ---
as scdl >"$work/a-deliberations.csv"
check_same "scdl: what is not whole is left out and told" "2" "$(sed -nE 's/.*: ([0-9]+) acts lack.*/\1/p' "$work/err")"
check "scdl: our own validator agrees" delib-index --validate-scdl "$work/a-deliberations.csv"
check_same "scdl: one row" "2" "$(wc -l <"$work/a-deliberations.csv")"
check_same "scdl: blank cells" "4" "$(as scdl --incomplete blank | wc -l)"
check_code 2 "scdl: or a failure" delib-query --format scdl --incomplete fail --all
check_holds "scdl: that says what is missing" "DELIB_MATIERE_CODE" "$(cat "$work/err")"
mkdir "$work/again"
cp "$work/a-deliberations.csv" "$work/again/"
check "scdl: can be indexed again" delib-index -q -a "$work/archive2" "$work/again"
check_same "scdl: and says the same" "2019-11 2019-03-21 13" \
    "$(delib-query -a "$work/archive2" --format ndjson | python3 -c 'import json, sys
for line in sys.stdin:
    act = json.loads(line)
    print(act["number"], act["date"], act["vote"]["pour"])')"

# --- atom, ead ---
read_xml() { # PATH: text of all elements of a name
    python3 -c 'import sys, xml.etree.ElementTree as tree
for found in tree.parse(sys.argv[1]).iter(sys.argv[2]): print((found.text or "").strip())' "$@"
}
as atom 'subvention*' >"$work/a.atom"
atom='{http://www.w3.org/2005/Atom}'
check_same "atom: titles whole" '3' "$(read_xml "$work/a.atom" "${atom}entry" | wc -l)"
check_holds "atom: marks are text" '<b>& plus</b> ]]>' "$(read_xml "$work/a.atom" "${atom}title")"
check_holds "atom: published is the séance" "2019-03-21T00:00:00Z" "$(read_xml "$work/a.atom" "${atom}published")"
check_same "atom: as many ids as entries, and the feed's" "4" "$(read_xml "$work/a.atom" "${atom}id" | sort -u | wc -l)"
delib-query --all --format ead >"$work/a.ead"
ead=''
check_same "ead: séances in their years, acts in their séances" "fonds subfonds series file item subfonds series file item item" \
    "$(python3 -c 'import sys, xml.etree.ElementTree as tree
print(*[found.get("level") for found in tree.parse(sys.argv[1]).iter() if found.get("level")])' "$work/a.ead")"
check_holds "ead: the number is the unitid" "2019-12" "$(read_xml "$work/a.ead" "${ead}unitid")"
check_same "ead: nothing found is still a document" "0" \
    "$(delib-query --format ead zzzzzzzz 2>/dev/null >"$work/none.ead"; read_xml "$work/none.ead" "${ead}c" | wc -l)"

for name in a none; do
    check "ead: $name.ead is valid" xmllint --noout --nonet --nowarning \
        --dtdvalid "$SOURCE_DIR/tests/cli/ead-subset.dtd" "$work/$name.ead"
done

# --- bibtex, ris, trec, ids ---
check_holds "bibtex: TeX's own marks are text" '50 \% <b>\& plus</b> ]]> \textbraceleft{}x\textbraceright{}\_\$' "$(as bibtex)"
check_same "ris: as many ends as acts" "3" "$(as ris | grep -c '^ER  - ')"
check_same "trec: six columns" "1 Q0 213400019:2019-03-21:2019-11 1 delib" \
    "$(as trec | head -n 1 | cut -d ' ' -f 1-4,6)"
check_same "ids: NUL on demand" "3" "$(as ids -0 | tr -cd '\0' | wc -c)"

# --- batch ---
printf 'a\tmouettes\nb\tzzzzzzzz\nc\tsubvention SAUF mouettes\n' >"$work/questions"
check_same "batch: each answer under its name" "a c c" \
    "$(delib-query --batch "$work/questions" --format trec 2>/dev/null | cut -d ' ' -f 1 | xargs)"
check_same "batch: json lines carry the name" '"a"' \
    "$(delib-query --batch - --format ndjson <"$work/questions" 2>/dev/null | head -n 1 | jq .qid)"
check_same "batch: counts" "a	1 b	0 c	2" "$(delib-query --batch "$work/questions" --count 2>/dev/null | xargs -d '\n')"
printf 'a\tmouettes\nno tab\n' >"$work/questions"
check_code 2 "batch: a line that is none" delib-query --batch "$work/questions" --format ids
check_holds "batch: is told with its place" "questions:2:" "$(cat "$work/err")"
check_code 2 "batch: not with a format of one document" delib-query --batch "$work/questions" --format atom

# --- opensearch-bulk ---
mapping=$SOURCE_DIR/docs/opensearch-mapping.json
check_same "opensearch: actions, sources and mapping agree" 3 \
    "$(as opensearch-bulk | python3 "$SOURCE_DIR/tests/cli/check_bulk.py" "$mapping")"
check_same "opensearch: the whole text goes along" "Le conseil accorde une subvention de 1 000 € au club de voile." \
    "$(as opensearch-bulk | jq -rs '.[] | select(.number == "2019-11") | .text')"
delib-index -q -a "$work/sample" "$SOURCE_DIR/data/sample"
check_same "opensearch: every act of the sample" "$(delib-query -a "$work/sample" --count)" \
    "$(delib-query -a "$work/sample" --all --format opensearch-bulk | python3 "$SOURCE_DIR/tests/cli/check_bulk.py" "$mapping")"
