#!/usr/bin/env bash
# Large files of lines are read in pieces by several readers: what comes of them is what one reader makes of a small file.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 24

# acts FIRST LAST: one act a line, with a word of its own, made long by points, which no index keeps.
acts() {
    awk -v first="$1" -v last="$2" 'BEGIN {
        for (i = 0; i < 12000; i++) points = points "."
        for (i = first; i <= last; i++) {
            printf "{\"id\": \"acte-%06d\", \"date\": \"2021-%02d-%02d\", \"objet\": \"Entretien du chemin n° %d\", ", i, i % 12 + 1, i % 28 + 1, i
            printf "\"text\": \"Le conseil municipal de Vaubreuil décide de refaire le chemin mot%dx. %s\"}\n", i, points
        }
    }'
}
# dump: the acts in the order of the archive, without the file that they come from.
dump() { delib-query -a "$1" --all --format ndjson | jq -c 'del(.rank, .score, .snippets, .source)'; }

mkdir "$work/whole" "$work/split"
acts 1 400 >"$work/whole/actes.ndjson"
check "a large file is indexed" delib-index -a "$work/one" "$work/whole"
check_holds "and all its acts are counted" "1 indexed (400 acts)" "$(cat "$work/err")"
for i in 0 1 2 3; do acts $((i * 100 + 1)) $((i * 100 + 100)) >"$work/split/actes-$i.ndjson"; done
delib-index -q -a "$work/many" "$work/split"
dump "$work/one" >"$work/one.ndjson"
dump "$work/many" >"$work/many.ndjson"
check_same "the acts are those of the same lines in small files" 400 "$(wc -l <"$work/one.ndjson")"
check "in the same order" cmp "$work/one.ndjson" "$work/many.ndjson"
check_same "each word is found once" 1 "$(delib-query -a "$work/one" --count =mot399x)"
delib-index -a "$work/one" "$work/whole" 2>"$work/again"
check_holds "unchanged, it is not read again" "1 unchanged" "$(cat "$work/again")"
touch -d 2020-01-01 "$work/whole/actes.ndjson"
delib-index -a "$work/one" "$work/whole" 2>"$work/again"
check_holds "touched, neither" "1 unchanged" "$(cat "$work/again")"

# noise: what packs badly, and has no words either.
noise() {
    head -c 1500000 /dev/urandom | base64 -w 20000 | tr 'A-Za-z0-9+/=' '.,;:!?()[]_*~^@.,;:!?()[]_*~^@.,;:!?()[]_*~^@.,;:!?()[]_*~^@.,;:' |
        sed 's/.*/{"objet": "Bruit", "text": "Bruit &"}/'
}
{ acts 201 600; noise; } | gzip -1 >"$work/whole/actes.ndjson.gz"
[ "$(stat -c %s "$work/whole/actes.ndjson.gz")" -gt 1100000 ]
result $? "a packed file is made that is large even so"
rm "$work/whole/actes.ndjson"
delib-index -a "$work/one" --allow-mass-delete "$work/whole" 2>"$work/packed"
check_holds "a packed file is read in pieces too" "1 indexed (500 acts)" "$(cat "$work/packed")"
check_same "what is gone is gone" 0 "$(delib-query -a "$work/one" --count =mot199x)"
check_same "what came is there" 1 "$(delib-query -a "$work/one" --count =mot599x)"

{ acts 1 299; echo '{"text": 12}'; acts 301 399; echo 'no line of JSON'; acts 401 500; } >"$work/bad.ndjson"
check_code 1 "bad lines fail the file" delib-index -a "$work/bad" "$work/bad.ndjson"
check_holds "the first is told by its number in the file" "2 of 500 lines cannot be read; the first is line 300" \
    "$(cat "$work/err")"
check_same "the other lines are kept" 498 "$(delib-query -a "$work/bad" --all --format ids | wc -l)"

head -c 1090000 "$work/whole/actes.ndjson.gz" >"$work/cut.ndjson.gz"
check_code 1 "a packed file that is cut off fails" delib-index -a "$work/cut" "$work/cut.ndjson.gz"
check_holds "and says so" "damaged: the gzip file is cut off" "$(cat "$work/err")"

# Several processes fill an empty archive, one changes it; -j 1 has it filled by one.
mkdir "$work/mixed"
acts 1 300 >"$work/mixed/actes.ndjson"
for i in 0 1 2 3; do acts $((250 + i * 25)) $((280 + i * 25)) >"$work/mixed/encore-$i.ndjson"; done
cp -r "$SOURCE_DIR/data/sample" "$work/mixed/sample"
delib-index -j 1 -q -a "$work/alone" "$work/mixed" 2>/dev/null
delib-index -j 3 -q -a "$work/several" "$work/mixed" 2>/dev/null
for archive in alone several; do
    delib-query -a "$work/$archive" --all --provenance --format ndjson >"$work/$archive.acts"
    delib-index -a "$work/$archive" --failures >"$work/$archive.failures"
    delib-index -a "$work/$archive" --status | grep -v -e ^archive -e ^bytes -e ^last-change >"$work/$archive.status"
done
check "several processes fill an archive as one does" cmp "$work/alone.acts" "$work/several.acts"
check "with the same failures" diff "$work/alone.failures" "$work/several.failures"
check "and the same counts" diff "$work/alone.status" "$work/several.status"
check "several make it anew in the place of the old one" delib-index -j 3 -q -a "$work/several" --rebuild "$work/mixed"
delib-query -a "$work/several" --all --provenance --format ndjson >"$work/several.acts"
check "which comes to the same" cmp "$work/alone.acts" "$work/several.acts"
check "no folder of theirs is left" [ ! -e "$work/several.filling" ]
check "the archive is sound" delib-index -a "$work/several" --verify

delib-index -j 3 -q -a "$work/killed" "$work/mixed" 2>/dev/null &
filling=$!
until [ -e "$work/killed.filling" ] || ! kill -0 "$filling" 2>/dev/null; do sleep 0.05; done
kill -9 "$filling"
wait "$filling" 2>/dev/null
delib-index -j 3 -q -a "$work/killed" "$work/mixed" 2>/dev/null
delib-query -a "$work/killed" --all --provenance --format ndjson >"$work/killed.acts"
check "after a run that was killed the next one fills it whole" cmp "$work/alone.acts" "$work/killed.acts"
