import assert from 'node:assert/strict';
import os from 'node:os';
import { describe, test } from 'node:test';
import {
  address,
  addressList,
  clampedInteger,
  directory,
  integer,
  type Kind,
  LONG_MAX,
  memory,
  oneOf,
  portOrOff,
  workerCount,
  yesNo,
} from '../../src/config/kind.ts';
import { SettingError } from '../../src/config/setting-error.ts';

interface Row {
  readonly title: string;
  readonly kind: Kind<unknown>;
  /** Text, its value, and the value printed. */
  readonly good: ReadonlyArray<readonly [text: string, value: unknown, printed: string]>;
  readonly bad: readonly string[];
}

const rows: Row[] = [
  {
    title: 'integer()',
    kind: integer(-1, 65535),
    good: [
      ['0', 0, '0'],
      ['-1', -1, '-1'],
      ['65535', 65535, '65535'],
    ],
    bad: ['', ' 1', '1 ', '+1', '01', '-0', '1.0', '1e3', '0x1', '-2', '65536', '99999999999999999999', '１'],
  },
  {
    title: 'integer() of 64 bits',
    kind: integer(0, LONG_MAX),
    good: [
      ['9007199254740991', 9007199254740991, '9007199254740991'],
      ['9223372036854775807', 9007199254740991, '9007199254740991'],
    ],
    bad: ['9223372036854775808', '-1'],
  },
  {
    title: 'clampedInteger()',
    kind: clampedInteger(1, 500),
    good: [
      ['0', 1, '1'],
      ['1000', 500, '500'],
      ['20', 20, '20'],
    ],
    bad: ['-1', 'x'],
  },
  {
    title: 'memory()',
    kind: memory(),
    good: [
      ['', 0, '0'],
      ['100', 100, '100'],
      ['1b', 1, '1'],
      ['2k', 2000, '2000'],
      ['2kb', 2048, '2048'],
      ['3m', 3_000_000, '3000000'],
      ['3MB', 3_145_728, '3145728'],
      ['1g', 1_000_000_000, '1000000000'],
      ['1gB', 1_073_741_824, '1073741824'],
    ],
    bad: ['-1', '1.5gb', '1 mb', 'abc', '1tb', '10%', '99999999999999999999'],
  },
  {
    title: 'yesNo()',
    kind: yesNo(),
    good: [
      ['yes', true, 'yes'],
      ['NO', false, 'no'],
    ],
    bad: ['', '1', 'true', 'on'],
  },
  {
    title: 'oneOf()',
    kind: oneOf('one', 'two'),
    good: [['TWO', 'two', 'two']],
    bad: ['', 'three'],
  },
  {
    title: 'addressList()',
    kind: addressList(),
    good: [
      ['127.0.0.1', ['127.0.0.1'], '127.0.0.1'],
      ['127.0.0.1 -::1', ['127.0.0.1', '-::1'], '127.0.0.1 -::1'],
      [' localhost,\t* ', ['localhost', '*'], 'localhost *'],
      ['fe80::1%eth0', ['fe80::1%eth0'], 'fe80::1%eth0'],
    ],
    bad: ['', ' , ', '--x', 'a/b', 'http://a'],
  },
  {
    title: 'address()',
    kind: address(),
    good: [['::1', '::1', '::1']],
    bad: ['', '127.0.0.1 ::1'],
  },
  {
    title: 'portOrOff()',
    kind: portOrOff(),
    good: [
      ['0', 0, '0'],
      ['OFF', null, 'off'],
    ],
    bad: ['', '-1', '65536', 'no'],
  },
  {
    title: 'workerCount()',
    kind: workerCount(),
    good: [
      ['0', 0, '0'],
      ['3', 3, '3'],
      ['auto', os.availableParallelism(), String(os.availableParallelism())],
    ],
    bad: ['', '-1', '1025', 'all'],
  },
  { title: 'directory()', kind: directory(), good: [['a b', 'a b', 'a b']], bad: ['', 'a\0b'] },
];

for (const { title, kind, good, bad } of rows) {
  describe(title, () => {
    for (const [text, value, printed] of good) {
      test(`reads ${JSON.stringify(text)} and prints it as ${printed}`, () => {
        assert.deepEqual(kind.parse(text), value);
        assert.equal(kind.format(kind.parse(text)), printed);
      });
    }
    for (const text of bad) {
      test(`refuses ${JSON.stringify(text)}`, () => {
        assert.throws(() => kind.parse(text), SettingError);
      });
    }
  });
}
