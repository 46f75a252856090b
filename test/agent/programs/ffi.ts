/** Calls the operating system through koffi and writes what came back, as JSON: proves that the native part is found and loads. */
import {createWriteStream} from 'node:fs';
import koffi from 'koffi';

function ticks(): number {
  if (process.platform === 'win32') {
    const kernel = koffi.load('C:\\Windows\\System32\\kernel32.dll');
    return Number(kernel.func('uint64_t GetTickCount64()')());
  }
  return Number(koffi.load('libc.so.6').func('int getpid()')());
}

// `process.stdout` does not open a pipe under Wine.
createWriteStream('', {fd: 1}).end(`${JSON.stringify({platform: process.platform, ticks: ticks()})}\n`);
