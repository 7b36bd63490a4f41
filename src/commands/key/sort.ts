import { asCString, CommandError } from '../../errors.ts';
import { TYPE_LIST, TYPE_SET, TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { parseDouble } from '../../resp/number.ts';
import type { Arguments } from '../arguments.ts';
import { storeCollection } from '../collection-access.ts';
import type { Call, CommandGroup, Handler, KeyArgument } from '../command.ts';
import { copyElements, countElements, hasOrder, sortableEntry } from './sort-elements.ts';
import { type SortOptions, sortOptions } from './sort-options.ts';
import type { SortPattern } from './sort-pattern.ts';

const NOT_A_NUMBER = new CommandError("ERR One or more scores can't be converted into double");
const NOTHING = Buffer.alloc(0);

/** An element and what it is sorted by. */
interface Sortable {
  readonly element: Buffer;
  readonly weight: number;
  /** What stands for the element where texts are compared; undefined comes first. */
  readonly text: Buffer | undefined;
}

const sortCommand =
  (mayStore: boolean): Handler =>
  (call) => {
    const options = sortOptions(call.args, mayStore);
    const entry = sortableEntry(call);
    const isSet = entry !== 0 && call.database.typeOf(entry) === TYPE_SET;
    // What is stored shall not depend on the order in which a set happens to lie.
    if (options.unsorted && isSet && options.store !== 0) {
      options.unsorted = false;
      options.alphabetic = true;
      options.by = undefined;
    }
    if (entry !== 0 && call.database.typeOf(entry) === TYPE_SORTED_SET) call.keyspace.sortedSets.rank(entry);
    const elements = elementsOf(call, entry, options);
    if (options.store === 0) replyElements(call, elements, options.get);
    else storeElements(call, elements, options);
  };

/** The elements to be shown, in their order. */
const elementsOf = (call: Call, entry: number, options: SortOptions): Buffer[] => {
  const { offset, count, descending, unsorted } = options;
  const total = countElements(call, entry);
  const first = Math.min(Math.max(0, offset), total);
  const shown = count < 0 ? total - first : Math.min(count, total - first);
  if (unsorted && entry !== 0 && hasOrder(call, entry)) {
    return copyElements(call, entry, first, shown, descending);
  }
  const all = copyElements(call, entry, 0, total, false);
  return (unsorted ? all : sorted(call, all, options)).slice(first, first + shown);
};

const sorted = (call: Call, elements: readonly Buffer[], options: SortOptions): Buffer[] => {
  const { by, alphabetic, descending } = options;
  const sortables = elements.map((element) => {
    const text = by === undefined ? element : by.find(call, element);
    return { element, text, weight: alphabetic || text === undefined ? 0 : weightOf(text) };
  });
  const compare = alphabetic ? compareTexts : compareWeights;
  sortables.sort(descending ? (a, b) => compare(b, a) : compare);
  return sortables.map(({ element }) => element);
};

/** As C's strtod reads it, to which nothing is 0. @throws CommandError */
const weightOf = (text: Buffer): number => {
  const digits = asCString(text.toString('latin1'));
  const weight = digits === '' ? 0 : parseDouble(digits.replace(/^[ \t-\r]+(?=.)/, ''));
  if (Number.isNaN(weight)) throw NOT_A_NUMBER;
  return weight;
};

const compareWeights = (a: Sortable, b: Sortable): number =>
  a.weight === b.weight ? Buffer.compare(a.element, b.element) : a.weight - b.weight;

const compareTexts = (a: Sortable, b: Sortable): number => {
  if (a.text !== undefined && b.text !== undefined) return Buffer.compare(a.text, b.text);
  return Number(a.text !== undefined) - Number(b.text !== undefined);
};

const replyElements = (call: Call, elements: readonly Buffer[], get: readonly SortPattern[]): void => {
  const { reply } = call;
  reply.array(elements.length * Math.max(1, get.length));
  for (const element of elements) {
    if (get.length === 0) reply.bulk(element, 0, element.length);
    for (const pattern of get) {
      const found = pattern.find(call, element);
      if (found === undefined) reply.null();
      else reply.bulk(found, 0, found.length);
    }
  }
};

const storeElements = (call: Call, elements: readonly Buffer[], { get, store }: SortOptions): void => {
  const { lists } = call.keyspace;
  const shown =
    get.length === 0
      ? elements
      : elements.flatMap((element) => get.map((pattern) => pattern.find(call, element) ?? NOTHING));
  const count = storeCollection(call, store, TYPE_LIST, (entry) => {
    for (const text of shown) lists.push(entry, 'tail', text, 0, text.length);
  });
  call.reply.integer(count);
};

/** The key that is sorted, and the one under which the result is stored: the last STORE counts. */
const keysOfSort = (args: Arguments): KeyArgument[] => {
  const keys: KeyArgument[] = [{ index: 1, access: 'RO access' }];
  for (let i = 2; i < args.count; i++) {
    if (args.is(i, 'LIMIT')) i += 2;
    else if (args.is(i, 'GET') || args.is(i, 'BY')) i++;
    else if (args.is(i, 'STORE') && i + 1 < args.count) keys[1] = { index: ++i, access: 'OW update' };
  }
  return keys;
};

const BY_OR_GET = {
  unknown: true,
  flags: 'RO access',
  notes:
    "For the optional BY/GET keyword. It is marked 'unknown' because the key names derive from the content of " +
    'the key we sort',
} as const;

const OPTIONS = 'key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC | DESC] [ALPHA]';

const SORT = {
  arity: -2,
  categories: ['set', 'sortedset', 'list', 'dangerous'],
  complexity:
    'O(N+M*log(M)), when N is the number of elements of the collection and M that of elements returned; O(N) ' +
    'where nothing is sorted',
} as const;

/** SORT, and SORT_RO, which stores nothing. */
export const sorting = {
  sort: {
    ...SORT,
    flags: ['write', 'denyoom', 'movablekeys'],
    keys: [
      { first: 1, last: 1, step: 1, flags: 'RO access' },
      BY_OR_GET,
      {
        unknown: true,
        flags: 'OW update',
        notes:
          "For the optional STORE keyword. It is marked 'unknown' because the keyword can appear anywhere in the " +
          'argument array',
      },
    ],
    findKeys: keysOfSort,
    syntax: `${OPTIONS} [STORE destination]`,
    since: '1.0.0',
    summary: 'Sorts the elements of a list, a set or a sorted set, and returns or stores them.',
    run: sortCommand(true),
  },
  sort_ro: {
    ...SORT,
    flags: ['readonly', 'movablekeys'],
    keys: [{ first: 1, last: 1, step: 1, flags: 'RO access' }, BY_OR_GET],
    findKeys: () => [{ index: 1, access: 'RO access' }],
    syntax: OPTIONS,
    since: '7.0.0',
    summary: 'Sorts the elements of a list, a set or a sorted set, and returns them.',
    run: sortCommand(false),
  },
} satisfies CommandGroup;
