# Measuring, for the scripts of this folder (bash).

now_us() { echo "${EPOCHREALTIME/[.,]/}"; }

# median: of the numbers on standard input, one a line.
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# quantile Q: the number that the share Q (0.95) of them do not exceed.
quantile() { sort -n | awk -v q="$1" '{ v[NR] = $1 } END { i = int(q * NR + 0.999999); print v[i < 1 ? 1 : i] }'; }

# ratio_of_medians FILE FILE
ratio_of_medians() { awk -v a="$(median <"$1")" -v b="$(median <"$2")" 'BEGIN { printf "%.3f", a / b }'; }

die() {
    echo "$(basename "$0"): $*" >&2
    exit 2
}

# program NAME BUILD_DIR: its path; ends the script when it is not built.
program() {
    [ -x "$2/$1" ] || die "$2/$1 is not there: build it first"
    realpath "$2/$1"
}

# Options that every script here takes: sets build, against (empty: no comparison), rounds; leaves the rest in arguments.
read_options() {
    build=$(dirname "$0")/../../build/release
    against=
    arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
        --build) build=${2:?} && shift 2 ;;
        --against) against=${2:?} && shift 2 ;;
        --rounds) rounds=${2:?} && shift 2 ;;
        -*) die "unknown option $1" ;;
        *) arguments+=("$1") && shift ;;
        esac
    done
}
