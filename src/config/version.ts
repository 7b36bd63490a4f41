import { readFileSync } from 'node:fs';

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error('package.json has no version');
}

/** The version of corespond. */
export const VERSION: string = readVersion();

/** The version of Redis that INFO, HELLO and LOLWUT show, because clients choose what they use by it. */
export const REDIS_VERSION = '7.4.2';
