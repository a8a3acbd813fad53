import type { Progress } from '../commands/types.ts';
import type { Terminal } from './terminal.ts';

/** Nothing is shown before this many milliseconds: what is quick needs no words. */
const quiet = 1000;

/**
 * Progress on stderr. On a terminal one line is redrawn, once the work has taken a second; in a log every
 * step is a line of its own. `clock` gives milliseconds.
 */
export function makeProgress(terminal: Terminal, clock: () => number): Progress {
  const started = clock();
  let drawn = false;
  let waiting: NodeJS.Timeout | undefined;
  const clear = () => {
    clearTimeout(waiting);
    if (drawn) terminal.error('\r\u001B[K');
    drawn = false;
  };
  const draw = (text: string) => {
    terminal.error(text.slice(0, terminal.width - 1));
    drawn = true;
  };
  return {
    step(text, work = 'waiting') {
      if (!terminal.interactive) {
        terminal.error(`${text}\n`);
        return;
      }
      clear();
      const left = quiet - (clock() - started);
      if (left <= 0 || work === 'computing') draw(text);
      else waiting = setTimeout(draw, left, text).unref();
    },
    done: clear,
  };
}
