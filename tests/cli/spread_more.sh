#!/usr/bin/env bash
# Parts added to an archive in parts: acts go to them, are never lost or there twice, and nothing is read again.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 16

src=$work/source
archive=$work/archive
mkdir "$src"
cp -r "$SOURCE_DIR"/data/sample/* "$src"
python3 - "$src" <<'PY'
import json, sys
themes = ["eau", "voirie", "école", "piscine", "budget", "éclairage", "forêt"]
for file in range(8):
    with open(f"{sys.argv[1]}/acts-{file}.ndjson", "w") as out:
        for i in range(150):
            theme = themes[(file * 150 + i) % 7]
            print(json.dumps({"id": f"g-{file}-{i}", "date": f"20{i % 20 + 1:02}-05-17", "council": f"Commune {i % 9}",
                              "objet": f"Curling, {theme} {i}", "text": f"Le curling numéro{file}x{i} et {theme}. " * (i % 5 + 1)}),
                  file=out)
PY
cp "$src/acts-3.ndjson" "$src/copy.ndjson" # each of its acts comes from two files
{
    echo 'COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_OBJET,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION'
    for n in $(seq 1 30); do
        echo "Commune de Kervalo,21810477600016,2021-$n,2021-03-12,Chemin du tableau $n,$n,0,0"
        [ $((n % 2)) -eq 0 ] ||
            printf 'Commune de Kervalo\nSéance du 12 mars 2021\n\nDélibération n° 2021-%s\nObjet : Chemin %s\n\nLe conseil adopte.\n' \
                "$n" "$n" >"$src/$n.txt"
    done
} >"$src/table.csv"
delib-index -q -a "$work/whole" "$src"
delib-index -q -a "$archive" --parts 2 "$src"

every_act() { # ARCHIVE: what questions see of each act, with how often
    delib-query -a "$1" --all -f ndjson --provenance "${@:2}" 2>/dev/null | jq -cS 'del(.rank, .score)' | LC_ALL=C sort
}
in_parts() { # ARCHIVE: acts of each part
    for part in "$1"/part-*; do delib-query -a "$part" --duplicates --count 2>/dev/null; done | xargs
}
every_act "$archive" >"$work/wanted"
every_act "$archive" --duplicates >"$work/wanted.all"
revision=$(delib-query -a "$archive" -f json eau | jq .revision)

# --- added ---
delib-index -a "$archive" --parts 5 "$src" >"$work/out" 2>"$work/err"
check_same "parts are added" 0 "$?"
check_holds "nothing is read again" " 0 indexed" "$(cat "$work/err")"
check_same "the list names them" "local part-1 local part-2 local part-3 local part-4 local part-5" "$(xargs <"$archive/delib.parts")"
check_same "every act is there once" "$(cat "$work/wanted")" "$(every_act "$archive")"
check_same "and the copies" "$(cat "$work/wanted.all")" "$(every_act "$archive" --duplicates)"
check_same "nothing is new" 0 "$(delib-query -a "$archive" --since-revision "$revision" --count 2>/dev/null)"
check "all parts are whole, and agree" delib-index -a "$archive" --verify
read -ra counts <<<"$(in_parts "$archive")"
total=$(($(IFS=+; echo "${counts[*]}")))
few=0
for acts in "${counts[@]}"; do
    [ $((acts * 10)) -ge "$total" ] && [ $((acts * 10)) -le $((total * 3)) ] || few=$((few + 1))
done
check_same "each has its share (${counts[*]})" 0 "$few"
check_same "words of acts that moved are found by their beginning" \
    "$(delib-query -a "$work/whole" --count 'numéro5x1*')" "$(delib-query -a "$archive" --count 'numéro5x1*')"
check_same "when acts came is still known" 0 "$(delib-query -a "$archive" --all -f atom curling | grep -c '<updated></updated>')"

# --- from one part, where acts of a file are packed together ---
delib-index -q -a "$work/one" --parts 1 "$src"
delib-index -q -a "$work/one" --parts 3 "$src"
check_same "one part becomes several" "$(cat "$work/wanted")" "$(every_act "$work/one")"
check "which are whole" delib-index -q -a "$work/one" --verify

# --- rows of tables stay with the acts that they complete ---
completed() { # ARCHIVE: acts of files that have what the table says of them
    delib-query -a "$1" --all -f ndjson chemin | jq -r 'select(.source.path | endswith(".txt")) | "\(.id) \(.vote.pour)"' | sort
}
check_same "acts of files have what the table says of them" 15 "$(completed "$work/whole" | grep -c '[0-9]$')"
check_same "also in parts" "$(completed "$work/whole")" "$(completed "$archive")"
rm "$src/table.csv"
delib-index -q -a "$archive" --allow-mass-delete "$src"
delib-index -q -a "$work/whole" --allow-mass-delete "$src"
check_same "and goes with the table" "$(every_act "$work/whole" | jq -cS 'del(.source)')" "$(every_act "$archive" | jq -cS 'del(.source)')"
check "which leaves all whole" delib-index -q -a "$archive" --verify
