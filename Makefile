# make            build dist/
# make demo       a throw-away host, from the example to an answer of a container
# make test       every test
# make install    DESTDIR=, PREFIX=/usr, SYSCONFDIR=/etc; TAKE_LXC=yes also installs /etc/init.d/lxc

PREFIX ?= /usr
SYSCONFDIR ?= /etc
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
LIBEXECDIR ?= $(PREFIX)/libexec/rc-lxc
DOCDIR ?= $(PREFIX)/share/doc/rc-lxc
MANDIR ?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR ?= $(PREFIX)/share/zsh/site-functions
DESTDIR ?=
TAKE_LXC ?= no

NPM ?= npm
INSTALL ?= install
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

modules := node_modules/.package-lock.json
built := dist/main.mjs
sources := $(shell find src build templates init.d conf.d examples -type f 2>/dev/null)
services := $(notdir $(wildcard init.d/rc-lxc*))
settings := $(notdir $(wildcard conf.d/rc-lxc*))
helpers := $(notdir $(wildcard init.d/lib/*.sh))

.PHONY: all deps system system-vm demo test lint typecheck format bench clean install install-host
.DELETE_ON_ERROR:

all: $(built)

deps: $(modules)

# What the lockfile says, and nothing is written to it. `npm ci` refuses it where a registry lacks the optional
# packages of other platforms.
$(modules): package.json package-lock.json
	$(NPM) install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(built): $(modules) $(sources) package.json
	node build/compile.ts

# What the demo and the tests run for real. As root it is installed; otherwise it is named.
system:
	@sh build/system-packages.sh

# QEMU and a kernel for the virtual machine, in a folder of their own: 110 MB, and nothing in /boot. CI wants it; who has
# not got it sees the tests that need it skipped.
system-vm:
	@sh build/vm-packages.sh

demo: system $(built)
	@node build/demo.ts examples/excelsior/host.ini

test: system $(built)
	vitest run

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

clean:
	rm -rf dist coverage

install: $(built) install-host
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/rc-lxc $(DESTDIR)$(DOCDIR)/examples
	$(INSTALL) -d $(DESTDIR)$(LIBDIR)/rc-lxc/lab/agent $(DESTDIR)$(LIBDIR)/rc-lxc/lab/vm
	$(INSTALL) -m 0644 dist/*.mjs $(DESTDIR)$(LIBDIR)/rc-lxc/
	$(INSTALL) -m 0644 dist/lab/*.sh $(DESTDIR)$(LIBDIR)/rc-lxc/lab/
	$(INSTALL) -m 0644 dist/lab/agent/*.py $(DESTDIR)$(LIBDIR)/rc-lxc/lab/agent/
	$(INSTALL) -m 0644 dist/lab/vm/* $(DESTDIR)$(LIBDIR)/rc-lxc/lab/vm/
	$(INSTALL) -d $(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/lib $(DESTDIR)$(LIBDIR)/rc-lxc/lab/conf.d
	$(INSTALL) -m 0644 init.d/rc-lxc* $(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/
	$(INSTALL) -m 0644 init.d/lib/*.sh $(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/lib/
	$(INSTALL) -m 0644 conf.d/rc-lxc* $(DESTDIR)$(LIBDIR)/rc-lxc/lab/conf.d/
	chmod 0755 $(DESTDIR)$(LIBDIR)/rc-lxc/main.mjs
	ln -sf $(LIBDIR)/rc-lxc/main.mjs $(DESTDIR)$(BINDIR)/rc-lxc
	$(INSTALL) -d $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man8 $(DESTDIR)$(BASHCOMPDIR) $(DESTDIR)$(ZSHCOMPDIR)
	$(INSTALL) -m 0644 dist/man/*.5 $(DESTDIR)$(MANDIR)/man5/
	$(INSTALL) -m 0644 dist/man/*.8 $(DESTDIR)$(MANDIR)/man8/
	$(INSTALL) -m 0644 dist/completion/rc-lxc $(DESTDIR)$(BASHCOMPDIR)/
	$(INSTALL) -m 0644 dist/completion/_rc-lxc $(DESTDIR)$(ZSHCOMPDIR)/
	$(INSTALL) -m 0644 README.md CHANGELOG.md LICENSE $(DESTDIR)$(DOCDIR)/
	for host in examples/*/; do \
		$(INSTALL) -d "$(DESTDIR)$(DOCDIR)/$$host" && \
		$(INSTALL) -m 0644 "$$host"* "$(DESTDIR)$(DOCDIR)/$$host" || exit 1; \
	done

# The part that the host runs: shell and its settings, no Node. Settings that a person has edited are kept,
# and the new ones go beside them, as Portage does it.
install-host:
	$(INSTALL) -d $(DESTDIR)$(SYSCONFDIR)/init.d $(DESTDIR)$(SYSCONFDIR)/conf.d $(DESTDIR)$(LIBEXECDIR)
	for file in $(helpers); do \
		sed 's|@LIBEXECDIR@|$(LIBEXECDIR)|g' "init.d/lib/$$file" >"$(DESTDIR)$(LIBEXECDIR)/$$file" && \
		chmod 0644 "$(DESTDIR)$(LIBEXECDIR)/$$file" || exit 1; \
	done
	for file in $(services); do \
		sed 's|@LIBEXECDIR@|$(LIBEXECDIR)|g' "init.d/$$file" >"$(DESTDIR)$(SYSCONFDIR)/init.d/$$file" && \
		chmod 0755 "$(DESTDIR)$(SYSCONFDIR)/init.d/$$file" || exit 1; \
	done
	for file in $(settings); do \
		target="$(DESTDIR)$(SYSCONFDIR)/conf.d/$$file"; \
		if [ -e "$$target" ] && ! cmp -s "conf.d/$$file" "$$target"; then \
			target="$(DESTDIR)$(SYSCONFDIR)/conf.d/._cfg0000_$$file"; \
		fi; \
		$(INSTALL) -m 0644 "conf.d/$$file" "$$target" || exit 1; \
	done
	if [ "$(TAKE_LXC)" = yes ]; then ln -sf rc-lxc "$(DESTDIR)$(SYSCONFDIR)/init.d/lxc"; fi
