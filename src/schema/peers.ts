/** Whom packets come from or go to, as `allow-in`, `allow-out` and `to` take it. */
export const peerForms: readonly { readonly form: string; readonly meaning: string }[] = [
  { form: 'any', meaning: 'whoever it is' },
  { form: 'host', meaning: 'this host' },
  { form: 'outside', meaning: 'whoever is neither this host nor a container' },
  { form: 'NETWORK', meaning: 'the containers of a network' },
  { form: 'CONTAINER', meaning: 'a container' },
  { form: '192.0.2.0/24', meaning: 'an IPv4 address, or all with its prefix' },
  { form: '[2001:db8::]/32', meaning: 'an IPv6 address, or all with its prefix' },
];

/** The same as a part of a sentence. */
export const peersInWords = peerForms.map(({ form, meaning }) => `\`${form}\` (${meaning})`).join(', ');
