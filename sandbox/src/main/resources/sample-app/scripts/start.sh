#!/bin/sh
# ApplicationStart: from here on the instance answers with the current release.
set -eu

app="${INSTANCE_ROOT:-}/opt/checkout"

mkdir -p "$app/run"
cp "$app/current/version" "$app/run/starting"
mv "$app/run/starting" "$app/run/started"
echo "checkout: started $(cat "$app/run/started")"
