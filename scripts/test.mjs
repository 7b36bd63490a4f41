// `npm test [-- files and options of node --test]`: installs, builds and runs the tests that take no longer than they
// must; `npm run test:long`, the others.
import { availableParallelism } from 'node:os';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { filesBelow, runNode } from './project.mjs';
import { ensureTools } from './tools.mjs';

/** One more than there are cores, as many tests wait; clusters under test bring processes of their own, so not more. */
const AT_ONCE = Math.min(4, availableParallelism() + 1);
const TIMEOUT_MS = 300_000;
/** Random commands by the thousand, and files that take half a minute or more. */
const LONG = /\.(fuzz|long)\.test\.ts$/;

ensureInstalled({ withDevelopment: true });
ensureBuilt();
ensureTools();

const args = process.argv.slice(2);
const wantsLong = args[0] === '--long';
if (wantsLong) args.shift();
const named = args.filter((arg) => !arg.startsWith('-'));
const tests = filesBelow('test').filter((file) => file.endsWith('.test.ts'));
const files = named.length > 0 ? named : tests.filter((file) => LONG.test(file) === wantsLong);
runNode([
  '--import=tsx',
  '--test',
  '--test-reporter=spec',
  `--test-concurrency=${AT_ONCE}`,
  `--test-timeout=${TIMEOUT_MS}`,
  ...args.filter((arg) => arg.startsWith('-')),
  ...files.sort(),
]);
