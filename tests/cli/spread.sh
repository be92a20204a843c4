#!/usr/bin/env bash
# One source in one archive and in several parts: the same answers, act by act.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 24

mkdir "$work/source"
cp -r "$SOURCE_DIR"/data/sample/* "$work/source"
cat >"$work/source/again.ndjson" <<'EOF'
{"number":"2020-7","date":"2020-02-03","council":"Commune de Kerarvor","objet":"Tarifs du planétarium","text":"Le conseil fixe les tarifs du planétarium."}
EOF
cp "$work/source/again.ndjson" "$work/source/bis.ndjson"
delib-index -q -a "$work/whole" "$work/source"

questions=(eau "tarif de la piscine" '"redevance incitative"' 'eau PROCHE/9 potable' 'assain*' '=tarifs' 'subvention SAUF sport'
    conseil:arvette 'rapporteur:coudeyrette' 'montant:>1000' subvnetion 'tarif OU prix' "l'eclairage public" piscine)
# Each answer with its scores, in its order; of acts that come by day those of one day, as parts do not tell which came first.
answers() { # ARCHIVE
    for question in "${questions[@]}"; do
        delib-query -a "$1" --all -f json --facets year,council,matiere,vote,topic,decision,rapporteur "$question" 2>/dev/null |
            jq -cS '[.matches, .corrections, .suggestions, .facets, (.results | map(.score = (.score * 1e6 | round)) | if .[0].score == 0 then map(del(.rank)) | sort_by(.date, .id, .source.path) else . end)]'
    done
    delib-query -a "$1" --all -f ids --duplicates | LC_ALL=C sort
    delib-query -a "$1" --by year --relative -f csv eau
    delib-query -a "$1" --all --sort date -f ndjson | jq -c '[.date, .id]' | LC_ALL=C sort
    delib-index -a "$1" --status | grep -v '^archive\|^bytes\|^last-change'
}
answers "$work/whole" >"$work/wanted"
for parts in 2 4 8; do
    check "an archive of $parts parts is made" delib-index -q -a "$work/in$parts" --parts $parts "$work/source"
    answers "$work/in$parts" >"$work/got"
    check_same "$parts parts answer as one archive does" "$(cat "$work/wanted")" "$(cat "$work/got")"
done
check_same "every part has some" 0 \
    "$(for part in "$work"/in4/part-*; do delib-query -a "$part" --count; done | grep -c '^0$')"
check_same "the same act from two files shows once" 1 "$(delib-query -a "$work/in8" --count planétarium)"

# --- later runs ---
archive=$work/in2
delib-index -a "$archive" "$work/source" 2>"$work/err"
check_holds "what has not changed is not read again" " 0 indexed" "$(cat "$work/err")"
revision=$(delib-query -a "$archive" -f json eau | jq .revision)
rm "$work/source/bis.ndjson"
printf '{"id":"new","date":"2021-01-01","objet":"curling","text":"La curling ouvre."}\n' >"$work/source/new.ndjson"
check "a run finds its parts" delib-index -q -a "$archive" "$work/source"
check_same "what is new is told once" new "$(delib-query -a "$archive" -f ids --since-revision "$revision")"
check_same "the other copy of an act is left" 1 "$(delib-query -a "$archive" --duplicates --count planétarium)"
check "parts are added" delib-index -q -a "$archive" --parts 3 "$work/source"
check_same "to the list" "local part-1 local part-2 local part-3" "$(xargs <"$archive/delib.parts")"
[ "$(delib-query -a "$archive/part-3" --count)" -gt 0 ]
result $? "acts go there"
check_same "and are not told again" 1 "$(delib-query -a "$archive" --since-revision "$revision" --count)"
for i in 1 2 3 4 5 6; do
    printf '{"id":"more-%s","date":"2021-01-01","objet":"curling %s","text":"La curling ferme."}\n' $i $i
done >"$work/source/more.ndjson"
delib-index -q -a "$archive" "$work/source"
check_same "new acts go there too" 7 "$(delib-query -a "$archive" --count curling)"
mv "$archive/part-2" "$work/elsewhere"
sed -i "s|local part-2|local $work/elsewhere|" "$archive/delib.parts"
check_same "a part may be moved" 7 "$(delib-query -a "$archive" --strict --count curling)"
check "and filled there" delib-index -q -a "$archive" "$work/source"
check_code 2 "fewer parts are refused" delib-index -a "$archive" --parts 2 "$work/source"
check_code 2 "an archive does not become parts" delib-index -a "$work/whole" --parts 2 "$work/source"
printf 'local %s\nlocal %s\n' "$work/whole" "$archive/part-1" >"$work/mixed"
check_code 2 "archives that were filled apart are not filled as one" delib-index -a "$work/mixed" "$work/source"
check_holds "says why" "by itself" "$(cat "$work/err")"

# --- a run that is cut off between the parts' commits: the first part does not know of the file yet ---
cp -r "$work/in4" "$work/cut"
printf '{"id":"lost","date":"2021-01-01","objet":"Vélodrome","text":"Le vélodrome ouvre."}\n' >"$work/source/lost.ndjson"
delib-index -q -a "$work/in4" "$work/source"
for part in 2 3 4; do
    rm -r "$work/cut/part-$part"
    cp -r "$work/in4/part-$part" "$work/cut/"
done
rm "$work/source/lost.ndjson"
delib-index -q -a "$work/cut" "$work/source"
check_same "what no file has any more is dropped" 0 "$(delib-query -a "$work/cut" --count vélodrome 2>/dev/null)"
