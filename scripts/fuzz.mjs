// `npm run fuzz -- [--minutes 5] [--runs 1000] [--seed n] [--name pattern] [words of file names]`: the tests named
// *.fuzz.test.ts, round after round with other seeds, until the time is up or one fails.
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { filesBelow, ROOT, runNode } from './project.mjs';
import { ensureTools } from './tools.mjs';

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    name: { type: 'string' },
  },
  allowPositionals: true,
});

ensureInstalled({ withDevelopment: true });
ensureTools();
const files = filesBelow('test')
  .filter((file) => file.endsWith('.fuzz.test.ts'))
  .filter(
    (file) => positionals.length === 0 || positionals.some((word) => file.slice(ROOT.length).includes(word)),
  );
if (files.length === 0) throw new Error(`no fuzz test is named like ${positionals.join(' or ')}`);
const only = values.name === undefined ? [] : [`--test-name-pattern=${values.name}`];
const choice = [
  ...(values.name === undefined ? [] : ['--name', JSON.stringify(values.name)]),
  ...positionals,
];
const { runs } = values;
const until = Date.now() + Number(values.minutes) * 60_000;

let seed = Number(values.seed);
do {
  const again = ['npm run fuzz -- --minutes 0 --runs', runs, '--seed', seed, ...choice].join(' ');
  console.error(`corespond: fuzzing; once more: ${again}`);
  runNode(['--import=tsx', '--test', '--test-reporter=spec', ...only, ...files], {
    env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: String(seed) },
  });
  seed = (seed + 1) % 2 ** 31;
} while (Date.now() < until);
