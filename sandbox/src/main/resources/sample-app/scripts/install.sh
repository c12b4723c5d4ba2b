#!/bin/sh
# AfterInstall: the files are copied; make them the current release.
set -eu

app="${INSTANCE_ROOT:-}/opt/checkout"

for file in version behaviour.properties; do
  if [ ! -s "$app/release/$file" ]; then
    echo "checkout: $app/release/$file is missing or empty" >&2
    exit 1
  fi
done

# What runs must not read half of the new release and half of the old one.
rm -rf "$app/next"
cp -R "$app/release" "$app/next"
rm -rf "$app/current"
mv "$app/next" "$app/current"
echo "checkout: installed $(cat "$app/current/version")"
