import {createReadStream} from 'node:fs';
import {createServer} from 'node:http';
import {basename, join} from 'node:path';
import {pipeline} from 'node:stream';

/** Serves the files of a folder on loopback, as where a release is, and answers the URL; it keeps no process up. */
export async function serveFolder(folder: string): Promise<string> {
  const server = createServer(({url = '/'}, response) => {
    const file = createReadStream(join(folder, basename(new URL(url, 'http://localhost').pathname)));
    file.once('error', () => response.writeHead(404).end());
    file.once('open', () => pipeline(file, response.writeHead(200), () => undefined));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return `http://127.0.0.1:${address.port}`;
}
