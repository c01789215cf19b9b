#!/bin/sh
# An installer for this system: mvn -Ppackage package, which calls this after the build; or, after any build,
# packaging/package.sh VERSION. --image makes the app image only.
set -eu
cd "$(dirname "$0")/.."
only=
if [ "${1:-}" = --image ]; then
  only=image
  shift
fi
version=${1:-}
if [ -z "$version" ]; then
  version=$(sed -n 's:^  <version>\(.*\)</version>.*:\1:p' pom.xml | head -1)
fi
built=target/sirkuit/lib/built-with
[ -f "$built" ] || { echo "nothing is built yet: run mvn -Ppackage package" >&2; exit 2; }
jdk=${SIRKUIT_JDK:-$(tr -d '\r' <"$built")}
"$jdk/bin/java" packaging/build/AppImage.java target/sirkuit target/package "$version"
[ -z "$only" ] || exit 0
case $(uname -s) in
  Linux)
    if command -v dpkg-deb >/dev/null; then
      sh packaging/deb.sh "$version"
    else
      echo "no dpkg-deb here: target/package/sirkuit is complete as it is, and may be copied anywhere"
    fi
    ;;
  Darwin) sh packaging/dmg.sh "$version" "$jdk" ;;
  *) sh packaging/msi.sh "$version" "$jdk" ;;
esac
