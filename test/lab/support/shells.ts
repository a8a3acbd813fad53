import type { ThrowawayOptions } from '../../../src/lab/host.ts';

export type Shell = NonNullable<ThrowawayOptions['shell']>;

/** What OpenRC's scripts may run in: each of these as /bin/sh. */
export const shells: readonly Shell[] = ['/bin/dash', '/bin/bash', 'busybox'];
