# delib-index on files of word processors: what they hold is found, what cannot be read is told with its reason.
. "$(dirname "$0")/lib.sh"
plan 30

make() {
    python3 "$SOURCE_DIR/tests/cli/make_office.py" "$@"
}
archive=$work/archive
good=$work/good
mkdir "$good" "$work/bad"
make good "$good"
index() {
    delib-index -a "$archive" "$@"
}
record() { # NUMBER FILTER
    delib-query -a "$archive" --format ndjson "numero:$1" | jq -r "$2"
}
failure() { # FILE: its reason
    index --failures | awk -F '\t' -v file="$1" '$1 ~ "/" file "$" { print $2 }'
}

# --- each format ---
check "files of word processors" index "$good"
check_holds "are all indexed" "5 files: 5 indexed (5 acts)" "$(cat "$work/err")"
for case in "2021-01 Budget primitif acte.docx" "2021-02 Achat d’un tracteur acte.odt" \
    "2021-03 Tarifs de la cantine acte.doc" "2021-04 Éclairage public acte.rtf" "2021-05 Voirie sans-extension"; do
    number=${case%% *} file=${case##* }
    objet=${case#* } objet=${objet% *}
    check_same "$file has its objet and its day" "$objet 2021-03-12 $good/$file" \
        "$(record "$number" '"\(.objet) \(.date) \(.source.path)"')"
done
check_code 1 "what is deleted in an RTF is not found" delib-query -a "$archive" rejet
check_same "pages are not made up" "null" "$(record 2021-01 .source.page_first)"

# --- text that was encoded twice ---
printf 'Commune de Kervalo\nSÃ©ance du 12 mars 2021\n\nDÃ©libÃ©ration nÂ° 2021-06\nObjet : RÃ©fection du prÃ©au\n' \
    >"$good/double.txt"
check "a text encoded twice" index "$good"
check_same "is repaired, and says so" "Réfection du préau double-encoded" "$(record 2021-06 '"\(.objet) \(.warnings[])"')"

# --- each kept out ---
cp "$good/acte.docx" "$work/bad"
make bad "$work/bad"
check_code 1 "bad files" index "$work/bad"
while read -r file reason; do
    check_same "$file: $reason" "$reason" "$(failure "$file")"
done <<'END'
bombe.docx too-big
sans-corps.docx damaged
tableur.docx unsupported-format
profond.docx damaged
mal-forme.docx damaged
image.docx needs-ocr
secret.odt encrypted
entites.odt damaged
secret.doc encrypted
tableur.doc unsupported-format
secret.docx encrypted
tronque.docx damaged
END
check_same "and cost the good one beside them nothing" "$work/bad/acte.docx" \
    "$(record 2021-01 .source.path | grep bad)"

# --- a program that is not installed ---
mkdir "$work/path"
for program in delib-index delib-query; do ln -s "$BUILD_DIR/$program" "$work/path"; done
check_code 1 "without antiword and unrtf" env PATH="$work/path" delib-index -a "$work/bare" "$good"
check_holds "the package for .doc is named" "acte.doc: missing-helper: antiword is not installed: install the package antiword" \
    "$(cat "$work/err")"
check_holds "and that for .rtf" "acte.rtf: missing-helper: unrtf is not installed: install the package unrtf" "$(cat "$work/err")"
check "once they are there" delib-index -a "$work/bare" "$good"
check_same "the files are read" "6" "$(delib-query -a "$work/bare" --count)"
