import {join} from 'node:path';
import ava from 'ava';
import type {BundleDiff} from '../../../src/bundle-diff/change.ts';
import {bundleFolder} from '../../helpers/bundle-folder.ts';
import {win} from '../../helpers/cli.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {schemaErrors} from '../../helpers/schemas.ts';

// One process at a time: each takes a core.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../../plugin/sample');

test('a capture has no difference from itself', async t => {
  const {code, stdout, stderr} = await win(['bundle', 'diff', SAMPLE, SAMPLE]);
  t.is(code, 0, stderr);
  t.regex(stdout, /\nVersions: no change in what both show\n\nState: no change in what both show\n/);
});

test('a new error ends with 1 unless --fail-on says otherwise, and HNS of nodes is compared', async t => {
  const before = bundleFolder(t, healthyWithAgents());
  const after = bundleFolder(
    t,
    healthyWithAgents()
      .change('Node', 'win-1', node => {
        for (const c of node['status'].conditions) if (c.type === 'Ready') c.status = 'False';
      })
      .onNode('win-2', n => n.change('hns/version.json', version => (version.Minor = 9))),
  );
  const {code, stdout, stderr} = await win(['bundle', 'diff', before, after, '-o', 'json']);
  t.is(code, 1, stderr);
  const diff = JSON.parse(stdout) as BundleDiff;
  t.deepEqual(schemaErrors('bundle-diff', diff), []);
  t.true(diff.findings.some(f => f.id === 'NOD001' && f.change === 'new'));
  t.like(
    diff.items.find(i => i.what === 'HNS'),
    {section: 'version', before: '13.3', after: '13.9', subjects: [{kind: 'Node', name: 'win-2'}]},
  );
  t.is((await win(['bundle', 'diff', before, after, '--fail-on', 'never'])).code, 0);
  t.is((await win(['bundle', 'diff', after, before])).code, 0, 'what is gone is no failure');
});

test('what is no capture is told by its name', async t => {
  const {code, stderr} = await win(['bundle', 'diff', SAMPLE, '/proc/nowhere']);
  t.is(code, 3);
  t.regex(stderr, /the capture \/proc\/nowhere cannot be read: there is no such file/);
});
