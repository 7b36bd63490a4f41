// Compiles src into dist. `--if-stale`: only if dist is older.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow, ROOT, runNode } from './project.mjs';

const DIST = path.join(ROOT, 'dist');
const MAIN = path.join(DIST, 'main.js');
const TSC = 'node_modules/typescript/bin/tsc';
/** What runs in browsers is compiled by itself, with the types of browsers and without those of Node. */
const BROWSER = 'src/page/browser';

/** True if there is no dist, or a newer source. A package without sources is never stale. */
export function isStale() {
  const sources = ['src', 'tsconfig.json', 'tsconfig.build.json'].flatMap(filesBelow);
  if (!existsSync(path.join(ROOT, 'src'))) return false;
  if (!existsSync(MAIN)) return true;
  const built = statSync(MAIN).mtimeMs;
  return sources.some((file) => statSync(file).mtimeMs > built);
}

/** Builds beside the old dist and swaps at the end, so that a failed build leaves the old one. */
export function build() {
  const fresh = path.join(ROOT, `dist.${process.pid}`);
  process.once('exit', () => rmSync(fresh, { recursive: true, force: true }));
  buildForBrowsers(fresh);
  runNode([TSC, '-p', 'tsconfig.build.json', '--outDir', fresh]);
  seal(fresh);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(fresh, DIST);
  if (existsSync(MAIN)) chmodSync(MAIN, 0o755);
}

/** Before the rest, which writes once more what both have. */
function buildForBrowsers(folder) {
  if (!existsSync(path.join(ROOT, BROWSER))) return;
  runNode([TSC, '-p', BROWSER, '--noEmit', 'false', '--outDir', folder]);
  const others = filesBelow(BROWSER).filter((file) => /\.(css|svg)$/.test(file));
  for (const file of others) cpSync(file, path.join(folder, 'page/browser', path.basename(file)));
}

/** Lists all files with their hashes, main.js last: `--check` holds the build against it, and so can sha256sum. */
function seal(folder) {
  const names = filesBelow(path.relative(ROOT, folder)).map((file) => path.relative(folder, file));
  const ordered = [...names.filter((name) => name !== 'main.js').sort(), 'main.js'];
  const lines = ordered.map(
    (name) => `${hashOf(path.join(folder, name))}  ${name.replaceAll(path.sep, '/')}\n`,
  );
  writeFileSync(path.join(folder, 'SHA256SUMS'), lines.join(''));
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

export function ensureBuilt() {
  if (!isStale()) return;
  console.error('corespond: building');
  build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--if-stale')) ensureBuilt();
  else build();
}
