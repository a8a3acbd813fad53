/** Files of ours that LXC configs name. */
export const seccompPath = '/etc/rc-lxc/privileged.seccomp';

/** The name servers of a network's containers, as their /etc/resolv.conf. */
export const resolverPath = (network: string): string => `/etc/rc-lxc/resolv.conf.${network}`;
