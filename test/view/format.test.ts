import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATENCY_BUCKETS } from '../../src/metrics/counters.ts';
import { LOOP_DELAY_BUCKETS } from '../../src/metrics/process-probe.ts';
import {
  formatAge,
  formatByteRate,
  formatBytes,
  formatCount,
  formatDelay,
  formatLatency,
  formatNumber,
  formatRate,
  formatShare,
  formatTime,
} from '../../src/view/format.ts';
import { DELAY_LIMIT, LATENCY_LIMIT } from '../../src/view/status-document.ts';

const cases: Array<[format: (value: number) => string, value: number, text: string]> = [
  [formatNumber, 0, '0'],
  [formatNumber, 7.251, '7.25'],
  [formatNumber, 999.6, '1k'],
  [formatNumber, 12_345, '12.3k'],
  [formatNumber, 3e15, '3000T'],
  [formatCount, 1_234_567.4, '1,234,567'],
  [formatRate, 0.25, '0.25/s'],
  [formatBytes, 0, '0 B'],
  [formatBytes, 1023.9, '1 KiB'],
  [formatBytes, 1.5 * 2 ** 30, '1.5 GiB'],
  [formatByteRate, 2048, '2 KiB/s'],
  [formatShare, 0, '0 %'],
  [formatShare, 0.0004, '<1 %'],
  [formatShare, 0.425, '43 %'],
  [formatTime, 0, '0 s'],
  [formatTime, 2.5e-7, '250 ns'],
  [formatTime, 0.0000125, '12.5 µs'],
  [formatTime, 0.0032, '3.2 ms'],
  [formatTime, 1.5, '1.5 s'],
  [formatLatency, 2.4, '2.4 s'],
  [formatLatency, 2.5, '> 2.5 s'],
  [formatDelay, 2.5, '2.5 s'],
  [formatDelay, 5, '> 5 s'],
  [formatAge, 0.9, '0 s'],
  [formatAge, 200, '3 min 20 s'],
  [formatAge, 3600, '1 h'],
  [formatAge, 187_200, '2 d 4 h'],
];

for (const [format, value, text] of cases) {
  test(`${format.name}(${value}) is ${text}`, () => assert.equal(format(value), text));
}

test('what nobody knows is a dash, with no unit', () => {
  const formats = [
    formatNumber,
    formatCount,
    formatRate,
    formatBytes,
    formatByteRate,
    formatShare,
    formatTime,
    formatLatency,
    formatDelay,
  ];
  assert.deepEqual([...new Set(formats.map((format) => format(null)))], ['–']);
});

test('what is not told apart lies beyond the last buckets', () => {
  assert.deepEqual([LATENCY_LIMIT, DELAY_LIMIT], [LATENCY_BUCKETS.at(-1), LOOP_DELAY_BUCKETS.at(-1)]);
});
