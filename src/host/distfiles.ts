import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { UserError, problem } from '../base/errors.ts';
import { codeOf } from './failures.ts';

/** Milliseconds; a list of releases is some kilobytes. */
const longestFetch = 30_000;

/** What stands at a path that a user named, seen from where the program was called. */
export const absolute = (path: string): string => resolve(path);

/** Size in bytes, and hashes in hexadecimal digits; undefined when there is no such file. */
export async function sums(path: string): Promise<{ size: number; blake2b: string; sha512: string } | undefined> {
  const [blake2b, sha512] = [createHash('blake2b512'), createHash('sha512')];
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      size += chunk.length;
      blake2b.update(chunk);
      sha512.update(chunk);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refused(path, codeOf(error));
  }
  return { size, blake2b: blake2b.digest('hex'), sha512: sha512.digest('hex') };
}

/**
 * The text of a file or of what an http or https URL answers.
 * @throws UserError when it cannot be had.
 */
export async function textOf(source: string): Promise<string> {
  if (/^https?:\/\//u.test(source)) return fetched(source);
  try {
    return readFileSync(resolve(source), 'utf8');
  } catch (error) {
    throw refused(source, codeOf(error));
  }
}

async function fetched(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(longestFetch) });
    if (answer.ok) return await answer.text();
    throw refused(url, `the server says ${answer.status}`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { cause } = error as { readonly cause?: unknown };
    throw refused(url, cause instanceof Error ? cause.message : String(error));
  }
}

function refused(source: string, why: string): UserError {
  return new UserError(
    problem('unreadable', `${source}: it cannot be read (${why})`, { hint: 'check the path or the URL' }),
  );
}
