import test from 'ava';
import {loadKubeconfig} from '../../plugin/kube/kubeconfig.ts';
import {loadLive} from '../../plugin/kube/load-live.ts';
import {UserError} from '../../plugin/errors.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import type {Resource} from '../../src/kube/resources.ts';
import {RESOURCES} from '../../src/kube/resources.ts';
import type {KubeObject} from '../../src/kube/types.ts';
import {idOf} from '../../src/kube/workloads.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';

const SUBSETS = 20;
const SEED = 20_260_901;

/** A small generator, so that a failing subset can be run again (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one user may list: kinds in all namespaces, and kinds in some. */
interface Rights {
  everywhere: ReadonlySet<Resource>;
  within: ReadonlyMap<string, ReadonlySet<Resource>>;
}

const GRANTABLE = RESOURCES.filter(r => !r.custom);
const NAMESPACES = ['shop', 'kube-system'];

function randomRights(next: () => number): Rights {
  const share = next();
  const pick = (from: readonly Resource[], part: number): Set<Resource> =>
    new Set(from.filter(() => next() < part));
  const namespaced = GRANTABLE.filter(r => r.namespaced && !r.onlyIn);
  return {
    everywhere: pick(GRANTABLE, share),
    within: new Map(NAMESPACES.map(name => [name, pick(namespaced, next() / 2)])),
  };
}

function rulesOf(resources: ReadonlySet<Resource>): object[] {
  return [...resources].map(({group, plural}) => ({
    apiGroups: [group],
    resources: [plural],
    verbs: ['list'],
  }));
}

/** Gives a user exactly these rights. */
async function grant(lab: TestLab, user: string, {everywhere, within}: Rights): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const subjects = [{kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user}];
  const roleRef = (kind: string): object => ({apiGroup: 'rbac.authorization.k8s.io', kind, name: user});
  const metadata = {name: user};
  await lab.api.send('POST', `${rbac}/clusterroles`, {metadata, rules: rulesOf(everywhere)});
  await lab.api.send('POST', `${rbac}/clusterrolebindings`, {
    metadata,
    subjects,
    roleRef: roleRef('ClusterRole'),
  });
  for (const [namespace, resources] of within) {
    const root = `${rbac}/namespaces/${namespace}`;
    await lab.api.send('POST', `${root}/roles`, {metadata, rules: rulesOf(resources)});
    await lab.api.send('POST', `${root}/rolebindings`, {metadata, subjects, roleRef: roleRef('Role')});
  }
}

function idsIn(snapshot: Snapshot, {key}: Resource): string[] {
  const evidence = evidenceOf(snapshot, key);
  const objects: readonly KubeObject[] = evidence.ok ? evidence.value : [];
  return objects.map(idOf);
}

/** What a user with these rights must see of a kind, given what an administrator sees. */
function expectedIds(
  admin: Snapshot,
  resource: Resource,
  rights: Rights,
  namespaces: readonly string[],
): string[] {
  const all = idsIn(admin, resource);
  if (rights.everywhere.has(resource)) return all;
  const open = namespaces.filter(name => rights.within.get(name)?.has(resource));
  return all.filter(id => open.some(name => id.startsWith(`${resource.kind}/${name}/`)));
}

test(`with ${SUBSETS} random sets of rights nothing crashes, all that is readable is read, every gap names its rule`, async t => {
  const lab = await startLab();
  t.teardown(() => lab.stop());
  const access = loadKubeconfig({kubeconfig: lab.kubeconfigs.admin});
  const {signal} = new AbortController();
  const next = random(SEED);
  for (let n = 0; n < SUBSETS; n++) {
    const rights = randomRights(next);
    const user = `subset-${n}`;
    await grant(lab, user, rights);
    const impersonate = {user, groups: ['system:authenticated'], extra: {}};
    const admin = await loadLive({access, signal});
    const live = await loadLive({access: {...access, namespace: 'shop', impersonate}, signal});

    const mayListNamespaces = [...rights.everywhere].some(r => r.key === 'namespaces');
    const namespaces = mayListNamespaces ? NAMESPACES : ['shop'];
    for (const resource of GRANTABLE) {
      // Events, roles and leases change while the test runs.
      if (resource.key === 'events' || resource.group === 'rbac.authorization.k8s.io') continue;
      const where = `${user}: ${resource.key}`;
      t.deepEqual(idsIn(live, resource), expectedIds(admin, resource, rights, namespaces), where);
    }
    for (const resource of GRANTABLE) {
      const evidence = evidenceOf(live, resource.key);
      const gap = evidence.ok ? evidence.partial : evidence;
      const where = `${user}: ${resource.key}`;
      if (rights.everywhere.has(resource)) t.is(gap, undefined, where);
      if (!gap) continue;
      t.is(gap.reason, 'denied', where);
      t.true(
        gap.detail.includes(`needs verb list on resource ${resource.plural} (apiGroup "${resource.group}"`),
        gap.detail,
      );
    }
    t.deepEqual(judge(live, CHECKS).problems, [], user);
  }
});

test('who may only view one namespace sees that, and is told what else would help', async t => {
  const lab = await startLab();
  t.teardown(() => lab.stop());
  const {signal} = new AbortController();
  const viewer = loadKubeconfig({kubeconfig: lab.kubeconfigs.viewer});
  const live = await loadLive({access: viewer, signal});
  const nodes = evidenceOf(live, 'nodes');
  t.is(nodes.ok ? '' : nodes.detail, 'needs verb list on resource nodes (apiGroup ""), cluster-wide');
  t.true(evidenceOf(live, 'pods').ok);
});

test('who has no rights is told so, with exit code 3', async t => {
  const lab = await startLab();
  t.teardown(() => lab.stop());
  const access = loadKubeconfig({kubeconfig: lab.kubeconfigs.nobody});
  const error = await t.throwsAsync(loadLive({access, signal: new AbortController().signal}), {
    instanceOf: UserError,
  });
  t.is(error?.code, 'no-rights');
  t.is(error?.exitCode, 3);
});
