#!/usr/bin/env bash
# delib-serve under load: people are answered while others hold connections open and send nothing, and a burst of requests
# leaves no error, no memory and no descriptor behind. DELIB_LOAD_S says how long the burst is (2 s; a release takes 60).
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
# shellcheck source=tests/web/lib.sh
source "$SOURCE_DIR/tests/web/lib.sh"
plan 5

delib-index -a "$work/archive" "$SOURCE_DIR/data/sample" 2>/dev/null
# What the sanitizer keeps of freed memory would be taken for a leak.
ASAN_OPTIONS=${ASAN_OPTIONS:-}:quarantine_size_mb=1:thread_local_quarantine_size_kb=64 serve -a "$work/archive"
pid=${servers[0]}
port=${server##*:}

check "with 200 slow connections others are answered" python3 - "$port" <<'END'
import socket, sys, time, urllib.request
port = int(sys.argv[1])
slow = []
for _ in range(200):
    one = socket.create_connection(("127.0.0.1", port))
    one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    slow.append(one)
times = []
for _ in range(20):
    for one in slow[::10]:
        one.sendall(b"a")
    start = time.monotonic()
    urllib.request.urlopen(f"http://127.0.0.1:{port}/recherche?q=eau").read()
    times.append(time.monotonic() - start)
print("median %.0f ms" % (1000 * sorted(times)[10]))
sys.exit(0 if sorted(times)[10] < 1 else 1)
END

descriptors() {
    ls "/proc/$pid/fd" | wc -l
}
resident_kb() {
    awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"
}
burst() { # SECONDS; prints how many requests were made and how many failed
    python3 "$SOURCE_DIR/tests/web/burst.py" "$port" "$1"
}

sleep 0.1
burst 1 >"$work/warm" # so that what is kept for good is there
before=$(descriptors)
kb=$(resident_kb)
read -r made failed < <(burst "${DELIB_LOAD_S:-2}")
echo "# $made requests in ${DELIB_LOAD_S:-2} s, $failed failed"
check_same "a burst has no error" 0 "$failed"
check "it was one" test "$made" -gt 20
echo "# descriptors $before then $(descriptors); $kb kB then $(resident_kb)"
check "no descriptor is left of it" test "$(descriptors)" -le $((before + 4))
check "nor memory" test "$(resident_kb)" -le $((kb + 16384))
