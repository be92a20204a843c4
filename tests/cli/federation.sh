#!/usr/bin/env bash
# Parts on other machines in bad weather: servers killed, stopped and restarted, a link cut and restored, replicas.
# The commands of the servers are those of scripts/systemd.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
if ! command -v xapian-tcpsrv >/dev/null; then
    echo "1..0 # skipped: xapian-tcpsrv is not installed (package xapian-tools)"
    trap - EXIT
    exit 0
fi
plan 29
port=$((30000 + $$ % 20000))
namespace=delib-test-$$
servers=()
down() { # what this test started, and no more
    for server in "${servers[@]}"; do kill -KILL -- "-$server" 2>/dev/null; done
    ip netns delete "$namespace" 2>/dev/null
    finish
}
trap down EXIT

# The command of a unit, its variables replaced by « NAME=VALUE »...
command_of() { # UNIT NAME=VALUE...
    local line
    line=$(sed -n 's/^ExecStart=//p' "$SOURCE_DIR/scripts/systemd/$1")
    shift
    for setting in "$@"; do line=${line//"\${${setting%%=*}}"/${setting#*=}}; done
    echo "$line"
}
wait_for() { # COMMAND...: until it succeeds, twenty seconds at most
    for _ in $(seq 400); do
        "$@" 2>/dev/null && return
        sleep 0.05
    done
    return 1
}
reachable() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }
# A server in a process group of its own, whose number is put in `servers`; it answers when this returns.
serve() { # FOLDER PORT [COMMAND BEFORE IT...]
    local command address=127.0.0.1
    [ $# -gt 2 ] && address=10.99.$(($$ % 250)).2
    command=$(command_of delib-part@.service FOLDER="$1" ADDRESS="$address" PORT="$2")
    # shellcheck disable=SC2086 # words
    setsid "${@:3}" $command >/dev/null 2>&1 &
    servers+=($!)
    wait_for reachable "$address" "$2"
}
end() { # SERVER [SIGNAL]: with all that it forked
    kill "${2:--KILL}" -- "-$1"
    wait "$1" 2>/dev/null
}

for part in 1 2; do
    mkdir "$work/source$part"
    for act in 1 2 3; do
        printf '{"id":"p%s-%s","date":"2020-0%s-0%s","council":"Ville de Kerarvor","objet":"Piscine, tranche %s","text":"Le conseil approuve la tranche %s des travaux de la piscine."}\n' \
            $part $act $part $act $act $act
    done >"$work/source$part/acts.ndjson"
    XAPIAN_MAX_CHANGESETS=10 delib-index -q -a "$work/archives/part$part" "$work/source$part"
done
ask() { timeout 60 delib-query -a "$work/list" --timeout 1 "$@" 2>"$work/err"; }
answer() { ask -f ids piscine | LC_ALL=C sort | xargs; }
all="p1-1 p1-2 p1-3 p2-1 p2-2 p2-3"
first="p1-1 p1-2 p1-3"

# --- a server that dies, hangs, comes back ---
serve "$work/archives/part2" $port
printf 'local archives/part1\nremote 127.0.0.1:%d\n' $port >"$work/list"
check_same "all parts answer" "$all" "$(answer)"
kill -STOP -- "-${servers[0]}"
check_same "one that hangs is left out" "$first" "$(answer)"
check_holds "and told of" "127.0.0.1:$port does not answer" "$(cat "$work/err")"
check_code 3 "or ends the question" ask --strict piscine
kill -CONT -- "-${servers[0]}"
check_same "when it goes on, it is there again" "$all" "$(answer)"

# Questions in one process, with the weather changing between them: its standard input is a pipe that stays open.
mkfifo "$work/questions"
timeout 120 delib-query -a "$work/list" --timeout 1 -f json --batch - <"$work/questions" >"$work/answers" 2>"$work/told" &
asking=$!
exec 4>"$work/questions"
put() { # NAME: a question, answered when this returns
    printf '%s\tpiscine\n' "$1" >&4
    wait_for grep -q "\"qid\": \"$1\"" "$work/answers"
}
put before
end "${servers[0]}"
put dead
serve "$work/archives/part2" $port
sleep 1.1
put again
kill -STOP -- "-${servers[1]}"
put hung
kill -CONT -- "-${servers[1]}"
sleep 1.1
put "at last"
exec 4>&-
wait $asking
check_same "a run of questions goes on through all of it" \
    "before 6 false|dead 3 true|again 6 false|hung 3 true|at last 6 false|" \
    "$(jq -r '"\(.qid) \(.matches) \(.partial)"' "$work/answers" | tr '\n' '|')"
check_same "and tells of each loss once" 2 "$(grep -c 'does not answer' "$work/told")"

# --- restarts under load ---
ask_much() {
    for _ in $(seq 8); do
        timeout 60 delib-query -a "$work/list" --timeout 2 -f json piscine 2>&1 || echo "ended with $?"
    done
}
ask_much >"$work/load1" &
load1=$!
ask_much >"$work/load2" &
load2=$!
for _ in 1 2; do
    end "${servers[-1]}"
    serve "$work/archives/part2" $port
    sleep 0.2
done
wait $load1 $load2
check_same "no question fails while a server is restarted" "" "$(grep -h 'ended with' "$work"/load[12])"
check_same "each has all acts, or says that it has not" "" \
    "$(grep -hv '^delib-query' "$work"/load[12] | jq -r 'select((.matches == 6 and .partial) or (.matches == 3 and (.partial | not)) or (.matches != 3 and .matches != 6))')"
check_same "and they are all there" 16 "$(grep -hv '^delib-query' "$work"/load[12] | jq .matches | wc -l)"

# --- a writer at work behind a server ---
cat "$work/source2/acts.ndjson" >"$work/before.ndjson"
printf '{"id":"p2-4","date":"2021-01-01","objet":"Piscine","text":"La piscine est ouverte."}\n' >>"$work/source2/acts.ndjson"
XAPIAN_MAX_CHANGESETS=10 delib-index -q -a "$work/archives/part2" "$work/source2"
check_same "a commit shows at the next question" "$all p2-4" "$(answer)"

# --- replicas ---
# shellcheck disable=SC2046 # words
setsid $(command_of delib-replicate-server.service FOLDER="$work/archives" ADDRESS=127.0.0.1 PORT=$((port + 1))) \
    >/dev/null 2>&1 &
servers+=($!)
wait_for reachable 127.0.0.1 $((port + 1))
replicate() { # once, by the unit's command
    # shellcheck disable=SC2046 # words
    $(command_of delib-replica@.service HOST=127.0.0.1 PORT=$((port + 1)) MASTER=part2 REPLICA="$work/replica") \
        --one-shot >"$work/out" 2>"$work/err"
}
check "a replica is made" replicate
printf 'local archives/part1\nremote 127.0.0.1:%d | local replica\n' $port >"$work/list"
server=${servers[-2]}
end "$server"
check_same "it stands in for a server that is gone" "$all p2-4" "$(answer)"
check_same "nothing is missing then" "" "$(cat "$work/err")"
mv "$work/before.ndjson" "$work/source2/acts.ndjson"
XAPIAN_MAX_CHANGESETS=10 delib-index -q -a "$work/archives/part2" "$work/source2"
check_same "it is as old as the last replication" "$all p2-4" "$(answer)"
check "which brings what changed" replicate
check_same "and no more" "$all" "$(answer)"
printf '{"id":"p2-5","date":"2021-01-01","objet":"Piscine","text":"La piscine est fermée."}\n' >"$work/source2/more.ndjson"
delib-index -q -a "$work/archives/part2" "$work/source2"
check "without changesets the whole is copied" replicate
check_same "to a new folder, which is found" "$all p2-5" "$(answer)"
serve "$work/replica" $port
printf 'local archives/part1\nremote 127.0.0.1:%d\n' $port >"$work/list"
check_same "a replica may be served too" "$all p2-5" "$(answer)"
end "${servers[-1]}"
printf 'remote 127.0.0.1:%d | local ../nowhere\n' $port >"$work/list"
check_code 3 "none of all places" ask piscine
check_holds "is told by the first" "127.0.0.1:$port" "$(cat "$work/err")"

# --- a replica's file that names something else ---
mkdir "$work/trap"
printf 'auto replica_1/../../archives/part1\nremote :/bin/touch %s/touched\n' "$work" >"$work/trap/XAPIANDB"
printf 'local trap\n' >"$work/list"
check_code 3 "a stub that names other places is not followed" ask piscine
check_code 1 "and starts no program" test -e "$work/touched"

# --- a link that is cut ---
if ! ip netns add "$namespace" 2>/dev/null || ! ip link add "dlb$$" type veth peer name eth0 netns "$namespace" 2>/dev/null; then
    for _ in 1 2 3 4 5; do result 0 "skipped: network namespaces need root and iproute2"; done
    exit
fi
net=10.99.$(($$ % 250))
ip addr add "$net.1/24" dev "dlb$$"
ip link set "dlb$$" up
ip -n "$namespace" addr add "$net.2/24" dev eth0
ip -n "$namespace" link set eth0 up
serve "$work/archives/part2" 7001 ip netns exec "$namespace"
printf 'local archives/part1\nremote %s.2:7001\n' "$net" >"$work/list"
check_same "a part behind a link" "$all p2-5" "$(answer)"
mkfifo "$work/more"
timeout 120 delib-query -a "$work/list" --timeout 1 -f json --batch - <"$work/more" >"$work/answers" 2>"$work/told" &
asking=$!
exec 4>"$work/more"
put before
ip -n "$namespace" link set eth0 down
check_same "when the link is cut, the others answer" "$first" "$(answer)"
check_holds "and it is told" "$net.2:7001 does not answer" "$(cat "$work/err")"
put cut
ip -n "$namespace" link set eth0 up
wait_for reachable "$net.2" 7001
sleep 1.1
put restored
exec 4>&-
wait $asking
check_same "when it is restored, all do" "$all p2-5" "$(answer)"
check_same "also in a run that was under way" "before 7 false|cut 3 true|restored 7 false|" \
    "$(jq -r '"\(.qid) \(.matches) \(.partial)"' "$work/answers" | tr '\n' '|')"
ip link delete "dlb$$"
