#!/bin/sh
# Lays a revision out: build/revision.sh VERSION FOLDER. The pipeline packs the folder; nothing but what an instance needs
# goes in.
set -eu

version=$1
folder=$2

if [ -z "$version" ]; then
  echo "a revision needs a version" >&2
  exit 1
fi
rm -rf "$folder"
mkdir -p "$folder"
cp -R appspec.yml service.env app scripts systemd "$folder"
echo "$version" >"$folder/version"
