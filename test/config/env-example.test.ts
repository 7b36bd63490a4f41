import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { envExample } from '../../scripts/env-example.ts';
import { configFrom } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { STARTUP_NAMES, settingOf, variableOf } from '../../src/config/settings.ts';

const FILE = path.resolve(import.meta.dirname, '../../.env.example');

test('.env.example is what the table of settings says (npm run docs writes it)', () => {
  assert.equal(readFileSync(FILE, 'utf8'), envExample());
});

test('.env.example lists every setting once, after a line that explains it', () => {
  const lines = readFileSync(FILE, 'utf8').split('\n');
  for (const name of STARTUP_NAMES) {
    const at = lines.findIndex((line) => line.startsWith(`${variableOf(name)}=`));
    assert.ok(lines[at - 1]?.startsWith(`# ${settingOf(name).help}`), name);
  }
  assert.equal(lines.filter((line) => line.startsWith('CORESPOND_')).length, STARTUP_NAMES.length);
});

test('.env.example as .env gives the defaults', () => {
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'corespond-env-'));
  try {
    writeFileSync(path.join(cwd, '.env'), readFileSync(FILE));
    assert.deepEqual(loadConfig({ argv: [], env: {}, cwd }), configFrom({}, cwd));
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
