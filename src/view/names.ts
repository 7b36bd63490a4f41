/*
 * What people call the things that the metrics have labels for.
 */

/** Labels that are not one command. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['other', 'other'],
  ['unknown', 'unknown commands'],
]);

/** `GET`, `CLIENT LIST`; `unknown commands` for all that do not exist. */
export const commandName = (label: string): string =>
  GROUPS.get(label) ?? label.replace('|', ' ').toUpperCase();

/** `worker 0`, `keyspace`. */
export const processName = (label: string): string => (/^\d+$/.test(label) ? `worker ${label}` : label);
