# delib-index as a nightly job: what it logs, measures and takes from a file. Each check works in a folder of its own.
. "$(dirname "$0")/lib.sh"
plan 33

src=$work/src
mkdir "$src"
export DELIB_ARCHIVE=$work/archive
for n in 1 2 3; do act "2021-$n" "Chemin $n" >"$src/$n.txt"; done
printf '%%PDF-1.4 cut' >"$src/cut \"short\".pdf"

# --- lines for programs ---
check_code 1 "a run that logs as logfmt" delib-index --log logfmt "$src"
check_holds "tells a failed file" "level=warning event=failed path=\"$src/cut \\\"short\\\".pdf\" reason=\"damaged\"" "$(cat "$work/err")"
check_holds "sums up in one line" "level=info event=done files=4 added=3 updated=0 acts=3 unchanged=0 moved=0 removed=0 skipped=0 failed=1 dur=" \
    "$(tail -n 1 "$work/err")"
check_holds "with the revision" " rev=1" "$(tail -n 1 "$work/err")"
act 2021-1 "Sentier" >"$src/1.txt"
rm "$src/2.txt"
check_code 1 "a run that logs as JSON" delib-index --log json "$src"
check_same "says in it what changed" "0 1 1 1 2" \
    "$(jq -r 'select(.event == "done") | "\(.added) \(.updated) \(.unchanged) \(.removed) \(.rev)"' "$work/err")"
check_same "every line is JSON" "2" "$(jq -c . "$work/err" | wc -l)"
check_code 2 "an error is an event too" delib-index --log logfmt "$work/none"
check_holds "of the level error" "level=error event=error status=\"not-found\"" "$(cat "$work/err")"
check_code 2 "no other format" delib-index --log xml "$src"
journal() { # COMMAND...: as under systemd, stderr being the journal
    exec 2>"$work/journal"
    JOURNAL_STREAM=$(stat -c %d:%i "$work/journal") "$@"
}
check_code 1 "under systemd" journal delib-index "$src"
check_same "lines begin with their priority" "<4> <6>" "$(cut -c1-3 "$work/journal" | sort -u | paste -sd ' ')"

# --- figures ---
check_code 1 "a run that writes figures" delib-index -q --metrics "$work/delib.prom" "$src"
prom=$(cat "$work/delib.prom")
check_holds "says what it ended with" "delib_index_last_exit_code 1" "$prom"
check_holds "counts the files" "delib_index_files_unchanged 2" "$prom"
check_holds "counts the acts of each council" 'delib_index_documents{council="Commune de Kervalo"} 2' "$prom"
check_holds "tells the share of each field" 'delib_index_field_coverage_ratio{field="objet"} 1' "$prom"
check_holds "tells the day of the newest act" "delib_index_newest_seance_timestamp_seconds $(date -u -d 2021-03-12 +%s)" "$prom"
check_holds "tells the revision" "delib_index_revision 2" "$prom"
check_same "each figure has its type" "$(grep -c '^# HELP' <<<"$prom")" "$(grep -c '^# TYPE .* gauge$' <<<"$prom")"
success=$(grep '^delib_index_last_success_timestamp_seconds' "$work/delib.prom")
sed -i 's/^delib_index_last_success_timestamp_seconds .*/delib_index_last_success_timestamp_seconds 1000/' "$work/delib.prom"
check_code 2 "a run that fails" delib-index -q --metrics "$work/delib.prom" "$work/none"
check_holds "says so" "delib_index_last_exit_code 2" "$(cat "$work/delib.prom")"
check_holds "and keeps the time of the last success" "timestamp_seconds 1000" "$(grep last_success_timestamp_seconds "$work/delib.prom")"
[ "${success##* }" -gt 1600000000 ]
result $? "which is a time"
check_same "nothing is left beside" "delib.prom" "$(cd "$work" && ls -d delib.prom*)"

# --- a file of options ---
cat >"$work/conf" <<END
# what runs every night
archive = $work/other
source=$src
  jobs=1
quiet=yes
log = logfmt
allow-mass-delete = no
END
check_code 1 "options from a file" delib-index --config "$work/conf"
check_holds "are taken" "event=failed" "$(cat "$work/err")"
check_same "all of them" "2 1" "$(delib-query -a "$work/other" --count) $(wc -l <"$work/err")"
check_code 1 "the command line wins" delib-index --config "$work/conf" -a "$work/third" --log text "$src/1.txt" "$src/cut \"short\".pdf"
check_same "also for the sources" "1" "$(delib-query -a "$work/third" --count)"
for bad in 'colour=blue' 'rebuild' 'jobs' 'jobs=many' 'quiet=perhaps'; do
    printf '\n%s\n' "$bad" >"$work/bad"
    delib-index --config "$work/bad" "$src" 2>"$work/err"
    [ $? -eq 2 ] && grep -q "bad:2: ${bad%%=*}: " "$work/err" || echo "# $bad: $(cat "$work/err")"
done >"$work/unseen"
check_same "what is wrong in it is named with its line" "" "$(cat "$work/unseen")"
check_code 2 "a file that is not there" delib-index --config "$work/nowhere" "$src"
check_holds "is named" "nowhere" "$(cat "$work/err")"
