import pino from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config/config.ts';

export type { Logger } from 'pino';

/** Where log lines go. */
export interface LogOutput {
  readonly isTTY?: boolean | undefined;
  write(line: string): unknown;
}

/** Which process logs: its role and, for one of several, its slot. */
export interface LogSource {
  readonly role: string;
  readonly slot?: number | null;
}

const REDIS_LEVELS: Readonly<Record<string, string>> = { warning: 'warn', notice: 'info', verbose: 'debug' };

/** The level of a logger for a value of log-level, which may be one of Redis's words. */
export function levelFor(logLevel: Config['logLevel']): string {
  return REDIS_LEVELS[logLevel] ?? logLevel;
}

function prettyStream(output: LogOutput): LogOutput {
  const format = pretty.prettyFactory({
    colorize: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,role,slot',
    messageFormat: ({ role, slot = '', msg }) => `${`${role} ${slot}`.trim()}: ${msg}`,
    singleLine: true,
  });
  return { write: (line) => output.write(format(JSON.parse(line))) };
}

/**
 * The log of this process: one line per event, for people on a terminal and as JSON elsewhere. Log facts about
 * connections and processes only, never keys, values or passwords. Set `level` to levelFor(…) to change it.
 *
 * Lines go through `output.write` and not to file descriptor 1, because pm2 catches them there.
 */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  { role, slot = null }: LogSource,
  output: LogOutput = process.stdout,
): pino.Logger {
  const base = slot === null ? { pid: process.pid, role } : { pid: process.pid, role, slot };
  const options = {
    level: levelFor(logLevel),
    base,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  return pino(options, output.isTTY ? prettyStream(output) : output);
}
