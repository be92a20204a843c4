#!/usr/bin/env bash
# delib-serve and strings that would be markup, script or a path: as question, objet, text, names and file name.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
# shellcheck source=tests/web/lib.sh
source "$SOURCE_DIR/tests/web/lib.sh"
plan 13

# Each string once as the objet, the text, the council and the rapporteur of an act, and as the name of its file.
mkdir "$work/acts"
python3 - "$SOURCE_DIR/tests/web/hostile.txt" "$work" <<'END'
import json, sys
from urllib.parse import quote
strings = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8") if not line.startswith("# ")]
with open(sys.argv[2] + "/acts/all.ndjson", "w", encoding="utf-8") as out:
    for number, text in enumerate(strings):
        act = {"id": f"hostile:{number}", "objet": text, "text": f"zébulon {text}\n\f{text}", "council": text,
               "rapporteur": text, "number": text, "topics": [text], "date": "2020-01-02"}
        print(json.dumps(act), file=out)
for number, text in enumerate(strings):
    name = text.replace("/", "∕")[:60]
    open(f"{sys.argv[2]}/acts/{name} {number}.txt", "w").write("Conseil municipal de Néantville\nObjet : zébulon\n")
with open(sys.argv[2] + "/questions", "w") as out:
    for text in strings:
        print(quote(text, safe=""), file=out)
END
delib-index -a "$work/archive" "$work/acts" 2>/dev/null
serve -a "$work/archive" --originals "$work/acts"
check_same "there are forty strings and more" yes "$([ "$(wc -l <"$work/questions")" -ge 40 ] && echo yes)"

# What a browser would make of a page: no element and no attribute but ours, no address of another kind.
cat >"$work/look.py" <<'END'
import sys
from html.parser import HTMLParser
from urllib.parse import urlsplit
ELEMENTS = set("""html head meta title link script body a header footer nav main form label input button ul ol li p span h1
h2 h3 strong section aside article div table thead tbody tr th td details summary svg rect mark br q dl dt dd small""".split())
class Look(HTMLParser):
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in ELEMENTS:
            print("element", tag)
        for name, value in attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                print("attribute", name)
            if name in ("href", "src", "action") and (urlsplit(value).scheme or value.startswith("//")):
                print("address", value)
        if tag == "script" and attributes.get("src", "").startswith("/statique/") is False:
            if attributes.get("type") != "application/ld+json":
                print("inline script")
for path in sys.argv[1:]:
    text = open(path, encoding="utf-8").read()
    if "\0" in text:
        print("NUL")
    Look().feed(text)
END
look() {
    python3 "$work/look.py" "$@"
}

number=0
while read -r question; do
    fetch "/recherche?q=$question" >"$work/page.$((number++))"
    fetch "/recherche?conseil=$question&rapporteur=$question&du=$question" >"$work/page.$((number++))"
done <"$work/questions"
check_same "as questions and filters they are text" "" "$(look "$work"/page.*)"
check_same "and the pages are sound HTML" "" "$(for page in "$work"/page.*; do tidy -q -e "$page" 2>&1; done | sort | uniq -c | head)"

rm "$work"/page.*
for page in '/' '/recherche' '/recherche?q=zebulon' '/recherche?q=zebulon&page=2&nombre=40' '/recherche?q=zebulon&page=3&nombre=20' \
    '/couverture' '/seances' '/recherche?plus=rapporteur'; do
    fetch "$page" >"$work/page.$((number++))"
done
last=$(($(wc -l <"$work/questions") - 1))
for act in $(seq 0 $last); do
    fetch "/acte/hostile:$act?q=zebulon" >"$work/page.$((number++))"
done
while read -r question; do
    fetch "/conseil/$question" >"$work/page.$((number++))"
done <"$work/questions"
check_same "as objet, text, number, names of councils, people, topics and files they are text" "" "$(look "$work"/page.*)"
check_same "and those pages are sound HTML too" "" "$(for page in "$work"/page.*; do tidy -q -e "$page" 2>&1; done | sort | uniq -c | head)"
check "feeds and finding aids are sound XML" bash -c "
    for format in atom ead.xml; do curl -s '$server/recherche.'\$format'?q=zebulon&nombre=100' | python3 -c '
import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin.buffer)' || exit 1; done"
check "every answer as JSON is JSON" bash -c "
    for act in \$(seq 0 $last); do curl -s \"$server/acte/hostile:\$act?format=json\" | jq -e . >/dev/null || exit 1; done
    while read -r question; do curl -s \"$server/suggestions?q=\$question\" | jq -e . >/dev/null || exit 1; done <'$work/questions'"
check_same "no cell of a table is a formula" "" "$(fetch '/recherche.csv?q=zebulon' | grep -E '(^|,)"?[=+@-][A-Za-z(]')"

# No path leads to the disk, however it is written.
echo secret >"$work/secret"
ln -s "$work/secret" "$work/acts/link.txt"
escapes=0
while read -r path; do
    case $(code_of "$path") in
    400 | 404) grep -q secret "$work/body" && escapes=$((escapes + 1)) ;;
    *) escapes=$((escapes + 1)) && echo "# $path: $code" ;;
    esac
done <<END
/../secret
/../../../../etc/passwd
/statique/../secret
/statique/%2e%2e/%2e%2e/etc/passwd
/statique/..%2f..%2fetc%2fpasswd
/statique//etc/passwd
/original/../secret
/original/%2e%2e%2fsecret
/original/..%2f..%2f..%2fetc%2fpasswd
/original/%2fetc%2fpasswd
/original//etc/passwd
/original/file:///etc/passwd
/original/secret%00.txt
/original/%00
/original/....//....//etc/passwd
/original/..%5c..%5csecret
/original/..%c0%af..%c0%afsecret
/original/%252e%252e%252fsecret
/acte/../../secret
/acte/%2e%2e%2f%2e%2e%2fetc%2fpasswd
/conseil/../secret
/recherche.../secret
END
check_same "no address leads to a file" 0 "$escapes"

# Originals: below the folder, and no way out of it.
mkdir "$work/elsewhere"
inside=$(delib-query -a "$work/archive" -f ndjson --all | jq -r 'select(.source.path | endswith(".txt")) | .id' | head -n 1)
cp "$SOURCE_DIR/data/sample/kerarvor/2018-03-16_eoliennes_avis.txt" "$work/elsewhere/outside.txt"
delib-index -a "$work/archive" "$work/elsewhere" 2>/dev/null
outside=$(delib-query -a "$work/archive" -f ndjson --all | jq -r 'select(.source.path | endswith("outside.txt")) | .id')
check_same "a file below the folder is given out" 200 "$(code_of "/original/$inside")"
check_holds "where nothing in it can run" "sandbox" "$(cat "$work/headers")"
check_same "one elsewhere is not" 404 "$(code_of "/original/$outside")"
for file in "$work/acts"/*.txt; do ln -sf "$work/secret" "$file"; done
check_same "nor what a link leads to" 404 "$(code_of "/original/$inside")"
