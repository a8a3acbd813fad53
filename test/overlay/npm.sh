#!/bin/sh
# Stands in for npm where there is no network: npm.sh MODULES, in a checkout. The packages are those that are in MODULES.
set -eu

mkdir node_modules
ln -s "$1"/* "$1/.bin" node_modules/
