import type { Line, Style } from './line.ts';

/** Attributes of a style, and the colour on top of them. */
type Look = readonly [attributes: string, colour: string];

const LOOKS: ReadonlyMap<Style, Look> = new Map<Style, Look>([
  ['strong', ['1', '']],
  ['faint', ['2', '']],
  ['head', ['7', '']],
  ['mark-ok', ['', '32']],
  ['mark-warning', ['1', '33']],
  ['mark-critical', ['1', '31']],
  ['badge-ok', ['1;7', '32']],
  ['badge-warning', ['1;7', '33']],
  ['badge-critical', ['1;7', '31']],
]);

const RESET = '\x1b[0m';

/** A line as a terminal takes it. */
export const painted = (line: Line, hasColours: boolean): string =>
  line
    .map(({ text, style }) => {
      const [attributes = '', colour = ''] = LOOKS.get(style) ?? [];
      const codes = [attributes, hasColours ? colour : ''].filter((code) => code !== '').join(';');
      return codes === '' || text === '' ? text : `\x1b[${codes}m${text}${RESET}`;
    })
    .join('');
