import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { metricsDocs } from '../../scripts/metrics-docs.ts';
import { CATALOGUE, metricName } from '../../src/metrics/catalogue.ts';
import { checkQueries, promtoolMissing } from './promtool.ts';

const TEXT = readFileSync(path.resolve(import.meta.dirname, '../../docs/metrics.md'), 'utf8');

describe('docs/metrics.md', () => {
  test('has the tables of the catalogue (npm run docs writes them)', () => {
    assert.equal(TEXT, metricsDocs(TEXT));
    for (const family of CATALOGUE) {
      assert.ok(TEXT.includes(`| \`${metricName(family)}\` | ${family.type} |`), family.name);
    }
  });

  test('has no metric in its queries that is not in the catalogue', () => {
    const known = new Set(
      CATALOGUE.map((family) => [metricName(family), family.type] as const).flatMap(([name, type]) =>
        type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    const named = TEXT.match(/\b(?:corespond|process)_[a-z_]+/g) ?? [];
    assert.ok(named.length > CATALOGUE.length);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });

  test('has queries that Prometheus understands', { skip: promtoolMissing() }, () => {
    const queries = [...TEXT.matchAll(/^\| .* \| `(.*)` \|$/gm)].map(([, query = '']) => query);
    assert.ok(queries.length >= 10);
    assert.deepEqual(checkQueries(queries), [0, '']);
    assert.equal(checkQueries(['sum(rate(x[5m])'])[0], 1);
  });
});
