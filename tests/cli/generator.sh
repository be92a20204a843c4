# How well the fields of generated deliberations are read, in every way of writing that tests/generator knows: a floor
# under each field, what is reached rounded down. Raise it with what you win.
. "$(dirname "$0")/lib.sh"
plan 5

generate="$SOURCE_DIR/tests/generator/generate"

check "deliberations are generated" "$generate" --seed 7 --count 150 "$work/acts"
"$generate" --seed 7 --count 150 "$work/again"
check "the same seed gives the same bytes" diff -r "$work/acts" "$work/again"
"$generate" --seed 7 --count 20 "$work/fewer"
check_same "a file does not depend on how many there are" \
    "$(cd "$work/acts" && sha256sum acte-001*)" "$(cd "$work/fewer" && sha256sum acte-001*)"
"$generate" --seed 8 --count 20 "$work/other"
check_code 1 "another seed gives others" cmp -s "$work/acts/labels.ndjson" "$work/other/labels.ndjson"

required=number@all=0.99,date@all=1.00,convocation_date@all=1.00,council@all=0.99,\
council_type@all=0.99,siren@all=1.00,president@all=0.98,secretary@all=0.99,\
rapporteur@all=1.00,objet@all=1.00,vote.outcome@all=0.99,vote.unanimous@all=1.00,\
vote.pour@all=1.00,vote.contre@all=1.00,vote.abstention@all=1.00,vote.nppv@all=1.00,\
present@all=0.99,absent@all=1.00,proxies@all=0.99,matiere@all=0.88,amount_max@all=1.00,acts=1.00
check "each field is read as well as it was" "$SOURCE_DIR/scripts/accuracy" --program "$BUILD_DIR/delib-index" \
    --labels "$work/acts/labels.ndjson" --require "$required"
