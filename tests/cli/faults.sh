# delib-index when files, the disk or the machine fail: what can be read is indexed, the rest is listed, nothing is lost.
. "$(dirname "$0")/lib.sh"
plan 64

archive=$work/archive
src=$work/src
mkdir "$src"
reason_of() { # FILE: the reason that --failures gives
    delib-index -a "$archive" --failures | awk -F '\t' -v path="$src/$1" '$1 == path { print $2 }'
}
found() { # WORD...: whether the archive answers with something
    delib-query -a "$archive" --count "$@"
}

# --- files that cannot be read ---
act 2021-01 "Lisible" >"$src/bon.txt"
: >"$src/vide.txt"
printf ' \n\t\n' >"$src/blanc.txt"
head -c 4000 /dev/urandom >"$src/binaire.txt"
printf '\x89PNG\r\n\x1a\n0000' >"$src/photo.png"
printf '%%PDF-1.4\nnothing that follows is right' >"$src/casse.pdf"
act 2021-02 "Compressée" | gzip >"$src/bon.txt.gz"
act 2021-03 "Tronquée" | gzip | head -c 60 >"$src/tronque.txt.gz"
head -c 300000000 /dev/zero | gzip -1 >"$src/bombe.txt.gz"
truncate -s 300M "$src/enorme.txt"
act 2021-04 "Piscine d’été" | sed 's/’/'"'"'/g' | iconv -f UTF-8 -t WINDOWS-1252 >"$src/ancien.txt"
printf '{"text": "Objet : Ligne juste"}\n{"text": \n{"objet": "Autre ligne juste"}\n' >"$src/lignes.ndjson"
ln -s "$src" "$src/boucle"
ln -s /etc/passwd "$src/dehors.txt"
ln -s nulle-part "$src/pendant.txt"
mkfifo "$src/tuyau.txt"
act 2021-05 "Nom étrange" >"$src/nom
sur deux lignes.txt"
act 2021-06 "Nom ancien" >"$src/$(printf 'caf\xe9').txt"
check_code 1 "a folder with every kind of bad file" delib-index -a "$archive" "$src"
read -r files indexed unchanged skipped unread < <(sed -nE \
    's/^delib-index: ([0-9]+) files: ([0-9]+) indexed \([0-9]+ acts\), ([0-9]+) unchanged, ([0-9]+) skipped, ([0-9]+) failed;.*/\1 \2 \3 \4 \5/p' \
    "$work/err")
check_same "the counts add up" "$files" "$((indexed + unchanged + skipped + unread))"
for good in lisible compressée "piscine été" "étrange" "ancien" "objet:juste"; do
    [ "$(found "$good")" -gt 0 ]
    result $? "the good file is found: $good"
done
check_same "both good lines of an NDJSON with a bad one" "2" "$(found objet:juste)"
check_same "empty" "empty" "$(reason_of vide.txt)"
check_same "white space alone" "empty" "$(reason_of blanc.txt)"
check_same "bytes that are no text" "binary" "$(reason_of binaire.txt)"
check_same "a picture" "unknown-format" "$(reason_of photo.png)"
check_same "a broken PDF" "damaged" "$(reason_of casse.pdf)"
check_same "a cut .gz" "damaged" "$(reason_of tronque.txt.gz)"
check_same "a .gz that grows without end" "too-big" "$(reason_of bombe.txt.gz)"
check_same "a file of 300 MB" "too-big" "$(reason_of enorme.txt)"
check_same "bad lines" "bad-lines" "$(reason_of lignes.ndjson)"
check_same "since today" "$(date -u +%F)" "$(delib-index -a "$archive" --failures | cut -f 3 | sort -u)"
check_holds "a failure tells what it is in words" "line 2" "$(delib-index -a "$archive" --failures)"
check_same "a link out of the folder gives no act" "0" "$(found root)"
check_same "the same failures again" "1" "$(delib-index -q -a "$archive" "$src" 2>/dev/null; echo $?)"
act 2021-07 "Réparée" >"$src/vide.txt"
delib-index -q -a "$archive" "$src" 2>/dev/null
check_same "a repaired file is no failure" "" "$(reason_of vide.txt)"
check_same "and is found" "1" "$(found réparée)"

# --- a file that may not be read (root may read all, so somebody else tries) ---
mkdir "$work/closed"
act 2021-08 "Ouverte" >"$work/closed/a.txt"
act 2021-09 "Fermée" >"$work/closed/b.txt"
chmod 000 "$work/closed/b.txt"
as_nobody() {
    if [ "$(id -u)" -ne 0 ]; then "$@"; else setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; fi
}
mkdir "$work/theirs"
chmod 777 "$work" "$work/theirs"
cp "$BUILD_DIR/delib-index" "$work/theirs/delib-index" # the build folder may be closed to others
check_code 1 "a file without permission" as_nobody "$work/theirs/delib-index" -a "$work/theirs/archive" "$work/closed"
check_holds "is named with the reason" "b.txt: unreadable" "$(cat "$work/err")"
check_same "the other is indexed" "1" "$(delib-query -a "$work/theirs/archive" --count ouverte)"

# --- two at once ---
mkdir "$work/many"
for n in $(seq 1 1500); do act "2020-$n" "Affaire $n" >"$work/many/$n.txt"; done
mkfifo "$work/hold"
python3 - "$archive/flintlock" "$work/hold" <<'PY' &
import fcntl, struct, sys
lock = open(sys.argv[1], "r+b")
fcntl.fcntl(lock, fcntl.F_SETLK, struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 1, 0))
open(sys.argv[2], "w").close()  # tells that the lock is held
open(sys.argv[2]).read()        # until the test is done
PY
cat "$work/hold"
check_code 3 "an archive that somebody writes" delib-index -a "$archive" "$src"
check_holds "the holder is named" "$!" "$(cat "$work/err")"
check_same "it can be asked meanwhile" "1" "$(found lisible)"
echo >"$work/hold"
wait
check_code 1 "then it can be written again" delib-index -q -a "$archive" "$src"

