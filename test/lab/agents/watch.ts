import {readFileSync} from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {request} from 'node:https';
import {createInterface} from 'node:readline';
import type {AgentPod} from './pod-spec.ts';

/** Which list to follow, and as whom. */
export interface WatchOptions {
  server: string;
  certificate: string;
  token: string;
  /** `/api/v1/namespaces/x/pods`. */
  path: string;
}

/** Follows a list of pods from its beginning; ends when the server does, as it does every few minutes. */
export async function* watch({
  server,
  certificate,
  token,
  path,
}: WatchOptions): AsyncIterable<{type: string; object: AgentPod}> {
  const url = `${server}${path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
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
    yield JSON.parse(line) as {type: string; object: AgentPod};
  }
}
