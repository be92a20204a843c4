# The harness of the command line tests: source it, declare `plan N`, then check. Prints TAP; ends with 1 when a check
# failed or their number is not the plan's. Each test works in a folder of its own, $work, removed at the end.
#
#   check MESSAGE COMMAND...            the command ends with 0
#   check_code CODE MESSAGE COMMAND...  the command ends with CODE
#   check_same MESSAGE WANTED GOT       two texts are the same
#   check_holds MESSAGE PART TEXT       TEXT holds PART
#   act NUMBER OBJET                    prints the text of an act of an invented commune
# What a command prints goes to $work/out and $work/err.
set -u
: "${BUILD_DIR:?}" "${SOURCE_DIR:?}"
export PATH="$BUILD_DIR:$PATH" LC_ALL=C.UTF-8
unset DELIB_ARCHIVE XDG_DATA_HOME NO_COLOR LANGUAGE

work=$(mktemp -d)
planned=0
count=0
failed=0

finish() {
    chmod -R u+rwx "$work"
    rm -rf "$work"
    [ "$failed" -eq 0 ] && [ "$count" -eq "$planned" ] && exit 0
    echo "# $failed of $count failed, $planned planned"
    exit 1
}
trap finish EXIT

plan() {
    planned=$1
    echo "1..$planned"
}

result() { # PASSED MESSAGE
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
    fi
}

check_code() {
    local wanted=$1 message=$2 got=0
    shift 2
    "$@" >"$work/out" 2>"$work/err" || got=$?
    [ "$got" -eq "$wanted" ]
    result $? "$message"
    [ "$got" -eq "$wanted" ] || { echo "# ended with $got, not $wanted"; sed 's/^/# /' "$work/out" "$work/err" | head -n 20; }
}

check() {
    check_code 0 "$@"
}

check_same() {
    [ "$2" = "$3" ]
    result $? "$1"
    [ "$2" = "$3" ] || diff <(echo "$2") <(echo "$3") | sed 's/^/# /' | head -n 30
}

check_holds() {
    [[ $3 == *"$2"* ]]
    result $? "$1"
    [[ $3 == *"$2"* ]] || { echo "# « $2 » is not in:"; sed 's/^/# /' <<<"$3" | head -n 20; }
}

act() { # NUMBER OBJET
    printf 'Commune de Kervalo\nSéance du 12 mars 2021\n\nDélibération n° %s\nObjet : %s\n\nLe conseil adopte à l’unanimité.\n' "$1" "$2"
}
