#!/usr/bin/env bash
# Every example of the tables in docs/query-language.md is asked, and finds what it says. All names are invented.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
export DELIB_ARCHIVE=$work/archive

add() { # ID JSON-MEMBERS TEXT
    printf '{"id":"%s",%s"text":"%s"}\n' "$1" "$2" "$3" >>"$work/acts.ndjson"
}
add tarif '"date":"2019-03-25","matiere":{"code":"2.3"},' 'Le tarif de la garderie est voté.'
add cantine '"date":"2018-05-02",' 'Les cantines ouvrent en mai.'
add both '"date":"2020-01-15","amounts":[{"eur":2000000,"text":"2 000 000 €"}],' 'Le tarif de la cantine augmente, un prix juste.'
add eau '"date":"2019-06-11","amounts":[{"eur":4000,"text":"4 000 €"}],' 'Le tarif et le prix de cette eau du robinet, déclarée potable.'
add maison '"vote":{"outcome":"adopte","unanimous":true},' 'La maison pour tous est inaugurée.'
add pour '"vote":{"outcome":"rejete"},' 'Une maison, tous en parlent.'
add assainissement '' 'Travaux d’assainissement.'
add subventions '' 'Des subventions sont versées.'
add subvention '' 'Une subvention est versée.'
add numero '"number":"2013 / 36","title":"Voirie","topics":["Campus des métiers"],' 'Rien à signaler.'
add ancien '"number":"19-09-107","council":"Ville de Valmorne","rapporteur":"Max LEVITE",' 'Divers.'
add gens '"president":"Anne ROUX","secretary":"Luc BLANC","present":["Jean NOIR"],' 'Élection.'
add enfance '"matiere":"Petite enfance",' 'La crèche ouvre.'
add zeros '"number":"2020-045",' 'Rien.'
add article '' 'Vu l’article L. 2121-29 du code général.'
delib-index -q "$work/acts.ndjson"

# Question → ids that it finds, in any order; « first: » ids that come first.
declare -A finds=(
    ['tarif cantine']='tarif cantine both eau'
    ['"maison pour tous"']='maison' ['« maison pour tous »']='maison'
    ['+tarif -eau']='tarif both'
    ['tarif ET prix']='both eau' ['tarif OU prix']='tarif both eau' ['tarif SAUF eau']='tarif both'
    ['(tarif OU prix) SAUF eau']='tarif both'
    ['eau PROCHE/5 potable']='eau'
    ['assain*']='assainissement'
    ['=subventions']='subventions'
    ['19-09-107']='first: ancien' ['2013/36']='first: numero'
    ['L. 2121-29']='first: article' ['L2121-29']='first: article'
    ['objet:voirie']='numero' ['title:voirie']='numero'
    ['sujet:campus']='numero' ['topic:"campus des métiers"']='numero'
    ['conseil:valmorne']='ancien' ['council:valmorne']='ancien'
    ['rapporteur:levite']='ancien'
    ['president:roux']='gens'
    ['secretaire:blanc']='gens' ['secretary:blanc']='gens'
    ['present:noir']='gens' ['present:roux']='gens'
    ['numero:2013/36']='numero' ['number:2013-36']='numero' ['numero:2013-036']='numero'
    ['numero:2020-45']='zeros' ['numero:2020-045']='zeros' ['numero:2020-450']='' ['2020_45']='first: zeros'
    ['numero:19-9-107']='ancien'
    ['date:2019']='tarif eau' ['date:2019-03']='tarif' ['date:2019-03-25']='tarif' ['date:2018..2019']='tarif eau cantine'
    ['date:..2018']='cantine' ['date:>2019']='both' ['date:<=2019-03']='tarif cantine'
    ['matiere:2']='tarif' ['matiere:2.3']='tarif'
    ['matiere:"petite enfance"']='enfance'
    ['vote:adopte']='maison' ['vote:unanime']='maison' ['vote:rejete']='pour'
    ['montant:>100000']='both' ['amount:<=50k']='eau' ['montant:1,5M..3M']='both' ['montant:1000..5000']='eau'
)
# The words of the page's tables: each must be a question above, or a field that one of them asks.
mapfile -t spans < <(sed -n '/^| You type/,/^$/p' "$SOURCE_DIR/docs/query-language.md" | grep '^| [`]' |
    sed -E 's/^\| ([^|]*) \|.*/\1/' | grep -oE '`[^`]+`' | tr -d '`')
mapfile -t fields < <(sed -n '/^| Field/,/^$/p' "$SOURCE_DIR/docs/query-language.md" | grep '^| [`]' |
    sed -E 's/^\| ([^|]*) \| ([^|]*) \|.*/\1 \2/' | grep -oE '`[a-z]+:`' | tr -d '`')
plan $((${#finds[@]} + ${#spans[@]} + ${#fields[@]} + 1))
[ ${#spans[@]} -ge 12 ] && [ ${#fields[@]} -ge 15 ]
result $? "the page has its tables"
for span in "${spans[@]}"; do
    [ -n "${finds[$span]:-}" ]
    result $? "the page's « $span » is asked here"
done
for field in "${fields[@]}"; do
    printf '%s\n' "${!finds[@]}" | grep -q "^$field"
    result $? "the page's field $field is asked here"
done
for question in "${!finds[@]}"; do
    found=$(delib-query -f ids --all "$question" 2>/dev/null)
    wanted=${finds[$question]}
    if [ "${wanted#first: }" != "$wanted" ]; then
        check_same "$question" "${wanted#first: }" "$(head -1 <<<"$found")"
    else
        check_same "$question" "$(tr ' ' '\n' <<<"$wanted" | sort)" "$(sort <<<"$found")"
    fi
done
