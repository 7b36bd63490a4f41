// `npm start`: installs and builds what is missing, then becomes the server. It is the same process, so
// that signals and the exit code are the server's own.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, isStale } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT } from './project.mjs';

ensureInstalled({ withDevelopment: isStale() });
ensureBuilt();

const main = path.join(ROOT, 'dist', 'main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
