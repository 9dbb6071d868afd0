#!/bin/sh
# The browser tests need Chromium, and a Korean font so that their pictures can be read. What is there is used; what
# is missing is installed by apt when that is allowed, else the line to run is printed.
set -eu

missing_packages() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        echo chromium
    if ! command -v fc-list >/dev/null; then
        echo fontconfig fonts-nanum
    elif [ -z "$(fc-list :lang=ko family)" ]; then
        echo fonts-nanum
    fi
}

packages=$(missing_packages | tr '\n' ' ')
[ -n "$packages" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the browser tests: $packages" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of words on purpose
    apt-get install -y -qq $packages >/dev/null </dev/null
    packages=$(missing_packages | tr '\n' ' ')
    [ -n "$packages" ] || exit 0
    echo "apt has installed them, and still they are not found: $packages" >&2
    exit 1
fi

echo "The browser tests need Chromium and a Korean font. Missing: $packages" >&2
echo "Run this once, then make test again:" >&2
echo "  sudo apt-get update && sudo apt-get install -y $packages" >&2
exit 1
