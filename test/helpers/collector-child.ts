import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {RuntimeContainer} from '../../agent/cri/containers.ts';
import {tempDir} from './archives.ts';

/** A container that runs, as the runtime tells of it. */
export const RUNNING: RuntimeContainer = {
  id: 'c1',
  namespace: 'shop',
  pod: 'web-0',
  podUid: 'u',
  name: 'iis',
  image: undefined,
  running: true,
  pid: 7,
  logMonitor: false,
};

/** The program of a collector's child that runs `script`, in which `asked` is the question and `answer` writes a line. */
export function childOf(t: ExecutionContext, script: string): {file: string; args: string[]} {
  const file = join(tempDir(t), 'child.mjs');
  writeFileSync(
    file,
    `import {readFileSync, writeSync} from 'node:fs';
     const asked = JSON.parse(readFileSync(0, 'utf8'));
     const answer = line => writeSync(1, JSON.stringify(line) + '\\n');
     ${script}`,
  );
  return {file: process.execPath, args: [file]};
}
