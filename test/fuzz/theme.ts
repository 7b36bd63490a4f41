import fc from 'fast-check';
import type { Form } from './form.ts';
import { bits } from './forms/bits.ts';
import { connection } from './forms/connection.ts';
import { consumerGroups } from './forms/consumer-groups.ts';
import { generic, whole } from './forms/generic.ts';
import { geo } from './forms/geo.ts';
import { hashes } from './forms/hashes.ts';
import { hyperLogLogDamage, hyperLogLogs } from './forms/hyper-log-logs.ts';
import { lexicographic } from './forms/lexicographic.ts';
import { blockingLists, lists } from './forms/lists.ts';
import { sets } from './forms/sets.ts';
import { settings } from './forms/settings.ts';
import { sort } from './forms/sort.ts';
import { blockingSortedSets, sortedSets } from './forms/sorted-sets.ts';
import { streams } from './forms/streams.ts';
import { strings } from './forms/strings.ts';
import { transactions } from './forms/transactions.ts';
import { KINDS, type Kind, keyOf, strayKey } from './keys.ts';
import { prologueOf } from './prologue.ts';
import type { Command } from './words.ts';

type Part = readonly [weight: number, forms: readonly Form[]];

/** A mixture of commands: mostly some that are about one type. */
export interface Theme {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Whose values are there at the beginning. */
  readonly kinds: readonly Kind[];
}

const waits: readonly Form[] = [...blockingLists, ...blockingSortedSets];
const everything: readonly Part[] = [
  [3, [...strings, ...bits]],
  [6, lists],
  [6, hashes],
  [6, sets],
  [6, sortedSets],
  [1, lexicographic],
  [4, streams],
  [4, consumerGroups],
  [3, hyperLogLogs],
  [3, geo],
  [3, sort],
  [1, waits],
];
const anything: readonly Form[] = everything.flatMap(([, forms]) => forms);

/** What every theme has beside its own commands. */
const rest: readonly Part[] = [
  [2, anything],
  [1, whole(strayKey)],
  [1, settings],
];

const about = (name: string, kinds: readonly [Kind, ...Kind[]], ...own: readonly Part[]): Theme => {
  const key = fc.oneof({ weight: 6, arbitrary: keyOf(kinds[0]) }, strayKey);
  return { name, kinds, parts: [...own, [5, generic(key)], [3, transactions(key)], ...rest] };
};

export const THEMES: readonly Theme[] = [
  about('strings', ['strings'], [18, strings], [6, bits], [1, connection]),
  about('lists', ['lists'], [24, lists], [1, blockingLists]),
  about('hashes', ['hashes'], [24, hashes]),
  about('sets', ['sets'], [24, sets]),
  about(
    'sorted sets',
    ['sortedSets', 'sets'],
    [24, sortedSets],
    [3, sets],
    [2, lexicographic],
    [1, blockingSortedSets],
  ),
  about('streams', ['streams'], [12, streams], [12, consumerGroups]),
  about('HyperLogLogs', ['hyperLogLogs'], [16, hyperLogLogs], [2, hyperLogLogDamage]),
  about('geo', ['geo'], [16, geo]),
  about(
    'SORT',
    ['lists', 'hashes', 'sets', 'sortedSets'],
    [12, sort],
    [4, lists],
    [3, sets],
    [3, sortedSets],
    [4, hashes],
  ),
  {
    name: 'all types',
    kinds: KINDS,
    parts: [...everything, [6, generic(strayKey)], [3, transactions(strayKey)], ...rest],
  },
];

/** Every command of the themes. */
export const NAMES: ReadonlySet<string> = new Set(
  THEMES.flatMap(({ parts }) => parts.flatMap(([, forms]) => forms.flatMap(({ names }) => names))),
);

/** What to play of a theme. */
export interface Play {
  readonly prologue: fc.Arbitrary<readonly Command[]>;
  readonly commands: fc.Arbitrary<readonly Command[]>;
}

/**
 * A theme as far as both servers have its commands.
 *
 * @param missing names, in upper case, of commands that are not to be sent.
 * @returns undefined if nothing is left of what the theme is about.
 */
export function playOf(theme: Theme, missing: ReadonlySet<string>): Play | undefined {
  const possible = theme.parts.map(
    ([weight, forms]): Part => [weight, forms.filter((it) => isPossible(it, missing))],
  );
  if (possible[0]?.[1].length === 0) return undefined;
  const parts = possible.filter(([, forms]) => forms.length > 0);
  const commands = fc.oneof(
    ...parts.map(([weight, forms]) => ({
      weight,
      arbitrary: fc.oneof(...forms.map(({ commands }) => commands)),
    })),
  );
  return { prologue: prologueOf(theme.kinds, missing), commands };
}

const isPossible = ({ names }: Form, missing: ReadonlySet<string>): boolean =>
  names.every((name) => !missing.has(name));
