import {readFileSync} from 'node:fs';
import {request} from 'node:https';
import type {IncomingMessage} from 'node:http';

/** How the agent asks the API server about scrapers: it has no service account token of its own. */
export interface ApiServerAccess {
  readonly url: URL;
  readonly caFile: string;
  /** Read at each call: such tokens are replaced before they run out. */
  readonly tokenFile: string;
}

/** The API server did not answer a review; the message says how. */
export class ApiServerError extends Error {
  override readonly name = 'ApiServerError';
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 256 * 1024;

/** Posts an object and gives the answer. Throws an {@link ApiServerError}. */
export async function post(
  {url, caFile, tokenFile}: ApiServerAccess,
  path: string,
  object: object,
): Promise<unknown> {
  try {
    const body = JSON.stringify(object);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(path, url), {
        method: 'POST',
        ca: readFileSync(caFile),
        headers: {
          authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'content-length': Buffer.byteLength(body),
        },
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
        .on('response', resolve)
        .on('error', reject)
        .end(body);
    });
    const text = await readText(response);
    if (response.statusCode !== 200 && response.statusCode !== 201)
      throw new ApiServerError(`POST ${path} was answered with ${response.statusCode}`);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof ApiServerError) throw error;
    // The text of an error may quote what was sent; its code does not.
    const code = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown';
    throw new ApiServerError(`POST ${path} failed: ${code}`, {cause: error});
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER) throw new ApiServerError(`an answer is larger than ${MAX_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
