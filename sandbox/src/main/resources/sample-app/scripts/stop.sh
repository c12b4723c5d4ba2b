#!/bin/sh
# ApplicationStop: take the running release down. On a fresh instance there is nothing to stop, and that is fine.
set -eu

app="${INSTANCE_ROOT:-}/opt/checkout"

rm -f "$app/run/started"
echo "checkout: stopped"
