// Installs the packages of package-lock.json, if they are not there already.
import { readJson, runNpm } from './project.mjs';

function isInstalled(withDevelopment) {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const present = readJson('node_modules/.package-lock.json')?.packages ?? {};
  return Object.entries(wanted).every(([place, { version, dev, optional, devOptional }]) => {
    const needed = place !== '' && !optional && !devOptional && (withDevelopment || !dev);
    return !needed || present[place]?.version === version;
  });
}

export function ensureInstalled({ withDevelopment }) {
  if (isInstalled(withDevelopment)) return;
  console.error('corespond: installing packages');
  runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
