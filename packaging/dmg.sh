#!/bin/sh
# Makes target/package/Sirkuit-VERSION.dmg of the app image in target/package/Sirkuit.app, on macOS. For other people's
# machines sign it: SIRKUIT_SIGNING_KEY is the name of a Developer ID in the keychain.
set -eu
cd "$(dirname "$0")/.."
version=$(echo "$1" | sed -e 's/-SNAPSHOT//' -e 's/^0\./1./')
jdk=$2
set -- --type dmg --name Sirkuit --app-version "$version" --app-image target/package/Sirkuit.app \
  --license-file LICENSE --dest target/package
if [ -n "${SIRKUIT_SIGNING_KEY:-}" ]; then
  set -- "$@" --mac-sign --mac-signing-key-user-name "$SIRKUIT_SIGNING_KEY"
fi
"$jdk/bin/jpackage" "$@"
ls -l target/package/*.dmg
