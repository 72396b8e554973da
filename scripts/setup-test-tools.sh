#!/usr/bin/env bash
# Installs the outside programs that the tests use as independent readers. Does nothing, fast, when all are there.
set -euo pipefail

# purpose | command that proves it | Debian package
tools='
read PDF as a RIP would          | gs         | ghostscript
check PDF structure              | qpdf       | qpdf
rasterise PDF a second way       | pdftoppm   | poppler-utils
list pictures and fonts in PDF   | pdfimages  | poppler-utils
rasterise PDF a third way        | mutool     | mupdf-tools
check PNG chunks and checksums   | pngcheck   | pngcheck
read QR and bar codes            | zbarimg    | zbar-tools
read Data Matrix codes           | dmtxread   | dmtx-utils
queue on Redis                   | redis-server | redis-server
ledger on Postgres               | pg_ctlcluster | postgresql
run pages as shoppers do         | chromium   | chromium
'

# A second reader of machine files, for tests that compare with it and are left out without it: tried once, quickly, and never missed.
reader_folder="${BASH_SOURCE%/*}/../node_modules/.cache/pyembroidery"
if command -v python3 >/dev/null 2>&1 && [ ! -d "$reader_folder/pyembroidery" ] && ! python3 -c 'import pyembroidery' 2>/dev/null; then
  python3 -m pip install --quiet --retries 0 --timeout 10 --no-deps --target "$reader_folder" pyembroidery==1.5.1 >/dev/null 2>&1 || true
fi

missing=()
while IFS='|' read -r purpose command package; do
  command=${command//[[:space:]]/}
  package=${package//[[:space:]]/}
  [ -n "$command" ] || continue
  command -v "$command" >/dev/null 2>&1 && continue
  echo "test tools: no $command (${purpose%%  *})" >&2
  [[ " ${missing[*]-} " == *" $package "* ]] || missing+=("$package")
done <<<"$tools"

if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "test tools: this machine has no apt-get; install these by hand, then try again: ${missing[*]}" >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "test tools: neither root nor sudo; ask an administrator to install: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo --non-interactive)
fi

echo "test tools: installing ${missing[*]}" >&2
apt=("${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
"${apt[@]}" update >&2 || echo "test tools: apt-get update failed, trying with the lists at hand" >&2
"${apt[@]}" install --yes --no-install-recommends "${missing[@]}" >&2
