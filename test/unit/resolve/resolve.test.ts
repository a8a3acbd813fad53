import { describe, expect, it } from 'vitest';

import { facts, manyContainers, modelOf, resolveText } from './support.ts';

const internal = '[host]\nuplink = eth0\n[network internal]\nipv4 = 10.0.3.1/24\nipv6 = fd00::1/64\n';

/** The best of three runs. */
function milliseconds(count: number): number {
  const text = manyContainers(count);
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    expect(resolveText(text, facts).problems).toEqual([]);
    return performance.now() - began;
  });
  return Math.min(...times);
}

describe('resolve', () => {
  it('derives addresses, user ids and names from the id and the name', () => {
    const [web] = modelOf(`${internal}[container web1]\nid = 11\nnetwork = internal\n`).containers;
    expect(web).toMatchObject({
      service: 'lxc.web1',
      rootfs: '/var/lib/lxc/web1/rootfs',
      idMap: { base: 100_000 + 11 * 65_536, count: 65_536 },
      autostart: true,
      ready: { kind: 'running' },
      readyTimeout: 30,
      stopTimeout: 60,
    });
    expect(web?.nics).toMatchObject([
      {
        index: 0,
        name: 'eth0',
        hostName: 'web1-eth0',
        ipv4: { address: '10.0.3.11', length: 24 },
        ipv6: { address: 'fd00::b', length: 64 },
        gateway4: '10.0.3.1',
        gateway6: 'fd00::1',
      },
    ]);
  });

  it('gives the default route to the first interface that has a gateway, each family by itself', () => {
    const text = `${internal}[network four]\nipv4 = 10.9.0.1/24\n[container web1]\nid = 5\nnetwork = four\n[nic web1:eth1]\nnetwork = internal\n`;
    const nics = modelOf(text).containers[0]?.nics.map(({ gateway4, gateway6 }) => [gateway4, gateway6]);
    expect(nics).toEqual([
      ['10.9.0.1', undefined],
      [undefined, 'fd00::1'],
    ]);
  });

  it('has ids for the largest id there can be', () => {
    const { idMap } = modelOf('[container last]\nid = 65000\n').containers[0] ?? {};
    expect((idMap?.base ?? 0) + (idMap?.count ?? 0)).toBeLessThan(2 ** 32 - 1);
    expect(resolveText('[container last]\nid = 65001\n').problems.map(({ code }) => code)).toEqual(['out-of-range']);
  });

  it('asks the machine where the description is silent', () => {
    const known = { installedLxc: '5.0.2', netifrc: true, newuidmap: true, cgroup1Controllers: ['memory'] };
    const asked = modelOf('', known).host;
    expect(asked).toMatchObject({ lxc: '5.0.2', links: 'netifrc', newuidmap: true, cgroup1Controllers: ['memory'] });
    const written = modelOf('[host]\nlxc = 6.0\nlinks = iproute2\ncgroup1 = none\n', known).host;
    expect(written).toMatchObject({ lxc: '6.0.0', links: 'iproute2', cgroup1Controllers: [] });
    expect(modelOf('', {}).host).toMatchObject({ lxc: '7.0.0', links: 'iproute2', newuidmap: false });
  });

  it('understands the revisions of distributions', () => {
    const versions = ['7.0.0-r1', '1:5.0.2-1+deb12u4', '6.0.4'];
    expect(versions.map((installedLxc) => modelOf('', { installedLxc }).host.lxc)).toEqual(['7.0.0', '5.0.2', '6.0.4']);
  });

  it('freezes all of it', () => {
    const model = modelOf(`${internal}[container web1]\nid = 11\nnetwork = internal\ndevices = /dev/fuse rw\n`);
    const [web] = model.containers;
    for (const part of [
      model,
      model.host,
      model.host.uplinks,
      model.networks,
      web,
      web?.nics[0]?.ipv4,
      web?.devices[0],
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('finds mistakes of all kinds in one run, in the order of the file', () => {
    const { model, problems } = resolveText(
      '[host]\nuplnk = eth0\n[network internal]\nipv4 = 10.0.3.1\n[container web1]\nid = 0\nnetwork = intern\nneeds = db1\n',
    );
    expect(model).toBeUndefined();
    expect(problems.map(({ where, code }) => [where?.line, code])).toEqual([
      [2, 'unknown-key'],
      [4, 'bad-prefix'],
      [6, 'out-of-range'],
      [7, 'unknown-network'],
      [8, 'unknown-container'],
    ]);
  });

  it('tells nothing that only follows from another mistake', () => {
    const text = `${internal}[container web1]\nid = eleven\nnetwork = internal\n[container db1]\nid = twelve\nnetwork = internal\n`;
    expect(resolveText(text).problems.map(({ code }) => code)).toEqual(['not-a-number', 'not-a-number']);
  });

  it('points at the profile where the value stands there', () => {
    const text = '[profile p]\nnetwork = nowhere\n[container web1]\nid = 1\nuse = p\n';
    expect(resolveText(text).problems[0]).toMatchObject({ code: 'unknown-network', where: { line: 2, column: 11 } });
  });

  it('suggests ids and addresses that can all be taken', () => {
    const containers = [11, 11, 11, 2].map((id, index) => `[container c${index}]\nid = ${id}\nnetwork = internal\n`);
    const hints = resolveText(internal + containers.join('')).problems.map(({ hint }) => hint);
    const ids = hints.flatMap((hint) => /id = (\d+)/u.exec(hint ?? '')?.[1] ?? []);
    const addresses = hints.flatMap((hint) => /ipv4 = (\S+),/u.exec(hint ?? '')?.[1] ?? []);
    expect(ids).toEqual(['3', '4']);
    expect(addresses).toEqual(['10.0.3.3', '10.0.3.4']);
  });

  it('says when a network has no address left', () => {
    const text =
      '[network tiny]\nipv4 = 10.0.0.1/30\n[container one]\nid = 2\nnetwork = tiny\n[container two]\nid = 3\nnetwork = tiny\n';
    expect(resolveText(text).problems[0]?.hint).toContain('10.0.0.0/30 has no free address');
  });

  it('takes a chain of needs as long as there are containers', () => {
    const chain = Array.from(
      { length: 5000 },
      (_, at) => `[container c${at}]\nid = ${at + 1}\n${at > 0 ? `needs = c${at - 1}\n` : ''}`,
    );
    expect(resolveText(chain.join('')).problems).toEqual([]);
    const circle = resolveText(chain.join('').replace('[container c0]\n', '[container c0]\nneeds = c4999\n'));
    expect(circle.problems.map(({ code }) => code)).toEqual(['needs-cycle']);
  });

  it('grows with the number of containers, not with its square', () => {
    expect(milliseconds(8000) / milliseconds(1000)).toBeLessThan(24);
  });
});
