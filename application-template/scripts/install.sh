#!/bin/sh
# AfterInstall: the files are copied; makes them the current release.
set -eu
exec 2>&1

app="${INSTANCE_ROOT:-}/opt/app"

fail() {
  echo "app: $1"
  exit 1
}

for file in run service.env version; do
  [ -s "$app/release/$file" ] || fail "the revision has no $file, or an empty one"
done
version=$(cat "$app/release/version")
case "$version" in
  *[!A-Za-z0-9._-]*) fail "a version is letters, digits, dot, underscore and hyphen, not '$version'" ;;
esac

# What runs must not read half of the new release and half of the old one.
rm -rf "$app/next"
cp -R "$app/release" "$app/next"
echo "APP_VERSION=$version" >"$app/next/version.env"
# The service is a user of its own, that owns nothing here.
chmod -R a+rX,go-w "$app/next"
chmod 755 "$app/next/run"
rm -rf "$app/current"
mv "$app/next" "$app/current"

systemctl daemon-reload || fail "systemd does not read its units"
# After a reboot the instance serves again by itself.
systemctl enable app.service || fail "the unit cannot be enabled"
echo "app: installed $version"
