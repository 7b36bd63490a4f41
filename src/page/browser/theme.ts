/*
 * The colours of the charts are those of the style sheet, which knows whether it is dark.
 */

import { LINE_COLOURS } from './line.ts';

export interface Theme {
  readonly text: string;
  readonly grid: string;
  /** By name of a colour: `1` to `8`, or `other`. */
  line(colour: string): string;
  fill(colour: string): string;
}

/** The colours now. */
export const currentTheme = (): Theme => {
  const style = getComputedStyle(document.documentElement);
  const named = (name: string): string => style.getPropertyValue(name).trim();
  const lines = new Map<string, string>();
  for (const colour of ['other', ...Array.from({ length: LINE_COLOURS }, (_, i) => String(i + 1))]) {
    lines.set(colour, named(`--line-${colour}`));
  }
  const line = (colour: string): string => lines.get(colour) ?? '';
  const opacity = named('--fill');
  return {
    text: named('--muted'),
    grid: named('--grid'),
    line,
    fill: (colour) => `${line(colour)}${opacity}`,
  };
};

/** Calls when the colours have changed. */
export const onThemeChange = (call: () => void): void => {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', call);
};
