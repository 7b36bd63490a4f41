import type { Socket } from 'node:net';
import type { ByteSink } from '../resp/byte-writer.ts';
import type { Engine } from '../server/engine.ts';
import { WORKER_SETTINGS } from '../server/engine.ts';
import { KeyspaceLink } from './keyspace-link.ts';

/** The links of all workers to this keyspace. */
export class KeyspaceServer {
  readonly #engine: Engine;
  readonly #links = new Set<KeyspaceLink>();
  #localAllowed = true;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.afterBatch = () => this.#announceLocalCommands();
    for (const name of WORKER_SETTINGS) {
      engine.instance.settings.onChange(settingOfConfig(name), () => this.#onSettingsChanged());
    }
  }

  get size(): number {
    return this.#links.size;
  }

  /** A worker has connected. @returns what to call with each read of its socket. */
  add(socket: Socket, sink?: ByteSink): KeyspaceLink {
    const link = new KeyspaceLink(this.#engine, socket, sink);
    this.#links.add(link);
    return link;
  }

  remove(link: KeyspaceLink): void {
    this.#links.delete(link);
    link.onClose();
    this.#announceLocalCommands();
  }

  /** Tells the workers if MONITOR or a pause has begun or ended. */
  #announceLocalCommands(): void {
    const allowed = this.#engine.instance.localCommandsAllowed;
    if (allowed === this.#localAllowed) return;
    this.#localAllowed = allowed;
    for (const link of this.#links) link.allowLocalCommands(allowed);
  }

  #onSettingsChanged(): void {
    for (const link of this.#links) link.sendSettings();
  }
}

const settingOfConfig = (name: (typeof WORKER_SETTINGS)[number]) =>
  name === 'loglevel' ? 'log-level' : name;
