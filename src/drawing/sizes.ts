import type { Box } from './types.ts';

/** In pixels at the drawing's own width, which is at most `widestDrawing`: text stays readable where a page scales it down. */
export const textSize = 13;
export const titleSize = 14;
export const lineHeight = 18;
export const padding = 10;

export const widestDrawing = 1000;

/** How wide the boxes of a column may become. All of a column are as wide as its widest one. */
export const widestBox: Readonly<Record<Box['column'], number>> = {
  outside: 84,
  edge: 140,
  network: 186,
  container: 200,
  flow: 112,
};

/** What of it text can take. */
export function roomIn(column: Box['column']): number {
  return widestBox[column] - 2 * padding;
}

/** How far the lower sheet of a pile stands out. */
export const pile = 4;
