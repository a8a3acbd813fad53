// Generated from templates/ by build/templates.ts; edit those and run it again.
export const templates = {
  'completion/bash':
    "# bash completion for rc-lxc(8). Generated from the commands' own registry when rc-lxc is built.\n" +
    "# shellcheck shell=bash disable=SC1007,SC2086,SC2088,SC2207 # lists of plain words; a tilde that is looked for, not expanded\n" +
    "# Nothing here starts rc-lxc: names are read from the description by one sed.\n" +
    "\n" +
    "# The value that the option $1, or $2, has in the command line so far.\n" +
    "_rc_lxc_value() {\n" +
    "\tlocal i word\n" +
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n" +
    "\t\tword=${COMP_WORDS[i]}\n" +
    "\t\t[[ $word == \"$1\" || $word == \"$2\" ]] || continue\n" +
    "\t\t[[ ${COMP_WORDS[i + 1]-} == = ]] && ((i++))\n" +
    "\t\tprintf '%s\\n' \"${COMP_WORDS[i + 1]-}\"\n" +
    "\t\treturn\n" +
    "\tdone\n" +
    "}\n" +
    "\n" +
    "# The names of all sections of the kind $1.\n" +
    "_rc_lxc_names() {\n" +
    "\tlocal config root\n" +
    "\tconfig=$(_rc_lxc_value -c --config)\n" +
    "\troot=$(_rc_lxc_value --root --root)\n" +
    "\t[[ -n $config ]] || config=${root%/}/etc/rc-lxc/host.ini\n" +
    "\t# What a person typed is still quoted, and may begin with a tilde.\n" +
    "\tconfig=${config//[\\\\\\\"\\']/}\n" +
    "\t[[ $config != \"~/\"* ]] || config=$HOME/${config#\"~/\"}\n" +
    "\tsed -n \"s/^[[:blank:]]*\\[[[:blank:]]*$1[[:blank:]]\\{1,\\}\\([[:alpha:]][[:alnum:]-]*\\)[[:blank:]]*\\].*/\\1/p\" \\\n" +
    "\t\t\"$config\" \"${config%/*}\"/host.ini.d/*.ini 2>/dev/null\n" +
    "}\n" +
    "\n" +
    "# Matches for the word $2 of the kind $1.\n" +
    "_rc_lxc_complete() {\n" +
    "\tlocal IFS=$' \\t\\n' words=\n" +
    "\tcase $1 in\n" +
    "\tcontainer)\n" +
    "\t\twords=$(_rc_lxc_names container)\n" +
    "\t\t[[ $2 != lxc.* ]] || words=$(printf 'lxc.%s\\n' $words)\n" +
    "\t\t;;\n" +
    "\tnetwork) words=$(_rc_lxc_names network) ;;\n" +
    "\tkey)\n" +
    "\t\twords=<%= it.keys %>\n" +
    "\t\t[[ $2 != *.* ]] || words=<%= it.dotted %>\n" +
    "\t\t;;\n" +
    "\ttemplate)\n" +
    "\t\twords=$(set +f; shopt -s nullglob; for one in /usr/share/lxc/templates/lxc-*; do\n" +
    "\t\t\t# compgen expands what it is given.\n" +
    "\t\t\t[[ $one == *[!A-Za-z0-9._/-]* ]] || printf '%s\\n' \"${one##*/lxc-}\"\n" +
    "\t\tdone)\n" +
    "\t\t;;\n" +
    "<%_ for (const { name, words } of it.choices) { _%>\n" +
    "\t<%= this.word(name) %>) words=<%= words.join(' ') %> ;;\n" +
    "<%_ } _%>\n" +
    "\tdescription | directory)\n" +
    "\t\tcompopt -o filenames 2>/dev/null\n" +
    "\t\tIFS=$'\\n'\n" +
    "\t\tCOMPREPLY=($(compgen -d -- \"$2\"))\n" +
    "\t\t[[ $1 = directory ]] || COMPREPLY+=($(compgen -f -X '!*.ini' -- \"$2\"))\n" +
    "\t\treturn\n" +
    "\t\t;;\n" +
    "\t*) return ;;\n" +
    "\tesac\n" +
    "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$2\"))\n" +
    "}\n" +
    "\n" +
    "_rc_lxc() {\n" +
    "\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} IFS=$' \\t\\n'\n" +
    "\tCOMPREPLY=()\n" +
    "\tif ((COMP_CWORD == 1)); then\n" +
    "\t\tCOMPREPLY=($(compgen -W <%= `${it.commands} --help --version` %> -- \"$current\"))\n" +
    "\t\treturn\n" +
    "\tfi\n" +
    "\t# `--root=/mnt` comes in three words.\n" +
    "\tif [[ $current == = ]]; then\n" +
    "\t\tcurrent=\n" +
    "\telif [[ $previous == = ]] && ((COMP_CWORD > 3)); then\n" +
    "\t\tprevious=${COMP_WORDS[COMP_CWORD - 2]}\n" +
    "\tfi\n" +
    "\tlocal options= argument=nothing\n" +
    "\tcase ${COMP_WORDS[1]} in\n" +
    "<%_ for (const command of it.own) { _%>\n" +
    "\t<%= this.word(command.name) %>)\n" +
    "\t\toptions=<%= command.words %>\n" +
    "\t\targument=<%= this.word(command.argument) %>\n" +
    "\t\tcase $previous in\n" +
    "<%_ for (const value of command.values) { _%>\n" +
    "\t\t<%= value.word %>) _rc_lxc_complete <%= this.word(value.completes) %> \"$current\"; return ;;\n" +
    "<%_ } _%>\n" +
    "\t\tesac\n" +
    "\t\t;;\n" +
    "<%_ } _%>\n" +
    "\thelp)\n" +
    "\t\t((COMP_CWORD > 2)) || COMPREPLY=($(compgen -W <%= it.help %> -- \"$current\"))\n" +
    "\t\treturn\n" +
    "\t\t;;\n" +
    "\tesac\n" +
    "\tif [[ $current == -* ]]; then\n" +
    "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n" +
    "\telse\n" +
    "\t\t_rc_lxc_complete \"$argument\" \"$current\"\n" +
    "\tfi\n" +
    "}\n" +
    "\n" +
    "complete -F _rc_lxc rc-lxc\n",
  'completion/zsh':
    "#compdef rc-lxc\n" +
    "# zsh completion for rc-lxc(8). Generated from the commands' own registry when rc-lxc is built.\n" +
    "# Nothing here starts rc-lxc: names are read from the description by one sed.\n" +
    "\n" +
    "# The names of all sections of the kind $1, one a line. `opt_args` is that of the command's _arguments.\n" +
    "_rc_lxc_names() {\n" +
    "\tlocal config=${(Q)${opt_args[-c]:-${opt_args[--config]}}} root=${(Q)opt_args[--root]}\n" +
    "\t[[ -n $config ]] || config=${root%/}/etc/rc-lxc/host.ini\n" +
    "\tconfig=${config/#\\~\\//$HOME/}\n" +
    "\tsed -n \"s/^[[:blank:]]*\\[[[:blank:]]*$1[[:blank:]]\\{1,\\}\\([[:alpha:]][[:alnum:]-]*\\)[[:blank:]]*\\].*/\\1/p\" \\\n" +
    "\t\t$config ${config:h}/host.ini.d/*.ini(N) 2>/dev/null\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_container() {\n" +
    "\tlocal -a names=(${(f)\"$(_rc_lxc_names container)\"})\n" +
    "\t[[ $PREFIX != lxc.* ]] || names=(lxc.$^names)\n" +
    "\t_wanted containers expl container compadd -a names\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_network() {\n" +
    "\tlocal -a names=(${(f)\"$(_rc_lxc_names network)\"})\n" +
    "\t_wanted networks expl network compadd -a names\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_key() {\n" +
    "\tlocal -a keys=(\n" +
    "<%_ for (const word of it.keys) { _%>\n" +
    "\t\t<%= word %>\n" +
    "<%_ } _%>\n" +
    "\t)\n" +
    "\t[[ $PREFIX != *.* ]] || keys=(\n" +
    "<%_ for (const word of it.dotted) { _%>\n" +
    "\t\t<%= word %>\n" +
    "<%_ } _%>\n" +
    "\t)\n" +
    "\t_wanted keys expl key compadd -a keys\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_template() {\n" +
    "\tlocal -a names=(/usr/share/lxc/templates/lxc-*(N:t:s/lxc-//))\n" +
    "\t_wanted templates expl template compadd -a names\n" +
    "}\n" +
    "\n" +
    "<%_ for (const { name, words } of it.choices) { _%>\n" +
    "_rc_lxc_<%= this.word(name) %>() {\n" +
    "\tlocal -a words_of=(\n" +
    "<%_ for (const word of words) { _%>\n" +
    "\t\t<%= word %>\n" +
    "<%_ } _%>\n" +
    "\t)\n" +
    "\t_wanted choices expl <%= this.word(name) %> compadd -a words_of\n" +
    "}\n" +
    "\n" +
    "<%_ } _%>\n" +
    "_rc_lxc_description() {\n" +
    "\t_files -g '*.ini(-.)'\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_directory() {\n" +
    "\t_files -/\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_commands() {\n" +
    "\tlocal -a commands=(\n" +
    "<%_ for (const word of it.commands) { _%>\n" +
    "\t\t<%= word %>\n" +
    "<%_ } _%>\n" +
    "\t)\n" +
    "\t_describe -t commands command commands\n" +
    "}\n" +
    "\n" +
    "_rc_lxc() {\n" +
    "\tlocal curcontext=$curcontext state state_descr line expl ret=1\n" +
    "\ttypeset -A opt_args\n" +
    "\t_arguments -C \\\n" +
    "\t\t'(- *)'{-h,--help}'[print help and exit]' \\\n" +
    "\t\t'(- *)'{-V,--version}'[print the version and exit]' \\\n" +
    "\t\t':command:_rc_lxc_commands' \\\n" +
    "\t\t'*::argument:->argument' && ret=0\n" +
    "\t[[ $state = argument ]] || return ret\n" +
    "\tcurcontext=${curcontext%:*}-$words[1]:\n" +
    "\tcase $words[1] in\n" +
    "<%_ for (const command of it.own) { _%>\n" +
    "\t<%= this.word(command.name) %>)\n" +
    "\t\t_arguments -s \\\n" +
    "<%_ for (const spec of command.specs) { _%>\n" +
    "\t\t\t<%= spec %> \\\n" +
    "<%_ } _%>\n" +
    "\t\t\t&& ret=0\n" +
    "\t\t;;\n" +
    "<%_ } _%>\n" +
    "\thelp) _rc_lxc_help && ret=0 ;;\n" +
    "\tesac\n" +
    "\treturn ret\n" +
    "}\n" +
    "\n" +
    "_rc_lxc_help() {\n" +
    "\tlocal -a commands=(\n" +
    "<%_ for (const word of it.help) { _%>\n" +
    "\t\t<%= word %>\n" +
    "<%_ } _%>\n" +
    "\t)\n" +
    "\t(( CURRENT > 2 )) || _describe -t commands command commands\n" +
    "}\n" +
    "\n" +
    "_rc_lxc \"$@\"\n",
  'man/rc-lxc.8':
    ".\\\" Generated from the commands' own registry when rc-lxc is built.\n" +
    ".TH RC\\-LXC 8 <%= this.word(it.date) %> <%= this.argument(`rc-lxc ${it.version}`) %> \"System Administration\"\n" +
    ".SH NAME\n" +
    "rc\\-lxc \\- run LXC containers under OpenRC from one description of the host\n" +
    ".SH SYNOPSIS\n" +
    ".nf\n" +
    "<%_ for (const command of it.commands) { _%>\n" +
    "<%= this.tag(command.synopsis) %>\n" +
    "<%_ } _%>\n" +
    ".fi\n" +
    ".SH DESCRIPTION\n" +
    "<%= it.purpose %>\n" +
    ".PP\n" +
    "The description is an INI file,\n" +
    ".IR /etc/rc\\-lxc/host.ini ,\n" +
    "which\n" +
    ".BR rc\\-lxc.ini (5)\n" +
    "explains.\n" +
    "From it\n" +
    ".B rc\\-lxc apply\n" +
    "writes an OpenRC service for each container, its LXC configuration,\n" +
    "the host\\(aqs bridges and other interfaces, the packet rules,\n" +
    "and what else must agree with these.\n" +
    "The services are then started and stopped as any other:\n" +
    ".B rc\\-service lxc.NAME start\n" +
    "returns when the container is ready, after those that it needs.\n" +
    "A host that runs the result needs neither rc\\-lxc nor Node for it.\n" +
    ".PP\n" +
    "Nothing is written when the description has a mistake,\n" +
    "and files that a person has edited are never overwritten:\n" +
    "the new version is put beside them as\n" +
    ".IR ._cfg0000_NAME ,\n" +
    "for\n" +
    ".BR dispatch\\-conf (1)\n" +
    "and\n" +
    ".BR etc\\-update (1).\n" +
    ".SH OPTIONS\n" +
    "Every command takes these.\n" +
    "<%_ for (const option of it.options) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(option.tag) %>\n" +
    "<%= option.summary %>\n" +
    "<%_ } _%>\n" +
    ".SH COMMANDS\n" +
    "<%_ for (const command of it.commands) { _%>\n" +
    ".SS <%= this.argument(command.name) %>\n" +
    "<%= command.summary %>\n" +
    ".PP\n" +
    "<%= command.description %>\n" +
    "<%_ for (const argument of [...command.arguments, ...command.options]) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(argument.tag) %>\n" +
    "<%= argument.summary %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (command.name === 'doctor') { _%>\n" +
    ".PP\n" +
    "It looks at:\n" +
    "<%_ for (const check of it.checks) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(check.name) %>\n" +
    "<%= check.summary %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ if (command.examples.length > 0) { _%>\n" +
    ".PP\n" +
    "Examples:\n" +
    "<%_ for (const example of command.examples) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(example.line) %>\n" +
    "<%= example.purpose %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    ".SH EXIT STATUS\n" +
    "<%_ for (const status of it.statuses) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(status.status) %>\n" +
    "<%= status.meaning %>\n" +
    "<%_ } _%>\n" +
    ".SH ENVIRONMENT\n" +
    ".TP\n" +
    ".B NO_COLOR\n" +
    "When it is set and not empty, nothing is coloured.\n" +
    ".SH FILES\n" +
    ".TP\n" +
    ".I /etc/rc\\-lxc/host.ini\n" +
    "The description; the\n" +
    ".I *.ini\n" +
    "files of\n" +
    ".I /etc/rc\\-lxc/host.ini.d\n" +
    "belong to it, in the order of their names.\n" +
    ".TP\n" +
    ".I /var/lib/rc\\-lxc\n" +
    "What rc\\-lxc knows of its own writing: which files are its own,\n" +
    "and how to finish or undo an apply that was interrupted.\n" +
    "<%_ for (const file of it.files) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(file.paths) %>\n" +
    "<%= file.summary %>\n" +
    "<%_ } _%>\n" +
    ".SH EXAMPLES\n" +
    "A first container:\n" +
    ".PP\n" +
    ".nf\n" +
    ".RS\n" +
    "<%_ for (const line of it.firstSteps) { _%>\n" +
    "<%= this.tag(line) %>\n" +
    "<%_ } _%>\n" +
    ".RE\n" +
    ".fi\n" +
    ".SH SEE ALSO\n" +
    ".BR rc\\-lxc.ini (5),\n" +
    ".BR lxc (7),\n" +
    ".BR lxc.container.conf (5),\n" +
    ".BR openrc\\-run (8),\n" +
    ".BR rc\\-service (8),\n" +
    ".BR nft (8),\n" +
    ".BR subuid (5)\n",
  'man/rc-lxc.ini.5':
    ".\\\" Generated from the schema when rc-lxc is built.\n" +
    ".TH RC\\-LXC.INI 5 <%= this.word(it.date) %> <%= this.argument(`rc-lxc ${it.version}`) %> \"File Formats\"\n" +
    ".SH NAME\n" +
    "rc\\-lxc.ini \\- description of a host with LXC containers\n" +
    ".SH SYNOPSIS\n" +
    ".I /etc/rc\\-lxc/host.ini\n" +
    ".br\n" +
    ".I /etc/rc\\-lxc/host.ini.d/*.ini\n" +
    ".SH DESCRIPTION\n" +
    "One host is described by\n" +
    ".I host.ini\n" +
    "and, after it in the order of their names, the\n" +
    ".I *.ini\n" +
    "files of\n" +
    ".I host.ini.d\n" +
    "beside it.\n" +
    "They are one description: a section or a key that stands twice is a mistake.\n" +
    ".PP\n" +
    "A section begins with a line such as\n" +
    ".BR \"[container web1]\" ,\n" +
    "and the lines that follow are its keys, each with a value:\n" +
    ".BR \"memory = 512M\" .\n" +
    "A line that begins with\n" +
    ".B ;\n" +
    "or\n" +
    ".B #\n" +
    "is a comment, and so is what follows such a character after a blank.\n" +
    "A value with one of these in it stands in double quotes.\n" +
    "Items of a list are separated by commas.\n" +
    "Sizes take K, M, G and T (1024), times s, m and h.\n" +
    "A name is a letter, then letters, digits and dashes.\n" +
    ".PP\n" +
    ".B rc\\-lxc check\n" +
    "tells every mistake with its place and its remedy, and\n" +
    ".B rc\\-lxc explain KEY\n" +
    "says what a key does.\n" +
    "<%_ for (const section of it.sections) { _%>\n" +
    ".SH <%= this.argument(section.heading) %>\n" +
    "<%= section.summary %>\n" +
    "<%_ if (section.details !== '') { _%>\n" +
    "<%= section.details %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (section.others !== '') { _%>\n" +
    "<%= section.others %>\n" +
    "<%_ } _%>\n" +
    "<%_ for (const key of section.keys) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(key.name) %>\n" +
    "<%= key.summary %>\n" +
    "<%_ if (key.details !== '') { _%>\n" +
    "<%= key.details %>\n" +
    "<%_ } _%>\n" +
    "<%= key.facts %>\n" +
    ".br\n" +
    "Example:\n" +
    "<%= this.tag(key.example) %>\n" +
    "<%_ } _%>\n" +
    "<%_ if (section.kind === 'network') { _%>\n" +
    ".SS Types of network\n" +
    "<%_ for (const type of it.types) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(type.name) %>\n" +
    "<%= type.summary %>\n" +
    "<%= type.paragraph %>\n" +
    "<%= type.facts %>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    "<%_ } _%>\n" +
    ".SH PEERS\n" +
    ".BR allow\\-in ,\n" +
    ".B allow\\-out\n" +
    "and the\n" +
    ".B to\n" +
    "of an expectation name peers:\n" +
    "<%_ for (const peer of it.peers) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(peer.form) %>\n" +
    "<%= peer.meaning %>\n" +
    "<%_ } _%>\n" +
    ".PP\n" +
    "A peer alone stands for everything that can be sent.\n" +
    ".BI PEER: PORT /tcp\n" +
    "and\n" +
    ".BI PEER: PORT /udp\n" +
    "are one port, or with\n" +
    ".I FIRST\\-LAST\n" +
    "several;\n" +
    ".B PEER:icmp\n" +
    "is a ping.\n" +
    ".B none\n" +
    "in the place of a list is nobody.\n" +
    "Answers always pass.\n" +
    ".SH DIAGNOSTICS\n" +
    "A mistake is told with one of these codes.\n" +
    "<%_ for (const one of it.problems) { _%>\n" +
    ".TP\n" +
    "<%= this.tag(one.code) %>\n" +
    "<%= one.summary %>\n" +
    "<%_ } _%>\n" +
    ".SH EXAMPLES\n" +
    ".nf\n" +
    "<%_ for (const line of it.example) { _%>\n" +
    "<%= this.literal(line) %>\n" +
    "<%_ } _%>\n" +
    ".fi\n" +
    ".SH SEE ALSO\n" +
    ".BR rc\\-lxc (8),\n" +
    ".BR lxc.container.conf (5),\n" +
    ".BR nft (8),\n" +
    ".BR subuid (5)\n",
} as const;
