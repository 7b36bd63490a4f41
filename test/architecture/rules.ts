import { importsOf, type SourceTree, withoutComments } from './source-tree.ts';

/**
 * The layers, lowest first. A file imports from its own layer and from lower ones. A name that ends in a slash
 * is a folder; of several that fit a file the longest counts.
 */
export const LAYERS: readonly string[] = [
  'errors.ts',
  'config/',
  'log.ts',
  'resp/',
  'memory/',
  'rdb/',
  'keyspace/',
  'metrics/microseconds',
  'metrics/counters',
  'metrics/quantile',
  'instance/',
  'commands/',
  'server/',
  'metrics/worker-counters',
  'link/',
  'net/',
  'http/',
  'metrics/',
  'view/',
  'status/',
  'page/',
  'top/',
  'process/',
  'index.ts',
  'main.ts',
];

/**
 * The only files that may import a package or one of these parts of Node. A folder stands for one file in it,
 * whichever that is. Types of Node may be imported anywhere.
 */
export const OWNERS: Readonly<Record<string, readonly string[]>> = {
  commander: ['config/command-line.ts'],
  dotenv: ['config/load.ts'],
  pino: ['log.ts'],
  'pino-pretty': ['log.ts'],
  'prom-client': ['metrics/'],
  uplot: ['page/browser/uplot.ts'],
  'node:cluster': ['process/'],
  'node:http': ['http/'],
  'node:net': ['net/listener.ts', 'net/socket-reader.ts', 'link/', 'process/'],
};

/** The only file that may know the environment and the arguments of the process. */
const ENTRY = 'main.ts';
const MAX_LINES = 500;
const EMPTY_NAMES = /(^|[/-])(utils?|helpers?|manager|misc|common)[.-]/;

function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}

function layerOf(file: string): number {
  const longest = LAYERS.filter((layer) => file.startsWith(layer)).reduce(longer, '');
  return LAYERS.indexOf(longest);
}

function* checkArrows(file: string, text: string): Generator<string> {
  const own = layerOf(file);
  if (own === -1) yield `${file} is in no layer`;
  for (const { target } of importsOf(file, text)) {
    if (!target.endsWith('.ts')) continue;
    if (layerOf(target) > own) yield `${file} imports ${target}, which is above it`;
  }
}

function* checkOwners(file: string, text: string): Generator<string> {
  for (const { target, typeOnly } of importsOf(file, text)) {
    if (target.endsWith('.ts')) continue;
    const owners = OWNERS[target];
    const builtin = target.startsWith('node:');
    if (owners === undefined && !builtin) yield `${file} imports ${target}, which has no owner`;
    if (owners === undefined || (builtin && typeOnly)) continue;
    if (!owners.some((owner) => owns(owner, file))) {
      yield `${file} imports ${target}, which only ${owners.join(' and ')} may`;
    }
  }
}

function owns(owner: string, file: string): boolean {
  return owner.endsWith('/') ? file.startsWith(owner) : file === owner;
}

/** The files of a folder that import values of a package or of a part of Node. */
function importersIn(tree: SourceTree, folder: string, target: string): string[] {
  const files = [...tree].filter(([file]) => file.startsWith(folder));
  const importers = files.filter(([file, text]) =>
    importsOf(file, text).some((one) => one.target === target && !one.typeOnly),
  );
  return importers.map(([file]) => file);
}

/** A folder that owns a package lets one file import it. Files that are owners by name do not count. */
function* checkSoleImporters(tree: SourceTree): Generator<string> {
  for (const [target, owners] of Object.entries(OWNERS)) {
    for (const folder of owners.filter((owner) => owner.endsWith('/'))) {
      const files = importersIn(tree, folder, target).filter((file) => !owners.includes(file));
      if (files.length > 1) yield `${files.join(' and ')} import ${target}, which only one of ${folder} may`;
    }
  }
}

/** What a file of these folders may import: they are also served to browsers. */
const FOR_BROWSERS: ReadonlyArray<readonly [folder: string, allowed: readonly string[]]> = [
  ['page/browser/', ['page/browser/', 'page/markup/', 'view/', 'uplot']],
  ['page/markup/', ['page/markup/', 'view/']],
  ['view/', ['view/']],
];
/** What has the types of browsers: nobody else may import it. */
const BROWSER_ONLY = 'page/browser/';

function* checkBrowsers(file: string, text: string): Generator<string> {
  const targets = importsOf(file, text).map(({ target }) => target);
  const allowed = FOR_BROWSERS.find(([folder]) => file.startsWith(folder))?.[1];
  for (const target of targets) {
    if (allowed !== undefined && !allowed.some((one) => target.startsWith(one))) {
      yield `${file} imports ${target}, which browsers do not get`;
    }
    if (target.startsWith(BROWSER_ONLY) && !file.startsWith(BROWSER_ONLY)) {
      yield `${file} imports ${target}, which runs in browsers only`;
    }
  }
}

function* checkText(file: string, text: string): Generator<string> {
  const lines = text.trimEnd().split('\n').length;
  if (lines > MAX_LINES) yield `${file} has ${lines} lines, more than ${MAX_LINES}`;
  if (EMPTY_NAMES.test(file)) yield `${file} has a name that says nothing`;
  const code = withoutComments(text);
  for (const name of ['process.env', 'process.argv']) {
    if (file !== ENTRY && code.includes(name)) yield `${file} reads ${name}, which only ${ENTRY} may`;
  }
}

/** Files that import one another in a ring; imports of types do not count. */
function* checkCycles(tree: SourceTree): Generator<string> {
  const finished = new Set<string>();
  const trail: string[] = [];
  function* visit(file: string): Generator<string> {
    if (finished.has(file)) return;
    if (trail.includes(file)) {
      yield `${[...trail.slice(trail.indexOf(file)), file].join(' -> ')} is a ring`;
      return;
    }
    trail.push(file);
    for (const { target, typeOnly } of importsOf(file, tree.get(file) ?? '')) {
      if (!typeOnly && tree.has(target)) yield* visit(target);
    }
    trail.pop();
    finished.add(file);
  }
  for (const file of tree.keys()) yield* visit(file);
}

/** What is wrong with a tree of sources, one line each; empty when nothing is. */
export function violations(tree: SourceTree): string[] {
  const found: string[] = [];
  for (const [file, text] of tree) {
    found.push(...checkArrows(file, text), ...checkOwners(file, text));
    found.push(...checkBrowsers(file, text), ...checkText(file, text));
  }
  return [...found, ...checkSoleImporters(tree), ...checkCycles(tree)];
}

/** Packages among `dependencies` that no file of the tree imports. */
export function unusedPackages(tree: SourceTree, dependencies: readonly string[]): string[] {
  const imported = new Set(
    [...tree].flatMap(([file, text]) => importsOf(file, text).map(({ target }) => target)),
  );
  return dependencies.filter((name) => !imported.has(name));
}
