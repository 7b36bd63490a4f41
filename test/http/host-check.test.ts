import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTrustedHost } from '../../src/http/host-check.ts';

const LOOPBACKS = ['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1'];
const OTHERS = ['10.0.0.1', 'fd00::7', '::ffff:10.0.0.1', '1.127.0.0'];

describe('isTrustedHost()', () => {
  test('by loopback, trusts loopback names, our own and any address', () => {
    const trusted = [
      'localhost',
      'LocalHost.',
      'localhost:1',
      '127.0.0.1',
      '8.8.8.8:80',
      '[::1]',
      '[fe80::1]:9121',
      'box',
      'BOX:9121',
      'metrics.example',
    ];
    for (const host of trusted) {
      for (const local of LOOPBACKS) {
        assert.equal(isTrustedHost(host, local, ['Box', 'metrics.example']), true, `${host} by ${local}`);
      }
    }
  });

  test('by loopback, trusts no name that somebody else may have', () => {
    const refused = [
      '',
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'box.evil.example',
      'localhost@evil.example',
      '1.2.3',
      'a b',
      '[x]',
      'localhost:',
      'localhost:x',
      'localhost:1:2',
      '::1',
      'evil/localhost',
    ];
    for (const host of refused) {
      for (const local of [...LOOPBACKS, undefined]) {
        assert.equal(isTrustedHost(host, local, ['*', 'box', '127.0.0.1']), false, `${host} by ${local}`);
      }
    }
  });

  test('from other machines, any name may be ours', () => {
    for (const local of OTHERS) {
      assert.equal(isTrustedHost('corespond.internal:9121', local, ['box']), true, local);
      for (const host of ['', 'a b', 'localhost:x']) {
        assert.equal(isTrustedHost(host, local, ['box']), false, `${host} by ${local}`);
      }
    }
  });
});
