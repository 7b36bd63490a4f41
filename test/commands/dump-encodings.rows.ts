import { bulk, double, int, map, ok, pairs } from '../rows/reply.ts';
import { group, scenario } from '../rows/row.ts';

export const dumpEncodings = group('dump: encodings', [
  scenario(
    'RESTORE: what was packed stays packed, however long it is',
    [
      ['CONFIG SET hash-max-listpack-value 3 zset-max-listpack-value 3', ok],
      [
        'RESTORE h 0 "\\x10\\x1b\\x1b\\x00\\x00\\x00\\x04\\x00\\x85\\x66\\x69\\x65\\x6c\\x64\\x06\\x85\\x76\\x61\\x6c\\x75\\x65\\x06\\x81\\x67\\x02\\x81\\x77\\x02\\xff\\x0a\\x00\\xb8\\x21\\xa5\\x2e\\x13\\xbf\\x5a\\xff"',
        ok,
      ],
      ['OBJECT ENCODING h', bulk('listpack')],
      [
        'RESTORE hz 0 "\\x0d\\x1f\\x1f\\x00\\x00\\x00\\x1b\\x00\\x00\\x00\\x04\\x00\\x00\\x05\\x66\\x69\\x65\\x6c\\x64\\x07\\x05\\x76\\x61\\x6c\\x75\\x65\\x07\\x01\\x67\\x03\\x01\\x77\\xff\\x0a\\x00\\xf6\\xc7\\xbc\\x8c\\x32\\xe3\\xc3\\x8c"',
        ok,
      ],
      ['OBJECT ENCODING hz', bulk('listpack')],
      [
        'RESTORE z 0 "\\x11\\x1f\\x1f\\x00\\x00\\x00\\x04\\x00\\x86\\x6d\\x65\\x6d\\x62\\x65\\x72\\x07\\x83\\x31\\x2e\\x35\\x04\\x84\\x6e\\x65\\x78\\x74\\x05\\x83\\x32\\x2e\\x35\\x04\\xff\\x0a\\x00\\xf9\\xdb\\x1f\\x19\\x05\\x1b\\x4d\\x7b"',
        ok,
      ],
      ['OBJECT ENCODING z', bulk('listpack')],
      [
        'RESTORE zz 0 "\\x0c\\x23\\x23\\x00\\x00\\x00\\x1d\\x00\\x00\\x00\\x04\\x00\\x00\\x06\\x6d\\x65\\x6d\\x62\\x65\\x72\\x08\\x03\\x31\\x2e\\x35\\x05\\x04\\x6e\\x65\\x78\\x74\\x06\\x03\\x32\\x2e\\x35\\xff\\x0a\\x00\\xe2\\x3b\\x27\\xde\\x6c\\xe7\\x35\\x95"',
        ok,
      ],
      ['OBJECT ENCODING zz', bulk('listpack')],
      ['HGETALL h', map([bulk('field'), bulk('value')], [bulk('g'), bulk('w')])],
      ['ZRANGE z 0 -1 WITHSCORES', pairs([bulk('member'), double('1.5')], [bulk('next'), double('2.5')])],
      ['HSET h new 1', int(1)],
      ['OBJECT ENCODING h', bulk('listpack')],
      ['HSET h x value', int(1)],
      ['OBJECT ENCODING h', bulk('hashtable')],
      ['ZADD z 3 abc', int(1)],
      ['OBJECT ENCODING z', bulk('listpack')],
      ['ZADD z 3 long', int(1)],
      ['OBJECT ENCODING z', bulk('skiplist')],
      [
        'RESTORE h 0 "\\x04\\x01\\x05\\x66\\x69\\x65\\x6c\\x64\\x05\\x76\\x61\\x6c\\x75\\x65\\x0a\\x00\\xb8\\xc1\\xf9\\xa1\\x56\\xf9\\xab\\xa9" REPLACE',
        ok,
      ],
      ['OBJECT ENCODING h', bulk('hashtable')],
      ['CONFIG SET hash-max-listpack-entries 1 zset-max-listpack-entries 1', ok],
      [
        'RESTORE h 0 "\\x10\\x1b\\x1b\\x00\\x00\\x00\\x04\\x00\\x85\\x66\\x69\\x65\\x6c\\x64\\x06\\x85\\x76\\x61\\x6c\\x75\\x65\\x06\\x81\\x67\\x02\\x81\\x77\\x02\\xff\\x0a\\x00\\xb8\\x21\\xa5\\x2e\\x13\\xbf\\x5a\\xff" REPLACE',
        ok,
      ],
      ['OBJECT ENCODING h', bulk('hashtable')],
      [
        'RESTORE hz 0 "\\x0d\\x1f\\x1f\\x00\\x00\\x00\\x1b\\x00\\x00\\x00\\x04\\x00\\x00\\x05\\x66\\x69\\x65\\x6c\\x64\\x07\\x05\\x76\\x61\\x6c\\x75\\x65\\x07\\x01\\x67\\x03\\x01\\x77\\xff\\x0a\\x00\\xf6\\xc7\\xbc\\x8c\\x32\\xe3\\xc3\\x8c" REPLACE',
        ok,
      ],
      ['OBJECT ENCODING hz', bulk('hashtable')],
      [
        'RESTORE z 0 "\\x11\\x1f\\x1f\\x00\\x00\\x00\\x04\\x00\\x86\\x6d\\x65\\x6d\\x62\\x65\\x72\\x07\\x83\\x31\\x2e\\x35\\x04\\x84\\x6e\\x65\\x78\\x74\\x05\\x83\\x32\\x2e\\x35\\x04\\xff\\x0a\\x00\\xf9\\xdb\\x1f\\x19\\x05\\x1b\\x4d\\x7b" REPLACE',
        ok,
      ],
      ['OBJECT ENCODING z', bulk('skiplist')],
      [
        'RESTORE zz 0 "\\x0c\\x23\\x23\\x00\\x00\\x00\\x1d\\x00\\x00\\x00\\x04\\x00\\x00\\x06\\x6d\\x65\\x6d\\x62\\x65\\x72\\x08\\x03\\x31\\x2e\\x35\\x05\\x04\\x6e\\x65\\x78\\x74\\x06\\x03\\x32\\x2e\\x35\\xff\\x0a\\x00\\xe2\\x3b\\x27\\xde\\x6c\\xe7\\x35\\x95" REPLACE',
        ok,
      ],
      ['OBJECT ENCODING zz', bulk('skiplist')],
    ],
    {
      after: [
        'CONFIG SET hash-max-listpack-value 64 hash-max-listpack-entries 512 zset-max-listpack-value 64 zset-max-listpack-entries 128',
      ],
    },
  ),
]);
