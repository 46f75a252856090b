/**
 * Records what the program prints, for asciinema: `node scripts/build-recording.ts FILE [--from CAPTURE]`. Without a capture it is the current
 * cluster, such as a lab's (`scripts/lab up --scene sick`).
 */
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {asciicast} from './docs/recording.ts';
import type {Shown} from './docs/recording.ts';

const program = join(import.meta.dirname, '..', 'bin', 'kubectl-win');
/** What is shown: nodes, the verdict, and what one finding means. */
const COMMANDS = [['nodes'], ['doctor', '--check', 'NOD,IMG,SCH'], ['explain', 'IMG001']];

const {values, positionals} = parseArgs({allowPositionals: true, options: {from: {type: 'string'}}});
const [file] = positionals;
if (file === undefined) {
  console.error('build-recording: name the file to write');
  process.exit(2);
}
const shown: Shown[] = [];
for (const words of COMMANDS) {
  const read =
    values.from === undefined || words[0] === 'explain' ? words : [...words, '--from', values.from];
  const coloured = words[0] === 'doctor' || words[0] === 'explain' ? ['--color', 'always'] : [];
  shown.push({command: `kubectl win ${read.join(' ')}`, output: await printed([...read, ...coloured])});
}
writeFileSync(file, asciicast(shown, 'kubectl win'));

/** Of doctor 1 is an answer, too. */
async function printed(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, {maxBuffer: 16 * 1024 * 1024}, (error, stdout, stderr) => {
      if (error && error.code !== 1) reject(new Error(`kubectl win ${args.join(' ')}: ${stderr}`));
      else resolve(stdout);
    });
  });
}
