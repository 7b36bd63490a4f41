import { errors } from '../../errors.ts';
import type { Arguments } from '../arguments.ts';
import { SortPattern } from './sort-pattern.ts';

/** What SORT is to do, beside its key. */
export interface SortOptions {
  /** The weights to sort by instead of the elements; undefined: the elements themselves. */
  by: SortPattern | undefined;
  /** Whether the order stays as it is (`BY nosort`). */
  unsorted: boolean;
  descending: boolean;
  /** Whether texts are compared, and not numbers. */
  alphabetic: boolean;
  /** Elements to skip, and how many then to show; negative: all. */
  offset: number;
  count: number;
  /** What to show of each element; none: the element. */
  readonly get: SortPattern[];
  /** The argument that is the key to store the result under; 0: it is replied. */
  store: number;
}

/** Reads the options behind the key. @param mayStore false for SORT_RO. @throws errors.syntax, errors.notInteger */
export const sortOptions = (args: Arguments, mayStore: boolean): SortOptions => {
  const options: SortOptions = {
    by: undefined,
    unsorted: false,
    descending: false,
    alphabetic: false,
    offset: 0,
    count: -1,
    get: [],
    store: 0,
  };
  for (let i = 2; i < args.count; i++) {
    const left = args.count - i - 1;
    if (args.is(i, 'ASC')) options.descending = false;
    else if (args.is(i, 'DESC')) options.descending = true;
    else if (args.is(i, 'ALPHA')) options.alphabetic = true;
    else if (args.is(i, 'LIMIT') && left >= 2) {
      options.offset = args.integer(++i);
      options.count = args.integer(++i);
    } else if (mayStore && args.is(i, 'STORE') && left >= 1) options.store = ++i;
    else if (args.is(i, 'BY') && left >= 1) {
      options.by = new SortPattern(args.copy(++i));
      options.unsorted = !options.by.hasStar;
    } else if (args.is(i, 'GET') && left >= 1) options.get.push(new SortPattern(args.copy(++i)));
    else throw errors.syntax;
  }
  return options;
};
