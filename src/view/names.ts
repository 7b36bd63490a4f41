/*
 * What people call the things that the metrics have labels for.
 */

/** `GET`, `CLIENT LIST`; what is not one command (`other`) stays as it is. */
export const commandName = (label: string): string =>
  label === 'other' ? label : label.replace('|', ' ').toUpperCase();

/** `worker 0`, `keyspace`. */
export const processName = (label: string): string => (/^\d+$/.test(label) ? `worker ${label}` : label);
