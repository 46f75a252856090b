import {chmodSync} from 'node:fs';
import test from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import {runtimeCollectors} from '../../../agent/cri/collectors.ts';
import {pauseCollector} from '../../../agent/cri/pause.ts';
import {snapshotsCollector} from '../../../agent/cri/snapshots.ts';
import {PAUSE_IMAGE} from '../linux-node/images.ts';
import {collect, collectJson} from './collect.ts';
import {startContainerd} from './containerd.ts';
import {KINDS} from './kinds.ts';

/** Who owns nothing. */
const NOBODY = 65_534;

for (const [title, kind] of Object.entries(KINDS)) {
  test(`${title} that hangs, refuses and ends costs each collector one deadline, and is told in words`, async t => {
    const containerd = await startContainerd(await kind(line => t.log(line)));
    const path = containerd.socket;
    try {
      const runtime = {endpoints: [path], callMs: 2000};
      const config = {
        os: 'linux' as const,
        commandLine: async () => `containerd --config ${containerd.config}`,
      };
      const all = [...runtimeCollectors(runtime), snapshotsCollector(runtime, 'linux')];
      const failures = () =>
        Promise.all(
          all.map(async collector => {
            const error = await t.throwsAsync(collect(collector), {instanceOf: CollectError}, collector.name);
            return error ?? new CollectError('failed', 'it did not fail');
          }),
        );

      containerd.signal('SIGSTOP');
      for (const {reason, message} of await failures()) {
        t.is(reason, 'timeout', message);
        t.true(message.includes('was not answered in time'), message);
      }
      containerd.signal('SIGCONT');
      t.is((await collectJson(all[0] ?? t.fail()))['runtimeName'], 'containerd');

      chmodSync(containerd.root, 0o711);
      // This process stays in the group that may use it.
      chmodSync(path, 0o600);
      process.seteuid?.(NOBODY);
      const denied = await failures().finally(() => process.seteuid?.(0));
      for (const {reason, message} of denied) {
        t.is(reason, 'denied');
        t.is(message, `${path} refuses this user: the agent must run as SYSTEM or root`);
      }

      await containerd.kill();
      for (const {reason, message} of await failures()) {
        t.is(reason, 'failed');
        t.is(message, `${path} is left over from a runtime that ended: nothing listens`);
      }
      // Its configuration still says which pause image it will use.
      const [pause] = await collect(pauseCollector(runtime, config));
      t.true(pause && 'body' in pause && pause.body.includes(`"image":"${PAUSE_IMAGE}","from":"config"`));
      t.is(pause && 'partial' in pause ? pause.partial?.reason : undefined, 'failed');
    } finally {
      await containerd.stop();
    }
  });
}
