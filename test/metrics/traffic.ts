import { configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { type Outlet, Session } from '../../src/instance/session.ts';
import { createLogger } from '../../src/log.ts';
import { TurnCounters } from '../../src/metrics/counters.ts';
import { keyspaceReport } from '../../src/metrics/keyspace-report.ts';
import { ProcessProbe } from '../../src/metrics/process-probe.ts';
import type { ProcessReport } from '../../src/metrics/snapshot.ts';
import { WorkerCounters } from '../../src/metrics/worker-counters.ts';
import { workerReport } from '../../src/metrics/worker-report.ts';
import { RequestParser } from '../../src/resp/request-parser.ts';
import { Engine } from '../../src/server/engine.ts';

export const SILENT = createLogger({ logLevel: 'silent' }, { role: 'test' });

const OUTLET: Outlet = { facts: { queryBuffer: 0, outputBuffer: 0 }, push() {}, close() {} };

/** A keyspace without sockets, to which inline commands can be said. */
export class TestKeyspace {
  readonly engine: Engine;
  readonly turns = new TurnCounters();
  readonly probe = new ProcessProbe();
  readonly #parser = new RequestParser();

  constructor(options: Parameters<typeof configFrom>[0] = {}) {
    const settings = new Settings(configFrom(options));
    this.engine = new Engine({ settings, log: SILENT, clock: { now: () => 1e12 }, shutdown() {} });
  }

  /** Runs commands, one per line, as one client in one turn. @returns the replies as they would be sent. */
  say(lines: string): string {
    const session = this.engine.open('127.0.0.1:1', '127.0.0.1:2', OUTLET);
    if (!(session instanceof Session)) throw new Error(session.text);
    const raw = Buffer.from(`${lines.trim().replaceAll(/\n\s*/g, '\r\n')}\r\n`);
    this.engine.begin();
    this.engine.beginSession(session);
    let commands = 0;
    for (let at = 0; at < raw.length; at = this.#parser.end) {
      this.#parser.reset(at);
      this.#parser.parse(raw, raw.length);
      this.engine.execute(session, this.#parser);
      commands++;
    }
    this.engine.end();
    this.turns.record(commands, 100);
    this.engine.close(session);
    return Buffer.from(this.engine.reply.take()).toString('latin1');
  }

  report(): ProcessReport {
    return keyspaceReport(this.engine.instance, this.engine.table, this.probe, this.turns);
  }
}

/** A worker's counters with something in every one of them. */
export function busyCounters(): WorkerCounters {
  const counters = new WorkerCounters();
  counters.connectionsReceived = 12;
  for (const reason of ['client', 'slow_client', 'protocol_error', 'max_clients'] as const) {
    counters.connectionEnded(reason);
  }
  counters.bytesIn = 1000;
  counters.bytesOut = 2000;
  counters.commands = 30;
  counters.localCommands = 10;
  counters.outputBufferBytes = 500;
  counters.outputBufferMax = 400;
  return counters;
}

/** What the processes of an instance with two workers report after traffic of every kind. */
export function busyReports(): ProcessReport[] {
  const keyspace = new TestKeyspace({ requirepass: 'secret' });
  keyspace.say(`
    AUTH wrong
    GET early
    AUTH secret
    SET k v
    SET expiring v
    EXPIRE expiring 100
    GET k
    GET missing
    SELECT 99
    GET
    NOSUCH command
    CLIENT NOSUCH
    CLIENT GETNAME`);
  const probe = new ProcessProbe();
  return [0, 1].map((slot) => workerReport(busyCounters(), slot, 9, probe)).concat(keyspace.report());
}
