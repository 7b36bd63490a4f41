import { errors } from '../../errors.ts';
import type { Arguments } from '../arguments.ts';

const NX = 1;
const XX = 2;
const GT = 4;
const LT = 8;
const CH = 16;
const INCR = 32;

/** Those that GEOADD knows. */
const PLACE_OPTIONS = NX | XX | CH;

const OPTIONS = [
  { word: 'NX', flag: NX },
  { word: 'XX', flag: XX },
  { word: 'CH', flag: CH },
  { word: 'INCR', flag: INCR },
  { word: 'GT', flag: GT },
  { word: 'LT', flag: LT },
] as const;

/** The options of ZADD and GEOADD; one of these is reused for every call. */
export class AddOptions {
  #flags = 0;

  /** As if none were given. */
  clear(): void {
    this.#flags = 0;
  }

  /**
   * Reads the options, which begin at argument 2, and checks that what follows fits them.
   * @returns the argument that is the first score.
   * @throws errors.syntax, or the error that says which options exclude each other.
   */
  read(args: Arguments): number {
    this.#flags = 0;
    let at = 2;
    for (let flag = flagAt(args, at); flag !== 0; flag = flagAt(args, at)) {
      this.#flags |= flag;
      at++;
    }
    const elements = args.count - at;
    if (elements === 0 || elements % 2 !== 0) throw errors.syntax;
    if (this.#has(NX) && this.#has(XX)) throw errors.addNxWithXx;
    if ((this.#has(GT) && this.#has(NX | LT)) || (this.#has(LT) && this.#has(NX))) throw errors.addGtLtNx;
    if (this.#has(INCR) && elements > 2) throw errors.addIncrSeveral;
    return at;
  }

  /**
   * As {@link read}, for GEOADD: it knows less options, and places with their members follow.
   * @returns the argument that is the first longitude.
   * @throws errors.syntax
   */
  readForPlaces(args: Arguments): number {
    this.#flags = 0;
    let at = 2;
    for (let flag = flagAt(args, at); (flag & PLACE_OPTIONS) !== 0; flag = flagAt(args, at)) {
      this.#flags |= flag;
      at++;
    }
    const rest = args.count - at;
    if (rest === 0 || rest % 3 !== 0 || (this.#has(NX) && this.#has(XX))) throw errors.syntax;
    return at;
  }

  /** No member is to be added (XX). */
  get onlyChanges(): boolean {
    return this.#has(XX);
  }

  /** The reply is to count members that have another score now, too (CH). */
  get countsChanges(): boolean {
    return this.#has(CH);
  }

  /** The score is to be added to what is there (INCR). */
  get increments(): boolean {
    return this.#has(INCR);
  }

  /** True if a member that has a score may be given another (NX, GT, LT). */
  mayReplace(old: number, score: number): boolean {
    if (this.#flags === 0) return true;
    if (this.#has(NX) || (this.#has(GT) && score <= old)) return false;
    return !(this.#has(LT) && score >= old);
  }

  #has(flags: number): boolean {
    return (this.#flags & flags) !== 0;
  }
}

const flagAt = (args: Arguments, index: number): number => {
  for (const { word, flag } of OPTIONS) if (args.is(index, word)) return flag;
  return 0;
};
