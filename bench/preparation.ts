import { type Collection, collectionLoad, fill } from './collection.ts';
import { Connection } from './connection.ts';
import { memoryFigure } from './info.ts';
import type { RunningServer } from './server.ts';

const FREEING_BOUND_MS = 60_000;
const POLL_MS = 20;

/** What must lie under a key before a run. */
export interface Preparation {
  readonly key: string;
  readonly collection: Collection;
  /** Elements for each request of the run. */
  readonly perRequest: number;
  /** Elements beside those. */
  readonly atLeast: number;
}

/** Makes the collection anew, in the same way on every server. */
export async function prepare(
  server: RunningServer,
  { key, collection, perRequest, atLeast }: Preparation,
  requests: number,
): Promise<void> {
  const connection = await Connection.open(server.port);
  try {
    await connection.command('DEL', key);
    await memoryFreed(server);
    await fill(connection, collectionLoad(collection, key), atLeast + Math.ceil(perRequest * requests));
  } finally {
    connection.close();
  }
}

/** Waits until a server has freed what was deleted. */
export async function memoryFreed(server: RunningServer): Promise<void> {
  const deadline = performance.now() + FREEING_BOUND_MS;
  while (performance.now() < deadline) {
    if (!((await memoryFigure(server.port, 'lazyfree_pending_objects')) > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
