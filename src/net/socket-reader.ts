import { Socket } from 'node:net';

/** What an accepted socket hides and {@link readInto} needs; not public API of Node. */
interface Internals {
  _handle: object | null;
  _server: object | null;
}

const hasInternals = (socket: object): socket is Internals =>
  '_handle' in socket && typeof socket._handle === 'object' && '_server' in socket;

/**
 * Makes an accepted socket (of a server with `pauseOnConnect`) read into `buffer`, which all sockets of the process
 * may share, so that a read allocates nothing: `onRead` must be done with the bytes when it returns.
 *
 * Node offers this (`onread`) only to sockets it is given a handle for, so the accepted socket is wrapped again
 * around its handle. Where Node has changed and that is impossible, the socket reads as usual, by 'data' events.
 * @returns the socket to use from now on.
 */
export const readInto = (
  accepted: Socket,
  buffer: Uint8Array,
  onRead: (length: number, bytes: Uint8Array) => void,
): Socket => {
  if (!hasInternals(accepted) || accepted._handle === null) return readEvents(accepted, onRead);
  const { _handle: handle, _server: server } = accepted;
  accepted._handle = null;
  accepted._server = null;
  const options = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer,
      callback: (length: number, bytes: Uint8Array) => {
        onRead(length, bytes);
        return readsOn(socket, length < buffer.length);
      },
    },
  };
  const socket = new Socket(options);
  Object.assign(socket, { _server: server });
  return socket;
};

/**
 * For the end of an `onread` callback: libuv reads a socket up to 32 times in a row while it fills the buffer, so one
 * client that sends much would stop all others. After a full read the others come first.
 * @param emptied whether the read took all that was there.
 * @returns what the callback is to return.
 */
export const readsOn = (socket: Socket, emptied: boolean): boolean => {
  if (emptied) return true;
  setImmediate(() => {
    if (!socket.isPaused()) socket.resume();
  });
  return false;
};

const readEvents = (socket: Socket, onRead: (length: number, bytes: Uint8Array) => void): Socket => {
  socket.on('data', (chunk) => onRead(chunk.length, chunk));
  return socket;
};
