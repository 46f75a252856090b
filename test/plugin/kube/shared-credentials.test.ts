import {chmodSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Access} from '../../../plugin/kube/access.ts';
import {credentialsOf} from '../../../plugin/kube/credentials.ts';
import {folderWith} from '../../helpers/cli.ts';

test('readers, writers and streams of one access start a credential plug-in once', async t => {
  const answer = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: {token: 'one'},
  };
  const folder = folderWith(t, {
    plugin: `#!/bin/sh\necho run >> "$RUNS"\necho '${JSON.stringify(answer)}'\n`,
    runs: '',
  });
  const command = join(folder, 'plugin');
  chmodSync(command, 0o755);
  const access: Access = {
    name: 'test',
    server: 'https://192.0.2.1',
    namespace: 'default',
    cluster: {},
    user: {
      exec: {
        apiVersion: answer.apiVersion,
        command,
        interactiveMode: 'Never',
        env: [{name: 'RUNS', value: join(folder, 'runs')}],
      },
    },
  };
  const {signal} = new AbortController();
  const given = await Promise.all([1, 2, 3].map(() => credentialsOf(access).current(signal)));
  t.deepEqual(
    given.map(credential => credential.authorization),
    ['Bearer one', 'Bearer one', 'Bearer one'],
  );
  t.is(readFileSync(join(folder, 'runs'), 'utf8'), 'run\n');
});
