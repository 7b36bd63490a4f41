// `npm test [-- files and options of node --test]`: installs, builds and runs the tests.
import { availableParallelism } from 'node:os';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { filesBelow, runNode } from './project.mjs';
import { ensureTools } from './tools.mjs';

/** One more than there are cores, as many tests wait; clusters under test bring processes of their own, so not more. */
const AT_ONCE = Math.min(4, availableParallelism() + 1);
const TIMEOUT_MS = 300_000;

ensureInstalled({ withDevelopment: true });
ensureBuilt();
ensureTools();

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('-'));
const files = named.length > 0 ? named : filesBelow('test').filter((file) => file.endsWith('.test.ts'));
runNode([
  '--import=tsx',
  '--test',
  '--test-reporter=spec',
  `--test-concurrency=${AT_ONCE}`,
  `--test-timeout=${TIMEOUT_MS}`,
  ...args.filter((arg) => arg.startsWith('-')),
  ...files.sort(),
]);
