import { payload, ziplist, zipmap } from './old-forms.ts';

const long = 'long '.repeat(40);
const values = [
  '0',
  '12',
  '13',
  '-1',
  '127',
  '-128',
  '128',
  '-32768',
  '32768',
  '8388607',
  '-8388609',
  '2147483648',
];
const texts = ['', 'a', 'x'.repeat(63), 'y'.repeat(64), long, '-0', '007', '9223372036854775807', ...values];
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `member:${i}`);
const pairs = texts.flatMap((text, i) => [text, `${i}`]);
/** Those that are short enough to be packed. */
const shortTexts = texts.filter((text) => text.length <= 64);
const shortPairs = shortTexts.flatMap((text, i) => [text, `${i}`]);

/** Command lines that make a value of every type and encoding of a 7.0 server, under the key `k`. */
export const VALUES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  string: [['SET', 'k', 'value']],
  'empty string': [['SET', 'k', '']],
  'string of 8 bits': [['SET', 'k', '-100']],
  'string of 16 bits': [['SET', 'k', '30000']],
  'string of 32 bits': [['SET', 'k', '-2147483648']],
  'string of 64 bits': [['SET', 'k', '2147483648']],
  'compressed string': [['SET', 'k', long]],
  'string of 14 bits of length': [
    ['SET', 'k', Buffer.from(Array.from({ length: 900 }, (_, i) => (i * i) % 128)).toString('latin1')],
  ],
  'huge string': [['SETRANGE', 'k', '100000', 'x']],
  list: [['RPUSH', 'k', ...texts]],
  'list of many nodes': [['RPUSH', 'k', ...numbered(3000)]],
  'list with a plain node': [['RPUSH', 'k', 'a', 'z'.repeat(20000), 'b']],
  'set of integers of 16 bits': [['SADD', 'k', '1', '-5', '300']],
  'set of integers of 32 bits': [['SADD', 'k', '1', '-5', '70000']],
  'set of integers of 64 bits': [['SADD', 'k', '1', '-5', '9223372036854775807', '-9223372036854775808']],
  set: [['SADD', 'k', ...texts]],
  'large set': [['SADD', 'k', ...numbered(1000)]],
  hash: [['HSET', 'k', ...pairs.slice(0, 6), 'field', '5']],
  'large hash': [['HSET', 'k', ...pairs]],
  'sorted set': [
    [
      'ZADD',
      'k',
      '1',
      'a',
      '2.5',
      'b',
      '-inf',
      'c',
      'inf',
      'd',
      '1e300',
      'e',
      '-0.1',
      '7',
      '123456789012',
      '',
    ],
  ],
  'large sorted set': [
    [
      'ZADD',
      'k',
      ...numbered(300).flatMap((member, i) => [String(i / 8), member]),
      '-inf',
      'c',
      'inf',
      'd',
      '3e-300',
      '',
    ],
  ],
};

const STREAM = [
  ...Array.from({ length: 250 }, (_, i) => `XADD k ${i + 1}-1 field value${i} n ${i}`),
  'XADD k 1000-0 other x',
  'XADD k 1000-18446744073709551615 other y',
  'XDEL k 1-1 7-1 1000-0',
  'XGROUP CREATE k g 0',
  'XGROUP CREATE k h $',
  'XREADGROUP GROUP g a COUNT 3 STREAMS k >',
  'XREADGROUP GROUP g b COUNT 2 STREAMS k >',
  'XCLAIM k g b 0 2-1',
  'XGROUP CREATECONSUMER k h idle',
].map((line) => line.split(' '));

/** As {@link VALUES}: streams. */
export const STREAMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  stream: STREAM,
  'stream without entries': [
    ['XGROUP', 'CREATE', 'k', 'g', '$', 'MKSTREAM'],
    ['XADD', 'k', '5-5', 'f', 'v'],
    ['XDEL', 'k', '5-5'],
  ],
};

/** Payloads in forms that older servers wrote, and commands whose replies show what is in them. */
export const OLD_FORMS: Readonly<Record<string, readonly [Buffer, ...string[]]>> = {
  'plain list': [
    payload(1, (writer) => {
      writer.count(texts.length);
      for (const text of texts) writer.text(Buffer.from(text), 0, text.length);
    }),
    'LRANGE',
    'k',
    '0',
    '-1',
  ],
  'list in a ziplist': [
    payload(
      10,
      (writer) => {
        const packed = ziplist([...texts, long + long, 'z'.repeat(20000), 'b']);
        writer.text(packed, 0, packed.length);
      },
      9,
    ),
    'LRANGE',
    'k',
    '0',
    '-1',
  ],
  'list of ziplists': [
    payload(
      14,
      (writer) => {
        writer.count(3);
        for (const part of [['a'], [], texts]) {
          const packed = ziplist(part);
          writer.text(packed, 0, packed.length);
        }
      },
      9,
    ),
    'LRANGE',
    'k',
    '0',
    '-1',
  ],
  'hash in a ziplist': [
    payload(
      13,
      (writer) => {
        const packed = ziplist(shortPairs);
        writer.text(packed, 0, packed.length);
      },
      9,
    ),
    'HMGET',
    'k',
    ...shortTexts,
  ],
  'hash in a zipmap': [
    payload(
      9,
      (writer) => {
        const packed = zipmap([...pairs, 'last', 'w'.repeat(300)]);
        writer.text(packed, 0, packed.length);
      },
      6,
    ),
    'HMGET',
    'k',
    'last',
    ...texts,
  ],
  'sorted set in a ziplist': [
    payload(
      12,
      (writer) => {
        const packed = ziplist(['c', '-inf', 'a', '-2', 'b', '3.25', '7', '1e30', 'd', 'inf']);
        writer.text(packed, 0, packed.length);
      },
      9,
    ),
    'ZRANGE',
    'k',
    '0',
    '-1',
    'WITHSCORES',
  ],
  'sorted set with scores as text': [
    payload(
      3,
      (writer) => {
        writer.count(4);
        for (const [member, score] of [
          ['a', '-2'],
          ['b', '3.25'],
        ] as const) {
          writer.text(Buffer.from(member), 0, member.length);
          writer.byte(score.length);
          writer.latin1(score);
        }
        writer.text(Buffer.from('low'), 0, 3);
        writer.byte(255);
        writer.text(Buffer.from('high'), 0, 4);
        writer.byte(254);
      },
      7,
    ),
    'ZRANGE',
    'k',
    '0',
    '-1',
    'WITHSCORES',
  ],
};
