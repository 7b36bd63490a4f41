import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Source files: path below src with forward slashes, and text. */
export type SourceTree = ReadonlyMap<string, string>;

/** One import or re-export of a source file. */
export interface Import {
  /** A path below src for a file of the project, otherwise what was written. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Reads every .ts file below a folder. */
export function readTree(folder: string): SourceTree {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const files = names.map((name) => [
    name.replaceAll(path.sep, '/'),
    readFileSync(path.join(folder, name), 'utf8'),
  ]);
  return new Map(files as Array<[string, string]>);
}

/** The text without its comments; line comments only where they cannot be part of a string. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const FROM = /\b(?:import|export)\s+(type\s)?(?:[\w$*\s{},]*?)\bfrom\s*['"]([^'"]+)['"]/g;
const BARE = /\bimport\s*(?:\(\s*)?['"]([^'"]+)['"]/g;

/** The imports of one file of the tree, static and dynamic. */
export function importsOf(file: string, text: string): Import[] {
  const code = withoutComments(text);
  const resolve = (target: string) =>
    target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target;
  return [
    ...[...code.matchAll(FROM)].map(([, type, target = '']) => ({
      target: resolve(target),
      typeOnly: !!type,
    })),
    ...[...code.matchAll(BARE)].map(([, target = '']) => ({ target: resolve(target), typeOnly: false })),
  ];
}
