import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { checkout, describeLab } from './support/lab.ts';
import { must, rc } from './support/service.ts';
import { shells } from './support/shells.ts';

const expected = join(checkout, 'test/cases/every-type-iproute2/expected/etc/rc-lxc');
const files = ['nftables.nft', 'nftables-eth2.nft'];

/**
 * nft on a kernel that lacks a family of tables, whose name stands in /run/lacking: what asks the kernel for one of it is
 * refused in the kernel's words, and in nft's as they are for that.
 */
const lacking = `#!/bin/sh
family=$(cat /run/lacking 2>/dev/null)
text="$*"
for word; do
	[ -f "$word" ] || continue
	text="$text
$(cat "$word" $(sed -n 's/^include "\\(.*\\)"$/\\1/p' "$word"))"
done
case "$text" in
*"table \${family:-none} "*) echo "Error: Could not process rule: Operation not supported" >&2; exit 1 ;;
esac
exec /usr/sbin/nft.real "$@"
`;

for (const shell of shells)
  describeLab(`the service of the packet rules on a kernel without some of nftables, under ${shell}`, () => {
    let host: ThrowawayHost;

    beforeAll(async () => {
      host = await bootThrowawayHost({ shell });
      await installShell(host, checkout);
      for (const name of files) await host.writeFile(`/etc/rc-lxc/${name}`, readFileSync(join(expected, name), 'utf8'));
      await must(host, 'ip link add eth2 type veth peer name far0; mv /usr/sbin/nft /usr/sbin/nft.real');
      await host.writeFile('/usr/sbin/nft', lacking, 0o755);
      await must(host, 'rc-update -u');
    });
    afterAll(() => host.stop());

    it.each(['bridge', 'netdev', 'inet'])(
      'says that the kernel has no tables of the family %s, and loads none',
      async (family) => {
        await host.writeFile('/run/lacking', family);
        for (const command of ['start', 'checkconfig']) {
          const { exitCode, text } = await rc(host, 'rc-lxc-nft', command);
          expect(exitCode).toBe(1);
          expect(text).toContain('Operation not supported');
          const told = text.match(/The kernel has no nftables of the family .*/gu);
          expect(told).toEqual([
            `The kernel has no nftables of the family ${family}: it needs CONFIG_NF_TABLES_${family.toUpperCase()}`,
          ]);
        }
        expect(await must(host, 'nft.real list tables')).toBe('');
      },
    );

    it('loads them, and says nothing, where all are there', async () => {
      await must(host, 'rm /run/lacking');
      const { exitCode, text } = await rc(host, 'rc-lxc-nft', 'start');
      expect(exitCode, text).toBe(0);
      expect(text).not.toContain('The kernel');
      expect((await must(host, 'nft.real list tables | sort')).split('\n')).toEqual([
        'table bridge rc-lxc',
        'table inet rc-lxc',
        'table netdev rc-lxc-eth2',
      ]);
    });
  });
