import {writeFileSync} from 'node:fs';
import test from 'ava';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import {putStub} from '../../helpers/stub.ts';
import {insidePath, packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';

const POD = '{AAAAAAAA-0123-4567-89AB-CDEF01234567}';

test('the real program asks vfpctrl.exe of system32 and keeps its answers as they are', async t => {
  const prefix = await winePrefix(t);
  await putStub(prefix);
  const answer = (name: string, text: string) =>
    writeFileSync(insidePath(prefix, `C:\\kubectl-win-stub\\vfp\\${name}`), text);
  const ports = `{"Ports":[{"Id":"pod","Name":"${POD}","MacAddress":"00155D5AB0B2","VmsPortId":4}]}`;
  answer('list-vmswitch-port.format.1.json', `${ports}\r\n`);
  answer(`port.${POD}.list-layer.format.1.json`, '{"Layers":[{"Id":"LB_DSR"}]}');
  answer(`port.${POD}.list-rule.format.1.exit`, 'ERROR: the port is gone');
  const {code, stdout, stderr} = await runExe(prefix, [], {
    exe: await packagedExe('test/agent/programs/vfp.ts'),
  });
  t.is(code, 0, stderr);
  const files = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as CollectedFile | MissingFile);
  t.like(files, [
    {file: 'vfp/ports.json', body: ports},
    {file: 'vfp/aaaaaaaa-0123-4567-89ab-cdef01234567-layers.json', body: '{"Layers":[{"Id":"LB_DSR"}]}'},
    {
      file: 'vfp/aaaaaaaa-0123-4567-89ab-cdef01234567-rules.json',
      missing: {
        reason: 'failed',
        detail: `vfpctrl /port ${POD} /list-rule /format 1 ended with 1: ERROR: the port is gone`,
      },
    },
  ]);
});

test('a node without vfpctrl.exe says so', async t => {
  const prefix = await winePrefix(t);
  const {code, stderr} = await runExe(prefix, [], {exe: await packagedExe('test/agent/programs/vfp.ts')});
  t.not(code, 0);
  t.regex(stderr, /CollectError: this node has no C:\\windows\\System32\\vfpctrl\.exe/i);
});
