#!/bin/sh
# ApplicationStop: takes the running release down. CodeDeploy runs it from the revision that was installed before; on a fresh
# instance there is none, so start.sh does not count on it.
set -eu
exec 2>&1

if ! systemctl cat app.service >/dev/null; then
  echo "app: nothing to stop"
  exit 0
fi
if ! systemctl stop app.service; then
  echo "app: it does not stop"
  exit 1
fi
echo "app: stopped"
