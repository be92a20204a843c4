#!/usr/bin/env bash
# delib-serve: the pages, their languages, and who is answered at all.
. "$SOURCE_DIR/tests/cli/lib.sh"
. "$SOURCE_DIR/tests/web/lib.sh"
plan 40

delib-index -a "$work/archive" "$SOURCE_DIR/data/sample" 2>/dev/null
serve -a "$work/archive"
act='/acte/communaute-de-communes-arvette-et-combes:2021-06-24:44-2021'

check_holds "the first page has the question and what there is" '<span class="count">' "$(fetch /)"
page=$(fetch '/recherche?q=l%27ecole')
check_holds "an elided word without its accent is found" "<mark>école</mark>" "$page"
check_holds "a day is written out" "vendredi 7 juin 2013" "$page"
check_holds "a vote is told in words" "Adopté à l'unanimité" "$page"
check_holds "the language of the page is French" '<html lang="fr">' "$page"
check_holds "English is spoken to those who ask for it" "Adopted unanimously" \
    "$(fetch '/recherche?q=l%27ecole' -H 'Accept-Language: en-GB,en;q=0.9,fr;q=0.5')"
check_holds "French stays where English is the second choice" '<html lang="fr">' \
    "$(fetch / -H 'Accept-Language: de, en;q=0.2, fr-FR;q=0.8')"
check_holds "a word that nobody wrote is replaced, and that is said" "<strong>eclairage</strong>" \
    "$(fetch '/recherche?q=eclairrage')"

page=$(fetch '/recherche?conseil=Commune%20de%20Kerarvor&annee=2013&annee=2010')
check_same "values of one facet stand side by side, facets narrow" "2" "$(grep -c '<li class="act">' <<<"$page")"
check_holds "a chip takes a filter away" 'Retirer : </span>Conseil : Commune de Kerarvor' "$page"
check_holds "other values of a chosen facet can be added" 'annee=2013&amp;annee=2010&amp;annee=2018' "$page"
check_same "the shown total is that of delib-query" \
    "$(delib-query -a "$work/archive" --count 'subvention ecole') actes" \
    "$(fetch '/recherche?q=subvention+ecole' | sed -nE 's/.*<h1 class="found"[^>]*>([0-9]+ actes) pour.*/\1/p')"
check_holds "a question that finds nothing says how to go on" "Rien n'a été trouvé" \
    "$(fetch '/recherche?q=%2Bqwertzuiop+%2Bkarabistouille')"

page=$(fetch "$act?q=eau")
check_holds "an act's page marks what was asked for" '<mark>Eau</mark>' "$page"
check_holds "it tells where a field was found" 'libellé imprimé' "$page"
check_holds "it tells the vote" '✗</span> Rejeté (5 pour, 7 contre)' "$page"
page=$(fetch "/acte/$(delib-query -a "$work/archive" -f ids -n 1 'source chaufferie bois financement' | head -n 1)")
check_holds "it leads to its neighbours in the séance" 'rel="next"' "$page"
page=$(fetch "/acte/$(delib-query -a "$work/archive" -f ndjson --all | jq -r 'select(.source.page_last > 1) | .id' | head -n 1)")
check_holds "pages can be linked to" 'id="p2"' "$page"

page=$(fetch /aide)
check_holds "the help has questions that can be followed" 'href="/recherche?q=' "$page"
address=$(grep -o 'href="/recherche?q=[^"]*"' <<<"$page" | head -n 30 | cut -d '"' -f 2 | sed 's/&amp;/\&/g')
check_same "each of them is answered" "200" "$(while read -r one; do code_of "$one"; done <<<"$address" | sort -u)"
check_holds "the page on accessibility says who can be asked" "defenseurdesdroits.fr" "$(fetch /accessibilite)"

check_same "an act that is not there is no page" 404 "$(code_of /acte/none)"
check_same "nor is another path" 404 "$(code_of /etc/passwd)"
check_same "a question that cannot be read is said to be" 400 "$(code_of '/recherche?q=(')"
check_holds "with its column" "colonne" "$(fetch '/recherche?q=%28')"
check_same "a question has its length" 400 "$(code_of "/recherche?q=$(printf 'a%.0s' {1..600})")"
check_same "so has a page of results" 400 "$(code_of '/recherche?nombre=101')"
check_same "and how deep one pages" 400 "$(code_of '/recherche?page=1002')"

code_of / >"$work/seen"
check_holds "no page lets anything of another origin in" "default-src 'none'" "$(cat "$work/headers")"
check_same "only GET and HEAD are answered" 405 "$(code_of / -X POST -d x=1)"
check_same "a name that is not this server's is not answered" 421 "$(code_of / -H 'Host: elsewhere.example')"
serve -a "$work/archive" --host lecture.example --address https://delib.example:8443/
check_same "but for one that it was given" 200 "$(code_of / -H 'Host: lecture.example:8080')"
check_same "and for that of its public address" 200 "$(code_of / -H 'Host: Delib.example')"

# An archive on another machine: the server may connect to it, and to nothing else when there is none.
port=$((20000 + RANDOM % 20000))
setsid xapian-tcpsrv --quiet --port "$port" --interface 127.0.0.1 "$work/archive" & # ended, it ends its whole group
servers+=($!)
echo "remote 127.0.0.1:$port" >"$work/all.parts"
sleep 0.5
serve -a "$work/all.parts"
check_holds "an archive on another machine is asked" "<mark>école</mark>" "$(fetch '/recherche?q=l%27ecole')"
check_code 3 "an archive that is not there is told at once" delib-serve -a "$work/none"

# An archive in parts: only the first part knows the files.
delib-index -q -a "$work/in3" --parts 3 "$SOURCE_DIR/data/sample"
serve -a "$work/in3" --originals "$SOURCE_DIR/data/sample"
delib-query -a "$work/in3" --all -f ids 2>/dev/null | jq -sRr 'split("\n")[] | select(. != "") | @uri' | head -n 30 >"$work/ids"
check_same "the original of an act in any part is handed out" "30 200" \
    "$(while read -r id; do code_of "/original/$id"; done <"$work/ids" | sort | uniq -c | xargs)"
count_shown() { fetch '/recherche?q=conseil' | sed -nE 's/.*<h1 class="found"[^>]*>([0-9]+) actes.*/\1/p'; }
before=$(count_shown)
delib-index -q -a "$work/in3" --parts 6 "$SOURCE_DIR/data/sample"
check_same "a server that runs sees parts that were added" "$before" "$(count_shown)"
check_same "and what went there" "$(wc -l <"$work/ids") 200" \
    "$(while read -r id; do code_of "/acte/$id"; done <"$work/ids" | sort | uniq -c | xargs)"

# What could not be read is told by the page on what the archive covers.
mkdir "$work/bad"
cp "$SOURCE_DIR"/data/sample/kerarvor/*.md "$work/bad"
printf 'Commune de Kervalo\nSéance du 31 février 2021\nObjet : Lavoir\n\nLe conseil adopte.\n' >"$work/bad/<b>.txt"
printf '%%PDF-1.4 not quite' >"$work/bad/broken.pdf"
delib-index -q -a "$work/covered" "$work/bad" 2>/dev/null
serve -a "$work/covered"
page=$(fetch /couverture)
check_holds "a file that could not be read is listed" "broken.pdf — damaged" "$page"
check_same "no name of a file is taken for markup" 0 "$(grep -c '<b>.txt' <<<"$page")"
