# delib-index: files under another path keep their acts, and an archive is the same whichever way it came to be.
. "$(dirname "$0")/lib.sh"
plan 30

archive=$work/archive
src=$work/src
mkdir -p "$src/2021" "$src/2022"
index() {
    delib-index --log logfmt -a "$archive" "$src"
}
counts() { # of the last run
    grep -oE '(added|updated|unchanged|moved|removed)=[0-9]+' "$work/err" | paste -sd ' '
}
acts() { # all that is kept of the acts, but for the revision, which a new archive begins anew
    delib-query -a "$1" --format ndjson --all --provenance | jq -cS 'del(.rank, .score, .revision)' | sort
}
same_as_new() { # MESSAGE
    rm -rf "$work/new"
    delib-index -q -a "$work/new" "$src" 2>/dev/null
    check_same "$1" "$(acts "$work/new")" "$(acts "$archive")"
}
settle() { # no file may look as if it were being written
    find "$src" -type f -exec touch -d '2022-01-01' {} +
}

for n in 1 2 3 4 5 6 7 8; do act "2021-$n" "Chemin $n" >"$src/2021/$n.txt"; done
{
    echo "PROCES-VERBAL DE LA SEANCE DU 12 MARS 2021"
    for n in 1 2 3; do printf '\n%s. Affaire %s\nLe maire expose.\nAdopté à l’unanimité.\n' $n $n$n$n; done
} >"$src/2021/pv.txt"
(cd "$work" && act 2021-50 "Lavoir" >lavoir.txt && python3 -c 'import zipfile; zipfile.ZipFile("src/2021/lot.zip", "w").write("lavoir.txt")')
settle
check "a first run" index

# --- moved ---
mv "$src/2021/1.txt" "$src/2022/1.txt"
mv "$src/2021/2.txt" "$src/2021/deux.txt"
mv "$src/2021/pv.txt" "$src/2022/pv.txt"
mv "$src/2021/lot.zip" "$src/lot.zip"
since=$(delib-query -a "$archive" --format json --limit 0 voirie | jq .revision)
check "files that were moved" index
check_same "are known again" "added=0 updated=0 unchanged=10 moved=4 removed=0" "$(counts)"
check_same "under their new path" "$src/2022/1.txt" "$(delib-query -a "$archive" --format ndjson '"chemin 1"' | jq -r .source.path | head -n 1)"
check_same "also inside a bundle" "$src/lot.zip/lavoir.txt" "$(delib-query -a "$archive" --format ndjson lavoir | jq -r .source.path)"
check_code 1 "and are not told as new" delib-query -a "$archive" --since-revision "$since" chemin
same_as_new "the archive is as if made anew"
check "a run after that" index
check_same "has nothing to do" "added=0 updated=0 unchanged=10 moved=0 removed=0" "$(counts)"

# --- copied and removed ---
cp -p "$src/2021/3.txt" "$src/2022/trois.txt"
rm "$src/2021/3.txt"
check "a copy in the place of a file" index
check_same "is known by its content" " moved=1" "$(grep -o ' moved=.' "$work/err")"
act 2021-4 "Chemin 9" >"$src/2022/4.txt"
touch -d '2022-01-01' "$src/2022/4.txt"
rm "$src/2021/4.txt"
check "another content of the same size" index
check_same "is another file" "added=1 updated=0 unchanged=9 moved=0 removed=1" "$(counts)"
same_as_new "all that is as if made anew"

# --- where the path tells something ---
mv "$src/2021/5.txt" "$src/2021/99_DE-034-200069037-20210401-20210401_77-DE-1-1_1.txt"
check "a name that gives fields" index
check_same "has the file read again" "added=1 updated=0 unchanged=9 moved=0 removed=1" "$(counts)"
printf '{"council": "Commune de Trégor"}' >"$src/2022/delib.meta.json"
mv "$src/2021/6.txt" "$src/2022/6.txt"
check "so does a sidecar at the new place" index
check_same "of that file too" "Commune de Trégor" "$(delib-query -a "$archive" --format ndjson '"chemin 6"' | jq -r .council | head -n 1)"
same_as_new "all that is as if made anew, too"

# --- content ---
before=$(stat -c '%s %Y' "$src/2021/7.txt")
printf 'M' | dd of="$src/2021/7.txt" bs=1 seek=11 conv=notrunc 2>/dev/null
touch -d '2022-01-01' "$src/2021/7.txt"
check_same "a file altered so that nothing shows" "$before" "$(stat -c '%s %Y' "$src/2021/7.txt")"
check "is not opened" index
check_same "and not seen" "updated=0" "$(grep -o 'updated=.' "$work/err")"
check "unless every file is" delib-index --log logfmt --check-content -a "$archive" "$src"
check_same "then it is" "updated=1" "$(grep -o 'updated=.' "$work/err")"

# --- sources that are no longer ---
mv "$src" "$work/elsewhere"
kept=$(delib-query -a "$archive" --count)
check "another source" delib-index --log logfmt -a "$archive" "$work/elsewhere/2021/8.txt"
check_same "leaves the others alone" "$kept" "$(delib-query -a "$archive" --count)"
check_code 2 "--prune guards what it would forget" delib-index --prune -a "$archive" "$work/elsewhere/2021/8.txt"
check_same "and keeps it" "$kept" "$(delib-query -a "$archive" --count)"
check "the source under another name" delib-index --log logfmt --prune -a "$archive" "$work/elsewhere"
check_same "keeps its acts" "$kept" "$(delib-query -a "$archive" --count)"
