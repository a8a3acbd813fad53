import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { HostModel } from '../resolve/model.ts';

/** As ss(8) writes a socket that takes whatever address is asked. */
const everyAddress = new Set(['0.0.0.0:53', '*:53', '[::]:53']);

/**
 * Programs that answer for names at every address of the host: then dnsmasq cannot at those of networks with `dhcp`.
 * Ours never does.
 */
export async function namePortProblems(host: Host, model: HostModel): Promise<readonly Problem[]> {
  if (!model.networks.some(({ dhcp }) => dhcp)) return [];
  const output = await host.run(['ss', '-H', '-l', '-n', '-t', '-u', '-p', 'sport', '=', ':53'], { timeoutMs: 10_000 });
  const lines = output?.exitCode === 0 ? output.stdout.split('\n') : [];
  const names = lines.flatMap((line) => {
    const words = line.trim().split(/\s+/u);
    return everyAddress.has(words[4] ?? '') ? [/\(\("([^"]+)"/u.exec(line)?.[1] ?? 'a program'] : [];
  });
  return [...new Set(names)].map((name) =>
    problem(
      'name-port-taken',
      `${name} answers on port 53 of every address of this host: dnsmasq cannot serve containers`,
      {
        severity: 'warning',
        hint: `have it listen at its own addresses alone; a dnsmasq does with bind-dynamic, and except-interface=LINK for ${links(model)}`,
      },
    ),
  );
}

function links(model: HostModel): string {
  return model.networks.flatMap(({ dhcp, link }) => (dhcp && link !== undefined ? [link] : [])).join(', ');
}
