import { type Duplex, duplexPair } from 'node:stream';

/**
 * Two joined ends of a stream inside the phone. Like a socket: an end that closes ends the other's input; when the near
 * end is destroyed (the host hung up) the far one closes too, so that a writer who never reads learns of it.
 */
export function createPipe(): [near: Duplex, far: Duplex] {
  const [near, far] = duplexPair();
  for (const end of [near, far]) {
    // What was written in one go travels in one piece, as from a real phone: the head of an HTTP answer sent apart from
    // its body costs 40 ms in the adb server (Nagle against the client's delayed ACK).
    end._writev = (chunks, callback) =>
      end._write(
        Buffer.concat(
          chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)),
        ),
        'buffer' as BufferEncoding,
        callback,
      );
  }
  // A peer that goes away early is everyday life on a phone; without a listener it would end the process.
  near.on('error', () => {});
  far.on('error', () => {});
  near.once('close', () => setImmediate(() => far.destroy()));
  return [near, far];
}

/** A stream that says `text` and ends: how small services answer. */
export function saying(text: string): Duplex {
  const [near, far] = createPipe();
  far.resume();
  far.end(text);
  return near;
}
