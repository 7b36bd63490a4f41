// `npm run fuzz [-- runs]`: the tests named *.fuzz.test.ts with many more rounds and a fresh seed.
import { ensureInstalled } from './install.mjs';
import { filesBelow, runNode } from './project.mjs';

ensureInstalled({ withDevelopment: true });
const runs = process.argv[2] ?? '20000';
const seed = String(Date.now() % 2 ** 31);
const files = filesBelow('test').filter((file) => file.endsWith('.fuzz.test.ts'));
console.error(`corespond: fuzzing with FUZZ_RUNS=${runs} FUZZ_SEED=${seed}`);
runNode(['--import=tsx', '--test', '--test-reporter=spec', ...files], {
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed },
});
