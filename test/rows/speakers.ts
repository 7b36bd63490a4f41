import { splitCommandLine } from './command-line.ts';
import { encodeCommand, WireConnection } from './wire.ts';

const PLACEHOLDER = /\{(id|addr):(\w+)\}/g;

/** The named connections of one scenario, each opened when its name is first used. */
export class Speakers {
  readonly #port: number;
  readonly #protocol: 2 | 3 | undefined;
  readonly #connections = new Map<string, WireConnection>();
  /** Asked once: a connection that waits for a key does not answer. */
  readonly #ids = new Map<string, string>();

  /** `protocol` 3 makes each connection begin with HELLO 3; otherwise the player sends nothing of its own. */
  constructor(port: number, protocol: 2 | 3 | undefined) {
    this.#port = port;
    this.#protocol = protocol;
  }

  async named(name: string): Promise<WireConnection> {
    const known = this.#connections.get(name);
    if (known !== undefined) return known;
    const connection = await WireConnection.open(this.#port);
    this.#connections.set(name, connection);
    if (this.#protocol === 3) await connection.call('HELLO', '3');
    return connection;
  }

  /** The bytes of a command line, after `{id:b}` and `{addr:b}` have become b's client id and address. */
  async encode(line: string): Promise<Buffer> {
    let filled = line;
    for (const [placeholder, fact, name = ''] of line.matchAll(PLACEHOLDER)) {
      const connection = await this.named(name);
      const value = fact === 'addr' ? connection.localAddress : await this.#idOf(name, connection);
      filled = filled.replace(placeholder, value);
    }
    return encodeCommand(splitCommandLine(filled));
  }

  async #idOf(name: string, connection: WireConnection): Promise<string> {
    const id = this.#ids.get(name) ?? (await connection.call('CLIENT', 'ID')).slice(1, -2);
    this.#ids.set(name, id);
    return id;
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }
}
