# The words for people: French complete and used, completions of the shells from the same table of options.
. "$(dirname "$0")/lib.sh"
plan 9

catalogue=$SOURCE_DIR/data/po/fr.po
check "French has no fault" msgfmt --check-format -o /dev/null "$catalogue"
check_same "French lacks nothing" "" "$(msgattrib --untranslated --no-obsolete "$catalogue"; msgattrib --only-fuzzy --no-obsolete "$catalogue")"
check_same "French has what the sources mark" "" \
    "$(msgcmp --use-untranslated "$catalogue" "$SOURCE_DIR/data/po/delib.pot" 2>&1)"
export DELIB_LOCALE_DIR="$BUILD_DIR/locale"
LANGUAGE=fr delib-query -a "$work/none" eau 2>"$work/err"
check_holds "messages are French where that is the language" "il n'y a pas d'archive ici" "$(cat "$work/err")"
for program in delib-index delib-query; do
    "$program" --completion bash >"$work/completion"
    check_same "$program: bash completes an option" "--version" \
        "$(bash -c '. "$1"; COMP_WORDS=("$2" --vers); COMP_CWORD=1; "_${2#*-}"; echo "${COMPREPLY[@]}"' - "$work/completion" "$program")"
done
check_holds "fish: one line an option" "complete -c delib-query -l limit -s n -r -d" "$(delib-query --completion fish)"
check_holds "zsh: one line an option, its brackets made harmless" "'--limit=[" "$(delib-query --completion zsh)"
check_code 2 "a shell that is none" delib-query --completion csh
