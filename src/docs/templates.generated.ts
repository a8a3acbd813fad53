// Generated from templates/ by build/templates.ts; edit those and run it again.
export const templates = {
  'docs/migration':
    "# LXC/Migration\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "LXC no longer loads the keys that went before LXC 3.0. `rc-lxc doctor` finds what an older setup has left on a host.\n" +
    "\n" +
    "## Keys and what took their place\n" +
    "\n" +
    "| Old key | Now |\n" +
    "| --- | --- |\n" +
    "<% for (const [old, now] of it.legacyKeys) { -%>\n" +
    "| <%= this.code(old) %> | <%= now === '' ? 'nothing' : this.code(now) %> |\n" +
    "<% } -%>\n" +
    "<% for (const [old, now] of it.legacyPrefixes) { -%>\n" +
    "| <%= this.code(`${old}…`) %> | <%= this.code(`${now}…`) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "## Control groups\n" +
    "\n" +
    "| cgroup v1 | cgroup v2 |\n" +
    "| --- | --- |\n" +
    "<% for (const [old, now] of it.cgroup2Names) { -%>\n" +
    "| <%= this.code(old) %> | <%= this.code(now) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs configs') %>\n",
  'docs/networking':
    "# LXC/Networking\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "A container meets the network through one of the types below. The table says what each reaches by itself; `allow-in` and\n" +
    "`allow-out` narrow that. `rc-lxc networks` prints it with what the running kernel has, and, where there is a description,\n" +
    "which type fits what its containers declare.\n" +
    "\n" +
    "## Which network\n" +
    "\n" +
    "<%= this.part('networks') %>\n" +
    "\n" +
    "## Containers behind the host's address\n" +
    "\n" +
    "<%= it.examples.get('nat').title %>\n" +
    "\n" +
    "::description{example=nat}\n" +
    "\n" +
    "What the container web1 is started with:\n" +
    "\n" +
    "::file{example=nat path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "<% for (const { name, type, kernel } of it.types) { -%>\n" +
    "## Type <%= name %>\n" +
    "\n" +
    "<%= this.prose(type.summary) %> <%= this.prose(type.paragraph) %>\n" +
    "\n" +
    "In the description: <%= this.code(`type = ${name}`) %>. The kernel needs:\n" +
    "\n" +
    "::kernel{feature=\"network:<%= this.word(name) %>\"}\n" +
    "\n" +
    "<% } -%>\n" +
    "## Interfaces and expectations\n" +
    "\n" +
    "<% for (const kind of ['network', 'nic', 'expect']) { const { spec } = it.sections.find((each) => each.kind === kind); -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "`rc-lxc lab` proves them packet by packet in a throw-away host; `rc-lxc firewall` shows the rules with the lines of the\n" +
    "description that they come from.\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs links firewall sysctl ports dnsmasq resolvers') %>\n",
  'docs/openrc':
    "# LXC/OpenRC\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "Each container is a service of its own, `lxc.NAME`: it starts after the containers that it needs are ready, and stops\n" +
    "before them. `rc-lxc status` shows how they are.\n" +
    "\n" +
    "## In the description\n" +
    "\n" +
    "<% for (const kind of ['container', 'profile']) { const { spec } = it.sections.find((each) => each.kind === kind); -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "::description{example=nat}\n" +
    "\n" +
    "## The service\n" +
    "\n" +
    "::file{example=nat path=/etc/init.d/lxc.web1}\n" +
    "\n" +
    "::file{example=nat path=/etc/conf.d/lxc.web1}\n" +
    "\n" +
    "```root\n" +
    "rc-service lxc.web1 start\n" +
    "```\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs services settings') %>\n",
  'docs/parts/networks':
    "| Type | Each other | Host | Outside | Card | Checks |\n" +
    "| --- | --- | --- | --- | --- | --- |\n" +
    "<% for (const { forms } of it.types) for (const { label, words, sources } of forms) { -%>\n" +
    "| <%= this.code(label) %> | <%= words.eachOther %> | <%= words.host %> | <%= words.outside %> | <%= words.card %> | <%= sources %> |\n" +
    "<% } -%>\n",
  'docs/parts/outputs':
    "<% for (const name of it.argument.split(' ')) { const { paths, summary } = it.outputs.find((each) => each.name === name); -%>\n" +
    "- <% paths.forEach((path, at) => { -%><%= at === 0 ? '' : ', ' %>:path[<%= path %>]<% }); -%>: <%= this.prose(summary) %>\n" +
    "<% } -%>\n",
  'docs/rc-lxc':
    "# rc-lxc\n" +
    "\n" +
    "::infobox{package=rc-lxc}\n" +
    "\n" +
    "<%= it.purpose %>\n" +
    "\n" +
    "## The first container\n" +
    "\n" +
    "```root\n" +
    "<% for (const line of it.firstSteps) { -%>\n" +
    "<%= this.line(line) %>\n" +
    "<% } -%>\n" +
    "```\n" +
    "\n" +
    "## Commands\n" +
    "\n" +
    "<% for (const { name, summary, description } of it.commands) { -%>\n" +
    "- <%= this.code(`rc-lxc ${name}`) %>: <%= this.prose(summary) %>. <%= this.prose(description) %>\n" +
    "<% } -%>\n" +
    "\n" +
    "## Sections of the description\n" +
    "\n" +
    "<% for (const { spec } of it.sections) { -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "<% for (const { spec, keys } of it.sections) { -%>\n" +
    "## Keys of <%= spec.kind %>\n" +
    "\n" +
    "| Key | What it does | Takes | Default |\n" +
    "| --- | --- | --- | --- |\n" +
    "<% for (const key of keys) { -%>\n" +
    "| <%= this.code(key.key) %> | <%= this.cell(key.summary) %> | <%= this.cell(key.choices === undefined ? key.type : key.choices.join(', ')) %> | <%= this.cell(key.default) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "<% } -%>\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs seccomp subids') %>\n" +
    "\n" +
    "::see{page=\"LXC/Networking\"}\n" +
    "\n" +
    "::see{page=\"LXC/OpenRC\"}\n" +
    "\n" +
    "::see{page=\"LXC/Migration\"}\n",
} as const;

export const examples = {
  'nat':
    "; A bridge inside the host: containers leave it under the host's address, and nothing comes in but answers.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network internal]\n" +
    "type = bridge\n" +
    "ipv4 = 10.0.3.1/24\n" +
    "ipv6 = fd00:0:0:3::1/64\n" +
    "nat = yes\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "network = internal\n" +
    "template = busybox\n" +
    "needs = db1\n" +
    "\n" +
    "[container db1]\n" +
    "id = 12\n" +
    "network = internal\n" +
    "template = busybox\n",
} as const;
