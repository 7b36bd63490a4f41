import fc from 'fast-check';
import type { Form } from './form.ts';
import { bits } from './forms/bits.ts';
import { connection } from './forms/connection.ts';
import { consumerGroups } from './forms/consumer-groups.ts';
import { generic, whole } from './forms/generic.ts';
import { geo } from './forms/geo.ts';
import { hashes } from './forms/hashes.ts';
import { hyperLogLogDamage, hyperLogLogs } from './forms/hyper-log-logs.ts';
import { large, wideThresholds } from './forms/large.ts';
import { lexicographic } from './forms/lexicographic.ts';
import { blockingLists, lists } from './forms/lists.ts';
import { sets } from './forms/sets.ts';
import { settings } from './forms/settings.ts';
import { sort } from './forms/sort.ts';
import { blockingSortedSets, sortedSets } from './forms/sorted-sets.ts';
import { streams } from './forms/streams.ts';
import { strings } from './forms/strings.ts';
import { transactions } from './forms/transactions.ts';
import { waitingForLists, waitingForSortedSets, waitingForStreams } from './forms/waiting.ts';
import { KINDS, type Kind, keyOf, strayKey } from './keys.ts';
import { prologueOf } from './prologue.ts';
import type { Command } from './words.ts';

type Part = readonly [weight: number, forms: readonly Form[]];

/** A mixture of commands that is about some types. */
export interface Theme {
  readonly name: string;
  /** The first is what it is mostly about; values of all of them are there at the beginning. */
  readonly kinds: readonly Kind[];
  readonly own: readonly Part[];
  /** Commands by which the other connection waits now and then. */
  readonly waits?: readonly Form[];
}

const shortWaits: readonly Form[] = [...blockingLists, ...blockingSortedSets];
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
  [1, shortWaits],
];

export const THEMES: readonly Theme[] = [
  {
    name: 'strings',
    kinds: ['strings'],
    own: [
      [18, strings],
      [6, bits],
      [1, connection],
    ],
  },
  {
    name: 'lists',
    kinds: ['lists'],
    own: [
      [24, lists],
      [1, blockingLists],
    ],
    waits: waitingForLists,
  },
  { name: 'hashes', kinds: ['hashes'], own: [[24, hashes]] },
  { name: 'sets', kinds: ['sets'], own: [[24, sets]] },
  {
    name: 'sorted sets',
    kinds: ['sortedSets', 'sets'],
    own: [
      [24, sortedSets],
      [3, sets],
      [2, lexicographic],
      [1, blockingSortedSets],
    ],
    waits: waitingForSortedSets,
  },
  {
    name: 'streams',
    kinds: ['streams'],
    own: [
      [12, streams],
      [12, consumerGroups],
    ],
    waits: waitingForStreams,
  },
  {
    name: 'HyperLogLogs',
    kinds: ['hyperLogLogs'],
    own: [
      [16, hyperLogLogs],
      [2, hyperLogLogDamage],
    ],
  },
  { name: 'geo', kinds: ['geo'], own: [[16, geo]] },
  {
    name: 'SORT',
    kinds: ['lists', 'hashes', 'sets', 'sortedSets'],
    own: [
      [12, sort],
      [4, lists],
      [3, sets],
      [3, sortedSets],
      [4, hashes],
    ],
  },
  {
    name: 'large collections',
    kinds: KINDS,
    own: [
      [40, large],
      [2, wideThresholds],
    ],
  },
  {
    name: 'all types',
    kinds: KINDS,
    own: everything,
    waits: [...waitingForLists, ...waitingForSortedSets, ...waitingForStreams],
  },
];

/** A theme's own commands, those for any type, and now and then one that is about something else. */
function partsOf({ kinds, own }: Theme): Part[] {
  const ofKind = keyOf(kinds[0] ?? 'strings');
  const key = kinds === KINDS ? strayKey : fc.oneof({ weight: 6, arbitrary: ofKind }, strayKey);
  return [
    ...own,
    [5, generic(key)],
    [3, transactions(key)],
    [2, everything.flatMap(([, forms]) => forms)],
    [1, whole(strayKey)],
    [1, settings],
  ];
}

const formsOf = (theme: Theme): Form[] => [
  ...partsOf(theme).flatMap(([, forms]) => forms),
  ...(theme.waits ?? []),
];

/** Every command of the themes. */
export const NAMES: ReadonlySet<string> = new Set(
  THEMES.flatMap((theme) => formsOf(theme).flatMap(({ names }) => names)),
);

/** What to play of a theme. */
export interface Play {
  readonly prologue: fc.Arbitrary<readonly Command[]>;
  readonly commands: fc.Arbitrary<readonly Command[]>;
  readonly waiter: fc.Arbitrary<Command | undefined>;
}

/**
 * A theme as far as both servers have its commands.
 *
 * @param missing names, in upper case, of commands that are not to be sent.
 * @returns undefined if nothing is left of what the theme is about.
 */
export function playOf(theme: Theme, missing: ReadonlySet<string>): Play | undefined {
  const possible = (forms: readonly Form[]) =>
    forms.filter(({ names }) => names.every((name) => !missing.has(name)));
  const parts = partsOf(theme).map(([weight, forms]): Part => [weight, possible(forms)]);
  if (parts[0]?.[1].length === 0) return undefined;
  return {
    prologue: prologueOf(theme.kinds, missing),
    commands: mixtureOf(parts.filter(([, forms]) => forms.length > 0)),
    waiter: waiterOf(possible(theme.waits ?? [])),
  };
}

const anyOf = (forms: readonly Form[]): fc.Arbitrary<readonly Command[]> =>
  fc.oneof(...forms.map(({ commands }) => commands));

const mixtureOf = (parts: readonly Part[]): fc.Arbitrary<readonly Command[]> =>
  fc.oneof(...parts.map(([weight, forms]) => ({ weight, arbitrary: anyOf(forms) })));

function waiterOf(forms: readonly Form[]): fc.Arbitrary<Command | undefined> {
  const never = { weight: 7, arbitrary: fc.constant(undefined) };
  return forms.length === 0
    ? never.arbitrary
    : fc.oneof(
        never,
        anyOf(forms).map(([command]) => command),
      );
}