# --- killed at any moment ---
all() {
    delib-query -a "$1" --format ids --all | sort
}
check "an archive built in one go" delib-index -q -a "$work/whole" "$work/many"
damaged=0
for n in $(seq 1 12); do
    delib-index -q -a "$work/killed" "$work/many" &
    sleep "0.0$((RANDOM % 90 + 10))"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    delib-query -a "$work/killed" --count >/dev/null 2>"$work/err"
    [ $? -le 1 ] || grep -q "there is no archive here" "$work/err" || damaged=$((damaged + 1))
done 2>/dev/null
check_same "after twelve kills the archive was never damaged" "0" "$damaged"
check "the next run goes on" delib-index -q -a "$work/killed" "$work/many"
check_same "and ends with the same acts" "$(all "$work/whole" | sha256sum)" "$(all "$work/killed" | sha256sum)"
python3 - "$work" <<'PY'
import os, signal, subprocess, sys, time
work = sys.argv[1]
run = subprocess.Popen(["delib-index", "-a", work + "/stopped", work + "/many"], stderr=open(work + "/err", "w"))
while run.poll() is None and not os.path.exists(work + "/stopped/iamglass"):
    time.sleep(0.001)
run.send_signal(signal.SIGINT)
open(work + "/code", "w").write(str(run.wait()))
PY
check_holds "stopped by hand, or done before" "$(cat "$work/code")" "130 0"
delib-query -a "$work/stopped" --count >/dev/null 2>&1
[ $? -le 1 ]
result $? "the archive answers with what was read"
check "and the next run goes on" delib-index -q -a "$work/stopped" "$work/many"
check_same "to the same acts" "$(all "$work/whole" | sha256sum)" "$(all "$work/stopped" | sha256sum)"

for missing in iamglass "iamglass docdata.glass termlist.glass"; do
    rm -rf "$work/half" && mkdir "$work/half"
    delib-index -q -a "$work/half" "$src" 2>/dev/null
    for name in $missing; do rm -f "$work/half/$name"; done
    check_code 3 "an archive whose making was cut off ($missing) is none yet" delib-query -a "$work/half" affaire
    check_code 1 "and is made by the next run" delib-index -q -a "$work/half" "$src"
done

# --- a disk that refuses ---
cp -r "$work/whole" "$work/full"
for n in $(seq 1 300); do act "2022-$n" "Nouvelle affaire $n" >"$work/many/n$n.txt"; done
check_code 4 "a disk that is full" bash -c "ulimit -f 64; exec delib-index -q -a '$work/full' '$work/many'"
check_holds "is told" "delib-index:" "$(cat "$work/err")"
check_same "the archive answers as before" "$(all "$work/whole" | sha256sum)" "$(all "$work/full" | sha256sum)"
check "with space again the run completes" delib-index -q -a "$work/full" "$work/many"
check_same "with all acts" "1800" "$(delib-query -a "$work/full" --count)"

# --- readers that die, and readers side by side ---
mkdir -p "$work/pdf" "$work/fake"
for n in 1 2 3; do act "2023-$n" "Affaire du lavoir $n" >"$work/pdf/$n.txt"; done
printf '%%PDF-1.4\n' >"$work/pdf/2.pdf"
printf '#!/bin/sh\nkill -SEGV $PPID\nexec sleep 100\n' >"$work/fake/pdftotext"
chmod +x "$work/fake/pdftotext"
check_code 1 "a file that brings its reader down" env PATH="$work/fake:$PATH" delib-index -a "$work/crashed" "$work/pdf"
check_holds "fails alone" "2.pdf: crashed: " "$(cat "$work/err")"
check_same "the others are indexed" "3" "$(delib-query -a "$work/crashed" --count)"
mkdir "$work/kept"
cp "$SOURCE_DIR/data/sample/kerarvor/DCM220617_04.pdf" "$work/kept/a.pdf"
check "a file that can be read" delib-index -q -a "$work/keeps" "$work/kept"
before=$(all "$work/keeps")
echo >>"$work/kept/a.pdf"
check_code 1 "changes, and brings its reader down" env PATH="$work/fake:$PATH" delib-index -q -a "$work/keeps" "$work/kept"
check_same "it keeps the acts that it had" "$before" "$(all "$work/keeps")"
check "and is tried again by the next run" delib-index -q -a "$work/keeps" "$work/kept"
check_same "which reads it" "" "$(delib-index -a "$work/keeps" --failures)"
check "one reader" delib-index -q -j 1 -a "$work/serial" "$work/many"
check "and four" delib-index -q --jobs 4 -a "$work/parallel" "$work/many"
check_same "make the same archive" "$(all "$work/serial" | sha256sum)" "$(all "$work/parallel" | sha256sum)"
check_code 2 "no reader at all is refused" delib-index -j 0 -a "$work/serial" "$work/many"

# --- not an archive ---
mkdir "$work/other"
echo precious >"$work/other/file"
check_code 2 "a folder that holds other things is refused" delib-index -q -a "$work/other" "$src"
check_same "and left alone" "file" "$(ls "$work/other")"
printf 'garbage' >"$work/full/iamglass"
check_code 3 "a damaged archive" delib-query -a "$work/full" affaire
check_code 4 "is not written to" delib-index -q -a "$work/full" "$work/many"
