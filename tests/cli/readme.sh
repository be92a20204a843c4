# The commands of README's ```console blocks print what README says (times aside; the first lines, where a command
# prints more than is shown).
. "$(dirname "$0")/lib.sh"

cd "$SOURCE_DIR" || exit 1
export DELIB_ARCHIVE="$work/archive"
command -v jq >/dev/null || jq_missing=1

examples() { # one example a line: the command, a tab, its shown output with \n for line ends
    awk '/^```console$/ { inside = 1; next } /^```$/ { if (inside && command) flush(); inside = 0; next }
         inside && /^\$ / { if (command) flush(); command = substr($0, 3); next }
         inside { output = output $0 "\\n" }
         function flush() { print command "\t" output; command = ""; output = "" }' README.md
}
without_times() {
    sed -E 's/[0-9]+\.[0-9] s$/T s/'
}

plan "$(examples | wc -l)"
while IFS=$'\t' read -r command shown; do
    wanted=$(printf '%b' "$shown" | without_times)
    if [[ $command == *jq* && -n ${jq_missing:-} ]]; then
        result 0 "$command # SKIP jq is not installed"
        continue
    fi
    got=$(bash -c "$command" 2>&1 </dev/null | without_times | head -n "$(wc -l <<<"$wanted")")
    check_same "$command" "$wanted" "$got"
done < <(examples)
