#!/usr/bin/env bash
# Questions that are kept, and what is new for each, told once. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 48
export XDG_CONFIG_HOME=$work/config DELIB_ARCHIVE=$work/archive

act() { # NUMBER OBJET
    printf 'COMMUNE DE VALMORNE\nSéance du 12 mars 2020\nDélibération n° %s\nObjet : %s\n\nLe conseil municipal approuve.\n' \
        "$1" "$2" >"$work/src/$1.txt"
}
mkdir "$work/src"
act 2020-1 "Réfection de la piscine"
act 2020-2 "Tarifs de la cantine"
delib-index -q "$work/src"

# --- keeping ---
check_code 1 "none is kept at first" delib-query --saved
check_same "and none is printed" "" "$(cat "$work/out")"
check "a question is kept" delib-query --save eau --from 2019 --council valmorne "piscine OU baignade"
check "another under a name with an accent" delib-query --save "été" cantine
check_same "they are printed as one would type them" "eau	--council=valmorne --from=2019 piscine OU baignade|été	cantine|" \
    "$(delib-query --saved | LC_ALL=C sort | sed 's/--from=2019 --council=valmorne/--council=valmorne --from=2019/' | tr '\n' '|')"
check_same "asked by name" "$(delib-query -f ids --from 2019 --council valmorne "piscine OU baignade")" \
    "$(delib-query -f ids --saved eau)"
check_code 2 "an unknown name is told" delib-query --saved eaux
check_holds "with the next step" "delib-query --saved" "$(cat "$work/err")"
for name in ../x .x a/b ""; do
    check_code 2 "« $name » is no name" delib-query --save "$name" piscine
done
check_code 2 "nothing to keep" delib-query --save vide
check_code 2 "a question is kept only when it can be read" delib-query --save faute '"piscine'

# --- what is new ---
told() { cat "$work"/out; }
check "the first run tells all" delib-query --alerts "$work/alerts" -f ndjson
check_same "of each question" "eau 1|été 1|" "$(LC_ALL=C sort "$work/out" | cut -f 1,2 --output-delimiter=' ' | tr '\n' '|')"
check_same "in a file of its own" "2020-1" "$(jq -r .number "$(grep ^eau "$work/out" | cut -f 3)")"
check_code 1 "the second nothing" delib-query --alerts "$work/alerts" -f ndjson
check_same "without a word" "" "$(cat "$work/out" "$work/err")"
act 2020-3 "Baignade surveillée au lac"
touch "$work/src/2020-1.txt"
delib-index -q "$work/src"
check "what came since is told" delib-query --alerts "$work/alerts" -f ndjson
check_same "and only that" "eau 1" "$(cut -f 1,2 --output-delimiter=' ' "$work/out")"
check_same "once" "2020-3" "$(jq -r .number "$(cut -f 3 "$work/out")")"
act 2020-1 "Réfection de la piscine et du plongeoir"
delib-index -q "$work/src"
delib-query --alerts "$work/alerts" >"$work/out"
check_holds "a changed act is told, as text" "plongeoir" "$(cat "$(cut -f 3 "$work/out")")"

# --- a feed ---
check "a feed" delib-query --alerts "$work/feeds" -f atom
check_same "of each question" "eau.atom été.atom" "$(cd "$work/feeds" && echo *)"
act 2020-4 "Piscine : horaires"
delib-index -q "$work/src"
delib-query --alerts "$work/feeds" -f atom >/dev/null
check_same "keeps what was new before, the newest first" "Piscine : horaires|3" \
    "$(python3 -c "
import sys, xml.etree.ElementTree as tree
entries = tree.parse(sys.argv[1]).getroot().findall('{http://www.w3.org/2005/Atom}entry')
print(entries[0].find('{http://www.w3.org/2005/Atom}title').text, len(entries), sep='|')" "$work/feeds/eau.atom")"
before=$(sha256sum "$work/feeds/eau.atom")
delib-query --alerts "$work/feeds" -f atom >/dev/null
check_same "and stays when nothing is new" "$before" "$(sha256sum "$work/feeds/eau.atom")"

