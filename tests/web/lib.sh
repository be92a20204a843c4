# What the tests of the page share: source it after tests/cli/lib.sh.
#   serve OPTIONS...   start delib-serve on a free port; $server is its address then
#   fetch PATH         the body; its code is in $code, its headers are in $work/headers
export DELIB_LOCALE_DIR=$BUILD_DIR/locale
servers=()

stop_servers() {
    [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null
    wait 2>/dev/null
    servers=()
}
trap 'stop_servers; finish' EXIT

serve() {
    local tries=0
    : >"$work/server"
    delib-serve --listen 127.0.0.1:0 "$@" 2>"$work/server" &
    servers+=($!)
    server=
    while [ -z "$server" ] && [ $tries -lt 100 ]; do
        server=$(sed -n 's|^delib-serve: \(http://.*\)/$|\1|p' "$work/server")
        [ -n "$server" ] || sleep 0.05
        tries=$((tries + 1))
    done
    [ -n "$server" ] || { echo "# the server did not start:"; sed 's/^/# /' "$work/server"; exit 1; }
}

fetch() {
    local path=$1
    shift
    code=$(curl -s --path-as-is -D "$work/headers" -o "$work/body" -w '%{http_code}' "$@" "$server$path")
    cat "$work/body"
}

# The code alone, for where the body does not matter.
code_of() {
    fetch "$@" >"$work/body.seen"
    echo "$code"
}
