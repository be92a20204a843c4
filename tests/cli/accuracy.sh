# How well the fields are read: the sample's labels, and where the reference texts are at hand, theirs and the seed.
. "$(dirname "$0")/lib.sh"
plan 13

accuracy="$SOURCE_DIR/scripts/accuracy --program $BUILD_DIR/delib-index"
required=number=0.95,date=0.95,objet=0.95,rapporteur=0.95
shared="$SOURCE_DIR/../shared"

check "on the sample, files are cut and fields read right" \
    $accuracy --require "$required,present=0.97,absent=0.95,proxies=0.95,convocation_date=0.95,council_type=0.95,president=0.9,secretary=0.9,siren=0.95,acts=1"

if [ -d "$shared/gold/texts" ]; then
    check "and on the reference texts" $accuracy --labels "$shared/gold/dev.ndjson" --root "$shared/gold/texts" \
        --require "$required,number@all=0.98,date@all=1,council_type@all=0.98,president@all=1,secretary@all=1,rapporteur@all=0.92,objet@all=0.88,vote.outcome@all=0.85,vote.outcome=1,present@all=0.99,absent@all=0.99,proxies@all=0.99,matiere@all=0.82,amount_max@all=0.8,acts=0.84"
else
    result 0 "and on the reference texts # SKIP they are not here"
fi

seed="$shared/seed/deliberation-19-09-107.md"
field() { # WANTED NAME
    if [ -e "$seed" ]; then
        check_holds "the seed: $2" "$1" "$record"
    else
        result 0 "the seed: $2 # SKIP it is not here"
    fi
}
record=$([ ! -e "$seed" ] || delib-index --explain --format ndjson "$seed")
field '"date":"2019-09-30"' date
field '"number":"19-09-107"' number
field '"rapporteur":"Christian LEROY"' rapporteur
field '"president":"Christian LEROY"' president
field '"secretary":"Daniel MAILLOT"' secretary
field '"convocation_date":"2019-09-18"' convocation
field '"council_type":"communautaire"' 'type of the council'
field '"objet":"CREATION DU CAMPUS DES METIERS ET DES QUALIFICATIONS INDUSTRIE ET TRANSITION NUMERIQUE"' objet
field '"topics":["Campus des Métiers et des Qualifications"]' topic
field '"decisions":["AFFIRME","RAPPELLE","APPELLE","AUTORISE"]' decisions
field '"council":{"source":"heuristic","confidence":"low"' "the council is a guess, and says so"
