import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCommandTable } from '../../src/commands/index.ts';
import { ACL_CATEGORIES, categoriesOf } from '../../src/commands/server/acl-categories.ts';

test('categoriesOf() gives every command known categories, and one of fast and slow', () => {
  for (const command of createCommandTable().commands) {
    const categories = categoriesOf(command);
    assert.equal(categories.includes('fast'), !categories.includes('slow'), command.name);
    for (const category of command.entry.categories ?? []) {
      assert.ok((ACL_CATEGORIES as readonly string[]).includes(category), `${command.name}: ${category}`);
    }
  }
});
