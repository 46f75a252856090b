/**
 * Holds files open until it is killed: the first as a log's writer does, who lets others read, the second for itself alone.
 * Writes `held` once it does.
 */
import {createWriteStream, openSync, writeSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import koffi from 'koffi';

const GENERIC_WRITE = 0x4000_0000;
const OPEN_EXISTING = 3;
const [shared = '', alone = ''] = process.argv.slice(2);

writeSync(openSync(shared, 'a'), 'held open\r\n');
const create: (
  path: string,
  access: number,
  share: number,
  security: null,
  how: number,
  flags: number,
  template: null,
) => bigint = koffi
  .load('C:\\Windows\\System32\\kernel32.dll')
  .func(
    'intptr_t CreateFileW(str16 path, uint32 access, uint32 share, void *security, uint32 how, uint32 flags, void *template)',
  );
const handle = create(alone, GENERIC_WRITE, 0, null, OPEN_EXISTING, 0, null);
createWriteStream('', {fd: 1}).write(`held ${handle}\n`);
void sleep(600_000);
