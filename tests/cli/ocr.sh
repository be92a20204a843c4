#!/usr/bin/env bash
# Scanned PDFs: told without --ocr, recognised with it, once. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 17

export XDG_CACHE_HOME=$work/cache
mkdir "$work/bin" "$work/scans"
for program in pdftotext pdftoppm sh cat; do ln -s "$(command -v "$program")" "$work/bin/$program"; done
cat >"$work/scans/acte.pdf" <<'PDF'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
trailer <</Root 1 0 R>>
PDF
only() { PATH="$work/bin:$BUILD_DIR" delib-index "$@"; }
tesseract() { # CODE TEXT: what the program tesseract answers from now on
    printf '#!/bin/sh\ncat >/dev/null\nprintf "%s"\nexit %s\n' "$2" "$1" >"$work/bin/tesseract"
    chmod +x "$work/bin/tesseract"
}

check_code 1 "a scan is not read by itself" only -a "$work/archive" "$work/scans"
check_holds "and the next step is named" "needs-ocr: next to no text on 1 page(s), surely scanned: read it with --ocr" \
    "$(cat "$work/err")"
check_code 1 "without the program" only --ocr -a "$work/archive" "$work/scans"
check_holds "the package is named" "missing-helper: tesseract is not installed: install the package tesseract-ocr-fra" \
    "$(cat "$work/err")"
tesseract 1 ""
check_code 1 "a program that fails" only --ocr -a "$work/archive" "$work/scans"
check_holds "recognises nothing" "needs-ocr: no text could be recognised" "$(cat "$work/err")"
rm -rf "$work/cache"
tesseract 0 'COMMUNE DE VALMORNE\nSéance du 25 mars 2019\nObjet : Toiture du lavoir\nLe conseil municipal approuve.\n\f'
check "what failed for want of OCR is tried again with it" only --ocr -a "$work/archive" "$work/scans"
check "and found" delib-query -a "$work/archive" --format ndjson lavoir
check_same "with its fields, its page, and how it was read" "Toiture du lavoir 2019-03-25 1 ocr" \
    "$(jq -r '"\(.objet) \(.date) \(.source.page_last) \(.warnings[0])"' "$work/out")"
check_same "one text is kept" "1" "$(find "$work/cache" -name '*.txt' | wc -l)"
tesseract 1 ""
check "a new archive takes it from there" only --ocr -a "$work/again" "$work/scans"
check_same "and says the same" "$(delib-query -a "$work/archive" --format ids)" "$(delib-query -a "$work/again" --format ids)"
check "an unchanged scan is left alone" only -a "$work/archive" "$work/scans"
check_holds "also without --ocr" "0 indexed (0 acts), 1 unchanged" "$(cat "$work/err")"
check "--explain takes it too" only --explain --ocr "$work/scans/acte.pdf"
check_same "" "Toiture du lavoir" "$(jq -r .objet "$work/out")"
check_code 2 "--ocr has nothing to do with --status" only --ocr -a "$work/archive" --status
