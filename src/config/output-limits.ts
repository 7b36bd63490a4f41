import { INT_MAX, integer, type Kind, memory } from './kind.ts';
import { SettingError } from './setting-error.ts';

/** When a client that does not read its replies is closed; 0 turns a limit off. */
export interface OutputLimit {
  /** Bytes waiting at which the client is closed at once. */
  readonly hard: number;
  /** Bytes waiting at which it is closed if it stays so for `seconds`. */
  readonly soft: number;
  readonly seconds: number;
}

/** client-output-buffer-limit: one limit per class of client. */
export interface OutputLimits {
  readonly normal: OutputLimit;
  readonly slave: OutputLimit;
  readonly pubsub: OutputLimit;
}

const CLASSES = ['normal', 'slave', 'pubsub'] as const;
const NONE: OutputLimit = Object.freeze({ hard: 0, soft: 0, seconds: 0 });
const bytes = memory();
const seconds = integer(0, INT_MAX);

function parseClass(word: string): (typeof CLASSES)[number] {
  const name = word.toLowerCase();
  const found = CLASSES.find((candidate) => candidate === (name === 'replica' ? 'slave' : name));
  if (found === undefined)
    throw new SettingError('Invalid client class specified in buffer limit configuration.');
  return found;
}

function parseLimit(hard: string, soft: string, softSeconds: string): OutputLimit {
  try {
    return Object.freeze({
      hard: bytes.parse(hard),
      soft: bytes.parse(soft),
      seconds: seconds.parse(softSeconds),
    });
  } catch {
    throw new SettingError('Error in hard, soft or soft_seconds setting in buffer limit configuration.');
  }
}

/** Redis's grammar: groups of `class hard soft seconds`; classes not named keep their limits. */
export function outputLimits(): Kind<OutputLimits> {
  return {
    allowed: 'groups of: normal, slave or pubsub, hard limit, soft limit, seconds',
    parse(list, current = { normal: NONE, slave: NONE, pubsub: NONE }) {
      const words = list === '' ? [] : list.split(' ');
      if (words.length % 4 !== 0) {
        throw new SettingError('Wrong number of arguments in buffer limit configuration.');
      }
      const limits = { ...current };
      for (let i = 0; i < words.length; i += 4) {
        const [name = '', hard = '', soft = '', softSeconds = ''] = words.slice(i, i + 4);
        limits[parseClass(name)] = parseLimit(hard, soft, softSeconds);
      }
      return Object.freeze(limits);
    },
    format: (limits) =>
      CLASSES.map((name) => {
        const { hard, soft, seconds: softSeconds } = limits[name];
        return `${name} ${hard} ${soft} ${softSeconds}`;
      }).join(' '),
  };
}
