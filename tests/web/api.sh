#!/usr/bin/env bash
# delib-serve for programs: every path of openapi.json answers as it is described there, the exports are those of
# delib-query, and what is wrong is told as JSON.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
# shellcheck source=tests/web/lib.sh
source "$SOURCE_DIR/tests/web/lib.sh"
plan 17

delib-index -a "$work/archive" "$SOURCE_DIR/data/sample" 2>/dev/null
serve -a "$work/archive" --originals "$SOURCE_DIR/data/sample" --address https://lecture.example/
export DELIB_ARCHIVE=$work/archive
act=communaute-de-communes-arvette-et-combes:2021-06-24:44-2021

check "what openapi.json describes is what comes" python3 "$SOURCE_DIR/tests/web/openapi.py" "$server" "$act"
for format in csv bib ris; do
    name=$format
    [ $format != bib ] || name=bibtex
    check_same "a search as $format is what delib-query prints, but for the folders of files" \
        "$(LANGUAGE=fr delib-query --all -f $name "prix de l'eau" | sed "s|$SOURCE_DIR/data/sample/||")" \
        "$(fetch "/recherche.$format?q=prix+de+l%27eau")"
done
check_same "NDJSON has every act" "$(delib-query --count 'conseil:valbrune')" \
    "$(fetch '/recherche.ndjson?q=conseil:valbrune' | wc -l)"
check_same "SCDL too, but for those it cannot hold" "$(delib-query --all -f scdl 2>/dev/null | wc -l)" \
    "$(fetch '/recherche.scdl.csv' | wc -l)"
check_same "the table comes as a file" 'attachment; filename="delib.scdl.csv"' \
    "$(sed -n 's/^Content-Disposition: \(.*\)\r$/\1/p' "$work/headers")"
feed=$(fetch '/recherche.atom?q=eau&page=2')
check_holds "a feed names the page before" 'rel="previous" type="application/atom+xml" href="https://lecture.example/recherche.atom?q=eau"' "$feed"
check_holds "its entries lead to the acts" 'href="https://lecture.example/acte/' "$feed"
check_holds "a finding aid leads to them too" '<dao href="https://lecture.example/acte/' "$(fetch /recherche.ead.xml)"
check_holds "a browser is told how to ask" 'template="https://lecture.example/recherche?q={searchTerms}"' "$(fetch /opensearch.xml)"
check_same "half a word suggests" 1 "$(fetch '/suggestions?q=redevance%20incit' | jq '.[1] | length | if . > 0 then 1 else 0 end')"
check_same "an act says who passed it to search engines" '"Communauté de communes Arvette et Combes"' \
    "$(fetch "/acte/$act" | sed -nE 's|.*<script type="application/ld\+json">(.*)</script>.*|\1|p' | jq .legislationPassedBy.name)"
check_holds "an act is cited" "Délibération n° 44/2021 du 24 juin 2021, Communauté de communes Arvette et Combes" "$(fetch "/acte/$act")"
check_same "what is wrong is told as JSON" '400 "delib/1"' \
    "$(code_of '/recherche.json?du=hier') $(jq -c .schema "$work/body")"
check_same "the counts of séances are those of --by" \
    "$(delib-query --by seance --format csv 'date:2022' | sed 1d | awk -F, '{ n += $NF } END { print n }')" \
    "$(fetch '/seances?annee=2022' | grep -oE 'figure">[0-9]+</td></tr>' | tr -dc '0-9\n' | awk '{ n += $1 } END { print n }')"
check_same "style and script may be kept for good" 'public, max-age=31536000, immutable' \
    "$(fetch / >/dev/null; fetch "$(fetch / | grep -oE '/statique/[0-9a-f]+/delib.css')" >/dev/null; sed -n 's/^Cache-Control: \(.*\)\r$/\1/p' "$work/headers")"
