import { GATE_MONITOR, GATE_REPLY_OFF, type Session } from './session.ts';

/** The sessions that see every command (MONITOR). */
export class Monitors {
  readonly #sessions = new Set<Session>();

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    session.shut(GATE_MONITOR);
    this.#sessions.add(session);
  }

  remove(session: Session): void {
    session.open(GATE_MONITOR);
    this.#sessions.delete(session);
  }

  /**
   * Shows a command to everybody who watches, except to `speaker`, who sent it.
   * @param now Unix milliseconds. @param origin `<db> <address>`, as MONITOR prints it.
   * @returns the line that was sent.
   */
  show(now: number, origin: string, argv: readonly Uint8Array[], speaker: Session): Buffer {
    const words = argv.map((argument) => ` "${quote(argument)}"`).join('');
    const line = Buffer.from(`+${(now / 1000).toFixed(6)} [${origin}]${words}\r\n`, 'latin1');
    for (const session of this.#sessions) {
      if (session !== speaker && (session.gate & GATE_REPLY_OFF) === 0) session.outlet.push(session, line);
    }
    return line;
  }
}

const NAMED: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** Bytes as Redis quotes them: printable ASCII as it is, the rest as \n or \xHH. */
const quote = (argument: Uint8Array): string => {
  let text = '';
  for (const byte of argument) {
    if (NAMED[byte] !== undefined) text += NAMED[byte];
    else if (byte >= 32 && byte <= 126) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
};
