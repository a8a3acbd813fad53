import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';

import type { Found } from '../plan/types.ts';
import { codeOf } from './failures.ts';
import { entryAt } from './stamp.ts';

const flags = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;

/** Shared by all calls: files are read one after another, and most are small. Bytes. */
let buffer = Buffer.allocUnsafe(64 * 1024);
let expected = Buffer.allocUnsafe(64 * 1024);

/** UTF-8 takes three bytes at most for one unit of a JavaScript string. */
const mostBytes = 3;

/**
 * True when a file with exactly this content and mode stands at the path. Nothing is decoded and nothing is made:
 * this is what a plan asks of every file, and nearly always hears yes. Says false to whatever cannot be opened.
 */
export function holds(path: string, content: string, mode: number): boolean {
  let descriptor: number;
  try {
    descriptor = fs.openSync(path, flags);
  } catch {
    return false;
  }
  try {
    const status = fs.fstatSync(descriptor);
    if (!status.isFile() || (status.mode & 0o7777) !== mode) return false;
    if (content.length * mostBytes > expected.length) expected = Buffer.allocUnsafe(content.length * mostBytes);
    const length = expected.write(content);
    if (status.size !== length) return false;
    if (length > buffer.length) buffer = Buffer.allocUnsafe(length);
    return readAll(descriptor, length) === length && buffer.compare(expected, 0, length, 0, length) === 0;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** What stands at a path. A pipe or a device is neither waited for nor read. */
export function look(path: string): Found {
  if (entryAt(path) === undefined) return { kind: 'absent' };
  let descriptor: number;
  try {
    descriptor = fs.openSync(path, flags);
  } catch (error) {
    return withoutOpening(path, error);
  }
  try {
    const status = fs.fstatSync(descriptor);
    if (!status.isFile()) return { kind: 'other' };
    if (status.size > buffer.length) buffer = Buffer.allocUnsafe(status.size);
    const length = readAll(descriptor, status.size);
    const bytes = buffer.subarray(0, length);
    const mode = status.mode & 0o7777;
    // Every byte is a character of latin1: what is no UTF-8 comes back, and is written again, as it was.
    return isUtf8(bytes)
      ? { kind: 'file', content: bytes.toString('utf8'), mode }
      : { kind: 'file', content: bytes.toString('latin1'), mode, encoding: 'latin1' };
  } finally {
    fs.closeSync(descriptor);
  }
}

function withoutOpening(path: string, error: unknown): Found {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  // O_NOFOLLOW on a link (open(2)); also a circle of links on the way, which readlink then reports.
  if (code === 'ELOOP') return { kind: 'link', target: fs.readlinkSync(path) };
  if (code === 'ENXIO' || code === 'ENODEV') return { kind: 'other' };
  throw error;
}

function readAll(descriptor: number, size: number): number {
  let length = 0;
  while (length < size) {
    const count = fs.readSync(descriptor, buffer, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return length;
}
