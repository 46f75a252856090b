/** The program of the thread: takes nodes in as they are told, and answers with what came of each. */
import {parentPort, workerData} from 'node:worker_threads';
import {NodeShare} from '../../../src/checks/node-share.ts';
import type {ShareSetup} from '../../../src/checks/node-share.ts';
import type {FromThread, ToThread} from './messages.ts';

// `NodeThread` starts it with this.
const share = new NodeShare(workerData as ShareSetup);

parentPort?.on('message', ({node, news}: ToThread) => {
  if (news) {
    share.tell(node, news);
    return;
  }
  const answer: FromThread = {node, outcome: share.end(node)};
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(answer);
});
