import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Answer, type HttpRequest, plain } from '../http/answer.ts';

/** Folders of the compiled sources whose files browsers need. */
const FOLDERS = ['page/browser', 'page/markup', 'view'] as const;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const FOREVER = 'public, max-age=31536000, immutable';

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly tag: string;
}

/**
 * The files of the page, read once. Their paths have a hash over all of them: a browser may keep them for ever, and
 * modules that import one another are always of one build.
 */
export class Assets {
  readonly #assets: ReadonlyMap<string, Asset>;
  /** Where they are served, without a slash at the end. */
  readonly base: string;

  /** @param root the folder of the compiled sources. */
  constructor(root: string) {
    const files = [...FOLDERS.flatMap((folder) => filesIn(root, folder)), ...uplotFiles()];
    this.base = `/assets/${hashOf(files.map(([name, body]) => `${name}\0${body}`).join('\0')).slice(0, 16)}`;
    this.#assets = new Map(files.map(([name, body]) => [`${this.base}/${name}`, assetOf(name, body)]));
  }

  /** The paths of the scripts. */
  get scripts(): string[] {
    return [...this.#assets.keys()].filter((file) => file.endsWith('.js'));
  }

  readonly answer = ({ path: wanted, knownTag }: HttpRequest): Answer => {
    const asset = this.#assets.get(wanted);
    if (asset === undefined) return plain(404, 'there is no such file, or it was of another version');
    const { type, body, tag } = asset;
    const status = isKnown(knownTag, tag) ? 304 : 200;
    return { status, type, body, headers: { 'Cache-Control': FOREVER, ETag: tag } };
  };
}

type NamedFile = readonly [name: string, body: string];

const filesIn = (root: string, folder: string): NamedFile[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => TYPES[path.extname(name)] !== undefined)
    .sort()
    .map((name) => [`${folder}/${name}`, withoutMap(readFileSync(path.join(root, folder, name), 'utf8'))]);

/** Source maps are not served. */
const withoutMap = (text: string): string => text.replace(/^\/\/# sourceMappingURL=.*$/m, '');

/** uPlot as published, where page/browser/uplot.ts says that it is. Its small file is a script, which a line makes a module. */
const uplotFiles = (): NamedFile[] => {
  const resolve = createRequire(import.meta.url).resolve;
  const read = (name: string): string => readFileSync(resolve(`uplot/dist/${name}`), 'utf8');
  return [
    ['page/browser/uplot.js', `${read('uPlot.iife.min.js')}\nexport default uPlot;\n`],
    ['page/browser/uplot.css', read('uPlot.min.css')],
  ];
};

const assetOf = (name: string, body: string): Asset => ({
  type: TYPES[path.extname(name)] ?? '',
  body: Buffer.from(body),
  tag: `"${hashOf(body).slice(0, 16)}"`,
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether a list of tags has ours. */
const isKnown = (known: string, tag: string): boolean =>
  known.split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim()));
