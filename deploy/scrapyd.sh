#!/bin/sh
# The whole way of docs/deploy-scrapyd.md, tried on this machine against a demo site on loopback:
# start Scrapyd, add the project, schedule a crawl, wait, load the feed that it wrote.
#
#   deploy/scrapyd.sh SCRAPYD_PYTHON [WORKDIR]
#
# SCRAPYD_PYTHON: python of a virtual environment that has scrapyd and the packages of
# requirements.lock. The python of this project is found in .venv, else on the PATH.
set -eu

scrapyd_python=$1
work=${2:-$(mktemp -d)}
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
python=$root/.venv/bin/python
[ -x "$python" ] || python=python3
port=6801
api=http://127.0.0.1:$port
mkdir -p "$work"
cd "$work"

cat > scrapyd.conf <<CONF
[scrapyd]
bind_address = 127.0.0.1
http_port = $port
items_dir = items
logs_dir = logs
eggs_dir = eggs
dbs_dir = dbs
poll_interval = 0.5
max_proc = 1
CONF

PYTHONPATH=$root "$python" - > site.url <<'SITE' &
import sys
from crawlers.demo import DemoSite

with DemoSite("2026-11-22", "fun") as site:
    print(site.url)
    sys.stdout.flush()
    site.wait()
SITE
site=$!
"$scrapyd_python" -m scrapyd > scrapyd.log 2>&1 &
scrapyd=$!
trap 'kill $scrapyd $site 2>/dev/null' EXIT

# Scrapyd says "error" with HTTP 200.
ask() {
    answer=$(curl --silent --show-error "$@") || return 1
    echo "$answer"
    case $answer in *'"status": "ok"'*) ;; *) return 1 ;; esac
}
until ask "$api/daemonstatus.json" 2>/dev/null && [ -s site.url ]; do sleep 0.5; done

"$python" "$root/deploy/egg.py" moocscout.egg
ask "$api/addversion.json" -F project=moocscout -F version=r1 -F egg=@moocscout.egg
ask "$api/listspiders.json?project=moocscout"
ask "$api/schedule.json" -d project=moocscout -d spider=fun -d jobid=trial \
    -d "base_url=$(cat site.url)" \
    -d setting=MOOCSCOUT_DAY=2026-11-22 \
    -d setting=DOWNLOAD_DELAY=0 -d setting=AUTOTHROTTLE_ENABLED=0
until curl --silent "$api/listjobs.json?project=moocscout" | grep -q '"finished": \[{'; do
    sleep 1
done
ask "$api/listjobs.json?project=moocscout"
tail -n 1 items/moocscout/fun/trial.jl
cd "$root"
"$python" -m moocscout load "$work/items/moocscout/fun/trial.jl" --db "$work/catalogue.db"
