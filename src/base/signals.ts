/** Linux's signals by name (signal(7)); the real-time ones are SIGRTMIN+n and SIGRTMAX-n. */
export const signalNames: readonly string[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGIOT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPOLL',
  'SIGPWR',
  'SIGSYS',
];

/** Real-time signals run from SIGRTMIN (34 with glibc) to SIGRTMAX (64). */
const lastRealTime = 30;

/** True for a name as LXC and kill(1) take it: SIGPWR, SIGRTMIN+3, SIGRTMAX-1. Upper case, with the SIG. */
export function isSignal(name: string): boolean {
  if (signalNames.includes(name)) return true;
  const realTime = /^SIGRT(?:MIN\+|MAX-)(\d{1,2})$/u.exec(name);
  return realTime !== null && Number(realTime[1]) <= lastRealTime;
}
