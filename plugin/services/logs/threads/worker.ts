/** The program of one thread: reads blocks of a log file as it is told, one after the other. */
import {openSync} from 'node:fs';
import {parentPort, workerData} from 'node:worker_threads';
import {portableFormat} from '../render.ts';
import {BlockOutput} from './block-output.ts';
import {BlockParser} from './block.ts';
import type {Done, Job, ThreadSetup} from './job.ts';

// `ThreadPool` starts it with this.
const {path, inputFormat, layouts, filter, format, rooms} = workerData as ThreadSetup;
const parser = new BlockParser(openSync(path, 'r'), {
  inputFormat,
  layouts,
  filter,
  format: portableFormat(format),
  tail: undefined,
  stats: undefined,
});

parentPort?.on('message', ({id, room, ...block}: Job) => {
  const output = new BlockOutput(rooms[room] ?? new SharedArrayBuffer(0));
  const end = parser.read(block, output, false);
  const done: Done = {id, ...end, ...output.end()};
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(done);
});
