#!/bin/sh
# Lays out the root of a container: `image-root.sh EXECUTABLE FOLDER`. The executable becomes /theset;
# with it come the loader and the libraries that it and the add-on inside it name, and an empty /data.
set -eu
executable=$1
root=$2

mkdir -p "$root/data"
cp "$executable" "$root/theset"
chmod 755 "$root/theset"

# Any command makes the program unpack its add-on.
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
CACHE_DIR=$unpacked "$root/theset" version >"$unpacked/version"
addon=$(find "$unpacked" -name '*.node')

# Lines of ldd are "name => /path (address)" and, for the loader, "/path (address)".
for file in "$root/theset" "$addon"; do
	ldd "$file" | grep -o '/[^ ]*' | while read -r library; do
		mkdir -p "$root$(dirname "$library")"
		cp -L "$library" "$root$library"
	done
done
