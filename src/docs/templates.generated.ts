// Generated from templates/ by build/templates.ts; edit those and run it again.
export const templates = {
  'docs/host':
    "<% const { model, proof } = it; const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`; -%>\n" +
    "<% const table = ({ same, titles, rows }) => { -%>\n" +
    "<% for (const title of titles) { %>| <%= this.cell(title) %> <% } %>|\n" +
    "<% for (const title of titles) { %>| --- <% } %>|\n" +
    "<% for (const row of rows) { -%>\n" +
    "<% for (const text of row) { %>| <%= this.cell(text) %> <% } %>|\n" +
    "<% } -%>\n" +
    "\n" +
    "<% if (same.length > 0) { -%>\n" +
    "The same for all: <% same.forEach(({ title, text }, at) => { %><%= at === 0 ? '' : '; ' %><%= title %> – <%= this.prose(text) %><% }); %>.\n" +
    "\n" +
    "<% } -%>\n" +
    "<% }; -%>\n" +
    "# <%= model.host.name %>\n" +
    "\n" +
    "<%= count(model.containers.length, 'container') %> in <%= count(model.networks.length, 'network') %>, as <%= this.code(model.source) %> describes them. This page\n" +
    "is made of that, by `rc-lxc docs host` of rc-lxc <%= it.version %>: change the description, and render it again.\n" +
    "\n" +
    "## Host\n" +
    "\n" +
    "<% table(it.host); -%>\n" +
    "<% if (model.networks.length > 0) { -%>\n" +
    "## Networks\n" +
    "\n" +
    "<% table(it.networks); -%>\n" +
    "What each carries by itself: between its containers, with the host and with the outside, both ways or only out (from containers) or in (to\n" +
    "them). *Card*: it takes in every frame on its wire (all: it is promiscuous), does so once root in a container wants it (asked), or takes in what\n" +
    "is for its containers (own).\n" +
    "\n" +
    "<% table(it.reach); -%>\n" +
    "<% } -%>\n" +
    "<% if (it.containers.length > 0) { -%>\n" +
    "## Containers\n" +
    "\n" +
    "<% for (const { heading, table: part } of it.containers) { -%>\n" +
    "<% if (heading !== undefined) { -%>\n" +
    "### <%= heading %>\n" +
    "\n" +
    "<% } -%>\n" +
    "<% table(part); -%>\n" +
    "<% } -%>\n" +
    "## Services of containers\n" +
    "\n" +
    "Each container is an OpenRC service, `lxc.NAME`.\n" +
    "\n" +
    "<% table(it.services); -%>\n" +
    "## Ports\n" +
    "\n" +
    "<% if (it.ports === undefined) { -%>\n" +
    "The description names no port that a container lets others in on.\n" +
    "\n" +
    "<% } else { -%>\n" +
    "<% table(it.ports); -%>\n" +
    "<% } -%>\n" +
    "## Who may reach whom\n" +
    "\n" +
    "<% if (it.matrix !== undefined) { -%>\n" +
    "Connections from who stands on the left to who stands on top, by the networks and by the policies of both: all, no, or the ports. Answers always\n" +
    "pass.\n" +
    "\n" +
    "<% table(it.matrix); -%>\n" +
    "<% } else { -%>\n" +
    "What each container lets in, and to whom it may open connections, as far as its networks carry them. Between two containers it needs\n" +
    "both. Answers always pass.\n" +
    "\n" +
    "<% table(it.policy); -%>\n" +
    "<% } -%>\n" +
    "<% } -%>\n" +
    "## What is held, and what is not\n" +
    "\n" +
    "<% for (const sentence of it.held) { -%>\n" +
    "- <%= this.prose(sentence) %>\n" +
    "<% } -%>\n" +
    "\n" +
    "<% if (it.expects !== undefined) { -%>\n" +
    "## What must hold\n" +
    "\n" +
    "<% table(it.expects); -%>\n" +
    "<% } -%>\n" +
    "## What was proven\n" +
    "\n" +
    "<% if (proof === undefined) { -%>\n" +
    "Nothing is known of that: no report was given. `rc-lxc lab --json > report.json` sends the packets in a throw-away host, and\n" +
    "`rc-lxc docs host --report report.json` puts here what came of it.\n" +
    "<% } else { const { machine } = proof; -%>\n" +
    "<% if (proof.of === 'other') { -%>\n" +
    ":::warning\n" +
    "This report is of an earlier description, or of another one: what follows need not hold for the one on this page. `rc-lxc lab` proves the\n" +
    "present one.\n" +
    ":::\n" +
    "\n" +
    "<% } else if (proof.of === 'unknown') { -%>\n" +
    ":::warning\n" +
    "This report does not say which description it is of: what follows need not hold for the one on this page.\n" +
    ":::\n" +
    "\n" +
    "<% } -%>\n" +
    "<% if (proof.proven) { -%>\n" +
    "All was as promised: <% } else { -%>\n" +
    "**Not all was as promised**, or could be looked at: <% } %><%= count(proof.probes, 'packet') %> between <%= count(proof.parties, 'party').replace('partys', 'parties') %>\n" +
    "on <%= machine.date %> (Linux <%= machine.kernel %>, LXC <%= machine.lxc %>, OpenRC <%= machine.openrc %>, nftables <%= machine.nftables %>, rc-lxc <%= machine.rcLxc %><%= machine.virtual ? ', in a virtual machine' : '' %>).\n" +
    "\n" +
    "<% if (proof.unproven.length > 0) { -%>\n" +
    "Not looked at, because that kernel lacks what they need: <%= proof.unproven.join(', ') %>.\n" +
    "\n" +
    "<% } -%>\n" +
    "<% if (proof.findings.length > 0) { -%>\n" +
    "Findings:\n" +
    "\n" +
    "<% for (const finding of proof.findings) { -%>\n" +
    "- <%= finding %>\n" +
    "<% } -%>\n" +
    "<% if (proof.moreFindings > 0) { -%>\n" +
    "- and <%= proof.moreFindings %> more.\n" +
    "<% } -%>\n" +
    "\n" +
    "<% } -%>\n" +
    "<% if (proof.attacks === undefined) { -%>\n" +
    "Nobody attacked in that lab (`--quick`).\n" +
    "\n" +
    "<% } else { -%>\n" +
    "Attacks by root in the containers:\n" +
    "\n" +
    "<% table(proof.attacks); -%>\n" +
    "<% } -%>\n" +
    "<% if (proof.cards !== undefined) { -%>\n" +
    "<% table(proof.cards); -%>\n" +
    "<% } -%>\n" +
    "<% if (proof.notes.length > 0) { -%>\n" +
    "How the lab differed from the host:\n" +
    "\n" +
    "<% for (const note of proof.notes) { -%>\n" +
    "- <%= note %>\n" +
    "<% } -%>\n" +
    "<% } -%>\n" +
    "<% } -%>\n",
  'docs/migration':
    "# LXC/Migration\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "From what older instructions say, and from the init script that Gentoo’s :package[app-containers/lxc] brings.\n" +
    "\n" +
    "## What to look at first\n" +
    "\n" +
    "`rc-lxc doctor` names every configuration with a key that the LXC on this host refuses, every link to the old script, and settings that\n" +
    "every container’s service would read, each with what to write instead. It changes nothing.\n" +
    "\n" +
    "## Keys that are gone\n" +
    "\n" +
    "One key that LXC does not know makes it refuse the whole file. These went before LXC 3.0:\n" +
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
    "LXC 7.0 has cgroup v2 alone, and refuses a file with a `lxc.cgroup.` key. Keys of `devices`, `cpuset` and `pids` keep their names behind\n" +
    "`lxc.cgroup2.`; these have others:\n" +
    "\n" +
    "| cgroup v1 | cgroup v2 |\n" +
    "| --- | --- |\n" +
    "<% for (const [old, now] of it.cgroup2Names) { -%>\n" +
    "| <%= this.code(`lxc.cgroup.${old}`) %> | <%= this.code(`lxc.cgroup2.${now}`) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "Their values differ, too:\n" +
    "\n" +
    "- `cpu.max` has both numbers of v1 in one line, quota and period: `50000 100000` is half a processor.\n" +
    "- `cpu.weight` and `io.weight` are 100 by default, from 1 to 10000; `cpu.shares` was 1024, and `blkio.weight` went to 1000.\n" +
    "- `memory.swap.max` is swap alone; `memory.memsw.limit_in_bytes` was memory and swap together.\n" +
    "- No limit is `max`, not `-1`.\n" +
    "\n" +
    "A line `rc_cgroup_mode=\"legacy\"` or `\"hybrid\"` in :path[/etc/rc.conf], which older instructions ask for, keeps LXC 7.0 from starting\n" +
    "anything: remove it, and boot again.\n" +
    "\n" +
    "## What else older files hold\n" +
    "\n" +
    "- A comment after a value is part of the value. Only a `#` at the beginning of a line begins a comment.\n" +
    "- A misspelt `lxt.net` is ignored without a word: lines that do not begin with `lxc.` do not count.\n" +
    "- `lxc.net.N.macvlan.vlan` and `lxc.net.N.ipv4` never existed; LXC refuses the file.\n" +
    "- Keys of a network that stand before its type are lost.\n" +
    "- An IPv4 address without a prefix length gets a wrong one.\n" +
    "\n" +
    "## From the old init script\n" +
    "\n" +
    "It ran every container through links to :path[/etc/init.d/lxc], took a container that died for started, and knew neither readiness nor\n" +
    "the signal that a container halts on.\n" +
    "\n" +
    "With its configuration as it is:\n" +
    "\n" +
    "1. Stop it while it still has the old script: `rc-service lxc.web1 stop`.\n" +
    "2. Link the new one: `ln -sf rc-lxc /etc/init.d/lxc.web1`.\n" +
    "3. Look, and start: `rc-service lxc.web1 checkconfig`, `rc-service lxc.web1 start`.\n" +
    "\n" +
    "Described, with its rootfs as it is:\n" +
    "\n" +
    "1. Stop it, too.\n" +
    "2. Describe it: `rc-lxc new web1 --network internal`, with keys for what the old configuration says.\n" +
    "3. Move that away: `mv /var/lib/lxc/web1/config /var/lib/lxc/web1/config.old`. Where it lies, `rc-lxc apply` takes it for edited by hand and\n" +
    "   keeps it, and the container starts with the old one.\n" +
    "4. Look, write and start: `rc-lxc plan`, `rc-lxc apply`, `rc-service lxc.web1 start`.\n" +
    "\n" +
    "A container that is described gets a user namespace, which older configurations seldom have: its rootfs is mapped as it is mounted, where\n" +
    "the file system can do that. `user-namespace = no` leaves its root the host’s; `id-mapping = owner` is for a rootfs whose files\n" +
    "belong to the mapped ids already.\n" +
    "\n" +
    "| Old setting | Now |\n" +
    "| --- | --- |\n" +
    "| `CONFIGFILE` | `lxc_config`; the old name is read still |\n" +
    "| `CONTAINER` | `lxc_name` |\n" +
    "| `LOGFILE` | nothing: the log is :path[/run/rc-lxc/lxc.NAME.log] |\n" +
    "\n" +
    "A new container, on the second host of :page[the first container]{name=\"rc-lxc\" section=\"The first container\"}:\n" +
    "\n" +
    "```run example=nat\n" +
    "rc-lxc new mail1 --network internal --template busybox\n" +
    "rc-lxc check\n" +
    "rc-lxc apply --create\n" +
    "rc-service lxc.mail1 start\n" +
    "```\n" +
    "\n" +
    "<%= this.part('recorded LXC/Migration') %>\n" +
    "\n" +
    "## From a bridge made by hand\n" +
    "\n" +
    "Describe it with the name and addresses that it has. `rc-lxc plan` shows what would change, and a file that was edited by hand is never\n" +
    "overwritten: the new one is put beside it as :path[._cfg0000_NAME], for `dispatch-conf` and `etc-update`. Without arguments\n" +
    "both look where Portage’s `CONFIG_PROTECT` says, which :path[/var/lib/lxc] is not: `etc-update /var/lib/lxc`. `brctl` is not needed.\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs configs') %>\n",
  'docs/networking':
    "# LXC/Networking\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "A container can be on the network in more than one right way, and which is right depends on what must reach what. This page\n" +
    "helps to choose, and then shows each type with its complete files.\n" +
    "\n" +
    "<%= this.part('recorded LXC/Networking') %>\n" +
    "\n" +
    "## Which network\n" +
    "\n" +
    "| Containers need | Take |\n" +
    "| --- | --- |\n" +
    "| to get out, and no address outside | `bridge` with `nat = yes` |\n" +
    "| public addresses | `routed` |\n" +
    "| to be found by broadcast, beside virtual machines | `bridge` with `ports` |\n" +
    "| addresses of a card’s network and its speed, and may talk to each other | `macvlan` |\n" +
    "| the same on a wire that carries one hardware address | `ipvlan` |\n" +
    "| a tagged VLAN, one container | `vlan` |\n" +
    "| a whole card, one container | `phys` |\n" +
    "| two services of the host and nothing else | :page[a sealed network]{name=\"LXC/Networking\" section=\"The sealed build box\"} |\n" +
    "| no network | `empty` |\n" +
    "\n" +
    "What each reached by itself (`allow-in` and `allow-out` narrow that), what its card took in, and how many kinds of forged frames root\n" +
    "inside got out:\n" +
    "\n" +
    "<%= this.part('networks') %>\n" +
    "\n" +
    "`rc-lxc networks` prints what each type promises, with what the running kernel has, and, where there is a description, which type\n" +
    "fits what its containers declare.\n" +
    "\n" +
    "<%= this.part('speed') %>\n" +
    "\n" +
    "## Why not a bridge with the card in it\n" +
    "\n" +
    "Most instructions begin with it, and it costs three things. The card goes promiscuous: it hands every frame on its wire to the\n" +
    "kernel, which throws away most. Root in a container is on the wire, and can take any address there that nobody checks. And a restart of the\n" +
    "bridge’s service takes every container off the network. With :page[the form of it below]{name=\"LXC/Networking\" section=\"Type bridge\"}\n" +
    "every sender is checked, and containers are plugged in again when the bridge comes back; the card stays quiet where the kernel filters\n" +
    "VLANs in bridges. The internal bridge and `routed` have no card in a bridge to begin with.\n" +
    "\n" +
    "<% for (const { name, type } of it.types) { -%>\n" +
    "## Type <%= name %>\n" +
    "\n" +
    "<%= this.prose(type.summary) %> <%= this.prose(type.paragraph) %>\n" +
    "\n" +
    "<%= this.part(`type-${name}`) %>\n" +
    "\n" +
    "What <%= this.code(`type = ${name}`) %> wants of the kernel:\n" +
    "\n" +
    "::kernel{feature=\"network:<%= this.word(name) %>\"}\n" +
    "\n" +
    "<% } -%>\n" +
    "## The sealed build box\n" +
    "\n" +
    "A machine that builds what others wrote should reach its sources and nothing else. This one has no address but a link-local one; it\n" +
    "gets the host’s rsync and squid, and the host’s ssh gets in.\n" +
    "\n" +
    "::description{example=sealed}\n" +
    "\n" +
    "::drawing{example=sealed}\n" +
    "\n" +
    "What holds it is not the address that it lacks, which root inside can add, but the packet rules: whatever address it takes, nothing but\n" +
    "these services answers, not through another container either. The `[expect]` sections say what must hold, and `rc-lxc lab` sends\n" +
    "the packets.\n" +
    "\n" +
    "The host’s services have to listen on IPv6, and the tinderbox speaks to them at the link-local address of `br-sealed`, with its own\n" +
    "interface as the zone: `fe80::…%eth0`.\n" +
    "\n" +
    "On the host itself one can look, too. The host answers `web1` at 10.0.3.1; it does not answer the tinderbox there, even after root\n" +
    "in it took an address of that network:\n" +
    "\n" +
    "```run example=sealed\n" +
    "rc-service lxc.tinderbox start\n" +
    "rc-service lxc.web1 start\n" +
    "lxc-attach -n tinderbox -- ping -c 1 -W 1 10.0.3.1\n" +
    "lxc-attach -n tinderbox -- ip address add 10.0.3.77/24 dev eth0\n" +
    "lxc-attach -n tinderbox -- ping -c 1 -W 1 10.0.3.1\n" +
    "lxc-attach -n web1 -- ping -c 1 10.0.3.1\n" +
    "rc-lxc firewall tinderbox\n" +
    "```\n" +
    "\n" +
    "## Who can forge a sender\n" +
    "\n" +
    "Root in a container chooses what its packets say of where they come from. What of that can be checked depends on whether the packets pass\n" +
    "the host’s packet filter at all:\n" +
    "\n" +
    "<% const holding = [['all', 'Every packet is checked'], ['wire', 'Checked on the wire alone, not between containers of one card'], ['nothing', 'Nothing is checked']]; -%>\n" +
    "<% for (const [held, words] of holding) { const labels = it.types.flatMap(({ forms }) => forms.filter(({ sources }) => sources === held).map(({ label }) => label)); -%>\n" +
    "<% if (labels.length > 0) { -%>\n" +
    "- <%= words %>: <% labels.forEach((label, at) => { %><%= at === 0 ? '' : ', ' %><%= this.code(label) %><% }); %>.\n" +
    "<% } } -%>\n" +
    "\n" +
    "Where nothing is checked, containers have to be trusted, or the switch or router outside has to check them. `spoof-check = no` turns the check off for one container.\n" +
    "\n" +
    "What root inside sent, and in which forms of the types it got through to anybody; “mislabelled” is a frame that the sender’s kernel is\n" +
    "told to be of another protocol:\n" +
    "\n" +
    "<%= this.part('forged') %>\n" +
    "\n" +
    "## Kernel options\n" +
    "\n" +
    "<% const options = (kernel, isOptional) => [...new Set(kernel.filter(({ optional }) => (optional === true) === isOptional).map(({ option }) => option))]; -%>\n" +
    "What each type needs, and what it does better with; the boxes above say what fails without. `rc-lxc doctor` and `rc-lxc check` compare the\n" +
    "running kernel with what a description needs.\n" +
    "\n" +
    "| Type | Needs | Better with |\n" +
    "| --- | --- | --- |\n" +
    "<% for (const { name, kernel } of it.types) { -%>\n" +
    "| <%= this.code(name) %><% for (const isOptional of [false, true]) { const all = options(kernel, isOptional); %> | <% all.forEach((option, at) => { %><%= at === 0 ? '' : ', ' %><%= this.code(option) %><% }); %><% } %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "## The firewall\n" +
    "\n" +
    "Each container sends from its own hardware address and its own IP addresses, ARP and neighbour discovery included, and sends neither\n" +
    "router advertisements nor answers of DHCP. That is on by default wherever the packets pass the host. `allow-in` and `allow-out`\n" +
    "say who reaches whom, on which port; answers always pass:\n" +
    "\n" +
    "| Peer | Who that is |\n" +
    "| --- | --- |\n" +
    "<% for (const { form, meaning } of it.peers) { -%>\n" +
    "| <%= this.code(form) %> | <%= this.cell(meaning) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "The rules are loaded before any container’s interface comes up, and a container whose rules cannot be loaded does not start. While they\n" +
    "are not loaded, during a restart of the distribution’s nftables service for instance, the containers’ packets are held. The rules are\n" +
    "sets and maps keyed by interface, so that a packet costs the same for one container and for thousands.\n" +
    "\n" +
    "<%= this.part('rules-cost') %>\n" +
    "\n" +
    "`rc-lxc firewall` shows the rules with the lines of the description that they come from, and `rc-lxc status` counts what was dropped.\n" +
    "\n" +
    ":::important\n" +
    "A rule in another table can still drop what these let through: an `accept` in one table does not overrule a `drop` in another. `rc-lxc doctor` names\n" +
    "such tables.\n" +
    ":::\n" +
    "\n" +
    "## Interfaces and expectations\n" +
    "\n" +
    "<% for (const kind of ['network', 'nic', 'expect']) { const { spec } = it.sections.find((each) => each.kind === kind); -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "`rc-lxc lab` proves all of it packet by packet in a throw-away host, before anything touches this one.\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs links firewall sysctl ports dnsmasq resolvers') %>\n" +
    "\n" +
    "::see{page=\"LXC/OpenRC\"}\n",
  'docs/openrc':
    "# LXC/OpenRC\n" +
    "\n" +
    "::infobox{package=lxc}\n" +
    "\n" +
    "Each container is a service of its own, `lxc.NAME`. This page says what can be relied on: that `started` means running, that what others\n" +
    "need is ready, that a stop stops, and that a boot does not hang.\n" +
    "\n" +
    "<%= this.part('recorded LXC/OpenRC') %>\n" +
    "\n" +
    "## In the description\n" +
    "\n" +
    "<% for (const kind of ['container', 'profile']) { const { spec } = it.sections.find((each) => each.kind === kind); -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "The rest of this page uses this one:\n" +
    "\n" +
    "::description{example=services}\n" +
    "\n" +
    "::drawing{example=services}\n" +
    "\n" +
    "## Dependencies\n" +
    "\n" +
    "::file{example=services path=/etc/init.d/lxc.web1}\n" +
    "\n" +
    "The dependencies are literal, because OpenRC sources every script when it rebuilds its dependency cache: one that starts programs in\n" +
    "`depend()` costs a host with a thousand containers seconds at each change.\n" +
    "\n" +
    "<% const { figures, machine } = it.bench.dependencyCache; const ratios = figures.map(({ ratio }) => ratio); -%>\n" +
    "Rebuilding the cache with <%= figures[0].containers %> to <%= figures.at(-1).containers %> of these services took <%= Math.min(...ratios) %> to <%= Math.max(...ratios) %> of what it took with scripts\n" +
    "that have no `depend()` at all (<%= machine.system %>, OpenRC <%= machine.openrc.split(' ').at(-1) %>, <%= machine.date %>): what they declare is lost in the scatter.\n" +
    "\n" +
    "`needs = db1` becomes `need lxc.db1`: starting `web1` starts `db1` first, and stopping `db1` stops `web1` first. The bridge and\n" +
    "the packet rules are *wanted*, not needed: restarting either does not stop containers. Instead the start looks whether both are\n" +
    "there, and fails with the reason when they are not. Where the host has no netifrc, `rc-lxc-link.br-internal` stands in for\n" +
    "`net.br-internal`.\n" +
    "\n" +
    "```run example=services\n" +
    "rc-service lxc.db1 start\n" +
    "rc-service lxc.web1 ineed\n" +
    "```\n" +
    "\n" +
    "## Readiness\n" +
    "\n" +
    "| `ready =` | The service is started when |\n" +
    "| --- | --- |\n" +
    "| `running` | LXC says that the container runs, and its init is alive |\n" +
    "| `tcp:PORT` | something in it listens on that port, too |\n" +
    "| `exec:COMMAND` | the command succeeds in it, too |\n" +
    "\n" +
    "A container that is not ready within `ready-timeout` is stopped again; the start fails and says why. What needs it is not started either,\n" +
    "and nothing waits without end.\n" +
    "\n" +
    "::file{example=services path=/etc/conf.d/lxc.web1}\n" +
    "\n" +
    "While nothing in `web1` listens on port 80, its start fails; with a web server it starts:\n" +
    "\n" +
    "```run example=services\n" +
    "rc-service lxc.web1 start\n" +
    "echo '::respawn:/bin/busybox httpd -f -h /' >>/var/lib/lxc/web1/rootfs/etc/inittab\n" +
    "rc-service lxc.web1 start\n" +
    "```\n" +
    "\n" +
    "## Status\n" +
    "\n" +
    "`rc-service lxc.NAME status` asks LXC and the kernel, not OpenRC’s record: a container that died is shown as crashed, a frozen one as\n" +
    "frozen, and one that somebody started with `lxc-start` as started by hand. `rc-lxc status` shows all of them, with their addresses, memory, what the firewall\n" +
    "dropped, and which files were edited by hand.\n" +
    "\n" +
    "```run example=services\n" +
    "rc-service lxc.db1 status\n" +
    "lxc-freeze -n db1\n" +
    "rc-service lxc.db1 status\n" +
    "lxc-unfreeze -n db1\n" +
    "rc-lxc status\n" +
    "```\n" +
    "\n" +
    "## Supervision\n" +
    "\n" +
    "`restart = on-failure` puts the container under supervise-daemon, which starts it again when its init was killed or failed; `always` also\n" +
    "when it exited. A `poweroff` inside stops the service, and LXC itself handles a `reboot`. After five restarts within a minute\n" +
    "it is given up: `rc-status --crashed` shows it.\n" +
    "\n" +
    "```run example=services\n" +
    "kill -KILL \"$(lxc-info -n web1 -p -H)\"\n" +
    "sleep 5\n" +
    "rc-service lxc.web1 status\n" +
    "```\n" +
    "\n" +
    "## Stopping\n" +
    "\n" +
    "A stop sends the signal on which the container’s init halts, waits `stop-timeout`, and kills what is left. The service looks which init it\n" +
    "is:\n" +
    "\n" +
    "| Init | Signal |\n" +
    "| --- | --- |\n" +
    "| busybox, s6, finit, procd | `SIGUSR2` |\n" +
    "| systemd | `SIGRTMIN+3` |\n" +
    "| sysvinit, openrc-init | `SIGPWR` |\n" +
    "| runit | `SIGCONT` |\n" +
    "| a program that is no init | `SIGTERM` |\n" +
    "\n" +
    "`stop-signal` in the description comes first, and `lxc.signal.halt` in a configuration of one’s own next: a wrong one there, and each stop takes\n" +
    "all of `stop-timeout`. A restart that could not start again, because\n" +
    "the configuration has become wrong, is refused while the container still runs.\n" +
    "\n" +
    "```run example=services\n" +
    "rc-service lxc.db1 stop\n" +
    "rc-service lxc.db1 status\n" +
    "```\n" +
    "\n" +
    "## A container made by hand\n" +
    "\n" +
    "The services work for a container that rc-lxc did not make, too: a link is enough, and :path[/etc/conf.d/rc-lxc] explains the settings\n" +
    "that :path[/etc/conf.d/lxc.NAME] may have. `rc-update add lxc.mail1 default` starts it with the host.\n" +
    "\n" +
    "```run example=services\n" +
    "lxc-create -n mail1 -t busybox\n" +
    "ln -s rc-lxc /etc/init.d/lxc.mail1\n" +
    "rc-service lxc.mail1 checkconfig\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- OpenRC reads :path[/etc/conf.d/lxc] for every `lxc.NAME`: a setting of one container there holds for all.\n" +
    "- A container must not have the name of a runlevel: OpenRC would read :path[/etc/conf.d/lxc.default] for all of them in `default`, in place of\n" +
    "  :path[/etc/conf.d/lxc].\n" +
    "- Other needs of its own, a mount for instance, are `rc_need` in :path[/etc/conf.d/lxc.NAME].\n" +
    "\n" +
    "## Limits of a running container\n" +
    "\n" +
    "After a change of `memory`, `cpus`, `pids` or `io-weight` and `rc-lxc apply`, `rc-service lxc.NAME reload` brings the limits to the\n" +
    "running container. A change of its devices waits for a restart, and `reload` says so.\n" +
    "\n" +
    "## Parallel boot\n" +
    "\n" +
    "With `rc_parallel=\"YES\"` OpenRC starts containers side by side, in the order of their needs. Their services set `keyword -timeout`: a container\n" +
    "that waits for another one is not given up after a minute, and each wait is bounded by its own `ready-timeout`.\n" +
    "\n" +
    "## Files\n" +
    "\n" +
    "<%= this.part('outputs services settings') %>\n" +
    "\n" +
    "::see{page=\"LXC/Networking\"}\n",
  'docs/parts/forged':
    "<%\n" +
    "const forms = it.types.flatMap((type) => type.forms);\n" +
    "const tried = forms.filter(({ measured }) => Object.keys(measured.checked).length > 0);\n" +
    "const kinds = [...new Set(tried.flatMap(({ measured }) => Object.keys(measured.checked)))];\n" +
    "const through = (attacks, kind) => (attacks[kind] === undefined ? false : attacks[kind].reached.length > 0);\n" +
    "const labels = (all) => (all.length === 0 ? '-' : all.length === tried.length ? 'all' : all.map(({ label }) => `\\`${label}\\``).join(', '));\n" +
    "-%>\n" +
    "| Root inside sends | Gets through in | Forms, with `spoof-check = no` |\n" +
    "| --- | --- | --- |\n" +
    "<% for (const kind of kinds) { -%>\n" +
    "| <%= kind %> | <%= this.cell(labels(tried.filter(({ measured }) => through(measured.checked, kind)))) %> | <%= tried.filter(({ measured }) => through(measured.unchecked, kind)).length %> of <%= tried.length %> |\n" +
    "<% } -%>\n",
  'docs/parts/networks':
    "<%\n" +
    "const forms = it.types.flatMap((type) => type.forms);\n" +
    "const remark = { current: '', earlier: ' (measured with an earlier form of this type)', none: ' (not measured)' };\n" +
    "const machines = Object.values(it.measured.machine);\n" +
    "-%>\n" +
    "| Type | Each other | Host | Outside | Card | Spoofs |\n" +
    "| --- | --- | --- | --- | --- | --- |\n" +
    "<% for (const { label, measured: { words, state } } of forms) { -%>\n" +
    "| <%= this.code(label) %><%= remark[state] %> | <%= words.eachOther %> | <%= words.host %> | <%= words.outside %> | <%= words.card %> | <%= words.checked %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "Measured by `rc-lxc lab`, packet by packet, over IPv4 and IPv6, with\n" +
    "<% machines.forEach(({ kernel, virtual, date, lxc, nftables, openrc }, at) => { -%>\n" +
    "<%= at > 0 ? 'and with ' : '' %>Linux <%= kernel %><%= virtual ? ' in an emulated machine with cards that filter addresses' : '' %> (LXC <%= lxc %>, nftables <%= nftables %>, OpenRC <%= openrc %>, <%= date %>)<%= at + 1 < machines.length ? ',' : '.' %>\n" +
    "<% }); -%>\n" +
    "\n" +
    "- *Host* and *outside*: both ways, or only out (from containers) or in (to them).\n" +
    "- *Card*: it takes in every frame on its wire (all: it is promiscuous), does so once root in a container wants it (asked), or takes in what is for the host and its containers (own).\n" +
    "- *Spoofs*: how many kinds of forged frames from root inside got through to anybody, of how many. Between containers on one macvlan card nothing was counted: nobody can hold what the driver hands over, and what is meant for another container goes no further. Where the host is the only neighbour (`routed`), what counts is what it believes or passes on.\n" +
    "- A dash: there was nothing to send to, or no card.\n",
  'docs/parts/outputs':
    "<% for (const name of it.argument.split(' ')) { const { paths, summary } = it.outputs.find((each) => each.name === name); -%>\n" +
    "- <% paths.forEach((path, at) => { -%><%= at === 0 ? '' : ', ' %>:path[<%= path %>]<% }); -%>: <%= this.prose(summary) %>\n" +
    "<% } -%>\n",
  'docs/parts/recorded':
    "<%\n" +
    "const { machines: { own, virtual }, sessions } = it.transcripts;\n" +
    "const ofVirtual = Object.entries(sessions).flatMap(([name, { on }]) =>\n" +
    "  on === 'virtual' && name.startsWith(`${it.argument}: `) ? [name.slice(it.argument.length + 2)] : []);\n" +
    "-%>\n" +
    "What commands print here was recorded on <%= own.date %> (Linux <%= own.kernel %>, OpenRC <%= own.openrc %>, LXC <%= own.lxc %>, nftables\n" +
    "<%= own.nftables %>, rc-lxc <%= own.rcLxc %>), each page’s commands on a new host for each description,\n" +
    "without netifrc: the interfaces are made by rc-lxc’s own service.\n" +
    "<% if (virtual !== undefined && ofVirtual.length > 0) { -%>\n" +
    "Those of the descriptions <%= ofVirtual.join(', ') %>, for which that kernel lacks something, were recorded with Linux <%= virtual.kernel %> in an emulated machine.\n" +
    "<% } -%>\n",
  'docs/parts/rules-cost':
    "<%\n" +
    "const { machine, figures } = it.bench.rules;\n" +
    "const seconds = (load) => `${(load.elapsedMilliseconds / 1000).toFixed(2)} s`;\n" +
    "const ratios = ({ datagram, latency, throughput }) => [datagram, latency, throughput].map(({ ratio }) => ratio).join(' / ');\n" +
    "-%>\n" +
    "What that costs, by the number of containers with a policy of their own each, as ratios to the rules of one: processor time of a datagram (less is\n" +
    "better) / time from a request of one byte over TCP to its answer (less) / throughput of a connection (more). Medians of <%= figures.rounds %> rounds\n" +
    "(<%= machine.system %>, Linux <%= machine.kernel %>, <%= machine.nftables.replace(/ \\(.*/, '') %>, <%= machine.date %>). “One, again” is the\n" +
    "same rules measured a second time: so far apart do equal things come out.\n" +
    "\n" +
    "| Containers | To another container | To the outside | Loading |\n" +
    "| --- | --- | --- | --- |\n" +
    "<% for (const { containers, container, outside, load } of figures.sizes) { -%>\n" +
    "| <%= containers.replace('none', 'no rules at all').replace('one again', 'one, again').replace(/000$/, ',000') %> | <%= ratios(container) %> | <%= ratios(outside) %> | <%= seconds(load) %> |\n" +
    "<% } -%>\n",
  'docs/parts/speed':
    "<%\n" +
    "const { machine, figures, rows, distances } = it.bench.networks;\n" +
    "const { own, virtual } = machine;\n" +
    "const earlier = new Set(it.types.flatMap(({ forms }) => forms.filter(({ speed }) => speed !== 'current').map(({ label }) => label)));\n" +
    "const cell = (figure) => (figure === undefined ? '-' : `${figure.throughputRatio} / ${figure.latencyRatio}`);\n" +
    "const percent = (parts) => `${Math.round(parts * 100)} %`;\n" +
    "const spread = (all) => `${percent(all[Math.floor(all.length / 2)])} (${percent(all.at(-1))} at most)`;\n" +
    "-%>\n" +
    "Speed of one TCP connection from a container, as ratios to a plain bridge without rules: throughput (more is better) / time from a request of one\n" +
    "byte to its answer (less is better); a dash where nothing was measured. Medians of <%= figures.rounds %> rounds, in which all were measured in turns, with both ends on one processor and a\n" +
    "pair of virtual interfaces in place of the card (<%= own.system %>, Linux <%= own.kernel %>, <%= own.date %>).\n" +
    "<% if (virtual !== undefined) { -%>\n" +
    "What that kernel lacks was measured with Linux <%= virtual.kernel %> in an emulated machine, in the same way and as ratios to a plain bridge there.\n" +
    "<% if (distances.throughput.length > 0) { -%>\n" +
    "Of the <%= distances.throughput.length %> ratios that both kernels have, those of the emulated machine differ by <%= spread(distances.throughput) %> in throughput\n" +
    "and by <%= spread(distances.latency) %> in time.\n" +
    "<% } } -%>\n" +
    "\n" +
    "| Network | To the outside | To the host | To each other | Kernel |\n" +
    "| --- | --- | --- | --- | --- |\n" +
    "<% for (const row of rows) { -%>\n" +
    "| <%= this.code(row.label) %> | <%= cell(row.figures.outside) %> | <%= cell(row.figures.host) %> | <%= cell(row.figures.container) %> | <%= machine[row.kernel].emulated ? 'emulated' : 'machine’s' %><% if (earlier.has(row.label)) { %>, measured with an earlier form of this type<% } %> |\n" +
    "<% } -%>\n",
  'docs/parts/type-bridge':
    "### Internal, with NAT\n" +
    "\n" +
    "::drawing{example=nat}\n" +
    "\n" +
    "Take it for containers that need to get out but need no address outside. Take `routed` where they have public addresses of their\n" +
    "own.\n" +
    "\n" +
    "::description{example=nat}\n" +
    "\n" +
    "The container's configuration, the bridge and the service that come of it:\n" +
    "\n" +
    "::file{example=nat path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "::file{example=nat path=/etc/conf.d/net.br-internal}\n" +
    "\n" +
    "On a host without netifrc a service of rc-lxc's own makes the bridge, with `links = iproute2`:\n" +
    "\n" +
    "::file{example=nat path=/etc/conf.d/rc-lxc-link.br-internal links=iproute2}\n" +
    "\n" +
    "::file{example=nat path=/etc/init.d/lxc.web1}\n" +
    "\n" +
    "```run example=nat\n" +
    "rc-service lxc.web1 start\n" +
    "ip -brief link show master br-internal\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "lxc-attach -n web1 -- ping -c 1 10.0.3.12\n" +
    "```\n" +
    "\n" +
    "The host's side of the pair always has this name and this hardware address, so other rules can name it. The bridge keeps an\n" +
    "address of its own, whatever is in it.\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- A bridge takes the lowest hardware address of its ports, and changes it when a container comes or goes, unless it is given\n" +
    "  one. rc-lxc gives it one, and gives the host's sides addresses that begin with `fe`.\n" +
    "- NAT is no firewall. A neighbour outside that routes the containers' prefix to the host gets in unless forwarding is\n" +
    "  filtered; here it is.\n" +
    "- IPv6 forwarding turns off router advertisements on the uplink, and with them the host's own IPv6 route, unless `accept_ra`\n" +
    "  is 2 there. The settings written here see to it:\n" +
    "\n" +
    "::file{example=nat path=/etc/rc-lxc/sysctl}\n" +
    "\n" +
    "### With the card in it\n" +
    "\n" +
    "::drawing{example=ports}\n" +
    "\n" +
    "Take it where containers must be on the wire themselves, broadcasts included: machines that find each other that way, DHCP\n" +
    "from outside, virtual machines on the same bridge. Take `routed` when all that is needed is addresses of the outside network.\n" +
    "\n" +
    "A bridge makes every card in it promiscuous, unless it filters VLANs, is told the containers' addresses, and its ports neither\n" +
    "learn nor are flooded. rc-lxc sets it up so, and keeps the entries in step as containers come and go. Where the kernel has no\n" +
    "VLAN filtering for bridges, `rc-lxc check` warns; `promiscuous = yes` says that the card may be promiscuous.\n" +
    "\n" +
    "::description{example=ports}\n" +
    "\n" +
    "::file{example=ports path=/etc/conf.d/rc-lxc-link.br-lan links=iproute2}\n" +
    "\n" +
    "::file{example=ports path=/etc/conf.d/net.br-lan}\n" +
    "\n" +
    "```run example=ports\n" +
    "rc-service lxc.web1 start\n" +
    "ip -4 -brief address show br-lan\n" +
    "ping -c 1 192.0.2.11\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- The host's address belongs to the bridge, not to the card. What gives it to the card again (:path[/etc/conf.d/net], a DHCP\n" +
    "  client, NetworkManager) has to leave the card alone: `config_eth0=\"null\"` for netifrc. `rc-lxc doctor` finds the settings of netifrc.\n" +
    "- The address moves when the bridge starts: the first time, have a console at hand that is not this network.\n" +
    "- `iptables` rules see what crosses a bridge while `br_netfilter` is loaded, which Docker sees to; a forward policy of drop then\n" +
    "  cuts containers of one bridge from each other. `rc-lxc doctor` names such a table.\n",
  'docs/parts/type-empty':
    "::drawing{example=empty}\n" +
    "\n" +
    "::description{example=empty}\n" +
    "\n" +
    "::file{example=empty path=/var/lib/lxc/job1/config}\n" +
    "\n" +
    "```run example=empty\n" +
    "rc-service lxc.job1 start\n" +
    "lxc-attach -n job1 -- ip address\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- Loopback is down, and without 127.0.0.1, until something inside brings it up, as `ip link set lo up` does: here nothing has.\n" +
    "- Work that fetches something fails late, in the middle: fetch on the host, and mount the folder.\n",
  'docs/parts/type-ipvlan':
    "::drawing{example=ipvlan}\n" +
    "\n" +
    "Take it where the wire carries one hardware address alone, and `macvlan` where it carries more. Where root in the container is not\n" +
    "trusted, take a bridge or `routed`: rc-lxc checks nothing that these containers send, and outside they cannot be told apart by\n" +
    "hardware address.\n" +
    "\n" +
    "::description{example=ipvlan}\n" +
    "\n" +
    "::file{example=ipvlan path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "```run example=ipvlan\n" +
    "rc-service lxc.web1 start\n" +
    "rc-service lxc.web2 start\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "lxc-attach -n web1 -- ping -c 1 192.168.8.12\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- In `l3` and `l3s` the containers' prefix may not be part of the uplink's network, broadcasts and multicasts do not arrive, and\n" +
    "  each packet from the host to a container goes out to the router and comes back by the card.\n" +
    "- DHCP servers that tell clients by hardware address give all of them the same address.\n" +
    "- In `l3s` beside an internal bridge, neither the containers of that bridge nor the host answer its containers: take `l3` there.\n",
  'docs/parts/type-macvlan':
    "::drawing{example=macvlan}\n" +
    "\n" +
    "Take it for containers that are on a card's network with a hardware address each, at the full speed of the card, where they need\n" +
    "not be kept from each other. That host and containers do not reach each other on the card is how the driver works, not a missing\n" +
    "rule; with `host-access = yes` the host has a route to each container through its own macvlan.\n" +
    "\n" +
    "::description{example=macvlan}\n" +
    "\n" +
    "::file{example=macvlan path=/var/lib/lxc/files1/config}\n" +
    "\n" +
    "::file{example=macvlan path=/etc/conf.d/rc-lxc-link.mv-fast links=iproute2}\n" +
    "\n" +
    "::file{example=macvlan path=/etc/conf.d/net.mv-fast}\n" +
    "\n" +
    "```run example=macvlan\n" +
    "rc-service lxc.files1 start\n" +
    "rc-service lxc.files2 start\n" +
    "ip route show dev mv-fast\n" +
    "ping -c 1 192.168.8.11\n" +
    "lxc-attach -n files1 -- ping -c 1 192.168.8.12\n" +
    "```\n" +
    "\n" +
    "The modes differ in what containers of one card may send each other: `bridge` everything, `private` nothing, `vepa` only by way\n" +
    "of a switch that sends frames back, `passthru` gives one container the card.\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- With `passthru` the card takes on the container's hardware address.\n" +
    "- Where a switch or a wireless card does not carry more than one hardware address, take `ipvlan`.\n",
  'docs/parts/type-none':
    "::drawing{example=none}\n" +
    "\n" +
    "::description{example=none}\n" +
    "\n" +
    "::file{example=none path=/var/lib/lxc/tool1/config}\n" +
    "\n" +
    "```run example=none\n" +
    "rc-lxc check\n" +
    "rc-service lxc.tool1 start\n" +
    "lxc-attach -n tool1 -- ip -4 route\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- It needs `user-namespace = no`. In a user namespace of its own a container may not mount the :path[/sys] of a network that the host owns,\n" +
    "  and LXC does not start it.\n" +
    "- `none` is not `empty`: the word sounds like no network, and it is all of the host's.\n",
  'docs/parts/type-phys':
    "::drawing{example=phys}\n" +
    "\n" +
    "::description{example=phys}\n" +
    "\n" +
    "::file{example=phys path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "```run example=phys\n" +
    "rc-service lxc.web1 start\n" +
    "ip link show eth1\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "rc-service lxc.web1 stop\n" +
    "ip -brief address show eth1\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- A hardware address that the container gave the card stays on it after the stop.\n" +
    "- A service of the card that was started before, `net.eth1`, still counts as started then: restart it.\n",
  'docs/parts/type-routed':
    "::drawing{example=routed}\n" +
    "\n" +
    "Take it for public addresses, and whenever nothing has to be broadcast.\n" +
    "\n" +
    "::description{example=routed}\n" +
    "\n" +
    "::file{example=routed path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "::file{example=routed path=/etc/conf.d/lxc.web1}\n" +
    "\n" +
    "```run example=routed\n" +
    "rc-service lxc.web1 start\n" +
    "ip route show dev web1-eth0\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "ping -c 1 192.0.2.75\n" +
    "lxc-attach -n web1 -- ping -c 1 -W 1 192.0.2.10\n" +
    "```\n" +
    "\n" +
    "169.254.1.1 and fe80::1 are the host's ends of every pair, the same for all. A router outside needs no route to addresses of the\n" +
    "uplink's network, since the host answers for them there.\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- Other addresses need a route at the router outside, to the host.\n" +
    "- Where a provider drops what comes from hardware addresses that it does not know, this type works: all leaves with the card's\n" +
    "  own. Where it binds an additional address to a hardware address of its own, take `macvlan` or a bridge with `ports`, and give that\n" +
    "  as `mac`.\n",
  'docs/parts/type-vlan':
    "::drawing{example=vlan}\n" +
    "\n" +
    "::description{example=vlan}\n" +
    "\n" +
    "::file{example=vlan path=/var/lib/lxc/web1/config}\n" +
    "\n" +
    "```run example=vlan\n" +
    "rc-service lxc.web1 start\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "lxc-attach -n web1 -- ping -c 1 192.168.42.1\n" +
    "```\n" +
    "\n" +
    "Pitfalls:\n" +
    "\n" +
    "- The switch port must be a trunk that carries the VLAN with its tag.\n" +
    "- A key `lxc.net.N.macvlan.vlan`, which older instructions name, does not exist: LXC refuses the whole file for it.\n",
  'docs/rc-lxc':
    "# rc-lxc\n" +
    "\n" +
    "::infobox{package=rc-lxc}\n" +
    "\n" +
    "<%= it.purpose %> It writes the services, the network, the LXC configurations and the packet rules from the same lines, and shows\n" +
    "what it would change before it does.\n" +
    "\n" +
    "## Installing on Gentoo\n" +
    "\n" +
    "The repository of rc-lxc holds an overlay, :path[ebuild/]. With a clone of the repository in :path[/var/db/repos/rc-lxc], name it:\n" +
    "\n" +
    "```ini title=\"/etc/portage/repos.conf/rc-lxc.conf\"\n" +
    "[rc-lxc]\n" +
    "location = /var/db/repos/rc-lxc/ebuild\n" +
    "auto-sync = no\n" +
    "```\n" +
    "\n" +
    "<% const atoms = new Map(it.packages.map(({ name, atom }) => [name, atom])); -%>\n" +
    "Then say what Portage asks for: LXC from here, testing keywords (those of your architecture), and the static libcap that LXC links its init\n" +
    "for containers with. Leave the mask out where Gentoo’s LXC is newer than the overlay’s: it would be replaced by the older one.\n" +
    "\n" +
    "```ini title=\"/etc/portage/package.mask/rc-lxc\"\n" +
    "<%= this.line(atoms.get('lxc')) %>::gentoo\n" +
    "```\n" +
    "\n" +
    "```ini title=\"/etc/portage/package.accept_keywords/rc-lxc\"\n" +
    "<%= this.line(atoms.get('lxc')) %> ~amd64\n" +
    "<%= this.line(atoms.get('rc-lxc')) %> ~amd64\n" +
    "```\n" +
    "\n" +
    "```ini title=\"/etc/portage/package.use/rc-lxc\"\n" +
    "sys-libs/libcap static-libs\n" +
    "```\n" +
    "\n" +
    "`emerge --ask <%= this.word(atoms.get('lxc')) %>` then brings LXC and rc-lxc along with it, their services in one order.\n" +
    "Without the mask, `emerge <%= this.word(atoms.get('rc-lxc')) %>` goes with the LXC that Gentoo has, and leaves that one’s scripts alone.\n" +
    "\n" +
    "| Package | USE flag | What it does |\n" +
    "| --- | --- | --- |\n" +
    "<% for (const { atom, flags } of it.packages) for (const { name, text } of flags) { -%>\n" +
    "| :package[<%= atom %>] | :useflag[<%= name %>] | <%= this.cell(text) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "Releases cannot be downloaded yet. Where the overlay has an ebuild of one, make its tarball from a clone first; it comes out the same on\n" +
    "every machine:\n" +
    "\n" +
    "1. `git clone --branch v<%= this.word(it.version) %> /var/db/repos/rc-lxc /tmp/rc-lxc`, with the version of the ebuild\n" +
    "2. `make -C /tmp/rc-lxc dist`\n" +
    "3. `cp /tmp/rc-lxc/release/rc-lxc-<%= this.word(it.version) %>.tar.gz \"$(portageq envvar DISTDIR)\"`\n" +
    "\n" +
    "Before the first release, for what is newer than one, and for changes of your own there is `rc-lxc-9999`, with the keyword `**` in place of\n" +
    "`~amd64`. It builds the clone that `RC_LXC_REPO_URI` names in\n" +
    ":path[/etc/portage/make.conf], with packages that npm fetches; or, without git, npm and a network, the tarball that `RC_LXC_TARBALL` names\n" +
    "and `make dist` in a clone made: :path[release/rc-lxc-9999.tar.gz].\n" +
    "\n" +
    "## Installing elsewhere\n" +
    "\n" +
    "`make`, with Node (20 or later) and npm, and `make install`, below `PREFIX=/usr`; packagers give `DESTDIR`. `LAB=no` leaves out what `rc-lxc lab` needs, `DOC=no` these pages. The script that distributions install as :path[/etc/init.d/lxc] is left\n" +
    "alone; `TAKE_LXC=yes` replaces it. What `rc-lxc apply` writes is shell scripts and settings: a boot needs no Node. `rc-lxc doctor` says what\n" +
    "the host lacks.\n" +
    "\n" +
    "## The first container\n" +
    "\n" +
    "<%= this.part('recorded rc-lxc') %>\n" +
    "\n" +
    "A description with a network for it:\n" +
    "\n" +
    "::description{example=first}\n" +
    "\n" +
    "From there to a container that runs:\n" +
    "\n" +
    "```run example=first\n" +
    "<% for (const line of it.firstSteps.flatMap((each) => each.split(' && ')).filter((each) => each !== 'rc-lxc plan')) { -%>\n" +
    "<%= this.line(line) %>\n" +
    "<% } -%>\n" +
    "lxc-attach -n web1 -- ip route\n" +
    "lxc-attach -n web1 -- ping -c 1 10.0.3.1\n" +
    "rc-lxc status\n" +
    "rc-service lxc.web1 stop\n" +
    "```\n" +
    "\n" +
    "Two containers, one of which needs the other:\n" +
    "\n" +
    "::description{example=nat}\n" +
    "\n" +
    "::drawing{example=nat}\n" +
    "\n" +
    "```run example=nat\n" +
    "rc-lxc apply --create\n" +
    "rc-service lxc.web1 start\n" +
    "rc-lxc status\n" +
    "lxc-attach -n web1 -- ping -c 1 10.0.3.12\n" +
    "rc-service lxc.db1 stop\n" +
    "```\n" +
    "\n" +
    "`rc-lxc check` shows each mistake where it stands, with its remedy, and nothing is written while there is one. `rc-lxc plan` shows every\n" +
    "change as a diff. A file that was edited by hand is never overwritten: the new one is put beside it, for `dispatch-conf` and\n" +
    "`etc-update`.\n" +
    "\n" +
    "`rc-lxc apply --prove` first boots the described host in namespaces, sends the packets, lets root in every container attack, and writes\n" +
    "nothing unless all is as described.\n" +
    "\n" +
    "## What doctor looks at\n" +
    "\n" +
    "<% for (const { name, summary } of it.checks) { -%>\n" +
    "- <%= this.code(name) %>: <%= this.prose(summary) %>\n" +
    "<% } -%>\n" +
    "\n" +
    "## Commands\n" +
    "\n" +
    "<% for (const { name, summary, description, options, examples } of it.commands) { -%>\n" +
    "### rc-lxc <%= name %>\n" +
    "\n" +
    "<%= this.code(`rc-lxc ${name}`) %>: <%= this.prose(summary) %>. <%= this.prose(description) %>\n" +
    "\n" +
    "<% if (options.length > 0) { -%>\n" +
    "| Option | What it does |\n" +
    "| --- | --- |\n" +
    "<% for (const option of options) { -%>\n" +
    "| <%= this.code(option.flags) %> | <%= this.cell(option.summary) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "<% } -%>\n" +
    "<% for (const [line, meaning] of examples) { -%>\n" +
    "- <%= this.code(line) %>: <%= this.prose(meaning) %>\n" +
    "<% } -%>\n" +
    "\n" +
    "<% } -%>\n" +
    "## Exit status\n" +
    "\n" +
    "| Status | Meaning |\n" +
    "| --- | --- |\n" +
    "<% for (const [status, meaning] of it.exitStatuses) { -%>\n" +
    "| <%= this.code(String(status)) %> | <%= this.cell(meaning) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "## Sections of the description\n" +
    "\n" +
    "<% for (const { spec } of it.sections) { -%>\n" +
    "- <%= this.code(spec.example) %>: <%= this.prose(spec.summary) %>.\n" +
    "<% } -%>\n" +
    "\n" +
    "<% const shared = new Map(it.sections.find(({ spec }) => spec.kind === 'profile').keys.map((key) => [key.key, key])); -%>\n" +
    "<% const same = (key) => ['summary', 'type', 'default'].every((part) => shared.get(key.key)?.[part] === key[part]); -%>\n" +
    "<% for (const { spec, keys } of it.sections) { const own = spec.kind === 'container' ? keys.filter((key) => !same(key)) : keys; -%>\n" +
    "## Keys of <%= spec.kind %>\n" +
    "\n" +
    "<% if (own.length < keys.length) { -%>\n" +
    "A container takes every key of a profile, and these:\n" +
    "\n" +
    "<% } -%>\n" +
    "| Key | What it does | Takes | Default |\n" +
    "| --- | --- | --- | --- |\n" +
    "<% for (const key of own) { -%>\n" +
    "| <%= this.code(key.key) %> | <%= this.cell(key.summary) %> | <%= this.cell(key.choices === undefined ? key.type : key.choices.join(', ')) %> | <%= this.cell(key.default) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "<% } -%>\n" +
    "## Messages about a description\n" +
    "\n" +
    "`rc-lxc check` names each mistake by a code that stays the same. An error stops everything; a warning is said, and goes on.\n" +
    "\n" +
    "| Code | Kind | What is wrong |\n" +
    "| --- | --- | --- |\n" +
    "<% for (const { code, severity, summary } of it.problems) { -%>\n" +
    "| <%= this.code(code) %> | <%= severity %> | <%= this.cell(summary) %> |\n" +
    "<% } -%>\n" +
    "\n" +
    "## The kernel\n" +
    "\n" +
    "<% const others = it.kernel.filter(({ feature }) => !feature.startsWith('network:')); -%>\n" +
    "<% const features = (isRequired) => [...new Set(others.filter((entry) => isRequired === others.some((each) => each.feature === entry.feature && each.required)).map(({ feature }) => feature))]; -%>\n" +
    "What every host needs; each network type needs :page[options of its own]{name=\"LXC/Networking\" section=\"Kernel options\"}, too.\n" +
    "\n" +
    "::kernel{feature=\"<%= this.words(features(true)) %>\"}\n" +
    "\n" +
    "What only some descriptions need, and `rc-lxc lab`; `rc-lxc doctor` says which of them yours does, and whether the running kernel has it.\n" +
    "\n" +
    "::kernel{feature=\"<%= this.words(features(false)) %>\"}\n" +
    "\n" +
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
  'empty':
    "; A container with loopback and nothing else.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "\n" +
    "[network nowhere]\n" +
    "type = empty\n" +
    "\n" +
    "[container job1]\n" +
    "id = 11\n" +
    "network = nowhere\n" +
    "template = busybox\n",
  'first':
    "; A network inside the host, and no container yet.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network internal]\n" +
    "type = bridge\n" +
    "ipv4 = 10.0.3.1/24\n" +
    "nat = yes\n",
  'ipvlan':
    "; Containers on the wire of a second card, with that card's hardware address.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "; The switch allows one hardware address on this port: eth1's.\n" +
    "[network guest]\n" +
    "type = ipvlan\n" +
    "parent = eth1\n" +
    "ipv4 = 192.168.8.0/24\n" +
    "gateway = 192.168.8.1\n" +
    "\n" +
    "[profile plain]\n" +
    "network = guest\n" +
    "template = busybox\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "use = plain\n" +
    "\n" +
    "[container web2]\n" +
    "id = 12\n" +
    "use = plain\n",
  'macvlan':
    "; Containers on the wire of a second card, with hardware addresses of their own; the host has a way to them.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network fast]\n" +
    "type = macvlan\n" +
    "parent = eth1\n" +
    "ipv4 = 192.168.8.2/24\n" +
    "gateway = 192.168.8.1\n" +
    "host-access = yes\n" +
    "\n" +
    "[profile plain]\n" +
    "network = fast\n" +
    "template = busybox\n" +
    "\n" +
    "[container files1]\n" +
    "id = 11\n" +
    "use = plain\n" +
    "\n" +
    "[container files2]\n" +
    "id = 12\n" +
    "use = plain\n",
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
  'none':
    "; A container in the host's own network, for what manages that.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network host-network]\n" +
    "type = none\n" +
    "\n" +
    "[container tool1]\n" +
    "id = 11\n" +
    "network = host-network\n" +
    "user-namespace = no\n" +
    "template = busybox\n",
  'phys':
    "; A container that has a second card to itself while it runs.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network card]\n" +
    "type = phys\n" +
    "parent = eth1\n" +
    "ipv4 = 192.168.8.0/24\n" +
    "gateway = 192.168.8.1\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "network = card\n" +
    "template = busybox\n",
  'ports':
    "; A bridge that includes the card: the container is on the wire, and the card keeps its own filter.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "; The host's own address moves from the card to the bridge.\n" +
    "[network lan]\n" +
    "type = bridge\n" +
    "ports = eth0\n" +
    "ipv4 = 192.0.2.10/24\n" +
    "gateway = 192.0.2.1\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "network = lan\n" +
    "template = busybox\n" +
    "allow-in = any:80/tcp, any:icmp\n",
  'routed':
    "; Containers with public addresses of the uplink's network, and no bridge.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "ipv4 = 192.0.2.10\n" +
    "ipv6 = 2001:db8::10\n" +
    "\n" +
    "; Addresses of the uplink's own network: nothing has to be set up on the router.\n" +
    "[network edge]\n" +
    "type = routed\n" +
    "ipv4 = 192.0.2.64/26\n" +
    "ipv6 = 2001:db8::/64\n" +
    "\n" +
    "[profile public]\n" +
    "network = edge\n" +
    "template = busybox\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "use = public\n" +
    "allow-in = any:80/tcp, any:icmp\n" +
    "\n" +
    "[container mail1]\n" +
    "id = 12\n" +
    "use = public\n" +
    "allow-in = any:25/tcp, any:icmp\n",
  'sealed':
    "; A build box that two services of the host are for, and nothing else.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "; IPv6 alone, and no way out of the host.\n" +
    "[network sealed]\n" +
    "type = bridge\n" +
    "ipv6 = fd00:0:0:5::1/64\n" +
    "\n" +
    "[network internal]\n" +
    "type = bridge\n" +
    "ipv4 = 10.0.3.1/24\n" +
    "nat = yes\n" +
    "\n" +
    "; The host's ssh gets in; it gets the host's rsync and squid.\n" +
    "[container tinderbox]\n" +
    "id = 20\n" +
    "network = sealed\n" +
    "ipv6 = link-local\n" +
    "template = busybox\n" +
    "allow-in = host:22/tcp\n" +
    "allow-out = host:873/tcp, host:3128/tcp\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "network = internal\n" +
    "template = busybox\n" +
    "\n" +
    "[expect the-tinderbox-is-sealed]\n" +
    "from = tinderbox\n" +
    "to = outside:443/tcp\n" +
    "verdict = deny\n" +
    "\n" +
    "[expect not-through-web1-either]\n" +
    "from = web1\n" +
    "to = tinderbox:22/tcp\n" +
    "verdict = deny\n",
  'services':
    "; Containers that wait for each other, are supervised, and stop in order.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network internal]\n" +
    "type = bridge\n" +
    "ipv4 = 10.0.3.1/24\n" +
    "nat = yes\n" +
    "\n" +
    "[profile small]\n" +
    "network = internal\n" +
    "template = busybox\n" +
    "memory = 64M\n" +
    "pids = 100\n" +
    "\n" +
    "[container db1]\n" +
    "id = 11\n" +
    "use = small\n" +
    "ready = exec:test -d /etc\n" +
    "stop-timeout = 20s\n" +
    "\n" +
    "; Starts once db1 is ready, and counts as started when something answers on port 80.\n" +
    "[container web1]\n" +
    "id = 12\n" +
    "use = small\n" +
    "needs = db1\n" +
    "ready = tcp:80\n" +
    "ready-timeout = 10s\n" +
    "restart = on-failure\n" +
    "\n" +
    "; Only when somebody asks for it.\n" +
    "[container build1]\n" +
    "id = 13\n" +
    "use = small\n" +
    "autostart = no\n",
  'vlan':
    "; A container that has a tagged VLAN of a second card to itself.\n" +
    "\n" +
    "[host]\n" +
    "name = excelsior\n" +
    "uplink = eth0\n" +
    "\n" +
    "[network dmz]\n" +
    "type = vlan\n" +
    "parent = eth1\n" +
    "vlan = 42\n" +
    "ipv4 = 192.168.42.0/24\n" +
    "gateway = 192.168.42.1\n" +
    "\n" +
    "[container web1]\n" +
    "id = 11\n" +
    "network = dmz\n" +
    "template = busybox\n",
} as const;
