import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('scripts/build.mjs --if-stale', () => {
  let project: string;

  function build() {
    return spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], {
      cwd: project,
      encoding: 'utf8',
    });
  }

  function write(name: string, text: string): void {
    writeFileSync(path.join(project, name), text);
  }

  /** Makes a file as old as one second after the epoch. */
  function age(name: string): void {
    utimesSync(path.join(project, name), 1, 1);
  }

  beforeEach(() => {
    project = mkdtempSync(path.join(os.tmpdir(), 'corespond-build-'));
    for (const name of ['scripts', 'tsconfig.json', 'tsconfig.build.json', 'package.json']) {
      cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'));
    mkdirSync(path.join(project, 'src'));
    write('src/main.ts', "import { one } from './one.ts';\nconsole.log(one);\n");
    write('src/one.ts', 'export const one: number = 1;\n');
  });
  afterEach(() => rmSync(project, { recursive: true }));

  test('builds an executable dist, once, and again after a change', () => {
    assert.equal(build().stderr, 'corespond: building\n');
    assert.deepEqual(
      readdirSync(path.join(project, 'dist')).filter((name) => name.endsWith('.js')),
      ['main.js', 'one.js'],
    );
    assert.equal(statSync(path.join(project, 'dist/main.js')).mode & 0o111, 0o111);
    assert.equal(build().stderr, '');
    age('dist/main.js');
    assert.equal(build().stderr, 'corespond: building\n');
  });

  test('leaves nothing of sources that are gone', () => {
    build();
    write('src/main.ts', 'console.log(1);\n');
    rmSync(path.join(project, 'src/one.ts'));
    age('dist/main.js');
    build();
    assert.equal(existsSync(path.join(project, 'dist/one.js')), false);
  });

  test('fails on a type error and keeps the dist before it', () => {
    build();
    write('src/one.ts', "export const one: number = 'one';\n");
    age('dist/main.js');
    const { status, stdout } = build();
    assert.notEqual(status, 0);
    assert.match(stdout, /src\/one\.ts.*TS2322/);
    assert.deepEqual(
      readdirSync(project).filter((name) => name.startsWith('dist')),
      ['dist'],
    );
  });
});
