# make            build dist/
# make demo       a throw-away host, from the example to an answer of a container
# make test       every test
# make measure    docs/measurements/ and the speeds in bench/results/, which the pages show, anew
# make dist       release/rc-lxc-VERSION.tar.gz, the same bytes wherever it is made; rc-lxc-9999.tar.gz of what is no release
# make release    VERSION=: version numbers, change log, tarball and ebuild, all or none of them
# make install    see install.mk

NPM ?= npm
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

modules := node_modules/.package-lock.json
built := dist/main.mjs
sources := $(shell find src build templates init.d conf.d examples bench/results docs/measurements -type f 2>/dev/null)

# The first target is what `make` makes; install.mk has an `all` of its own for it.
.PHONY: deps system system-vm system-portage system-wiki system-chromium demo test lint typecheck format bench measure dist release clean
.DELETE_ON_ERROR:

include install.mk

all install-command install-lab install-manual: $(built)

deps: $(modules)

# What the lockfile says, and nothing is written to it. `npm ci` refuses it where a registry lacks the optional
# packages of other platforms.
$(modules): package.json package-lock.json
	$(NPM) install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

# Man pages have the day that the change log gives the release.
$(built): $(modules) $(sources) package.json CHANGELOG.md
	node build/compile.ts

# What the demo and the tests run for real. As root it is installed; otherwise it is named.
system:
	@sh build/system-packages.sh

# QEMU and a kernel for the virtual machine, in a folder of their own: 110 MB, and nothing in /boot. CI wants it; who has
# not got it sees the tests that need it skipped.
system-vm:
	@sh build/vm-packages.sh

# Portage and pkgcheck, in a folder of their own. CI wants them; who has not got them sees the tests that need them skipped.
system-portage:
	@sh build/portage.sh

# PHP, and Debian's MediaWiki in a folder of its own: what wiki pages are shown on. CI wants it; who has not got it sees the
# tests that need it skipped.
system-wiki:
	@sh build/wiki-packages.sh

# Debian's Chromium, and fonts: what pages of HTML and drawings are looked at with. CI wants it; who has not got it sees the
# tests that need it skipped.
system-chromium:
	@sh build/chromium-packages.sh

demo: system $(built)
	@node build/demo.ts examples/excelsior/host.ini

test: system $(built)
	@node build/test.ts

typecheck: $(modules)
	tsc

lint: typecheck
	oxlint --type-aware --deny-warnings
	oxfmt --check .
	knip
	sh build/shellcheck.sh

format: $(modules)
	oxfmt .

bench: system $(built)
	node bench/run.ts

measure: system $(modules)
	node build/measure.ts

# Built anew: what is there may be of other sources, or of another day.
dist: $(modules)
	node build/compile.ts
	sh build/dist.sh

release: $(modules)
	node build/release.ts "$(VERSION)"

clean:
	rm -rf dist release coverage
