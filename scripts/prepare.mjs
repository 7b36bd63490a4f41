// npm's `prepare`: builds after an installation from git or a clone, where the compiler is there to do it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ROOT } from './project.mjs';

if (existsSync(path.join(ROOT, 'node_modules/typescript'))) ensureBuilt();
