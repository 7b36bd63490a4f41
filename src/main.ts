#!/usr/bin/env node
/*
 * There are no static imports here: where another program loads this file (pm2 does), a module that cannot be loaded
 * would leave a process that lives and does nothing. So it ends.
 */
try {
  const { launch } = await import('./process/launch.ts');
  await launch({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    script: import.meta.filename,
  });
} catch (error) {
  process.stderr.write(`corespond: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
