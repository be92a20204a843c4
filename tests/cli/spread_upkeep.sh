#!/usr/bin/env bash
# Looking after an archive in parts as if it were one: verify, back up, restore, compact, forget, files that move.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 49

src=$work/source
archive=$work/archive
mkdir "$src"
cp -r "$SOURCE_DIR"/data/sample/* "$src"
for i in 1 2 3 4 5 6 7 8; do
    printf '{"id":"c-%s","date":"2021-01-01","objet":"Curling %s","text":"Le curling ferme, piste %s."}\n' $i $i $i
done >"$src/curling.ndjson"
index() {
    delib-index -a "$archive" "$@"
}
every_act() { # ARCHIVE
    delib-query -a "$1" --all -f ndjson | jq -cS '[.id, .source.path, .text]' | LC_ALL=C sort
}
flip() { # FILE: alter a bit in its middle
    python3 -c 'import os, sys
with open(sys.argv[1], "r+b") as file:
    file.seek(os.path.getsize(sys.argv[1]) // 2); byte = file.read(1)[0]
    file.seek(-1, 1); file.write(bytes([byte ^ 4]))' "$1"
}
index -q --parts 3 "$src"
every_act "$archive" >"$work/wanted"

# --- verify ---
check "all parts are verified" index --verify
check_holds "as one" "$archive: every byte" "$(cat "$work/err")"
for part in 1 2 3; do
    check "part $part by itself" delib-index -a "$archive/part-$part" --verify
done
cp -r "$archive" "$work/altered"
flip "$work/altered/part-2/docdata.glass"
flip "$work/altered/part-3/docdata.glass"
check_code 4 "damage in a part is found" delib-index -a "$work/altered" --verify
check_holds "which is named" "altered/part-2: the archive is damaged" "$(cat "$work/err")"
check_holds "also behind another" "altered/part-3: the archive is damaged" "$(cat "$work/err")"
rm -r "$work/altered" && cp -r "$archive" "$work/altered"
rm -r "$work/altered/part-2"
check_code 2 "a part that is missing" delib-index -a "$work/altered" --verify
check_holds "is named, too" "altered/part-2" "$(cat "$work/err")"
rm -r "$work/altered" && cp -r "$archive" "$work/altered"
sed 's/curling/pétanque/Ig; s/"c-/"late-/' "$src/curling.ndjson" >"$work/late.ndjson"
delib-index -q -a "$work/altered" "$work/late.ndjson"
for part in 2 3; do rm -r "$work/altered/part-$part" && cp -r "$archive/part-$part" "$work/altered"; done
check "each part of two states may be whole" delib-index -q -a "$work/altered/part-1" --verify
check_code 4 "but not all of them together" delib-index -a "$work/altered" --verify
check_holds "which says why" "late.ndjson: has " "$(cat "$work/err")"
check_same "once" 1 "$(grep -c 'contradicts itself' "$work/err")"
printf 'local part-1\nremote 127.0.0.1:9\n' >"$work/mixed.parts"
for verb in --verify --compact "--backup $work/nowhere"; do
    # shellcheck disable=SC2086
    check_code 2 "${verb%% *} is not for a part on another machine" delib-index -a "$work/mixed.parts" $verb
    check_holds "which is named" "127.0.0.1:9" "$(cat "$work/err")"
done
[ ! -e "$work/nowhere" ]
result $? "and nothing is made"
check_code 2 "--rebuild is for one archive" index --rebuild "$src"
check_holds "says what to do" "new folder" "$(cat "$work/err")"

# --- backup, restore ---
check "all parts are copied" index --backup "$work/copy"
check_holds "and verified" "verified" "$(cat "$work/err")"
check_same "with their list" "local part-1 local part-2 local part-3" "$(xargs <"$work/copy/delib.parts")"
check "the copy is an archive" delib-index -a "$work/copy" --verify -q
check_same "with every act" "$(cat "$work/wanted")" "$(every_act "$work/copy")"
check_code 2 "a folder that holds something is left alone" index --backup "$work/copy"
flip "$archive/part-3/docdata.glass"
check_code 4 "a damaged archive" index --backup "$work/copy2"
[ ! -e "$work/copy2/delib.parts" ]
result $? "makes no copy that counts"
check "is restored in one step" index --restore "$work/copy"
check "whole" index --verify -q
check_same "with every act" "$(cat "$work/wanted")" "$(every_act "$archive")"
[ ! -e "$archive.new" ]
result $? "and nothing is left of the damaged one"
index "$src" 2>"$work/err"
check_holds "the next run reads nothing again" " 0 indexed" "$(cat "$work/err")"
flip "$work/copy/part-2/docdata.glass"
check_code 4 "a damaged copy is not put in its place" index --restore "$work/copy"
check "which is as it was" index --verify -q
mv "$archive/part-2" "$work/elsewhere"
sed -i "s|local part-2|local $work/elsewhere|" "$archive/delib.parts"
rm -r "$work/copy" && index -q --backup "$work/copy"
check_code 2 "parts that lie elsewhere are not replaced" index --restore "$work/copy"
check_holds "which is said" "elsewhere" "$(cat "$work/err")"
check "but restored into a new folder" delib-index -a "$work/new" --restore "$work/copy"
check_same "with every act" "$(cat "$work/wanted")" "$(every_act "$work/new")"

# --- compact ---
for n in 1 2 3 4; do
    touch -d "2024-01-0$n" "$src"/*/*.txt
    index -q --check-content "$src"
done
check "every part is compacted" index --compact
check_same "and told of" 3 "$(grep -c 'compacted from' "$work/err")"
check_same "no act is lost" "$(cat "$work/wanted")" "$(every_act "$archive")"

# --- files that move, and are forgotten ---
mkdir "$src/moved"
mv "$src/curling.ndjson" "$src/moved/"
index "$src" 2>"$work/err"
check_holds "a file that moved is not read again" " 0 indexed" "$(cat "$work/err")"
check_same "its acts in all parts move with it" 8 \
    "$(delib-query -a "$archive" --all -f ndjson curling | jq -r .source.path | grep -c 'moved/curling.ndjson')"
check "the archive agrees with itself" index --verify -q
rm -r "$src/moved"
index -q "$src"
check_same "nothing is left of a file that went" 0 "$(delib-query -a "$archive" --count curling 2>/dev/null)"
