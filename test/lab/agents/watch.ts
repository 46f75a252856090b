import {readFileSync} from 'node:fs';
import {request} from 'node:https';
import {createInterface} from 'node:readline';

/** Which list to follow, and as whom. */
export interface WatchOptions {
  server: string;
  certificate: string;
  token: string;
  /** `/api/v1/namespaces/x/pods`. */
  path: string;
}

/** Follows a list from its beginning; ends when the server does, as it does every few minutes. */
export async function* watch<T>({
  server,
  certificate,
  token,
  path,
}: WatchOptions): AsyncIterable<{type: string; object: T}> {
  const url = `${server}${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const call = request(
      url,
      {ca: readFileSync(certificate), headers: {authorization: `Bearer ${token}`}},
      resolve,
    );
    call.on('error', reject);
    call.end();
  });
  // One event a line, by the API's own contract.
  for await (const line of createInterface({input: response})) {
    yield JSON.parse(line) as {type: string; object: T};
  }
}
