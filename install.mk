# Installs what is built in dist/. A release's tarball has this as its Makefile: it needs neither npm nor a network.
#
# make install    DESTDIR=, PREFIX=/usr, SYSCONFDIR=/etc; LAB=no leaves out what `rc-lxc lab` runs, DOC=no the manual;
#                 TAKE_LXC=yes also installs /etc/init.d/lxc
# make check      what can be tested without root

PREFIX ?= /usr
SYSCONFDIR ?= /etc
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
LIBEXECDIR ?= $(PREFIX)/libexec/rc-lxc
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
DOCDIR ?= $(DATADIR)/doc/rc-lxc
BASHCOMPDIR ?= $(DATADIR)/bash-completion/completions
ZSHCOMPDIR ?= $(DATADIR)/zsh/site-functions
DESTDIR ?=
TAKE_LXC ?= no
LAB ?= yes
DOC ?= yes

INSTALL ?= install

services := $(notdir $(wildcard init.d/rc-lxc*))
settings := $(notdir $(wildcard conf.d/rc-lxc*))
helpers := $(notdir $(wildcard init.d/lib/*.sh))

.PHONY: all check install install-command install-lab install-manual install-host

all:

check:
	sh build/self-check.sh

install: install-command install-manual install-host
ifeq ($(LAB),yes)
install: install-lab
endif

install-command:
	$(INSTALL) -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(LIBDIR)/rc-lxc/licences"
	$(INSTALL) -m 0644 dist/*.mjs "$(DESTDIR)$(LIBDIR)/rc-lxc/"
	$(INSTALL) -m 0644 dist/licences/* "$(DESTDIR)$(LIBDIR)/rc-lxc/licences/"
	chmod 0755 "$(DESTDIR)$(LIBDIR)/rc-lxc/main.mjs"
	ln -sf "$(LIBDIR)/rc-lxc/main.mjs" "$(DESTDIR)$(BINDIR)/rc-lxc"

install-lab:
	$(INSTALL) -d "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/agent" "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/vm"
	$(INSTALL) -m 0644 dist/lab/*.sh "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/"
	$(INSTALL) -m 0644 dist/lab/agent/*.py "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/agent/"
	$(INSTALL) -m 0644 dist/lab/vm/* "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/vm/"
	$(INSTALL) -d "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/lib" "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/conf.d"
	$(INSTALL) -m 0644 dist/lab/init.d/rc-lxc* "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/"
	$(INSTALL) -m 0644 dist/lab/init.d/lib/*.sh "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/init.d/lib/"
	$(INSTALL) -m 0644 dist/lab/conf.d/rc-lxc* "$(DESTDIR)$(LIBDIR)/rc-lxc/lab/conf.d/"

install-manual:
	$(INSTALL) -d "$(DESTDIR)$(DOCDIR)/examples"
	$(INSTALL) -m 0644 README.md CHANGELOG.md LICENSE "$(DESTDIR)$(DOCDIR)/"
	for host in examples/*/; do \
		$(INSTALL) -d "$(DESTDIR)$(DOCDIR)/$$host" && \
		$(INSTALL) -m 0644 "$$host"* "$(DESTDIR)$(DOCDIR)/$$host" || exit 1; \
	done
	for page in dist/man/*.[1-9]; do \
		[ -e "$$page" ] || continue; \
		$(INSTALL) -d "$(DESTDIR)$(MANDIR)/man$${page##*.}" && \
		$(INSTALL) -m 0644 "$$page" "$(DESTDIR)$(MANDIR)/man$${page##*.}/" || exit 1; \
	done
	if [ -e dist/completion/rc-lxc ]; then \
		$(INSTALL) -d "$(DESTDIR)$(BASHCOMPDIR)" "$(DESTDIR)$(ZSHCOMPDIR)" && \
		$(INSTALL) -m 0644 dist/completion/rc-lxc "$(DESTDIR)$(BASHCOMPDIR)/rc-lxc" && \
		$(INSTALL) -m 0644 dist/completion/_rc-lxc "$(DESTDIR)$(ZSHCOMPDIR)/_rc-lxc"; \
	fi
	if [ "$(DOC)" = yes ] && [ -d docs ]; then \
		find docs -type d -exec $(INSTALL) -d "$(DESTDIR)$(DOCDIR)/{}" ';' && \
		find docs -type f -exec $(INSTALL) -m 0644 '{}' "$(DESTDIR)$(DOCDIR)/{}" ';'; \
	fi

# The part that the host runs: shell and its settings, no Node. Settings that a person has edited are kept,
# and the new ones go beside them, as Portage does it.
install-host:
	$(INSTALL) -d "$(DESTDIR)$(SYSCONFDIR)/init.d" "$(DESTDIR)$(SYSCONFDIR)/conf.d" "$(DESTDIR)$(LIBEXECDIR)"
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
