import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { describeHost } from './support/describe-host.ts';
import { describeLab } from './support/lab.ts';
import { rc } from './support/service.ts';

const source = `
[host]
uplink = eth0
links = iproute2

[network fast]
type = macvlan
ipv4 = 192.0.2.0/24

[container one]
id = 41
network = fast
`;

describeLab('a container with a macvlan', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await describeHost(host, source);
  });
  afterAll(() => host.stop());

  it('starts right after its stop, while the kernel still takes its last network down', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { exitCode, text } = await rc(host, 'lxc.one', round === 0 ? 'start' : 'restart');
      expect([round, exitCode, text]).toEqual([round, 0, expect.any(String)]);
    }
  });
});
