# delib-index: what a run reads, keeps, forgets and says. Each check works on invented acts in a folder of its own.
. "$(dirname "$0")/lib.sh"
plan 50

archive=$work/archive
src=$work/src
mkdir "$src"
index() {
    delib-index -a "$archive" "$@"
}
ids() {
    delib-query -a "$archive" --format ids --all "$@"
}
summary() { # the counts of the last run, without the time
    sed -nE 's/^delib-index: ([0-9]+ files: .* removed);.*/\1/p' "$work/err"
}
hashes() {
    (cd "$archive" && find . -type f ! -name flintlock -exec sha256sum {} + | sort)
}

# --- a first run ---
act 2021-01 "Budget primitif" >"$src/a.txt"
act 2021-02 "Tarifs de la cantine" >"$src/b.txt"
act 2021-03 "Achat d’un tracteur" >"$src/c.md"
mkdir "$src/sous dossier"
act 2021-04 "Voirie" >"$src/sous dossier/d é.txt"
check "a first run" index "$src"
check_same "its counts" "4 files: 4 indexed (4 acts), 0 unchanged, 0 skipped, 0 failed; 0 removed" "$(summary)"
check_same "nothing on stdout" "" "$(cat "$work/out")"
check_same "no progress line when the output is no terminal" "1" "$(wc -l <"$work/err")"
check_same "four acts" "4" "$(ids | wc -l)"

# --- nothing changed ---
before=$(hashes)
check "a second run" index "$src"
check_same "all is unchanged" "4 files: 0 indexed (0 acts), 4 unchanged, 0 skipped, 0 failed; 0 removed" "$(summary)"
check_same "nothing was written" "$before" "$(hashes)"
touch -d '2021-01-01' "$src/a.txt"
check "a touched file" index "$src"
check_same "is read, and is the same" "4 files: 0 indexed (0 acts), 4 unchanged, 0 skipped, 0 failed; 0 removed" "$(summary)"
check_same "and causes no commit" "$before" "$(hashes)"

# --- changes ---
act 2021-02 "Tarifs de la piscine" >"$src/b.txt"
check "a changed file" index "$src"
check_same "is the only one indexed" "4 files: 1 indexed (1 acts), 3 unchanged, 0 skipped, 0 failed; 0 removed" "$(summary)"
check_code 1 "its old words are gone" delib-query -a "$archive" objet:cantine
check "its new words are found" delib-query -a "$archive" objet:piscine
rm "$src/c.md"
act 2021-05 "Éclairage" >"$src/e.txt"
check "a removed and a new file" index "$src"
check_same "are counted" "4 files: 1 indexed (1 acts), 3 unchanged, 0 skipped, 0 failed; 1 removed" "$(summary)"
check_code 1 "the removed act is not found" delib-query -a "$archive" tracteur
mv "$src/e.txt" "$src/f.txt"
check "a renamed file" index "$src"
check_same "keeps its act once" "1" "$(ids objet:éclairage | wc -l)"
check_same "under its new name" "$src/f.txt" "$(delib-query -a "$archive" --format ndjson éclairage | jq -r .source.path)"
check "one file alone is a source too" index "$src/f.txt"
check_same "which says nothing of the others" "4" "$(ids | wc -l)"

# --- several acts in a file ---
{
    echo "PROCES-VERBAL DE LA SEANCE DU 12 MARS 2021"
    for n in 1 2 3; do printf '\n%s. Affaire %s\nLe maire expose.\nAdopté à l’unanimité.\n' $n $n$n$n; done
} >"$src/pv.txt"
check "minutes" index "$src"
check_same "give an act each" "3" "$(ids affaire | wc -l)"
sed -i '/^3\./,$d' "$src/pv.txt"
printf '\n3. Vœu 444\nAdopté à l’unanimité.\n' >>"$src/pv.txt"
check "changed minutes" index "$src"
check_same "are replaced together" "2 1" "$(ids affaire | wc -l) $(ids vœu | wc -l)"
rm "$src/pv.txt"
index -q "$src"
check_same "and go together" "4" "$(ids | wc -l)"

# --- too much gone ---
for n in 10 11 12 13 14 15 16 17; do act "2021-$n" "Chemin $n" >"$src/$n.txt"; done
index -q "$src"
mkdir "$work/away"
mv "$src"/1?.txt "$work/away"
check_code 2 "when much is gone at once" index "$src"
check_holds "the run says what to do" "--allow-mass-delete" "$(cat "$work/err")"
check_same "and keeps all acts" "12" "$(ids | wc -l)"
check "unless told otherwise" index --allow-mass-delete "$src"
check_same "then they go" "4" "$(ids | wc -l)"
check_code 2 "a source that is not there" index "$work/absent"
check_holds "is named" "absent" "$(cat "$work/err")"

# --- sidecars ---
printf '{"council": "Commune de Plouzel", "siren": "200069037"}' >"$src/delib.meta.json"
printf '{"council": "Commune de Trégor"}' >"$src/a.txt.meta.json"
check "sidecars" index "$src"
check_same "the nearer wins" "Commune de Trégor" \
    "$(delib-query -a "$archive" --format ndjson objet:budget | jq -r .council)"
check_same "the folder's holds for the others and below" "Commune de Plouzel" \
    "$(delib-query -a "$archive" --format ndjson objet:voirie | jq -r .council)"
printf '{"council": "Commune de Trégor",\n "date": }' >"$src/a.txt.meta.json"
check_code 1 "a sidecar with an error" index "$src"
check_holds "is named with the line" "a.txt.meta.json" "$(cat "$work/err")"
check_same "its act stays, with the folder's fields" "Commune de Plouzel" \
    "$(delib-query -a "$archive" --format ndjson objet:budget | jq -r .council)"
rm "$src/a.txt.meta.json"
index -q "$src"

# --- a dry run, and what is kept ---
before=$(hashes)
act 2021-06 "Cimetière" >"$src/g.txt"
check "a dry run" index --dry-run "$src"
check_same "says what would be done" "A $src/g.txt" "$(cat "$work/out")"
check_same "and does nothing" "$before" "$(hashes)"
check "a dry run without an archive" delib-index --dry-run -a "$work/none" "$src"
[ ! -e "$work/none" ]
result $? "makes none"
check "--status" index --status
check_holds "tells the acts" "$(printf 'acts\t4')" "$(cat "$work/out")"
coverage=$(cat "$work/out")
check_same "by year and council: all of them" "4" "$(awk -F '\t' '$1 == "year" { n += $4 } END { print n }' <<<"$coverage")"
check_holds "each field with its share" "$(printf 'field\tobjet\t4\t100.0 %%')" "$coverage"
