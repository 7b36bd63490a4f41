import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a process of a role does wrong while the fault is there. */
const DEEDS = {
  /** It ends before it has begun. */
  exit: 'if (broken()) process.exit(3);',
  /** It does not begin. */
  wait: 'while (broken()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);',
  /** An error that nobody catches, when SIGUSR2 comes. */
  throw: "process.on('SIGUSR2', () => { throw new Error('provoked'); });",
  /** A promise whose rejection nobody catches, when SIGUSR2 comes. */
  reject: "process.on('SIGUSR2', () => { Promise.reject(new Error('provoked')); });",
} as const;

/** A fault that the processes of one role have, because Node loads it into them before the binary. */
export class Fault {
  readonly #mark: string;
  readonly #file: string;

  /** @param role `supervisor`, `worker` or `keyspace`. */
  constructor(folder: string, role: string, deed: keyof typeof DEEDS) {
    this.#mark = path.join(folder, `${role}-is-broken`);
    this.#file = path.join(folder, `${role}-${deed}.mjs`);
    const mine =
      role === 'supervisor'
        ? "!process.argv.includes('worker') && !process.argv.includes('keyspace')"
        : `process.argv.includes('${role}')`;
    const text = [
      "import { existsSync } from 'node:fs';",
      `const broken = () => existsSync(${JSON.stringify(this.#mark)});`,
      `if (${mine}) { ${DEEDS[deed]} }`,
    ];
    writeFileSync(this.#file, text.join('\n'));
  }

  /** For the server that is to have it. */
  get env(): { NODE_OPTIONS: string } {
    return { NODE_OPTIONS: `--import ${pathToFileURL(this.#file).href}` };
  }

  begin(): this {
    writeFileSync(this.#mark, '');
    return this;
  }

  end(): void {
    rmSync(this.#mark, { force: true });
  }
}
