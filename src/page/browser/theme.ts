/*
 * The colours of the charts are those of the style sheet, which knows whether it is dark.
 */

import type { Level } from '../../view/status-document.ts';
import { COLOURS } from './line.ts';

/** Colours as a canvas takes them. */
export interface Theme {
  readonly text: string;
  readonly grid: string;
  /** What is drawn upon. */
  readonly ground: string;
  /** By name of a colour, of {@link COLOURS}. */
  line(colour: string): string;
  fill(colour: string): string;
  /** Of a mark for something that happened. */
  tone(level: Level): string;
}

/** The colours now. */
export const currentTheme = (): Theme => {
  const style = getComputedStyle(document.documentElement);
  const named = (name: string): string => style.getPropertyValue(name).trim();
  const lines = new Map<string, string>();
  for (const colour of COLOURS) lines.set(colour, named(`--line-${colour}`));
  const line = (colour: string): string => lines.get(colour) ?? '';
  const opacity = named('--fill');
  const tones = {
    ok: named('--muted'),
    warning: named('--warning-fill'),
    critical: named('--critical-fill'),
  };
  return {
    text: named('--muted'),
    ground: named('--panel'),
    grid: named('--grid'),
    line,
    fill: (colour) => `${line(colour)}${opacity}`,
    tone: (level) => tones[level],
  };
};

/** Calls when the colours have changed. */
export const onThemeChange = (call: () => void): void => {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', call);
};
