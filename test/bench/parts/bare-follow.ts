/**
 * Follows every pod of a server as `log-api` is one and passes its bytes on, nothing else: what any client takes. `node bare-follow.ts
 * PORT PODS`.
 */
import {get} from 'node:http';

const [port = '', pods = '0'] = process.argv.slice(2);

for (let pod = 0; pod < Number(pods); pod++) {
  const path = `/api/v1/namespaces/default/pods/chatty-${pod}/log?follow=true&timestamps=true`;
  get({host: '127.0.0.1', port, path}, answer => answer.on('data', chunk => process.stdout.write(chunk)));
}
