import os from 'node:os';
import { SettingError } from './setting-error.ts';

/** How the values of a setting are read from text and printed as Redis prints them. */
export interface Kind<T> {
  /** What is allowed, worded to follow "must be ". */
  readonly allowed: string;
  /** `current` is the value being replaced. Throws SettingError. */
  parse(text: string, current?: T): T;
  format(value: T): string;
}

/** The largest value of a C `int`. */
export const INT_MAX = 2147483647;
/** Redis's bound for a C `long long`; values above 2^53 - 1 are kept as 2^53 - 1. */
export const LONG_MAX = 9223372036854775807n;

const INTEGER = /^(?:0|-?[1-9][0-9]{0,18})$/;
const MEMORY = /^([0-9]*)(b|k|kb|m|mb|g|gb)?$/i;
const UNIT_BYTES: Readonly<Record<string, bigint>> = {
  b: 1n,
  k: 1000n,
  kb: 1024n,
  m: 1000_000n,
  mb: 1024n ** 2n,
  g: 1000_000_000n,
  gb: 1024n ** 3n,
};

function within(value: bigint, min: number, max: number | bigint): number {
  if (value < min || value > max) {
    throw new SettingError(`argument must be between ${min} and ${max} inclusive`);
  }
  return value > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(value);
}

function range(what: string, min: number, max: number | bigint): string {
  return max === LONG_MAX ? `${what} of at least ${min}` : `${what} from ${min} to ${max}`;
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number | bigint): Kind<number> {
  return {
    allowed: range('an integer', min, max),
    parse(text) {
      const fits = INTEGER.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
      if (!fits) throw new SettingError("argument couldn't be parsed into an integer");
      return within(BigInt(text), min, max);
    },
    format: String,
  };
}

/** A whole number from 0 up, silently brought into `low`..`high` as Redis does with hz. */
export function clampedInteger(low: number, high: number): Kind<number> {
  const kind = integer(0, INT_MAX);
  return {
    allowed: `an integer from ${low} to ${high}`,
    parse: (text) => Math.min(high, Math.max(low, kind.parse(text))),
    format: String,
  };
}

/** Bytes, with Redis's units: k, m, g are powers of 1000, kb, mb, gb of 1024. Printed as bytes. */
export function memory(min = 0, max: bigint = LONG_MAX): Kind<number> {
  const least = min === 0 ? '' : ` of at least ${min} bytes`;
  return {
    allowed: `a memory size${least} such as 100mb or 1gb`,
    parse(text) {
      const [, digits, unit = 'b'] = MEMORY.exec(text) ?? [];
      if (digits === undefined) throw new SettingError('argument must be a memory value');
      const bytes = BigInt(digits) * (UNIT_BYTES[unit.toLowerCase()] ?? 1n);
      return within(bytes, min, max);
    },
    format: String,
  };
}

/** A boolean, written yes or no. */
export function yesNo(): Kind<boolean> {
  return {
    allowed: 'yes or no',
    parse(text) {
      const word = text.toLowerCase();
      if (word === 'yes') return true;
      if (word === 'no') return false;
      throw new SettingError("argument must be 'yes' or 'no'");
    },
    format: (value) => (value ? 'yes' : 'no'),
  };
}

/** One of some words, in any letter case. */
export function oneOf<const W extends string>(...words: readonly W[]): Kind<W> {
  return {
    allowed: `one of ${words.join(', ')}`,
    parse(text) {
      const word = words.find((candidate) => candidate === text.toLowerCase());
      if (word === undefined) {
        throw new SettingError(`argument(s) must be one of the following: ${words.join(', ')}`);
      }
      return word;
    },
    format: String,
  };
}

/** Any text. */
export function text(): Kind<string> {
  return { allowed: 'any text', parse: String, format: String };
}

/** A folder; load and configFrom make it absolute. */
export function directory(): Kind<string> {
  return {
    allowed: 'the name of a folder',
    parse(name) {
      if (name === '' || name.includes('\0')) throw new SettingError('argument must be a directory');
      return name;
    },
    format: String,
  };
}

/** One host name or IP address. */
export function address(): Kind<string> {
  const list = addressList();
  return {
    allowed: 'a host name or an IP address',
    parse(name) {
      const [first, second] = list.parse(name);
      if (first === undefined || second !== undefined) throw new SettingError('argument must be one address');
      if (first.startsWith('-')) throw new SettingError('argument must be an address that is there');
      return first;
    },
    format: String,
  };
}

/**
 * Host names or IP addresses, as Redis's `bind` takes them: `*` is every IPv4 address, `::*` every IPv6
 * address, and a leading `-` means that the address may be missing on this machine.
 */
export function addressList(): Kind<readonly string[]> {
  return {
    allowed: 'host names or IP addresses separated by spaces or commas',
    parse(list) {
      const addresses = list.split(/[\s,]+/).filter((part) => part !== '');
      if (addresses.length === 0 || !addresses.every((part) => /^-?[\w:.%*][\w:.%*-]*$/.test(part))) {
        throw new SettingError('argument must be a list of addresses');
      }
      return Object.freeze(addresses);
    },
    format: (addresses) => addresses.join(' '),
  };
}

/** A TCP port, or null, written off. */
export function portOrOff(): Kind<number | null> {
  const port = integer(0, 65535);
  return {
    allowed: `${port.allowed}, or off`,
    parse: (value) => (value.toLowerCase() === 'off' ? null : port.parse(value)),
    format: (value) => (value === null ? 'off' : String(value)),
  };
}

/** A number of worker processes; auto is one per CPU this process may use. */
export function workerCount(): Kind<number> {
  const count = integer(0, 1024);
  return {
    allowed: `${count.allowed}, or auto`,
    parse: (value) => (value.toLowerCase() === 'auto' ? os.availableParallelism() : count.parse(value)),
    format: String,
  };
}
