import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestTarget } from '../../src/http/request-target.ts';

test('requestTarget() takes paths and whole URLs', () => {
  const read: Array<[target: string, authority: string | null, path: string, query: string]> = [
    ['/', null, '/', ''],
    ['/a/b?x=1?2', null, '/a/b', 'x=1?2'],
    ['//host/a', null, '//host/a', ''],
    ['*', null, '*', ''],
    ['', null, '', ''],
    ['http://host:9121/a?x=1', 'host:9121', '/a', 'x=1'],
    ['HTTP://[::1]/a', '[::1]', '/a', ''],
    ['http://host', 'host', '/', ''],
    ['http://host?x=1', 'host', '/', 'x=1'],
    ['http://localhost@evil.example/a', 'localhost@evil.example', '/a', ''],
    ['http:///a', null, 'http:///a', ''],
    ['https://host/a', null, 'https://host/a', ''],
  ];
  for (const [target, authority, path, query] of read) {
    assert.deepEqual(requestTarget(target), { authority, path, query }, target);
  }
});
