import type {Server} from 'node:http';
import type {FrameChannel} from './channel.ts';

/** Milliseconds after which a session ends whatever its client does: exec processes outlive clients that are killed. */
export const HARD_LIMIT_MS = 10 * 60_000;

/**
 * Serves one connection on a channel and gives, in words, why it ended. Answers under way are cut then and their
 * collectors end.
 */
export async function runSession(
  server: Server,
  channel: FrameChannel,
  hardLimitMs: number,
): Promise<string> {
  return await new Promise<string>(resolve => {
    let why = 'the client has ended it';
    const limit = setTimeout(() => {
      why = `the limit of ${Math.round(hardLimitMs / 1000)} s is over`;
      channel.destroy();
    }, hardLimitMs);
    channel.on('error', error => {
      why = error.message;
    });
    channel.on('close', () => {
      clearTimeout(limit);
      resolve(why);
    });
    server.emit('connection', channel);
  });
}
