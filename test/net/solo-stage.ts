import { type Config, configFrom } from '../../src/config/config.ts';
import { Settings } from '../../src/config/live.ts';
import { createLogger } from '../../src/log.ts';
import { WorkerCounters } from '../../src/metrics/worker-counters.ts';
import { Connection } from '../../src/net/connection.ts';
import { ConnectionLoop } from '../../src/net/connection-loop.ts';
import { Engine } from '../../src/server/engine.ts';
import { LocalExecutor } from '../../src/server/local-executor.ts';
import { encodeCommand } from '../rows/wire.ts';
import { ScriptedSocket } from './scripted-socket.ts';

/** A solo server without a network, whose seconds pass when a test says so. */
export class SoloStage {
  readonly counters = new WorkerCounters();
  readonly loop: ConnectionLoop;
  readonly engine: Engine;
  readonly logged: string[] = [];
  readonly #executor: LocalExecutor;

  constructor(options: Partial<Config> = {}) {
    const config = configFrom({ logLevel: 'debug', ...options });
    const log = createLogger(config, { role: 'test' }, { write: (line) => this.logged.push(line) });
    const settings = new Settings(config);
    this.engine = new Engine({ settings, log, shutdown: () => {} });
    this.engine.instance.followTraffic(this.counters.traffic);
    this.loop = new ConnectionLoop({ settings, log, counters: this.counters });
    this.#executor = new LocalExecutor(this.engine, this.counters);
  }

  /** A client that has connected. */
  connect(address?: string): ScriptedSocket {
    const socket = new ScriptedSocket(address);
    socket.onTurnEnd = () => this.loop.outbox.flush();
    this.loop.add(new Connection(this.loop, socket, this.#executor));
    return socket;
  }

  /** Sends a command of words to the server as a client of its own. @returns the reply. */
  run(...argv: readonly string[]): string {
    const socket = this.connect();
    socket.say(encodeCommand(argv));
    socket.destroy();
    return socket.heard;
  }

  /** Seconds pass. */
  pass(seconds: number): void {
    for (let i = 0; i < seconds; i++) this.loop.onTick();
  }
}
