// A process of its own: `key-stream-process.ts port fill|delete keys` sends the load and reads all the replies.
import { connect } from 'node:net';
import { deleteLoad, setLoad } from './requests.ts';

const MINUS = 45;

const [port, work, keys] = process.argv.slice(2);
const load = work === 'delete' ? deleteLoad(10) : setLoad(1000);
const batches = Math.ceil(Number(keys) / load.batch);
const socket = connect(Number(port), '127.0.0.1');
let sent = 0;
let awaited = batches * load.replyBytes;

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
  awaited -= bytes.length;
  if (bytes.includes(MINUS))
    fail(`the server answered ${bytes.subarray(bytes.indexOf(MINUS)).toString('latin1', 0, 200)}`);
  if (awaited === 0) process.exit(0);
});
