import { errors, noSearchArea, noSearchMiddle } from '../../errors.ts';
import { GeoArea } from '../../keyspace/geo/geo-area.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { lengthAt, locateMember, readPlace, unitAt } from './geo-arguments.ts';

/** What the arguments of a search command are. */
export interface SearchForm {
  /** The argument that is the key to search in. */
  readonly source: number;
  /** Middle and radius stand behind it, or are among the options. */
  readonly middle: 'place' | 'member' | 'option';
  /** The first of the options. */
  readonly options: number;
  /** The result may be stored by an option (`option`), or is always stored at key argument 1. */
  readonly store?: 'option' | 'always';
}

export const WITH_DISTANCE = 1;
export const WITH_HASH = 2;
export const WITH_PLACE = 4;
const ANY = 8;
const STORE_DISTANCE = 16;
const FROM_MEMBER = 32;
const FROM_PLACE = 64;
const BY_RADIUS = 128;
const BY_BOX = 256;

const SHOWN = WITH_DISTANCE | WITH_HASH | WITH_PLACE;

const FLAGS = [
  { word: 'WITHDIST', flag: WITH_DISTANCE },
  { word: 'WITHHASH', flag: WITH_HASH },
  { word: 'WITHCOORD', flag: WITH_PLACE },
  { word: 'ANY', flag: ANY },
] as const;

/** What a search command asks for. One of these is reused for every call. */
export class SearchOptions {
  readonly area = new GeoArea();
  /** Metres in the unit of distances. */
  unit = 1;
  /** The most members to find; 0 for all. */
  count = 0;
  /** How to sort them by distance; undefined: not at all. */
  order: 'ascending' | 'descending' | undefined;
  /** The key argument at which to store the members; 0: none. */
  storeAt = 0;
  #flags = 0;
  #form: SearchForm = { source: 1, middle: 'option', options: 2 };

  /**
   * Reads the arguments of a command.
   * @param members of the key to search in, or undefined: then less is checked, as in Redis.
   * @throws CommandError
   */
  read(call: Call, form: SearchForm, members: SortedSetForm | undefined): void {
    const { args } = call;
    this.#flags = 0;
    this.#form = form;
    this.unit = 1;
    this.count = 0;
    this.order = undefined;
    this.storeAt = form.store === 'always' ? 1 : 0;
    this.area.makeCircle(0, 1);
    this.#readMiddle(call, members);
    for (let at = form.options; at < args.count; ) at += this.#readOption(call, members, at);
    this.#check(args);
    // Which of them are the nearest shows when they are sorted.
    if (this.count > 0 && this.order === undefined && !this.has(ANY)) this.order = 'ascending';
  }

  has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  /** How many members are enough, whichever they are; 0: all must be found. */
  get enough(): number {
    return this.has(ANY) ? this.count : 0;
  }

  /** The distances are to be stored, not the geohashes. */
  get storesDistances(): boolean {
    return this.has(STORE_DISTANCE);
  }

  /** Number of facts that are shown of each member. */
  get facts(): number {
    let count = 0;
    for (let rest = this.#flags & SHOWN; rest !== 0; rest &= rest - 1) count++;
    return count;
  }

  #readMiddle(call: Call, members: SortedSetForm | undefined): void {
    const { args } = call;
    if (this.#form.middle === 'place') {
      readPlace(args, 2, this.area);
      this.#readRadius(args, 4);
    } else if (this.#form.middle === 'member' && members !== undefined) {
      this.#readMember(call, members, 2);
      this.#readRadius(args, 3);
    }
  }

  /** @returns the number of arguments that the option takes. @throws CommandError */
  #readOption(call: Call, members: SortedSetForm | undefined, at: number): number {
    const { args } = call;
    for (const { word, flag } of FLAGS) {
      if (!args.is(at, word)) continue;
      this.#flags |= flag;
      return 1;
    }
    if (args.is(at, 'ASC') || args.is(at, 'DESC')) {
      this.order = args.is(at, 'ASC') ? 'ascending' : 'descending';
      return 1;
    }
    if (args.is(at, 'COUNT') && at + 1 < args.count) {
      this.count = args.integer(at + 1);
      if (this.count <= 0) throw errors.searchCount;
      return 2;
    }
    return this.#form.middle === 'option'
      ? this.#readSearchOption(call, members, at)
      : this.#readStore(args, at);
  }

  /** STORE and STOREDIST of GEORADIUS and GEORADIUSBYMEMBER. */
  #readStore(args: Arguments, at: number): number {
    const storesDistances = args.is(at, 'STOREDIST');
    const isOption = storesDistances || args.is(at, 'STORE');
    if (!isOption || this.#form.store === undefined || at + 1 >= args.count) throw errors.syntax;
    this.storeAt = at + 1;
    this.#flags = storesDistances ? this.#flags | STORE_DISTANCE : this.#flags & ~STORE_DISTANCE;
    return 2;
  }

  /** What GEOSEARCH and GEOSEARCHSTORE alone know. */
  #readSearchOption(call: Call, members: SortedSetForm | undefined, at: number): number {
    const { args } = call;
    const left = args.count - at - 1;
    if (args.is(at, 'STOREDIST') && this.#form.store === 'always') {
      this.#flags |= STORE_DISTANCE;
      return 1;
    }
    if (args.is(at, 'FROMMEMBER') && left >= 1 && !this.has(FROM_PLACE)) {
      if (members !== undefined) this.#readMember(call, members, at + 1);
      this.#flags |= FROM_MEMBER;
      return 2;
    }
    if (args.is(at, 'FROMLONLAT') && left >= 2 && !this.has(FROM_MEMBER)) {
      readPlace(args, at + 1, this.area);
      this.#flags |= FROM_PLACE;
      return 3;
    }
    if (args.is(at, 'BYRADIUS') && left >= 2 && !this.has(BY_BOX)) {
      this.#readRadius(args, at + 1);
      this.#flags |= BY_RADIUS;
      return 3;
    }
    if (args.is(at, 'BYBOX') && left >= 3 && !this.has(BY_RADIUS)) {
      this.#readBox(args, at + 1);
      this.#flags |= BY_BOX;
      return 4;
    }
    throw errors.syntax;
  }

  #readMember(call: Call, members: SortedSetForm, index: number): void {
    if (!locateMember(call, members, index, this.area)) throw errors.noSuchPlace;
  }

  #readRadius(args: Arguments, index: number): void {
    const radius = lengthAt(args, index, errors.radiusNotNumber, errors.radiusNegative);
    this.unit = unitAt(args, index + 1);
    this.area.makeCircle(radius, this.unit);
  }

  #readBox(args: Arguments, index: number): void {
    const width = args.double(index, errors.widthNotNumber);
    const height = lengthAt(args, index + 1, errors.heightNotNumber, errors.boxNegative);
    if (width < 0) throw errors.boxNegative;
    this.unit = unitAt(args, index + 2);
    this.area.makeBox(width, height, this.unit);
  }

  /** @throws CommandError if options are missing or do not go together */
  #check(args: Arguments): void {
    const { middle, store } = this.#form;
    if (this.storeAt > 0 && this.has(SHOWN)) {
      throw store === 'always' ? errors.searchStoreShows : errors.radiusStoreShows;
    }
    if (middle === 'option') {
      if (!this.has(FROM_MEMBER | FROM_PLACE)) throw noSearchMiddle(args.latin1(0));
      if (!this.has(BY_RADIUS | BY_BOX)) throw noSearchArea(args.latin1(0));
    }
    if (this.has(ANY) && this.count === 0) throw errors.anyWithoutCount;
  }
}
