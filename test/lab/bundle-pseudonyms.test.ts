import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {DoctorReport} from '../../src/report/report.ts';
import {tempDir} from '../helpers/archives.ts';
import {allWell, install, onLab} from './agent/installed.ts';
import {startLab} from './lab.ts';

/** What was found, without names. */
function found(text: string): string[] {
  const {findings} = JSON.parse(text) as DoctorReport;
  return findings.map(f => `${f.id} ${f.severity} ${f.subjectCount}`).toSorted();
}

test('a bundle with pseudonyms, made with real agents, names nobody and is told as its cluster is', async t => {
  t.timeout(300_000);
  const lab = await startLab({agents: true});
  try {
    await install(t, lab);
    await allWell(t, lab);
    const folder = tempDir(t);
    const archive = join(folder, 'b.tar.gz');
    const args = ['--output-file', archive, '--agent', 'require', '--pseudonyms', 'names,ips'];
    const {code, stderr} = await onLab(lab, 'bundle', ...args);
    t.is(code, 0, stderr);
    const live = await onLab(lab, 'doctor', '-o', 'json');
    t.deepEqual(
      found((await onLab(lab, 'doctor', '--from', archive, '-o', 'json')).stdout),
      found(live.stdout),
    );
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    const root = join(folder, 'b');
    const names = /\b(?:win-[12]|linux-0|shop|10\.244\.\d+\.\d+)\b/;
    for (const path of readdirSync(root, {recursive: true, encoding: 'utf8'})) {
      t.notRegex(path, names);
      if (statSync(join(root, path)).isFile())
        t.notRegex(readFileSync(join(root, path), 'utf8'), names, path);
    }
    t.is((await onLab(lab, 'bundle', 'verify', archive)).code, 0);
  } finally {
    await lab.stop();
  }
});
