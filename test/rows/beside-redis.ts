import { after, before } from 'node:test';
import { type RealRedis, realRedisMissing, startRealRedis } from './real-redis.ts';
import { WireConnection } from './wire.ts';

/** Whom commands are sent to. */
export type Peer = Pick<WireConnection, 'call'>;

/** A redis-server beside the tests of the file or suite that calls this, from the first to the last; if there is one. */
export function besideRedis(...options: readonly string[]): Peer {
  let redis: RealRedis | undefined;
  let connection: WireConnection | undefined;
  before(async () => {
    if (realRedisMissing() !== undefined) return;
    redis = await startRealRedis(...options);
    connection = await WireConnection.open(redis.port);
  });
  after(async () => {
    connection?.close();
    await redis?.stop();
  });
  return {
    call(...argv) {
      if (connection === undefined) throw new Error('redis-server does not run');
      return connection.call(...argv);
    },
  };
}
