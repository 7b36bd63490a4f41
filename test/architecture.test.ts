import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { OWNERS, unusedPackages, violations } from './architecture/rules.ts';
import { importsOf, readTree } from './architecture/source-tree.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

function violationsOf(files: Record<string, string>): string[] {
  return violations(new Map(Object.entries(files)));
}

describe('the sources', () => {
  const tree = readTree(path.join(ROOT, 'src'));

  test('violations() finds none', () => {
    assert.ok(tree.size > 0);
    assert.deepEqual(violations(tree), []);
  });

  test('unusedPackages() finds none, and the files that OWNERS names exist', () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    assert.deepEqual(unusedPackages(tree, Object.keys(dependencies)), []);
    for (const owner of Object.values(OWNERS).flat()) {
      assert.ok(owner.endsWith('/') || tree.has(owner), `${owner} is missing`);
    }
  });
});

describe('violations()', () => {
  test('accepts imports of the own layer and of lower ones', () => {
    const files = {
      'errors.ts': '',
      'resp/writer.ts': "import { errors } from '../errors.ts';\nimport type { Reply } from './reply.ts';",
      'resp/reply.ts': '',
      'main.ts': "import './resp/writer.ts';\nconst environment = process.env;",
    };
    assert.deepEqual(violationsOf(files), []);
  });

  const upward: Array<[code: string, title: string]> = [
    ["import { run } from '../commands/run.ts';", 'a static import'],
    ["import type { Run } from '../commands/run.ts';", 'an import of a type'],
    ["import {\n  run,\n  type Run,\n} from '../commands/run.ts';", 'an import over several lines'],
    ["import * as run from '../commands/run.ts';", 'an import of a namespace'],
    ["export { run } from '../commands/run.ts';", 'a re-export'],
    ["export * from '../commands/run.ts';", 'a re-export of all'],
    ["import '../commands/run.ts';", 'an import for effect'],
    ["const run = await import('../commands/run.ts');", 'a dynamic import'],
  ];
  for (const [code, title] of upward) {
    test(`refuses ${title} of a higher layer`, () => {
      assert.deepEqual(violationsOf({ 'resp/writer.ts': code }), [
        'resp/writer.ts imports commands/run.ts, which is above it',
      ]);
    });
  }

  test('ranks metrics/counters below the rest of metrics/', () => {
    const files = {
      'metrics/counters.ts': "import { page } from './exporter.ts';",
      'commands/info.ts': "import { counters } from '../metrics/counters.ts';",
    };
    assert.deepEqual(violationsOf(files), [
      'metrics/counters.ts imports metrics/exporter.ts, which is above it',
    ]);
  });

  test('refuses a file in no layer', () => {
    assert.deepEqual(violationsOf({ 'extra/thing.ts': '' }), ['extra/thing.ts is in no layer']);
  });

  test('refuses a package outside the file that owns it, and one that nobody owns', () => {
    assert.deepEqual(violationsOf({ 'resp/a.ts': "import pino from 'pino';\nimport x from 'left-pad';" }), [
      'resp/a.ts imports pino, which only log.ts may',
      'resp/a.ts imports left-pad, which has no owner',
    ]);
  });

  test('lets one file of a folder import what the folder owns, and any file the types of Node', () => {
    const files = {
      'process/one.ts': "import cluster from 'node:cluster';",
      'process/two.ts': "import type { Worker } from 'node:cluster';",
      'process/three.ts': "import cluster from 'node:cluster';",
      'link/frame.ts': "import cluster from 'node:cluster';",
    };
    assert.deepEqual(violationsOf(files), [
      'link/frame.ts imports node:cluster, which only process/ may',
      'process/one.ts and process/three.ts import node:cluster, which only one of process/ may',
    ]);
  });

  test('lets what browsers get import only what they get, and nobody else what has their types', () => {
    const files = {
      'page/browser/main.ts': "import '../markup/a.ts';\nimport '../../view/b.ts';\nimport '../../log.ts';",
      'page/markup/a.ts': "import fs from 'node:fs';",
      'view/b.ts': '',
      'log.ts': '',
      'page/html.ts': "import './markup/a.ts';\nimport type { Main } from './browser/main.ts';",
    };
    assert.deepEqual(violationsOf(files), [
      'page/browser/main.ts imports log.ts, which browsers do not get',
      'page/markup/a.ts imports node:fs, which browsers do not get',
      'page/html.ts imports page/browser/main.ts, which runs in browsers only',
    ]);
  });

  for (const name of ['process.env', 'process.argv']) {
    test(`refuses ${name} outside main.ts, but not in a comment`, () => {
      assert.deepEqual(violationsOf({ 'log.ts': `// ${name}\nuse(${name});` }), [
        `log.ts reads ${name}, which only main.ts may`,
      ]);
      assert.deepEqual(violationsOf({ 'log.ts': `/** ${name} */ // ${name}` }), []);
    });
  }

  test('refuses more than 500 lines', () => {
    assert.deepEqual(violationsOf({ 'log.ts': 'f();\n'.repeat(501) }), [
      'log.ts has 501 lines, more than 500',
    ]);
    assert.deepEqual(violationsOf({ 'log.ts': 'f();\n'.repeat(500) }), []);
  });

  test('refuses names that say nothing', () => {
    assert.deepEqual(violationsOf({ 'net/socket-utils.ts': '' }), [
      'net/socket-utils.ts has a name that says nothing',
    ]);
  });

  test('refuses rings of values, allows rings of types', () => {
    const files = { 'net/a.ts': "import { b } from './b.ts';", 'net/b.ts': "import { a } from './a.ts';" };
    assert.deepEqual(violationsOf(files), ['net/a.ts -> net/b.ts -> net/a.ts is a ring']);
    assert.deepEqual(violationsOf({ ...files, 'net/b.ts': "import type { A } from './a.ts';" }), []);
  });
});

test('unusedPackages() names what nothing imports', () => {
  const tree = new Map([['log.ts', "import pino from 'pino';"]]);
  assert.deepEqual(unusedPackages(tree, ['pino', 'left-pad']), ['left-pad']);
});

test('importsOf() ignores imports in comments', () => {
  assert.deepEqual(importsOf('index.ts', "/** import { a } from 'b' */\n// import 'c';"), []);
});
