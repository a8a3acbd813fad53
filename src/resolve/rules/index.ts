import { problem } from '../../base/errors.ts';
import type { Place, Problem, Severity } from '../../base/errors.ts';
import { networkTypes, typeOf } from '../../networks/index.ts';
import { addressNotAHost } from './address-not-a-host.ts';
import { addressOfHost } from './address-of-host.ts';
import { addressOutsideNetwork } from './address-outside-network.ts';
import { addressWithoutNetwork } from './address-without-network.ts';
import { addressWithoutPrefix } from './address-without-prefix.ts';
import { aslrWithArch } from './aslr-with-arch.ts';
import { autostartNeeds } from './autostart-needs.ts';
import { capabilityWithoutEffect } from './capability-without-effect.ts';
import { cgroup1WithNewLxc } from './cgroup1-with-new-lxc.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateInterface } from './duplicate-interface.ts';
import { duplicateMac } from './duplicate-mac.ts';
import { expectNotTried } from './expect-not-tried.ts';
import { gatewayOutsideNetwork } from './gateway-outside-network.ts';
import { gatewayTwice } from './gateway-twice.ts';
import { idMappingNeedsNewerLxc } from './id-mapping-needs-newer-lxc.ts';
import { idOutsideNetwork } from './id-outside-network.ts';
import { interfaceNameCollision } from './interface-name-collision.ts';
import { ioWeightTooLarge } from './io-weight-too-large.ts';
import { lxcKeyMissing } from './lxc-key-missing.ts';
import { lxcKeyUnknown } from './lxc-key-unknown.ts';
import { lxcUnsupported } from './lxc-unsupported.ts';
import { lxcValue } from './lxc-value.ts';
import { lxcVersionUnknown } from './lxc-version-unknown.ts';
import { mountFromRootfs } from './mount-from-rootfs.ts';
import { mountOverSystem } from './mount-over-system.ts';
import { mtuTooSmall } from './mtu-too-small.ts';
import { nameIsRunlevel } from './name-is-runlevel.ts';
import { natWithoutAddress } from './nat-without-address.ts';
import { natWithoutFirewall } from './nat-without-firewall.ts';
import { natWithoutUplink } from './nat-without-uplink.ts';
import { needsCycle } from './needs-cycle.ts';
import { needsItself } from './needs-itself.ts';
import { networkAddressNotAHost } from './network-address-not-a-host.ts';
import { networkOverlap } from './network-overlap.ts';
import { nicOfUnknownContainer } from './nic-of-unknown-container.ts';
import { portUsedTwice } from './port-used-twice.ts';
import { privilegedContainer } from './privileged-container.ts';
import { rawKeyIsOurs } from './raw-key-is-ours.ts';
import { requiredKey } from './required-key.ts';
import { rootfsOfTheHost } from './rootfs-of-the-host.ts';
import { rootfsShared } from './rootfs-shared.ts';
import { sysctlOfTheHost } from './sysctl-of-the-host.ts';
import { networkKeyWithoutEffect } from './network-key-without-effect.ts';
import { networkKeyMissing } from './network-key-missing.ts';
import { networkModeUnknown } from './network-mode-unknown.ts';
import { dhcpNotServed } from './dhcp-not-served.ts';
import { dhcpWithoutAddress } from './dhcp-without-address.ts';
import { dhcpOnWire } from './dhcp-on-wire.ts';
import { eui64WithoutPrefix } from './eui-64-without-prefix.ts';
import { sourcesNotHeld } from './sources-not-held.ts';
import { unknownContainer } from './unknown-container.ts';
import { unknownDevice } from './unknown-device.ts';
import { unknownNetwork } from './unknown-network.ts';
import { unknownProfile } from './unknown-profile.ts';
import { unwritableValue } from './unwritable-value.ts';
import { peerUnknown } from './peer-unknown.ts';
import { parentTaken } from './parent-taken.ts';
import { peerAmbiguous } from './peer-ambiguous.ts';
import { reservedName } from './reserved-name.ts';
import { peerUnreachable } from './peer-unreachable.ts';
import { policyNotHeld } from './policy-not-held.ts';
import { nameServerNotAllowed } from './name-server-not-allowed.ts';
import { policyHeldOnWire } from './policy-held-on-wire.ts';
import { policyWithoutFirewall } from './policy-without-firewall.ts';
import { spoofCheckOff } from './spoof-check-off.ts';
import type { Report, Rule, RuleContext } from './types.ts';

/** Every cross-check that holds for all networks, in the order in which findings of one line are shown. */
const general: readonly Rule[] = [
  requiredKey,
  unknownNetwork,
  unknownProfile,
  unknownContainer,
  nicOfUnknownContainer,
  duplicateInterface,
  needsItself,
  needsCycle,
  autostartNeeds,
  nameIsRunlevel,
  duplicateId,
  idOutsideNetwork,
  addressWithoutNetwork,
  addressWithoutPrefix,
  addressOutsideNetwork,
  addressNotAHost,
  addressOfHost,
  duplicateAddress,
  duplicateMac,
  interfaceNameCollision,
  networkAddressNotAHost,
  networkOverlap,
  expectNotTried,
  gatewayOutsideNetwork,
  gatewayTwice,
  mtuTooSmall,
  natWithoutAddress,
  natWithoutUplink,
  natWithoutFirewall,
  portUsedTwice,
  parentTaken,
  networkKeyWithoutEffect,
  networkKeyMissing,
  networkModeUnknown,
  dhcpNotServed,
  dhcpWithoutAddress,
  dhcpOnWire,
  eui64WithoutPrefix,
  lxcVersionUnknown,
  lxcUnsupported,
  cgroup1WithNewLxc,
  idMappingNeedsNewerLxc,
  ioWeightTooLarge,
  lxcKeyMissing,
  lxcKeyUnknown,
  lxcValue,
  rawKeyIsOurs,
  aslrWithArch,
  unwritableValue,
  rootfsOfTheHost,
  rootfsShared,
  mountFromRootfs,
  mountOverSystem,
  unknownDevice,
  sysctlOfTheHost,
  privilegedContainer,
  sourcesNotHeld,
  capabilityWithoutEffect,
  peerUnknown,
  peerAmbiguous,
  reservedName,
  peerUnreachable,
  policyNotHeld,
  policyHeldOnWire,
  nameServerNotAllowed,
  policyWithoutFirewall,
  spoofCheckOff,
];

/** The checks of the network types, each run on the networks of its type. */
const ofTypes: readonly Rule[] = networkTypes.flatMap((type) =>
  type.rules.map(({ code, severity, summary, check }) => ({
    code,
    severity,
    summary,
    check: (context: RuleContext, report: Report): void => {
      for (const network of context.model.networks) if (typeOf(network) === type) check(network, context, report);
    },
  })),
);

export const rules: readonly Rule[] = [...general, ...ofTypes];

/** Everything that the rules find wrong, in the order of the rules. */
export function checkRules(context: RuleContext): readonly Problem[] {
  return rules.flatMap((rule) => {
    const found: Problem[] = [];
    rule.check(context, reporter(rule.code, rule.severity, found));
    return found;
  });
}

function reporter(code: string, severity: Severity, found: Problem[]): Report {
  return (message: string, where: Place, hint: string) => {
    found.push(problem(code, message, { severity, where, hint }));
  };
}
