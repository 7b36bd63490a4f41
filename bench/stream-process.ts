// A process of its own: `stream-process.ts port work count` sends the load and reads all the replies.
import { connect } from 'node:net';
import { loadFor } from './work.ts';

const MINUS = 45;
const NEWLINE = 10;

const [port, work = '', count] = process.argv.slice(2);
const load = loadFor(work);
const batches = Math.ceil(Number(count) / load.batch);
const socket = connect(Number(port), '127.0.0.1');
let sent = 0;
let lineBegins = true;
let awaited = batches * load.replyLines;

const fail = (reason: string): void => {
  console.error(`bench: ${reason}`);
  process.exit(1);
};

function send(): void {
  while (sent < batches) {
    const bytes = Buffer.from(load.bytes(sent * load.batch));
    sent++;
    if (!socket.write(bytes)) return;
  }
}

process.once('disconnect', () => process.exit(1));
socket.on('connect', send);
socket.on('drain', send);
socket.on('error', (error) => fail(error.message));
socket.on('close', () => fail('the server closed the connection'));
socket.on('data', (bytes: Buffer) => {
  for (let at = 0; at < bytes.length; at++) {
    if (lineBegins && bytes[at] === MINUS)
      fail(`the server answered ${bytes.toString('latin1', at, at + 200)}`);
    lineBegins = bytes[at] === NEWLINE;
    if (lineBegins) awaited--;
  }
  if (awaited === 0) process.exit(0);
});
