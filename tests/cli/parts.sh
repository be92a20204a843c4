#!/usr/bin/env bash
# One question to several archives: folders, archives that xapian-tcpsrv serves, and those that do not answer.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 28

# --- the list of parts ---
mkdir "$work/one" "$work/two"
cat >"$work/one/acts.ndjson" <<'EOF'
{"id":"a1","date":"2018-03-01","number":"1","council":"Ville de Kerarvor","objet":"Piscine","text":"Le conseil approuve les travaux de la piscine."}
{"id":"a2","date":"2018-03-01","number":"2","council":"Ville de Kerarvor","objet":"Cantine","text":"Le conseil approuve le tarif de la cantine et des goûters."}
EOF
cat >"$work/two/acts.ndjson" <<'EOF'
{"id":"b1","date":"2019-05-01","number":"1","council":"Communauté de l'Arvette","objet":"Baignade","text":"Le conseil approuve la piscine et la baignade."}
EOF
delib-index -q -a "$work/part 1" "$work/one"
delib-index -q -a "$work/part-2" "$work/two"
check_same "-a twice asks both" "a1 b1" "$(delib-query -f ids -a "$work/part 1" -a "$work/part-2" piscine | sort | xargs)"
printf '# the parts\n\nlocal part 1\r\n  local %s/part-2  \n' "$work" >"$work/all.parts"
check_same "so does a list of them" "a1 b1" "$(delib-query -f ids -a "$work/all.parts" piscine | sort | xargs)"
mkdir "$work/whole"
sed 's/part 1/..\/part 1/' "$work/all.parts" >"$work/whole/delib.parts"
check_same "and a folder that holds one" 2 "$(DELIB_ARCHIVE=$work/whole delib-query --count piscine)"
check_same "an act is found by its id in any part" "b1" "$(delib-query -f ids -a "$work/all.parts" --seance b1)"
check_same "what is counted is counted over all" "2018,2 2019,1" \
    "$(delib-query -a "$work/all.parts" --by year -f csv | tail -n +2 | tr -d '\r' | xargs)"
check_same "a word of one part only is known" "" "$(delib-query -a "$work/all.parts" --count baignade 2>&1 >/dev/null)"
check_same "a typo is corrected by the words of all" 1 "$(delib-query -a "$work/all.parts" --count baingade 2>/dev/null)"
while IFS=: read -r line why; do
    printf 'local part-2\n%s\n' "$line" >"$work/bad.parts"
    check_code 2 "« $line » is refused" delib-query -a "$work/bad.parts" piscine
    check_holds "with its line" "bad.parts:2: $why" "$(cat "$work/err")"
done <<'EOF'
part-1:a part is
local:after local stands a folder
remote example.org:after remote stands HOST
EOF
printf '# nothing\n' >"$work/bad.parts"
check_code 2 "a list of no part is refused" delib-query -a "$work/bad.parts" piscine

# --- a part that is not there ---
printf 'local part 1\nlocal gone\n' >"$work/gone.parts"
check "the others answer" delib-query -a "$work/gone.parts" -f json piscine
check_holds "the missing one is named" "$work/gone" "$(jq -r 'select(.partial) | .missing_parts[].part' "$work/out")"
check_holds "and told" "the answer is partial: $work/gone does not answer" "$(cat "$work/err")"
check_code 3 "--strict wants all" delib-query -a "$work/gone.parts" --strict piscine
check_code 3 "so do questions for what is new" delib-query -a "$work/gone.parts" --since-revision 0 piscine
check_code 2 "parts that were filled apart have no common revision" \
    delib-query -a "$work/all.parts" --since-revision 0 piscine
check_same "which the JSON says" "null false" \
    "$(delib-query -a "$work/all.parts" -f json piscine | jq -r '"\(.revision) \(.partial)"')"
printf 'local gone | local part 1\n' >"$work/standby.parts"
check "what stands in for a part is asked" delib-query -a "$work/standby.parts" piscine
check_same "and nothing is missing" "" "$(cat "$work/err")"
printf 'local gone\nremote 127.0.0.1:1\n' >"$work/none.parts"
check_code 3 "none at all is an error" delib-query -a "$work/none.parts" piscine

# --- parts on other machines ---
serve() { # FOLDER PORT: xapian-tcpsrv in the background, ready when this returns; it kills its group when it is killed
    setsid xapian-tcpsrv --quiet --interface 127.0.0.1 --port "$2" "$1" >/dev/null 2>&1 &
    servers+=($!)
    for _ in $(seq 100); do
        (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null && return
        sleep 0.05
    done
}
servers=()
if ! command -v xapian-tcpsrv >/dev/null; then
    for _ in 1 2 3 4; do result 0 "skipped: xapian-tcpsrv is not installed (package xapian-tools)"; done
else
    port=$((20000 + $$ % 10000))
    serve "$work/part 1" $port
    serve "$work/part-2" $((port + 1))
    printf 'remote 127.0.0.1:%d\nremote localhost:%d\n' $port $((port + 1)) >"$work/remote.parts"
    for question in piscine '"travaux de la piscine"' 'cantine SAUF piscine' 'piscin*' baingade; do
        delib-query -a "$work/remote.parts" -f json --facets year,council "$question" 2>/dev/null
    done >"$work/remote"
    for question in piscine '"travaux de la piscine"' 'cantine SAUF piscine' 'piscin*' baingade; do
        delib-query -a "$work/all.parts" -f json --facets year,council "$question" 2>/dev/null
    done >"$work/local"
    check_same "other machines answer as folders do" "$(cat "$work/local")" "$(cat "$work/remote")"
    kill "${servers[1]}"
    wait "${servers[1]}" 2>/dev/null
    check "a server that is gone is left out" delib-query -a "$work/remote.parts" -f ids piscine
    check_same "by name" "a1 localhost:$((port + 1))" \
        "$(cat "$work/out") $(sed -E 's/.*partial: ([^ ]*) .*/\1/' "$work/err")"
    printf 'remote 127.0.0.1:%d | local part-2\nlocal part 1\n' $((port + 1)) >"$work/replica.parts"
    check_same "or what stands in for it asked" 2 "$(delib-query -a "$work/replica.parts" --strict --count piscine)"
    kill "${servers[0]}"
fi
