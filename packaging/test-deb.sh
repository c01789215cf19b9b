#!/bin/sh
# Tries the .deb as a new user would: unpacked into a folder of its own, or, with --install and as root, installed by
# dpkg and removed again. Without Java on the PATH, with an empty home, without a display.
set -eu
cd "$(dirname "$0")/.."
deb=$(ls -t target/package/sirkuit_*.deb | head -1)
work=$(mktemp -d)
installed=
finish() {
  [ -z "$installed" ] || dpkg -r sirkuit >/dev/null
  rm -rf "$work"
}
trap finish EXIT INT TERM
if [ "${1:-}" = --install ]; then
  dpkg -i "$deb"
  installed=yes
  root=
else
  root=$work/root
  dpkg -x "$deb" "$root"
fi
export_home=$work/home
mkdir "$export_home"
clean() {
  env -i PATH="$root/usr/bin:/usr/bin:/bin" HOME="$export_home" LANG=C.UTF-8 "$@"
}
fail() {
  echo "test-deb: $1" >&2
  exit 1
}

clean sirkuit --version
clean sirkuit inspect src/test/resources/sirkuit/reference/modernbert/model | tee "$work/inspected"
grep -q '^family *modernbert' "$work/inspected" || fail "inspect does not know the checkpoint"
clean sirkuit fetch no/such --offline 2>"$work/offline" && fail "there is no such model"
grep -q 'is not in the cache' "$work/offline" || fail "fetch says something else"

# The window, without a display, opens, shows itself and ends.
clean env SIRKUIT_JVM_OPTIONS="-Dglass.platform=Headless -Dprism.order=sw -Dsirkuit.timing=true -Dsirkuit.rehearse=true" \
  timeout 120 sirkuit 2>&1 | tee "$work/window"
grep -q '^window visible after' "$work/window" || fail "no window came"

# What was linked ahead of time is taken.
clean env SIRKUIT_JVM_OPTIONS="-Xlog:class+load=info" sirkuit --version >"$work/classes"
grep -q 'sirkuit.cli.Main source: shared objects file' "$work/classes" || fail "the classes kept ahead of time are not used"
grep -c 'source: shared objects file' "$work/classes" | sed 's/$/ classes from sirkuit.aot/'

test -s "$root/usr/share/applications/sirkuit.desktop" || fail "no desktop entry"
test -s "$root/usr/share/icons/hicolor/256x256/apps/sirkuit.png" || fail "no icon"
test -s "$root/usr/share/mime/packages/sirkuit.xml" || fail "no file type"
if [ -n "$installed" ]; then
  dpkg -r sirkuit >/dev/null
  installed=
  [ ! -e /opt/sirkuit ] && [ ! -e /usr/bin/sirkuit ] || fail "removing it left something behind"
  echo "removed without a trace"
fi
echo "$deb: $(($(wc -c <"$deb") / 1000000)) MB, works"
