# delib-index: an archive copied, brought back, compacted and made anew, while others use it.
. "$(dirname "$0")/lib.sh"
plan 45

archive=$work/home/archive
src=$work/src
mkdir "$src" "$work/home"
index() {
    delib-index -a "$archive" "$@"
}
ids() {
    delib-query -a "${1:-$archive}" --format ids --all | sort
}
whole() { # MESSAGE FOLDER: verified, and nothing beside it
    check "$1" delib-index -q -a "$2" --verify
}
inode() {
    stat -c %i "$archive"
}

for n in $(seq 1 40); do act "2021-$n" "Chemin $n" >"$src/$n.txt"; done
index -q "$src"
before=$(ids)

# --- backup ---
check "a backup" index --backup "$work/backups/monday"
check_holds "is told" "verified" "$(cat "$work/err")"
whole "and is an archive" "$work/backups/monday"
check_same "with the same acts" "$before" "$(ids "$work/backups/monday")"
check_code 2 "a folder that is not empty" index --backup "$work/backups/monday"
check_holds "is refused" "not empty" "$(cat "$work/err")"
check_code 2 "no archive, no backup" delib-index -a "$work/none" --backup "$work/backups/none"
cp -r "$archive" "$work/damaged"
truncate -s -1 "$work/damaged/docdata.glass"
check_code 4 "a damaged archive gives no backup that counts" delib-index -a "$work/damaged" --backup "$work/backups/bad"

# --- restore ---
rm "$src"/1?.txt
index -q --allow-mass-delete "$src"
check_same "ten acts less" "30" "$(ids | wc -l)"
check_code 4 "what is damaged is not restored" index --restore "$work/damaged"
check_same "and the archive stays" "30" "$(ids | wc -l)"
mkdir "$work/batch"
mkfifo "$work/questions"
delib-query -a "$archive" --batch "$work/questions" --format trec >"$work/answers" 2>"$work/batch/err" &
reader=$!
exec 3>"$work/questions"
printf 'a\tobjet:chemin\n' >&3
check "a backup is restored" index --restore "$work/backups/monday"
check_same "with all its acts" "$before" "$(ids)"
printf 'b\tobjet:chemin\n' >&3
exec 3>&-
wait $reader
check_same "a reader that was there goes on" "0" "$?"
check_same "without a word of it" "" "$(cat "$work/batch/err")"
check_same "nothing is left beside" "archive" "$(ls "$work/home")"
whole "the restored archive is whole" "$archive"
check "where there is no archive" delib-index -a "$work/new/archive" --restore "$work/backups/monday"
check_same "one comes to be" "$before" "$(ids "$work/new/archive")"
check "the next run" index -q --allow-mass-delete "$src"
check_same "goes on from there" "30" "$(ids | wc -l)"

# --- compact ---
kept=$(ids)
size=$(du -sb "$archive" | cut -f1)
check "an archive is compacted" index --compact
[ "$(du -sb "$archive" | cut -f1)" -lt "$size" ]
result $? "is smaller then"
check_same "holds the same" "$kept" "$(ids)"
whole "and is whole" "$archive"
check "a run after that" index -q "$src"
check_same "has nothing to do" "30" "$(ids | wc -l)"

# --- rebuild ---
since=$(delib-query -a "$archive" --format json --limit 0 voirie | jq .revision)
old=$(inode)
check "an archive made anew" index --rebuild "$src"
check_same "holds the same" "$kept" "$(ids)"
[ "$(inode)" != "$old" ]
result $? "in a new folder"
check_same "alone" "archive" "$(ls "$work/home")"
whole "and whole" "$archive"
check_code 1 "to those who ask for what is new it says nothing" delib-query -a "$archive" --since-revision "$since" chemin
act 2021-99 "Passerelle neuve" >"$src/99.txt"
index -q "$src"
check_same "until something is" "1" "$(delib-query -a "$archive" --since-revision "$since" --format ids --all | wc -l)"
printf 'rubbish' >"$archive/iamglass"
check "a damaged archive is made anew" index --rebuild "$src"
check_same "with all acts" "31" "$(ids | wc -l)"
mkdir "$work/empty"
check_code 2 "what is not mounted makes no archive" index --rebuild "$work/empty"
check_holds "which is told" "--allow-mass-delete" "$(cat "$work/err")"
check_same "the old one stays" "31 archive" "$(ids | wc -l) $(ls "$work/home")"
check_code 2 "two things at once are refused" index --rebuild --verify "$src"

# --- a run that waits for an archive that is replaced meanwhile ---
for n in $(seq 200 230); do act "2022-$n" "Talus $n" >"$src/$n.txt"; done
index -q --rebuild "$src" &
rebuilding=$!
until [ -e "$archive.new" ]; do sleep 0.01; done
index -q --wait 120 "$src"
check_same "a run that had to wait ends well" "0" "$?"
wait $rebuilding
check_same "so does the other" "0" "$?"
check_same "and all acts are there" "62" "$(ids | wc -l)"
whole "in an archive that is whole" "$archive"
check_same "with nothing beside" "archive" "$(ls "$work/home")"
