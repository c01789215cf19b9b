#!/bin/sh
# Makes target/package/sirkuit-VERSION.msi of the app image in target/package/sirkuit, on Windows in Git's shell. jpackage
# needs WiX (3 or later) on the PATH. Installed for one user, so that no administrator is needed.
set -eu
cd "$(dirname "$0")/.."
version=$(echo "$1" | sed 's/-SNAPSHOT//')
jdk=$2
"$jdk/bin/jpackage" --type msi --name sirkuit --app-version "$version" --app-image target/package/sirkuit \
  --license-file LICENSE --dest target/package --win-per-user-install --win-dir-chooser \
  --win-menu --win-menu-group Sirkuit --win-upgrade-uuid 6f0f6c1e-6c5e-4f0c-9d0e-5b1c7f5d8a31
ls -l target/package/*.msi
