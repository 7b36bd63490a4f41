import type { Scope } from '../process/server-process.ts';
import { encodeCommand, WireConnection } from '../rows/wire.ts';

/** Pause of a client between two rounds, in milliseconds. */
const THOUGHT = 20;

/** Commands of every kind, with hits, misses, errors and keys and fields that expire. */
const COMMANDS: readonly string[] = [
  'SET text hello',
  'SET short-lived 1 PX 200',
  'GET text',
  'GET nothing',
  'INCR visits',
  'INCR text',
  'LPUSH list a b c',
  'LPOP list 3',
  'LPUSH text a',
  'HSET hash field value other value',
  'HPEXPIRE hash 100 FIELDS 1 field',
  'ZADD board 1 ann 2 bob',
  'ZRANGE board 0 -1',
  'SADD set a b',
  'XADD log MAXLEN 100 * event start',
  'GET',
  'NOSUCH command',
  'CLIENT NOSUCH',
  'PING',
  'ECHO hello',
  'EXPIRE text 1000',
  'DBSIZE',
];

/** Clients of several kinds that keep a server busy in every way at once, until the scope ends. */
export class MixedLoad {
  readonly #port: number;
  readonly #clients: Promise<void>[];
  #running = true;

  private constructor(port: number) {
    this.#port = port;
    this.#clients = [
      this.#keep(10, talk),
      this.#keep(2, pipeline),
      this.#keep(2, wait),
      this.#comeAndGo('PING\r\n'),
      this.#comeAndGo('*nonsense\r\n'),
    ];
  }

  static start(scope: Scope, port: number): MixedLoad {
    const load = new MixedLoad(port);
    scope.after(() => load.stop());
    return load;
  }

  /** @throws what went wrong with one of the clients. */
  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#clients);
  }

  async #keep(count: number, round: (connection: WireConnection) => Promise<void>): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async () => {
        const connection = await WireConnection.open(this.#port);
        while (this.#running) await round(connection).then(pause);
        connection.close();
      }),
    );
  }

  async #comeAndGo(words: string): Promise<void> {
    while (this.#running) {
      const connection = await WireConnection.open(this.#port);
      connection.send(Buffer.from(words));
      await connection.receive();
      connection.close();
      await pause();
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, THOUGHT));
}

async function talk(connection: WireConnection): Promise<void> {
  for (const line of COMMANDS) await connection.call(...line.split(' '));
}

async function pipeline(connection: WireConnection): Promise<void> {
  connection.send(Buffer.concat(Array.from({ length: 50 }, () => encodeCommand(['GET', 'text']))));
  for (let i = 0; i < 50; i++) await connection.receive();
}

async function wait(connection: WireConnection): Promise<void> {
  await connection.call('BLPOP', 'never', '0.5');
}
