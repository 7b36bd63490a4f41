import fc from 'fast-check';
import type { ReplyWriter } from '../../src/resp/reply-writer.ts';

/** What a handler may say; text is latin1, one character per byte, but for `text` and `verbatim`, which are UTF-8. */
export type Meaning =
  | { readonly kind: 'ok' | 'pong' | 'queued' | 'null' | 'nullArray' }
  | { readonly kind: 'status' | 'error' | 'bulk' | 'text' | 'verbatim'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'array' | 'late' | 'set' | 'push' | 'map'; readonly items: readonly Meaning[] };

const latin1 = fc
  .oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 300 }))
  .map((bytes) => Buffer.from(bytes).toString('latin1'));
const oneLine = latin1.map((text) => text.replace(/[\r\n]/g, '.'));
const unicode = fc.string({ unit: 'grapheme', maxLength: 60 });
const integer = fc.oneof(
  fc.integer({ min: -12, max: 120 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    -0,
    9,
    10,
    99,
    100,
    2 ** 31 - 1,
    2 ** 31,
    1e9 - 1,
    1e9,
    -1e9,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
  ),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);

/** Any reply, of several levels. */
export const meaning: fc.Arbitrary<Meaning> = fc.letrec<{ any: Meaning }>((tie) => {
  const items = fc.array(tie('any'), { maxLength: 4 });
  const aggregate = (kind: 'array' | 'late' | 'set' | 'push') =>
    items.map((list): Meaning => ({ kind, items: list }));
  return {
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('ok', 'pong', 'queued', 'null', 'nullArray').map((kind): Meaning => ({ kind })),
      latin1.map((text): Meaning => ({ kind: 'bulk', text })),
      latin1.map((text): Meaning => ({ kind: 'error', text })),
      oneLine.map((text): Meaning => ({ kind: 'status', text })),
      unicode.map((text): Meaning => ({ kind: 'text', text })),
      unicode.map((text): Meaning => ({ kind: 'verbatim', text })),
      integer.map((value): Meaning => ({ kind: 'integer', value })),
      fc.double().map((value): Meaning => ({ kind: 'double', value })),
      fc.boolean().map((value): Meaning => ({ kind: 'boolean', value })),
      aggregate('array'),
      aggregate('late'),
      aggregate('set'),
      aggregate('push'),
      fc
        .array(fc.tuple(tie('any'), tie('any')), { maxLength: 3 })
        .map((pairs): Meaning => ({ kind: 'map', items: pairs.flat() })),
    ),
  };
}).any;

/** Says it to a writer, as a handler does. `late`: an array whose header is written last. */
export function say(reply: ReplyWriter, it: Meaning): void {
  switch (it.kind) {
    case 'bulk': {
      const source = Buffer.from(`<${it.text}>`, 'latin1');
      reply.bulk(source, 1, source.length - 2);
      return;
    }
    case 'status':
    case 'error':
    case 'text':
    case 'verbatim':
      reply[it.kind](it.text);
      return;
    case 'integer':
      reply.integer(it.value);
      return;
    case 'double':
      reply.double(it.value);
      return;
    case 'boolean':
      reply.boolean(it.value);
      return;
    case 'late': {
      const mark = reply.length;
      for (const item of it.items) say(reply, item);
      reply.arrayBefore(mark, it.items.length);
      return;
    }
    case 'array':
    case 'set':
    case 'push':
    case 'map':
      reply[it.kind](it.kind === 'map' ? it.items.length / 2 : it.items.length);
      for (const item of it.items) say(reply, item);
      return;
    default:
      reply[it.kind]();
  }
}

const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const bulk = (bytes: string) => `$${bytes.length}\r\n${bytes}\r\n`;
const FIXED = { ok: '+OK\r\n', pong: '+PONG\r\n', queued: '+QUEUED\r\n' };

/** How it must be spelled in a protocol, as latin1. */
export function spell(it: Meaning, protocol: 2 | 3): string {
  const three = protocol === 3;
  switch (it.kind) {
    case 'null':
      return three ? '_\r\n' : '$-1\r\n';
    case 'nullArray':
      return three ? '_\r\n' : '*-1\r\n';
    case 'status':
      return `+${it.text}\r\n`;
    case 'error':
      return `-${it.text.replace(/[\r\n]/g, ' ')}\r\n`;
    case 'bulk':
      return bulk(it.text);
    case 'text':
      return bulk(utf8(it.text));
    case 'verbatim':
      return three ? bulk(`txt:${utf8(it.text)}`).replace('$', '=') : bulk(utf8(it.text));
    case 'integer':
      return `:${it.value}\r\n`;
    case 'double':
      return three ? `,${numberText(it.value)}\r\n` : bulk(numberText(it.value));
    case 'boolean':
      return three ? `#${it.value ? 't' : 'f'}\r\n` : `:${it.value ? 1 : 0}\r\n`;
    case 'array':
    case 'late':
    case 'set':
    case 'push':
    case 'map':
      return header(it.kind, it.items.length, three) + it.items.map((item) => spell(item, protocol)).join('');
    default:
      return FIXED[it.kind];
  }
}

function header(kind: 'array' | 'late' | 'set' | 'push' | 'map', count: number, three: boolean): string {
  if (!three) return `*${count}\r\n`;
  const mark = { array: '*', late: '*', set: '~', push: '>', map: '%' }[kind];
  return `${mark}${kind === 'map' ? count / 2 : count}\r\n`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0';
  const small = value !== 0 && Math.abs(value) < 1e-4;
  const text = small ? value.toExponential(16) : value.toPrecision(17);
  return text
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '')
    .replace(/e([+-])(\d)$/, 'e$10$2');
}
