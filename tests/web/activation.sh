#!/usr/bin/env bash
# delib-serve behind a socket that another process opened, as systemd does: requests made before it runs are answered.
# shellcheck source=tests/cli/lib.sh
source "$SOURCE_DIR/tests/cli/lib.sh"
plan 4

delib-index -q -a "$work/archive" "$SOURCE_DIR/data/sample" 2>/dev/null
# The search for leaks at the end needs calls that the server has given up by then.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
cat >"$work/activate.py" <<'END'
import os, signal, socket, sys, time

def ask(connection, path):
    connection.sendall(b"GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path)
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer.split(b"\r\n", 1)[0].decode()

listening = socket.create_server((sys.argv[1], 0), family=socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET)
address = listening.getsockname()[:2]
early = socket.create_connection(address, timeout=20)  # the server does not run yet
process = os.fork()
if process == 0:
    os.dup2(listening.fileno(), 3)
    os.set_inheritable(3, True)
    environment = dict(os.environ, LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
    os.execvpe("delib-serve", ["delib-serve", "-a", sys.argv[2], "--listen", "127.0.0.1:1"], environment)
listening.close()
try:
    print(ask(early, b"/"), end=", ")
    print(ask(socket.create_connection(address, timeout=20), b"/recherche?q=eau"), end=", ")
    os.kill(process, signal.SIGTERM)
finally:
    print("ended with", os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
END
for address in 127.0.0.1 ::1; do
    check_same "a socket of $address that is handed over" "HTTP/1.1 200 OK, HTTP/1.1 200 OK, ended with 0" \
        "$(timeout 60 python3 "$work/activate.py" "$address" "$work/archive")"
done
check_code 2 "what is no socket is refused" bash -c \
    'exec 3</dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec delib-serve -a "$0"' "$work/archive"
check_holds "and said to be" "descriptor 3 is no listening socket" "$(cat "$work/err")"
