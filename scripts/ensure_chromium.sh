#!/bin/sh
# The browser tests need Debian's chromium. Installed here when missing and root; otherwise the tests say why they cannot run.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing chromium for the browser tests"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "chromium is missing: the browser tests will say so (install Debian's package chromium)"
fi
exit 0
