/*
 * Lines of a screen, as what they say and how: so they can be measured, cut and compared before they become bytes.
 */
import type { Level } from '../view/status-document.ts';
import { withPlainBlanks } from '../view/unbroken.ts';

/** `head` is the bar above a table, a badge the verdict; the levels are those of what is shown. */
export type Style = 'text' | 'strong' | 'faint' | 'head' | `${'mark' | 'badge'}-${Level}`;

/** Characters that look alike, each one cell wide. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** What stands in one line, from the left. */
export type Line = readonly Span[];

/** Cells between blocks that stand side by side. */
export const GAP = 3;

/** Characters of a style; plain ones if nothing else is said. Who copies them gets blanks that are nothing else. */
export const span = (text: string, style: Style = 'text'): Span => ({ text: withPlainBlanks(text), style });

/** How many cells it takes. */
export const widthOf = (line: Line): number => line.reduce((sum, { text }) => sum + text.length, 0);

/** Its characters alone, without blanks at the end. */
export const textOf = (line: Line): string =>
  line
    .map(({ text }) => text)
    .join('')
    .trimEnd();

/** A text of at most so many cells; an ellipsis stands for what is cut off. */
export const cutText = (text: string, width: number): string => {
  if (text.length <= width) return text;
  return width < 1 ? '' : `${text.slice(0, width - 1)}…`;
};

/** A line of at most so many cells. */
export const cutLine = (line: Line, width: number): Line => {
  const kept: Span[] = [];
  let room = width;
  for (const { text, style } of line) {
    kept.push(span(cutText(text, room), style));
    room -= text.length;
    if (room < 0) break;
  }
  return kept;
};

/** A line of exactly so many cells; what is added looks like its end if that is a head. */
export const fillLine = (line: Line, width: number): Line => {
  const missing = width - widthOf(line);
  const style = line.at(-1)?.style === 'head' ? 'head' : 'text';
  return missing > 0 ? [...line, span(' '.repeat(missing), style)] : cutLine(line, width);
};

/** Two blocks of lines side by side, the left one made so many cells wide. */
export const beside = (left: readonly Line[], right: readonly Line[], width: number): Line[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const line = right[i];
    if (line === undefined) return left[i] ?? [];
    return [...fillLine(left[i] ?? [], width), span(' '.repeat(GAP)), ...line];
  });

/** Parts one after the other in as few lines as they need; they stand closer if that makes them fit in one. */
export const flow = (parts: readonly Line[], width: number): Line[] => {
  const wide = flowWith(parts, width, 3);
  return wide.length > 1 ? flowWith(parts, width, 2) : wide;
};

const flowWith = (parts: readonly Line[], width: number, gap: number): Line[] => {
  const lines: Line[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + gap + widthOf(part) <= width) {
      lines[lines.length - 1] = [...last, span(' '.repeat(gap)), ...part];
    } else {
      lines.push(part);
    }
  }
  return lines;
};
