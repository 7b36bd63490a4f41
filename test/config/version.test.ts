import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REDIS_VERSION, VERSION } from '../../src/config/version.ts';

test('VERSION is that of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal(VERSION, manifest.version);
});

test('REDIS_VERSION is a 7.4: three numbers, because clients read it so', () => {
  assert.match(REDIS_VERSION, /^7\.4\.\d+$/);
});
