#!/bin/sh
# Makes target/package/sirkuit_VERSION_ARCH.deb of the app image in target/package/sirkuit. Everything is a file of the
# package: no script runs when it is installed or removed, and nothing is left behind.
set -eu
cd "$(dirname "$0")/.."
version=$1
image=target/package/sirkuit
root=target/package/deb
[ -d "$image/lib/app" ] || { echo "no app image in $image: run packaging/package.sh" >&2; exit 2; }

arch=$(dpkg --print-architecture)
# 0.1.0-SNAPSHOT comes before 0.1.0.
debian=$(echo "$version" | sed 's/-SNAPSHOT/~snapshot/')
rm -rf "$root"
mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/share/doc/sirkuit" "$root/usr/share/applications" \
  "$root/usr/share/mime/packages" "$root/usr/share/bash-completion/completions" "$root/DEBIAN"
cp -a "$image" "$root/opt/sirkuit"
ln -s ../../opt/sirkuit/bin/sirkuit "$root/usr/bin/sirkuit"
cp packaging/linux/sirkuit.desktop "$root/usr/share/applications/"
cp packaging/linux/sirkuit.xml "$root/usr/share/mime/packages/"
for size in 16 24 32 48 64 128 256 512; do
  install -D -m 644 "assets/icon-$size.png" "$root/usr/share/icons/hicolor/${size}x$size/apps/sirkuit.png"
done
install -D -m 644 assets/logo.svg "$root/usr/share/icons/hicolor/scalable/apps/sirkuit.svg"
{
  echo "Sirkuit is licensed under the Apache License 2.0, see /usr/share/common-licenses/Apache-2.0."
  echo
  cat src/main/resources/sirkuit/app/licences.txt
} >"$root/usr/share/doc/sirkuit/copyright"
"$image/bin/sirkuit" generate-completion >"$root/usr/share/bash-completion/completions/sirkuit"
sed -e "s/@VERSION@/$debian/" -e "s/@ARCHITECTURE@/$arch/" -e "s/@SIZE@/$(du -sk "$root" | cut -f1)/" \
  packaging/linux/control >"$root/DEBIAN/control"
(cd "$root" && find opt usr -type f -exec md5sum {} + >DEBIAN/md5sums)
chmod -R u+w,go-w,a+rX "$root"
deb=target/package/sirkuit_${debian}_$arch.deb
dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$deb" >/dev/null
rm -rf "$root"
echo "$deb: $(($(wc -c <"$deb") / 1000000)) MB"
