# Runs a throw-away PostgreSQL server until nobody holds users.lock any more: FOLDER PROGRAMS
# The caller holds start.lock until it has read "ready".
folder=$1 programs=$2 cluster=$1/cluster
exec 8<"$folder/start.lock" 9<"$folder/users.lock"
"$programs/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$cluster/log" 2>&1 || exit 1
"$programs/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" \
    -o "-c listen_addresses= -c unix_socket_directories=$cluster -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB" \
    start >>"$cluster/log" 2>&1 8<&- 9<&- || exit 1
echo ready
exec >/dev/null
quiet=0
while :; do
    sleep 1
    if ! flock -n -x 9; then quiet=0; continue; fi
    flock -u 9
    quiet=$((quiet + 1))
    [ "$quiet" -ge 10 ] || continue
    # Nobody may come in between the last look and the end.
    flock -x 8
    if flock -n -x 9; then
        "$programs/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1 8<&- 9<&-
        rm -rf "$cluster/data" "$cluster"/.s.* "$cluster/log"
        exit 0
    fi
    flock -u 8
    quiet=0
done
