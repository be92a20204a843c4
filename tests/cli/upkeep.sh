# delib-index: looking after an archive. Each check works on invented acts in a folder of its own.
. "$(dirname "$0")/lib.sh"
plan 34

archive=$work/archive
src=$work/src
mkdir "$src"
index() {
    delib-index -a "$archive" "$@"
}
flip() { # FILE OFFSET...: alter one bit at each
    python3 - "$@" <<'PY'
import sys
with open(sys.argv[1], "r+b") as file:
    for at in map(int, sys.argv[2:]):
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 4]))
PY
}
hold() { # FOLDER: keep the lock of the archive there until something is written to $work/release
    mkfifo "$work/held" "$work/release"
    python3 - "$1/flintlock" "$work/held" "$work/release" <<'PY' &
import fcntl, struct, sys
lock = open(sys.argv[1], "r+b")
fcntl.fcntl(lock, fcntl.F_SETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 1, 0))
open(sys.argv[2], "w").close()
open(sys.argv[3]).read()
PY
    holder=$!
    cat "$work/held"
}
release() {
    echo >"$work/release"
    wait "$holder"
    rm "$work/held" "$work/release"
}

for n in $(seq 1 40); do act "2021-$n" "Chemin $n" >"$src/$n.txt"; done
cp "$SOURCE_DIR"/data/sample/*/*.csv "$SOURCE_DIR"/data/sample/cc-arvette-et-combes/*.txt "$src" 2>/dev/null
index -q "$src"

# --- every byte ---
check "an archive as it was made is whole" index --verify
check_holds "which is said" "every byte" "$(cat "$work/err")"
check "also quietly" index --verify -q
check_same "without a word" "" "$(cat "$work/err")"
[ ! -e "$archive/delib.writing" ]
result $? "no run is said to be under way"
unseen=0
for file in postlist docdata termlist; do
    size=$(stat -c %s "$archive/$file.glass")
    for at in 0 5 $((size / 2)) $((size - 1)); do
        rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
        flip "$work/altered/$file.glass" "$at"
        delib-index -a "$work/altered" --verify 2>"$work/err"
        [ $? -eq 4 ] && grep -q "altered/$file.glass" "$work/err" || unseen=$((unseen + 1))
    done
    rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
    truncate -s $((size / 2)) "$work/altered/$file.glass"
    delib-index -a "$work/altered" --verify 2>"$work/err"
    [ $? -eq 4 ] && grep -q "altered/$file.glass" "$work/err" || unseen=$((unseen + 1))
done
check_same "no altered bit and no cut goes unseen" "0" "$unseen"
check_holds "the next step is told" "--rebuild" "$(cat "$work/err")"
for file in iamglass delib.manifest; do
    rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
    flip "$work/altered/$file" 30
    check_code 4 "nor does one of $file" delib-index -a "$work/altered" --verify
    check_holds "which is named" "altered/$file" "$(cat "$work/err")"
done
rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
rm "$work/altered/docdata.glass"
check_code 4 "a table that is missing" delib-index -a "$work/altered" --verify
check_holds "is named" "docdata.glass" "$(cat "$work/err")"
rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
rm "$work/altered/delib.manifest"
check_code 4 "without its manifest an archive cannot be verified" delib-index -a "$work/altered" --verify
check "the next run writes it" delib-index -q -a "$work/altered" "$src"
check "then it can" delib-index -a "$work/altered" --verify
for layout in 001 999; do
    rm -rf "$work/altered" && cp -r "$archive" "$work/altered"
    python3 - "$work/altered/postlist.glass" $layout <<'PY'
import re, sys
with open(sys.argv[1], "r+b") as file:
    content = file.read()
    for found in re.finditer(b"delib:version", content): # its value comes next
        file.seek(found.end())
        file.write(sys.argv[2].encode())
PY
    check_code 4 "an archive of another layout" delib-index -a "$work/altered" --verify
    check_same "is told in one line" "1 $((10#$layout))" "$(wc -l <"$work/err") $(grep -o 'has layout [0-9]*' "$work/err" | cut -d ' ' -f 3)"
done
check_code 2 "where there is no archive" delib-index -a "$work/none" --verify
[ ! -e "$work/none" ]
result $? "none is made"
check_code 2 "--verify takes no source" index --verify "$src"

# --- after changes, and runs cut off ---
bad=0
for n in $(seq 1 12); do
    act "2022-$n" "Impasse $n" >"$src/$((RANDOM % 40 + 1)).txt"
    index -q "$src" &
    sleep "0.0$((RANDOM % 90 + 10))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    index -q --wait 60 --verify 2>>"$work/bad" || bad=$((bad + 1)) # its children may take a moment to go
    index -q "$src" 2>>"$work/bad"
    index -q --verify 2>>"$work/bad" || bad=$((bad + 1))
done 2>/dev/null
check_same "an archive is never said to be damaged after a kill" "0" "$bad"
[ ! -e "$archive/delib.writing" ]
result $? "and a run that ends leaves nothing of it"
touch "$archive/delib.writing"
check "a run that was cut off" index --verify
check_holds "is told" "cut off" "$(cat "$work/err")"
blocks=$(seq 100 8192 "$(stat -c %s "$archive/docdata.glass")") # one of them at least is in use
flip "$archive/docdata.glass" $blocks
check_code 4 "damage is seen also then" index --verify
flip "$archive/docdata.glass" $blocks

# --- one at a time ---
hold "$archive"
check_code 3 "an archive that is written to cannot be verified" index --verify
check_holds "who writes is told" "$holder" "$(cat "$work/err")"
check_code 3 "--wait waits and then gives up" index --wait 1 -q "$src"
index --wait 60 "$src" 2>"$work/waited" &
waiter=$!
while ! grep -q waiting "$work/waited"; do read -r -t 0.05 <> <(:) || true; done
release
wait $waiter
check_same "or goes on as soon as it can" "0" "$?"
check_code 2 "--wait takes a number" index --wait soon "$src"
check "and at the end all is well" index --verify
