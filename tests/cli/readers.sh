# delib-index on files of word processors, bundles and envelopes: what they hold is found, what cannot be read is told
# with its reason.
. "$(dirname "$0")/lib.sh"
plan 62

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
ids() {
    delib-query -a "$archive" --format ids "$@" 2>"$work/err"
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

# --- bundles ---
bundles=$work/bundles
mkdir "$bundles"
make bundles "$bundles"
archive=$work/bundled
check_code 1 "bundles" index "$bundles"
check_holds "one file each, with all their acts" "2 files: 1 indexed (4 acts), 0 unchanged, 0 skipped, 1 failed" "$(cat "$work/err")"
check_same "an act is known by its place in the bundle" "$bundles/lot.zip/séance/b.txt" "$(record 2022-02 .source.path)"
check_same "sidecars in the bundle hold for its files, the nearer wins" "Anne Le Bihan, Luc Tanguy, Yann Kerbrat" \
    "$(record 2022-01 .rapporteur), $(record 2022-02 .rapporteur), $(record 2022-02 .secretary)"
check_same "hidden files are left out" "" "$(ids objet:caché)"
check_same "bad members cost the good ones nothing" "$bundles/mauvais.zip/bon.docx" "$(record 2022-07 .source.path)"
check_same "the reason is kept" "bad-members" "$(failure mauvais.zip)"
check_holds "and names the members" "4 of 6 documents in it cannot be read: ../dehors.txt: unsafe-name: " \
    "$(index --failures)"
delib-index --explain --format ndjson "$bundles/mauvais.zip" >"$work/out" 2>"$work/err"
check_same "an envelope in the bundle completes its document" "Cimetière 2.1 2022-03-12 envelope" \
    "$(jq -r 'select(.source.path | endswith("transmis.txt")) | "\(.objet) \(.matiere.code) \(.date) \(.provenance.objet.source)"' "$work/out")"
mkdir "$work/fake"
printf '#!/bin/sh\nkill -SEGV $PPID\nexec sleep 100\n' >"$work/fake/pdftotext"
chmod +x "$work/fake/pdftotext"
python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("a.pdf", "%PDF-1.4")
    z.writestr("b.txt", "Délibération n° 2022-10\nObjet : Four à pain\n")' "$work/fatal.zip"
check_code 1 "a member that brings its reader down" \
    env PATH="$work/fake:$PATH" delib-index --explain --format ndjson "$work/fatal.zip"
check_same "costs the others nothing" "Four à pain" "$(jq -r .objet "$work/out")"
check_holds "and is told" "1 of 2 documents in it cannot be read: a.pdf: crashed: " "$(cat "$work/err")"
mkdir "$work/nested"
(cd "$bundles" && python3 -m zipfile -c "$work/nested/lots.zip" lot.zip)
check_code 1 "a bundle of bundles" index --explain "$work/nested"
check_holds "is not unpacked" "lot.zip: nested-archive: " "$(cat "$work/err")"
make bundles "$bundles"
python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z: z.writestr("c.txt", "Délibération n° 2022-09\nObjet : Mare\n")' "$bundles/lot.zip"
index -q "$bundles" 2>"$work/err"
check_same "a changed bundle has the acts that it holds now" "$bundles/lot.zip/c.txt" "$(record 2022-09 .source.path)"
check_same "and no other" "" "$(ids objet:fontaine)"
rm "$bundles/lot.zip"
index -q "$bundles" 2>"$work/err"
check_same "with the bundle its acts go" "" "$(ids objet:mare)"

gzip -k "$bundles/mauvais.zip" "$good/acte.odt"
delib-index --explain --format ndjson "$bundles/mauvais.zip.gz" "$good/acte.odt.gz" >"$work/out" 2>"$work/err"
check_same "both may be compressed again" "mauvais.zip.gz/bon.docx acte.odt.gz" \
    "$(jq -r 'select(.number == "2022-07" or .number == "2021-02") | .source.path' "$work/out" | sed -E 's|.*/(bundles\|good)/||' | paste -sd ' ')"

# --- envelopes ---
sent=$work/sent
mkdir "$sent"
make envelopes "$sent"
archive=$work/enveloped
check "documents with their envelopes" index "$sent"
check_holds "which are no documents" "5 files: 3 indexed (3 acts), 0 unchanged, 2 skipped, 0 failed" "$(cat "$work/err")"
of() { # FILE FILTER
    delib-index --explain --format ndjson "$sent/$1" | jq -r "$2"
}
check_same "the act has what its envelope says" \
    "Prêt au théâtre 2021-03-12 DEL2021_07 7.5 Subventions deliberation envelope high" \
    "$(of acte.txt '"\(.objet) \(.date) \(.number) \(.matiere.code) \(.matiere.label) \(.document_type) \(.provenance.objet | "\(.source) \(.confidence)")"')"
check_same "an annex has not" "false" "$(of annexe.txt '.objet == "Prêt au théâtre"')"
check_same "an envelope that cannot be read is told" "envelope-unreadable" "$(of lisible.txt '.warnings[]')"
check "nothing changed" index "$sent"
check_holds "nothing is read again" "3 unchanged" "$(cat "$work/err")"
LC_ALL=C sed -i 's/th..tre/cirque/' "$sent/034-1_0.xml"
check "a changed envelope" index "$sent"
check_holds "has all that it names indexed again" "2 indexed (2 acts), 1 unchanged" "$(cat "$work/err")"
check "and is found" delib-query -a "$archive" objet:cirque
printf '{"objet": "Écrit à la main"}' >"$sent/acte.txt.meta.json"
check_same "a sidecar wins over it" "Écrit à la main sidecar" "$(of acte.txt '"\(.objet) \(.provenance.objet.source)"')"

# --- a poor text layer ---
minutes() { # LINE-END
    for item in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        printf 'Le conseil municipal approuve le point %s de son ordre du jour à la majorité%s\n' "$item" "$1"
    done
}
mkdir "$work/noise"
minutes "" >"$work/noise/typed.txt"
minutes " { déLibération |" >"$work/noise/recognised.txt"
delib-index -q -a "$work/noise-archive" "$work/noise"
warnings() { delib-query -a "$work/noise-archive" --all --format ndjson conseil | jq -r "select(.source.path | endswith(\"$1\")) | .warnings[]"; }
check_holds "a poor recognition is told" "noisy-text" "$(warnings recognised.txt)"
check_same "a typed text is not" "" "$(warnings typed.txt | grep noisy)"

# --- scanned annexes ---
text_page='BT /F1 12 Tf 72 700 Td (Le conseil municipal approuve la convention avec le syndicat des eaux et autorise le maire) Tj ET'
{
    printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'
    printf '2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n'
    printf '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>endobj\n'
    printf '4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n'
    printf '5 0 obj<</Length %d>>stream\n%s\nendstream endobj\n' "${#text_page}" "$text_page"
    printf '6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n'
} >"$work/noise/annexes.pdf"
delib-index -q -a "$work/noise-archive" "$work/noise"
check_same "a PDF with scanned annexes says so" "pages-without-text" "$(warnings annexes.pdf)"
