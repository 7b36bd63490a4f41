import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { DIST } from './fake-server.ts';

/*
 * axe cannot tell the ground of what stands on a gradient, as all tables do, nor look into a canvas: so the colours
 * themselves are compared.
 */

type Colours = ReadonlyMap<string, string>;

const css = readFileSync(path.join(DIST, 'page/browser/theme.css'), 'utf8');
const [lightPart = '', darkPart = ''] = css.split('@media (prefers-color-scheme: dark)');

const coloursIn = (text: string): Array<[string, string]> =>
  [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]);

const LIGHT: Colours = new Map(coloursIn(lightPart));
const DARK: Colours = new Map([...LIGHT, ...coloursIn(darkPart)]);

/** As WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const LEVELS = ['ok', 'warning', 'critical'];
const TEXTS: ReadonlyArray<readonly [text: string, ground: string]> = [
  ...['text', 'muted', 'link'].flatMap((text) => [[text, 'panel'] as const, [text, 'ground'] as const]),
  // A row that is pointed at.
  ...['text', 'muted', ...LEVELS].map((text) => [text, 'rule'] as const),
  ...LEVELS.flatMap((level) => [
    [level, `${level}-ground`] as const,
    ['text', `${level}-ground`] as const,
    [level, 'panel'] as const,
  ]),
];
const SHAPES: ReadonlyArray<readonly [shape: string, ground: string]> = [
  ...['1', '2', '3', '4', '5', '6', '7', '8', 'other'].map((line) => [`line-${line}`, 'panel'] as const),
  ...LEVELS.map((level) => [`${level}-fill`, 'track'] as const),
  ...LEVELS.map((level) => [`${level}-fill`, `${level}-ground`] as const),
  ['focus', 'ground'],
  ['focus', 'panel'],
];

for (const [scheme, colours] of [
  ['light', LIGHT],
  ['dark', DARK],
] as const) {
  describe(`the colours of the page, ${scheme}`, () => {
    const colour = (name: string): string => colours.get(name) ?? assert.fail(`there is no --${name}`);

    test('texts have a contrast of 4.5 to their ground', () => {
      const faint = TEXTS.filter(([text, ground]) => contrast(colour(text), colour(ground)) < 4.5);
      assert.deepEqual(faint, []);
    });

    test('lines, bars and signs have a contrast of 3', () => {
      const faint = SHAPES.filter(([shape, ground]) => contrast(colour(shape), colour(ground)) < 3);
      assert.deepEqual(faint, []);
    });
  });
}
