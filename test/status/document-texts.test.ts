import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DocumentTexts } from '../../src/status/document-texts.ts';
import { WELL } from '../view/examples/fixed.ts';

describe('DocumentTexts', () => {
  let clock = 0;
  const asked: number[] = [];
  const recorder = {
    status: (since: number) => {
      asked.push(since);
      return { ...WELL, keys: { ...WELL.keys, hitRatio: 0.123456789 } };
    },
  };
  const texts = new DocumentTexts(recorder, () => clock);

  test('are JSON in a line, of five digits', () => {
    const text = texts.since(0).toString();
    assert.match(text, /^\{.*\}\n$/);
    assert.equal(JSON.parse(text).keys.hitRatio, 0.12346);
  });

  test('are written once for all who ask the same within a quarter of a second', () => {
    const first = texts.since(0);
    clock += 249;
    assert.equal(texts.since(0), first);
    texts.since(5000);
    texts.since(5000);
    assert.deepEqual(asked, [0, 5000]);
    clock += 1;
    assert.notEqual(texts.since(0), first);
    texts.since(5000);
    assert.deepEqual(asked, [0, 5000, 0, 5000]);
  });
});
