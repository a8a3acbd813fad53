/**
 * The names of the network types, apart from their code: the schema lists them as choices of `type`
 * and must not depend on what the types do.
 */
export const networkTypeNames = ['bridge', 'routed', 'macvlan', 'ipvlan', 'vlan', 'phys', 'empty', 'none'] as const;

export type NetworkTypeName = (typeof networkTypeNames)[number];
