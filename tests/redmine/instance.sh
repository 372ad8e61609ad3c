# shellcheck shell=bash
# What `up` and `lever` share: where one Redmine lives, and how to run something inside it.
# Sourced after `set -euo pipefail`; $port must be set, $path where it is not at the root.

readonly SKIP=75 # "cannot be had on this machine": the caller counts its Redmine tests as skipped

say()  { printf 'redmine: %s\n' "$*" >&2; }
die()  { say "$*"; exit 1; }
skip() { say "skipped: $*"; exit "$SKIP"; }

# A chroot needs root. The cache folder is passed on, because sudo changes HOME.
become_root() {
  [ "$EUID" -eq 0 ] && return
  sudo -n true 2>/dev/null || skip 'a chroot needs root, and sudo asks for a password here'
  exec sudo -n env PORT="$port" TALLYKEY_REDMINE_CACHE="$cache" MIRROR="${MIRROR:-}" SUITES="${SUITES:-}" "$0" "$@"
}

[[ ${port:?} =~ ^[0-9]{1,5}$ ]] || die "not a port: $port"
[[ ${path:=} =~ ^(/[A-Za-z0-9._-]+)*$ ]] || die "not a path: $path"
cache=${TALLYKEY_REDMINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tallykey/redmine}
home=$cache/port-$port           # everything of the Redmine on this port
chroot=$home/chroot
base=http://127.0.0.1:$port$path
database=/var/lib/dbconfig-common/sqlite3/redmine/instances/default/redmine_default

# Runs a command as www-data in Redmine's folder, with an environment that owes nothing to the caller's.
# UTC on purpose: "today" must be the same day for the seed, the server and this script.
inside() {
  chroot --userspec=www-data:www-data "$chroot" /usr/bin/env -i \
    PATH=/usr/local/bin:/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 TZ=UTC \
    RAILS_ENV=production REDMINE_INSTANCE=default SEED_HOST="127.0.0.1:$port" \
    /bin/sh -c 'cd /usr/share/redmine && exec "$@"' sh "$@"
}

sql() { inside sqlite3 -cmd '.timeout 5000' "$database" "$1"; }

# The pid of our server, or failure. A pid that was reused by another program has another root folder.
server_pid() {
  local pid
  pid=$(cat "$chroot/tmp/puma.pid" 2>/dev/null) || return 1
  [ "$(readlink "/proc/$pid/root" 2>/dev/null)" = "$(readlink -f "$chroot")" ] || return 1
  printf '%s\n' "$pid"
}

answers() { curl -fsS --noproxy '*' --max-time 60 -o /dev/null "$base/login" 2>/dev/null; }
