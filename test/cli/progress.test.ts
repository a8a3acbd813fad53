import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { makeProgress } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal that keeps what was written to stderr. */
function recorded(interactive: boolean): { terminal: Terminal; written: () => string } {
  let text = '';
  const terminal: Terminal = {
    out: () => undefined,
    error: (more) => void (text += more),
    width: 20,
    colour: false,
    interactive,
  };
  return { terminal, written: () => text };
}

describe('progress', () => {
  it('is a line a step in a log, at once', () => {
    const { terminal, written } = recorded(false);
    const progress = makeProgress(terminal, Date.now);
    progress.step('one');
    progress.step('two');
    progress.done();
    expect(written()).toBe('one\ntwo\n');
  });

  it('shows nothing on a terminal of what is done within a second', () => {
    const { terminal, written } = recorded(true);
    const progress = makeProgress(terminal, Date.now);
    progress.step('one');
    vi.advanceTimersByTime(900);
    progress.done();
    vi.advanceTimersByTime(5000);
    expect(written()).toBe('');
  });

  it('shows a step that was begun in the first second and lasts longer, cut to the width, and clears it', () => {
    const { terminal, written } = recorded(true);
    const progress = makeProgress(terminal, Date.now);
    progress.step('one');
    progress.step('making the rootfs of web1');
    vi.advanceTimersByTime(1100);
    expect(written()).toBe('making the rootfs o');
    progress.step('two');
    expect(written()).toBe('making the rootfs o\r\u001B[Ktwo');
    progress.done();
    expect(written()).toBe('making the rootfs o\r\u001B[Ktwo\r\u001B[K');
  });

  it('shows a long computation at once, because no timer can while it lasts', () => {
    const { terminal, written } = recorded(true);
    makeProgress(terminal, Date.now).step('rendering', 'computing');
    expect(written()).toBe('rendering');
  });
});
