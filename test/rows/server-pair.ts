import assert from 'node:assert/strict';
import type { Server } from '../../src/index.ts';
import { startOurServer } from './our-server.ts';
import { type RealRedis, startRealRedis } from './real-redis.ts';
import { WireConnection } from './wire.ts';

/** A command, a character for each byte. */
export type Command = readonly string[];

/** Our server and a real redis-server, with a connection to each. */
export class ServerPair {
  readonly #server: Server;
  readonly #redis: RealRedis;
  readonly ours: WireConnection;
  readonly real: WireConnection;

  private constructor(server: Server, redis: RealRedis, ours: WireConnection, real: WireConnection) {
    this.#server = server;
    this.#redis = redis;
    this.ours = ours;
    this.real = real;
  }

  static async start(): Promise<ServerPair> {
    const [server, redis] = await Promise.all([startOurServer(), startRealRedis()]);
    const [ours, real] = await Promise.all([
      WireConnection.open(server.port),
      WireConnection.open(redis.port),
    ]);
    return new ServerPair(server, redis, ours, real);
  }

  /** Plays a command to both, which must answer the same bytes. @returns the reply. */
  async both(...command: Command): Promise<string> {
    const [answer, expected] = await Promise.all([send(this.ours, command), send(this.real, command)]);
    assert.equal(answer, expected, JSON.stringify(command).slice(0, 400));
    return expected;
  }

  async stop(): Promise<void> {
    for (const connection of [this.ours, this.real]) connection.close();
    await Promise.all([this.#server.close(), this.#redis.stop()]);
  }
}

/** Plays a command to one of them. @returns the reply. */
export const send = (connection: WireConnection, command: Command): Promise<string> =>
  connection.call(...command.map((word) => Buffer.from(word, 'latin1')));
