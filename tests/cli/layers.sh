# The layers, the one C++ file, and the rules of style that a program can see.
. "$(dirname "$0")/lib.sh"
plan 4

check "no #include breaks the layers" "$SOURCE_DIR/scripts/check-layers"
check_same "and the check says nothing" "" "$(cat "$work/out")"
check "no rule of style is broken" "$SOURCE_DIR/scripts/check-style"
check_same "xapian.h is included in one place only" "lib/xapian-c/xapian_c.cc" \
    "$(cd "$SOURCE_DIR" && grep -rlE '#include <xapian' lib indexer query tests --include='*.c' --include='*.h' --include='*.cc')"
