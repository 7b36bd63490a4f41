import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, reasonOf, StartError } from './start-error.ts';

/** The list of all files of the build with their hashes, as sha256sum has it, which the build writes. */
const LIST = 'SHA256SUMS';
/** The last of the list: one that was cut short does not have it. */
const LAST = 'main.js';

/** A line of the list: hash, two blanks, path. */
const LINE = /^(?<hash>[0-9a-f]{64}) {2}(?<file>.+)$/;

/**
 * Checks that every file of the build is there and as it was built.
 * @param root its folder.
 * @throws StartError that names the first which is not.
 */
export const checkBuild = (root: string): void => {
  const list = contentOf(root, LIST).toString();
  if (!list.endsWith(`  ${LAST}\n`)) throw broken(LIST, 'is cut short');
  for (const line of list.trimEnd().split('\n')) {
    const { file = LIST, hash } = LINE.exec(line)?.groups ?? {};
    if (hash !== hashOf(contentOf(root, file))) throw broken(file, 'is not as it was built');
  }
};

const contentOf = (root: string, file: string): Buffer => {
  try {
    return readFileSync(path.join(root, file));
  } catch (error) {
    throw broken(file, codeOf(error) === 'ENOENT' ? 'is missing' : `cannot be read: ${reasonOf(error)}`);
  }
};

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const broken = (file: string, what: string): StartError =>
  new StartError(`the build is not whole: ${file} ${what}; build it again`);
