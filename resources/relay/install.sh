#!/bin/sh
# Sets up the relay on a Debian server with nginx in front, or brings it up to date. As root, in the folder that holds this:
#   sh install.sh relay.example.com 203.0.113.7     name of the relay, public address of this server
#   sh install.sh                                   later: takes up a new oa-desk-relay.mjs
# It can be run again whenever it stopped: key, options, certificate and messages that are there stay as they are.
set -eu
cd "$(dirname "$0")"

# Another root than the machine's, for trying it out.
root=${OADESK_ROOT:-}
config=$root/etc/oa-desk-relay
program=$root/opt/oa-desk-relay
backups=$root/var/backups/oa-desk-relay
nginx=$root/etc/nginx
name=${1:-}
address=${2:-}

say() { printf '\n== %s\n' "$*"; }
stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

[ "$(id -u)" -eq 0 ] || stop "Run this as root: sudo sh install.sh $*"
[ -f oa-desk-relay.mjs ] || stop "oa-desk-relay.mjs is not in this folder: npm run relay:bundle makes it, in dist/relay."
is_update=no
[ -f "$config/relay.env" ] && is_update=yes
if [ -z "$name" ] || [ -z "$address" ]; then
  [ $is_update = yes ] || stop "Say the relay's name and this server's public address: sh install.sh relay.example.com 203.0.113.7"
else
  case $name in
  *[!A-Za-z0-9.-]* | .* | -* | *.) stop "$name is not the name of a server, such as relay.example.com" ;;
  *.*) ;;
  *) stop "$name is not the name of a server, such as relay.example.com" ;;
  esac
  case $address in
  *[!0-9a-fA-F.:]*) stop "$address is not an address, such as 203.0.113.7" ;;
  esac
  getent ahosts "$name" | grep -q "^$address " ||
    stop "$name does not lead to $address. Add the A record at your domain provider, wait some minutes and run this again."
fi

say "Programs"
command -v curl >/dev/null && command -v openssl >/dev/null || {
  apt-get update
  apt-get install -y curl openssl
}
if [ ! -x "$root/usr/bin/node" ]; then
  apt-get update
  apt-get install -y nodejs
fi
"$root/usr/bin/node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 18) ? 0 : 1)' ||
  stop "Node $("$root/usr/bin/node" --version) is too old: install Node 22 as https://github.com/nodesource/distributions says and run this again."

say "The relay"
if [ $is_update = yes ] && [ -f "$root/var/lib/oa-desk-relay/relay.db" ]; then
  "$root/usr/local/bin/oa-desk-relay" backup "$root/var/backups/oa-desk-relay/before-$(date +%Y%m%d-%H%M%S).db"
fi
id oa-desk-relay >/dev/null 2>&1 ||
  useradd --system --home-dir /var/cache/oa-desk-relay --no-create-home --shell /usr/sbin/nologin oa-desk-relay
install -D -m 644 oa-desk-relay.mjs "$program/oa-desk-relay.mjs"
[ ! -f relay.md ] || install -m 644 relay.md "$program/relay.md"
install -D -m 755 oa-desk-relay "$root/usr/local/bin/oa-desk-relay"
install -D -m 644 oa-desk-relay.service "$root/etc/systemd/system/oa-desk-relay.service"
install -d -m 700 "$config"
if [ ! -s "$config/master.key" ]; then
  (umask 077 && openssl rand -hex 32 >"$config/master.key")
fi
if [ $is_update = no ]; then
  # nginx passes the tunnel on from 8443, because a web server does not speak it.
  printf 'RELAY_OPTIONS=%s\n' "--public-url https://$name --egress-address $address --tunnel-port 8788 --tunnel-host 127.0.0.1 --tunnel-url https://$name:8443" >"$config/relay.env"
fi
install -d -m 700 "$backups"
chown oa-desk-relay "$backups"
if [ ! -f "$root/etc/cron.daily/oa-desk-relay" ]; then
  install -d "$root/etc/cron.daily"
  cat >"$root/etc/cron.daily/oa-desk-relay" <<'EOF'
#!/bin/sh
# One backup a day, kept for two weeks. Copy them to another machine now and then.
/usr/local/bin/oa-desk-relay backup /var/backups/oa-desk-relay/$(date +%F).db > /dev/null
find /var/backups/oa-desk-relay -name '*.db' -mtime +14 -delete
EOF
  chmod 755 "$root/etc/cron.daily/oa-desk-relay"
fi
systemctl daemon-reload
systemctl enable oa-desk-relay
systemctl restart oa-desk-relay
tries=0
until curl -fs http://127.0.0.1:8787/healthz; do
  tries=$((tries + 1))
  [ $tries -lt 30 ] || stop "The relay does not answer. Why, is in: journalctl -u oa-desk-relay -n 20"
  sleep 1
done

if [ -n "$name" ]; then
  say "Certificate and web server"
  apt-get install -y --no-install-recommends nginx libnginx-mod-stream certbot cron
  [ -f "$root/etc/letsencrypt/live/$name/fullchain.pem" ] ||
    certbot certonly --webroot -w /var/www/html -d "$name" --deploy-hook 'systemctl reload nginx'
  # Where IPv6 is switched off nginx would not start with its addresses.
  without='^no such line$'
  [ -f /proc/net/if_inet6 ] || without='listen \[::\]'
  for file in nginx.conf:sites-available/oa-desk-relay nginx-tunnel.conf:oa-desk-relay-tunnel.conf; do
    sed "s/relay\.example\.com/$name/g; /$without/d" "${file%%:*}" >"$nginx/${file#*:}"
  done
  ln -sf /etc/nginx/sites-available/oa-desk-relay "$nginx/sites-enabled/oa-desk-relay"
  rm -f "$nginx/sites-enabled/default"
  grep -q oa-desk-relay-tunnel.conf "$nginx/nginx.conf" ||
    echo 'include /etc/nginx/oa-desk-relay-tunnel.conf;' >>"$nginx/nginx.conf"
  nginx -t
  systemctl reload nginx
fi

say "Ready"
if "$root/usr/local/bin/oa-desk-relay" devices | grep -q '^No computer'; then
  cat <<EOF
Write down the master key and keep it away from this server; backups do not contain it:

  $(cat "$config/master.key")

Then pair your computer: in the app, Accounts → Add account → Connect manually (公众号 → 添加公众号 → 手动接入),
with the address https://${name:-of your relay} and this code:

EOF
  "$root/usr/local/bin/oa-desk-relay" invite
fi
printf '\nIs everything well? oa-desk-relay doctor --url https://%s --probe --lang zh\n' "${name:-THE.RELAY}"
