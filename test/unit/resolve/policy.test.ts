import { describe, expect, it } from 'vitest';
import { formatProblems } from '../../../src/base/report.ts';
import { verdict, type Endpoint, type Flow } from '../../../src/resolve/policy.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';

const text = `[host]
uplink = eth0
ipv4 = 192.0.2.10

[network inner]
ipv4 = 10.0.3.1/24
nat = yes

[network closed]
ipv4 = 10.0.4.1/24
isolate = yes

[container web]
id = 11
network = inner
allow-in = any:80/tcp, inner:22/tcp, 192.0.2.0/28:53/udp

[container client]
id = 12
network = inner
allow-out = web:80/tcp, outside:443/tcp

[container one]
id = 13
network = closed
allow-out = outside:53/udp, any:80/tcp

[container two]
id = 14
network = closed
`;

const { model, problems } = resolve(parseSource([{ path: 'host.ini', text }]), {});
const host: Endpoint = { kind: 'host' };
const outside: Endpoint = { kind: 'outside', address: '198.51.100.1' };
const container = (name: string): Endpoint => ({ kind: 'container', name });

const judge = (from: Endpoint, to: Endpoint, protocol: Flow['protocol'], port?: number): string => {
  if (model === undefined) throw new Error(formatProblems(problems));
  const answer = verdict(model, { from, to, protocol, family: 4, ...(port === undefined ? {} : { port }) });
  return `${answer.allowed ? 'yes' : 'no'} ${String(answer.where?.line ?? '-')}`;
};

describe('the verdict on a flow', () => {
  it.each([
    ['any, on its port', outside, container('web'), 'tcp', 80, 'yes -'],
    ['any, on another port', outside, container('web'), 'tcp', 81, 'no 16'],
    ['the own network', container('client'), container('web'), 'tcp', 80, 'yes -'],
    ['what the sender may not', container('client'), container('web'), 'tcp', 22, 'no 21'],
    ['the host, which is of no network', host, container('web'), 'tcp', 22, 'no 16'],
    ['the host, by its address', host, container('web'), 'udp', 53, 'yes -'],
    ['out, to the outside', container('client'), outside, 'tcp', 443, 'yes -'],
    ['out, which is not the host', container('client'), host, 'tcp', 443, 'no 21'],
    ['a closed network, by name', container('one'), outside, 'udp', 53, 'yes -'],
    ['a closed network, by any', container('one'), outside, 'tcp', 80, 'no 26'],
    ['a closed network without a word', container('two'), outside, 'tcp', 80, 'no 9'],
    ['isolated containers', container('two'), container('one'), 'tcp', 80, 'no 9'],
    ['into an inner network', outside, container('client'), 'tcp', 80, 'no 5'],
    ['into another inner network', container('two'), container('client'), 'tcp', 80, 'no 5'],
    ['the host into an inner network', host, container('client'), 'icmp', undefined, 'yes -'],
  ] as const)('of %s', (_, from, to, protocol, port, expected) => {
    expect(judge(from, to, protocol, port)).toBe(expected);
  });
});