# --- what is not there yet ---
check "a word that no act has is kept" delib-query --save attente cantune
delib-query --alerts "$work/feeds" -f atom >"$work/out"
check_same "and waited for, not replaced" "" "$(cat "$work/out")"
rm "$work/config/delib/questions/attente"

# --- runs that fail, or are stopped ---
act 2020-5 "Piscine : règlement"
delib-index -q "$work/src"
chmod a-w "$work/alerts"
if [ -w "$work/alerts" ]; then # root may write anywhere
    chmod u+w "$work/alerts"
    mkdir "$work/alerts/.eau.new"
fi
check_code 3 "a folder that cannot be written is told" delib-query --alerts "$work/alerts" -f ndjson
chmod u+w "$work/alerts"
rm -rf "$work/alerts/.eau.new"
check "and nothing is lost" delib-query --alerts "$work/alerts" -f ndjson
check_same "of what came meanwhile" "2020-4 2020-5" \
    "$(jq -r .number "$(grep ^eau "$work/out" | cut -f 3)" | sort | tr '\n' ' ' | sed 's/ $//')"
act 2020-6 "Piscine : fermeture"
delib-index -q "$work/src"
cp "$work/alerts/.eau.state" "$work/state"
delib-query --alerts "$work/alerts" -f ndjson >"$work/out"
revision=$(cut -f 3 "$work/out" | sed -E 's/.*\.([0-9]+)\.ndjson$/\1/')
sed -E "s/^([0-9]+) 0 /\1 $revision /" "$work/state" >"$work/alerts/.eau.state" # stopped just before the state moved on
check_code 1 "a file that is in its place is not told again" delib-query --alerts "$work/alerts" -f ndjson
rm "$work/alerts/eau.$revision.ndjson"
sed -E "s/^([0-9]+) 0 /\1 $revision /" "$work/state" >"$work/alerts/.eau.state" # stopped just before it was put there
check "one that is not is" delib-query --alerts "$work/alerts" -f ndjson
check_same "whole" "2020-6" "$(jq -r .number "$work/alerts/eau.$revision.ndjson")"
delib-index -q -a "$work/other" "$work/src"
check_code 3 "another archive needs another folder" delib-query -a "$work/other" --alerts "$work/alerts"
check_holds "and is told so" "another archive" "$(cat "$work/err")"
check_code 2 "other formats are refused" delib-query --alerts "$work/alerts" -f csv

# --- what is in the way is told ---
state() { ls -A "$work/alerts" | grep -F '.eau.' | head -n 1; }
cp -r "$work/alerts" "$work/kept"
again() { rm -rf "$work/alerts" && cp -r "$work/kept" "$work/alerts"; }
echo "no number" >"$work/alerts/$(state)"
check_code 3 "a state that cannot be read" delib-query --alerts "$work/alerts" -f ndjson
check_holds "is said to be damaged" "damaged" "$(cat "$work/err")"
again
sed -i 's|/[^ ]*$|/srv/elsewhere|' "$work/alerts/$(state)"
check_code 3 "or another archive's" delib-query --alerts "$work/alerts" -f ndjson
check_holds "is said to be that" "belongs to another archive" "$(cat "$work/err")"
again
exec 8>"$work/alerts/.lock" && flock 8
check_code 3 "two runs at once tell nothing twice" delib-query --alerts "$work/alerts" -f ndjson
check_holds "the other is told of" "another run" "$(cat "$work/err")"
exec 8>&-
echo x >"$work/file"
check_code 3 "a folder that cannot be made" delib-query --alerts "$work/file/alerts" -f ndjson
check_holds "is named" "$work/file/alerts" "$(cat "$work/err")"
rm -rf "$DELIB_ARCHIVE" && delib-index -q "$work/src"
again
delib-query --alerts "$work/alerts" -f ndjson >/dev/null 2>"$work/err"
check_holds "an archive made anew is told of, and all its matches" "made anew" "$(cat "$work/err")"
XDG_CONFIG_HOME=$work/nothing check_code 2 "nothing is kept there" delib-query --alerts "$work/alerts"
