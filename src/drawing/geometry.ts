import type { Rectangle } from './types.ts';

export function middleOf({ y, height }: Rectangle): number {
  return y + height / 2;
}

export function padded({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** The rectangle around both. */
export function around(one: Rectangle | undefined, other: Rectangle): Rectangle {
  if (one === undefined) return other;
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}
