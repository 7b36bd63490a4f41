import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestTarget } from '../../src/http/request-target.ts';

test('requestTarget() takes paths and whole URLs', () => {
  const read: Array<[target: string, authority: string | undefined, path: string, query: string]> = [
    ['/', undefined, '/', ''],
    ['/a/b?x=1?2', undefined, '/a/b', 'x=1?2'],
    ['//host/a', undefined, '//host/a', ''],
    ['*', undefined, '*', ''],
    ['', undefined, '', ''],
    ['http://host:9121/a?x=1', 'host:9121', '/a', 'x=1'],
    ['HTTP://[::1]/a', '[::1]', '/a', ''],
    ['http://host', 'host', '/', ''],
    ['http://host?x=1', 'host', '/', 'x=1'],
    ['http://localhost@evil.example/a', 'localhost@evil.example', '/a', ''],
    ['http:///a', undefined, 'http:///a', ''],
    ['https://host/a', undefined, 'https://host/a', ''],
  ];
  for (const [target, authority, path, query] of read) {
    assert.deepEqual(requestTarget(target), { authority, path, query }, target);
  }
});
