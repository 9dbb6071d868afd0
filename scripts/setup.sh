#!/bin/sh
# Sets up .venv in the checkout: `setup.sh run` with what the product needs, `setup.sh dev` with the tools as well,
# `setup.sh bench` with the peers of the benchmarks beside them.
# The stamp is a copy of what the set-up was made from (this folder's path and pyproject.toml), so that a moved
# checkout or a changed dependency is noticed, and nothing else costs more than a comparison of two small files.
set -eu
cd "$(dirname "$0")/.."

kind=${1:?run, dev or bench}
venv=.venv

# These would send the packages elsewhere than to .venv.
unset PIP_USER PIP_TARGET PIP_PREFIX PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

is_current() {
    [ -f "$venv/stamp-$1" ] && { pwd -P; cat pyproject.toml; } | cmp -s - "$venv/stamp-$1"
}

is_good() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
        if is_good "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer with its venv module is needed, and none was found on PATH." >&2
    echo "On Debian and Ubuntu: apt-get install -y python3 python3-venv. Elsewhere: make PYTHON=/path/to/python3.11" >&2
    return 1
}

if [ -x "$venv/bin/python" ]; then
    # Each of bench, dev and run contains what the next one needs.
    case $kind in
        run) good_enough="run dev bench" ;;
        dev) good_enough="dev bench" ;;
        *) good_enough=$kind ;;
    esac
    for made in $good_enough; do
        if is_current "$made"; then
            exit 0
        fi
    done
fi

if ! is_good "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "Setting up .venv with $("$python" -V) ..." >&2
    "$python" -m venv --clear "$venv"
fi

rm -f "$venv/stamp-run" "$venv/stamp-dev" "$venv/stamp-bench"
echo "Installing what pyproject.toml asks for ($kind); the first time takes about a minute ..." >&2
if [ "$kind" = run ]; then
    "$venv/bin/python" -m pip install -qq --editable .
else
    # The pip that comes with Python 3.11 does not know dependency groups.
    "$venv/bin/python" scripts/dependency_group.py "$kind" >"$venv/requirements-$kind.txt"
    "$venv/bin/python" -m pip install -qq --editable . --requirement "$venv/requirements-$kind.txt"
fi
{ pwd -P; cat pyproject.toml; } >"$venv/stamp-$kind"
