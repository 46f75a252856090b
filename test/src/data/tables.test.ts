import test from 'ava';
import * as advisories from '../../../src/data/advisories.ts';
import * as builds from '../../../src/data/builds.ts';
import * as containerd from '../../../src/data/containerd.ts';
import * as hcn from '../../../src/data/hcn-codes.ts';
import * as hcs from '../../../src/data/hcs-codes.ts';
import * as tags from '../../../src/data/image-tags.ts';
import * as cves from '../../../src/data/kubelet-cves.ts';
import * as ntstatus from '../../../src/data/ntstatus.ts';
import * as providers from '../../../src/data/providers.ts';
import * as win32 from '../../../src/data/win32-codes.ts';
import {compareVersions, parseVersion} from '../../../src/kube/version.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text));
}

function isAscending(versions: readonly string[]): boolean {
  const parsed = versions.map(v => parseVersion(v));
  return parsed.every((v, i) => {
    const before = parsed[i - 1];
    return v !== undefined && (i === 0 || (before !== undefined && compareVersions(before, v) < 0));
  });
}

test('every table says when it was checked', t => {
  for (const table of [advisories, builds, containerd, cves, hcn, hcs, tags, ntstatus, providers, win32]) {
    t.true(isDay(table.checkedAt));
  }
});

test('builds are ascending and their dates are days', t => {
  const numbers = builds.BUILDS.map(b => b.build);
  t.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
  for (const row of builds.BUILDS) t.true(isDay(row.endOfSupport), row.name);
});

test('a provider states each build once, of a known build, with https sources', t => {
  const keys = providers.PROVIDER_BUILDS.map(r => `${r.provider} ${r.build}`);
  t.is(new Set(keys).size, keys.length);
  for (const row of providers.PROVIDER_BUILDS) {
    t.truthy(builds.buildOf(row.build));
    t.true(row.link.startsWith('https://'));
    if (row.endOfSupport) t.true(isDay(row.endOfSupport));
    for (const minor of [row.from, row.to]) if (minor) t.truthy(parseVersion(minor));
  }
});

test('containerd lines and support rows are ascending', t => {
  t.true(isAscending(containerd.CONTAINERD_LINES.map(r => r.line)));
  t.true(isAscending(containerd.CONTAINERD_SUPPORT.map(r => r.kubernetes)));
  for (const row of containerd.CONTAINERD_LINES) t.true(isDay(row.endOfLife), row.line);
  for (const row of containerd.CONTAINERD_SUPPORT) t.true(isAscending(row.containerd), row.kubernetes);
});

test('advisories are unique, sourced, and repaired by what comes after them', t => {
  const {OS_ADVISORIES, COMPONENT_ADVISORIES} = advisories;
  const {KUBELET_CVES} = cves;
  const ids = [...OS_ADVISORIES, ...COMPONENT_ADVISORIES, ...KUBELET_CVES].map(a => a.id);
  t.is(new Set(ids).size, ids.length);
  for (const a of OS_ADVISORIES) t.true(a.from <= a.to && a.to < a.fixedRevision, a.id);
  for (const a of [...COMPONENT_ADVISORIES, ...KUBELET_CVES]) {
    t.true(a.fixed.length > 0 && isAscending(a.fixed), a.id);
  }
  for (const a of [...OS_ADVISORIES, ...COMPONENT_ADVISORIES]) {
    t.true(a.links.length > 0 && a.links.every(l => l.startsWith('https://')), a.id);
  }
  for (const a of KUBELET_CVES) t.true(isDay(a.published) && a.link.startsWith('https://'), a.id);
});

test('pause images have known builds, and only the last holds Server 2025', t => {
  t.true(isAscending(tags.PAUSE_IMAGES.map(p => p.tag)));
  t.deepEqual(
    tags.PAUSE_IMAGES.filter(p => p.builds.includes(26100)).map(p => p.tag),
    ['3.10.2'],
  );
});
