#!/bin/sh
# ApplicationStart: from here on the current release runs. Restarts, because a release whose validation failed may still be
# running: CodeDeploy does not stop what it never called a success.
set -eu
exec 2>&1

app="${INSTANCE_ROOT:-}/opt/app"
version=$(cat "$app/current/version")

# An earlier release's crashes do not count.
systemctl reset-failed app.service || true
if ! systemctl restart app.service; then
  journalctl --unit app.service --lines 20 --no-pager --output cat | tail -c 1200
  echo "app: $version does not start"
  exit 1
fi
echo "app: $version started"
