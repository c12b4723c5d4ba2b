#!/bin/sh
# ValidateService: the release that was started is the one that was installed, and it passes its own test.
set -eu

app="${INSTANCE_ROOT:-}/opt/checkout"

if ! cmp -s "$app/current/version" "$app/run/started"; then
  echo "checkout: what runs is not what was installed" >&2
  exit 1
fi
if ! grep -q '^self.test=pass$' "$app/current/behaviour.properties"; then
  echo "checkout: the self test of $(cat "$app/current/version") failed" >&2
  exit 1
fi
echo "checkout: $(cat "$app/current/version") is valid"
