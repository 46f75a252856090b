import {readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:https';
import type {Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {answerJson} from '../server/answer.ts';
import {refuseBroken} from '../server/broken.ts';
import {ListenError} from '../server/listen.ts';
import type {MetricsConfig} from './config.ts';
import type {Metrics} from './prometheus.ts';
import type {Scrapers, Verdict} from './scrapers.ts';

const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  handshakeTimeout: 10_000,
  keepAliveTimeout: 5000,
} as const;
const MAX_CONNECTIONS = 32;

const REFUSED: Readonly<Record<Exclude<Verdict, 'allowed'>, {status: number; detail: string}>> = {
  'not-authenticated': {status: 401, detail: 'the API server knows nobody with this bearer token'},
  'not-allowed': {status: 403, detail: 'whoever has this token may not get the non-resource URL /metrics'},
  unknown: {status: 503, detail: 'the API server could not be asked about this token'},
};

/** Gives the metrics to scrapers that the API server vouches for. */
export function metricsServer(
  {certFile, keyFile}: Pick<MetricsConfig, 'certFile' | 'keyFile'>,
  metrics: Metrics,
  scrapers: Scrapers,
): Server {
  const pair = certificate(certFile, keyFile);
  const server = createServer({...LIMITS, minVersion: 'TLSv1.2', ...pair.read()}, (request, response) => {
    pair.renew(server);
    if (request.url !== '/metrics' || request.method !== 'GET') {
      answerJson(response, 404, {error: 'not-found', detail: 'this listener answers GET /metrics only'});
      return;
    }
    void scrape(request.headers.authorization).catch(() => response.destroy());

    async function scrape(authorization: string | undefined): Promise<void> {
      const verdict = await scrapers.judge(authorization);
      if (verdict !== 'allowed') {
        const {status, detail} = REFUSED[verdict];
        answerJson(response, status, {error: verdict, detail});
        return;
      }
      const body = Buffer.from(await metrics.text());
      response.writeHead(200, {'content-type': metrics.contentType, 'content-length': body.length});
      response.end(body);
    }
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuseBroken);
  return server;
}

/** Has the metrics server listen. Throws a {@link ListenError}. */
export async function listenForScrapers(server: Server, host: string, port: number): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(`metrics on ${host}:${port}: ${error.code ?? error.message}`)),
    );
    // What listens on TCP has an address with a port.
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

interface Certificate {
  /** Throws a {@link ListenError}. */
  read(): Pair;
  /** Has the server use what the files hold now, for the next connections. */
  renew(server: Server): void;
}

/** A certificate and its key. */
function certificate(certFile: string, keyFile: string): Certificate {
  const times = (): string => `${statSync(certFile).mtimeMs} ${statSync(keyFile).mtimeMs}`;
  const pair = (): Pair => ({cert: readFileSync(certFile), key: readFileSync(keyFile)});
  let known = '';
  return {
    read() {
      try {
        known = times();
        return pair();
      } catch (error) {
        throw new ListenError(`metrics: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    renew(server) {
      try {
        const found = times();
        if (found === known) return;
        server.setSecureContext(pair());
        known = found;
      } catch {
        // In the middle of a renewal, or a pair that does not fit: the one that is served holds on.
      }
    },
  };
}
