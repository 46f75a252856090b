import {execFileSync, spawn} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import ava from 'ava';
import {stringify} from 'yaml';
import type {BundleInfo} from '../../plugin/services/bundle/inspect.ts';
import type {BundleManifest} from '../../src/capture/manifest.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import {tempDir} from '../helpers/archives.ts';
import {allWell, install, onLab} from './agent/installed.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';
import {buildForTest} from './parts/build.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

const CANARY = 'canary7-Invented';

test.before(async () => {
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

/** A report without what two runs differ in. */
function judged(text: string): Omit<DoctorReport, 'source' | 'timings'> {
  const {source: _source, timings: _timings, ...rest} = JSON.parse(text) as DoctorReport;
  return rest;
}

/** What was found where, without figures, which change from second to second. */
function found(report: Pick<DoctorReport, 'findings'>): string[] {
  return report.findings.map(f => `${f.id} ${f.fingerprint} ${f.subjectCount}`).toSorted();
}

/** Unpacks with the system's own program, as who gets the archive does. */
function unpack(archive: string, into: string): string {
  mkdirSync(into);
  execFileSync('tar', ['-xzf', archive, '-C', into]);
  const [top, ...more] = readdirSync(into);
  if (top === undefined || more.length > 0) throw new Error(`${archive} has ${more.length + 1} top folders`);
  return join(into, top);
}

test('a bundle is diagnosed as its cluster is, holds no secret, and verifies', async t => {
  t.timeout(300_000);
  await install(t, lab);
  await allWell(t, lab);
  await lab.kubectl(['label', 'node', 'win-2', '--overwrite', 'node.kubernetes.io/windows-build=10.0.17763']);
  const spec = {
    containers: [
      {
        name: 'c',
        image: 'x',
        env: [{name: 'DB_PASSWORD', value: `${CANARY}1`}],
        args: ['--token', `${CANARY}2`],
      },
    ],
  };
  const pod = {
    metadata: {
      name: 'planted',
      namespace: 'default',
      annotations: {'example.com/config': `{"password":"${CANARY}3"}`},
    },
    spec: {...spec, nodeSelector: {'kubernetes.io/os': 'windows'}},
  };
  await lab.api.send('POST', '/api/v1/namespaces/default/pods', pod);
  const folder = tempDir(t);
  const archive = join(folder, 'b.tar.gz');
  const made = await onLab(lab, 'bundle', '--output-file', archive, '--agent', 'require');
  t.is(made.code, 0, made.stderr);
  t.is(made.stdout, `${archive}\n`);
  t.is(statSync(archive).mode & 0o777, 0o600);
  t.deepEqual(readdirSync(folder), ['b.tar.gz'], 'nothing is left beside it');

  const root = unpack(archive, join(folder, 'unpacked'));
  const inside = readFileSync(join(root, 'kubectl-win/doctor.json'), 'utf8');
  const from = await onLab(lab, 'doctor', '--from', archive, '-o', 'json');
  t.deepEqual(judged(from.stdout), judged(inside));
  const live = await onLab(lab, 'doctor', '-o', 'json');
  t.deepEqual(found(judged(from.stdout)), found(judged(live.stdout)));
  t.true(judged(inside).findings.some(({id}) => id === 'NOD003'));
  t.deepEqual(judged(inside).problems, []);

  const results = JSON.parse(readFileSync(join(root, 'analysis.json'), 'utf8')) as {
    insight: {primary: string};
  }[];
  t.deepEqual(
    results.map(({insight}) => insight.primary.slice(0, 6)),
    judged(inside).findings.map(({id}) => id),
  );
  t.regex(readFileSync(join(root, 'kubectl-win/report.html'), 'utf8'), /^<!DOCTYPE html>.*NOD003/s);

  const planted = readFileSync(join(root, 'cluster-resources/pods/default.json'), 'utf8');
  t.true(planted.includes('"name":"planted"'));
  t.false(
    execFileSync('grep', ['-rlc', '', root], {encoding: 'utf8'})
      .split('\n')
      .filter(Boolean)
      .some(file => readFileSync(file).includes(CANARY)),
  );
  const manifest = JSON.parse(
    readFileSync(join(root, 'kubectl-win/manifest.json'), 'utf8'),
  ) as BundleManifest;
  t.true(
    manifest.files.some(
      ({path, redactions = 0}) => path === 'cluster-resources/pods/default.json' && redactions >= 3,
    ),
  );
  t.true(manifest.files.some(({path}) => path.endsWith('/linux/system.json')));
  const resources = JSON.parse(
    readFileSync(join(root, 'cluster-resources/resources.json'), 'utf8'),
  ) as object[];
  t.true(
    resources.some(list => 'groupVersion' in list && list.groupVersion === 'v1' && !('apiVersion' in list)),
  );
  // The lab's Windows nodes are none: their pods have written nothing.
  t.deepEqual(
    manifest.missing.filter(({what}) => !what.startsWith('cluster-resources/pods/logs/')),
    [],
  );
  const verified = await onLab(lab, 'bundle', 'verify', archive);
  t.is(verified.code, 0, verified.stdout);
  const info = JSON.parse(
    (await onLab(lab, 'bundle', 'inspect', archive, '-o', 'json')).stdout,
  ) as BundleInfo;
  t.deepEqual(info.missing, manifest.missing);
  t.true(info.nodes.length > 0);
});

// They are built from their Go modules, which takes minutes: with `scripts/test --full` only.
if (process.env['KUBECTL_WIN_FULL'] === '1') {
  test("troubleshoot's analyze judges a bundle, and sbctl serves its objects to kubectl", async t => {
    t.timeout(1_800_000);
    const folder = tempDir(t);
    const archive = join(folder, 'b.tar.gz');
    t.is((await onLab(lab, 'bundle', '--output-file', archive)).code, 0);
    const passed = 'nodes are there';
    const analyzers = {
      apiVersion: 'troubleshoot.sh/v1beta2',
      kind: 'Analyzer',
      metadata: {name: 'test'},
      spec: {
        analyzers: [
          {
            nodeResources: {
              checkName: 'count',
              outcomes: [{pass: {when: 'count() >= 3', message: passed}}, {fail: {message: 'none'}}],
            },
          },
        ],
      },
    };
    writeFileSync(join(folder, 'analyzers.yaml'), stringify(analyzers));
    const tools = await buildForTest('troubleshoot', line => console.error(line));
    const analyzed = execFileSync(
      join(tools, 'analyze'),
      ['--analyzers', join(folder, 'analyzers.yaml'), archive],
      {encoding: 'utf8'},
    );
    t.true(analyzed.includes(passed), analyzed);

    const served = await serveBySbctl(
      await buildForTest('sbctl', line => console.error(line)),
      archive,
      folder,
    );
    try {
      for (const kind of ['nodes', 'pods', 'deployments', 'services']) {
        const args = ['get', kind, '-A', '-o', 'name'];
        const there = await lab.kubectl([...args, `--kubeconfig=${served.kubeconfig}`]);
        t.deepEqual(there.split('\n').toSorted(), (await lab.kubectl(args)).split('\n').toSorted(), kind);
      }
    } finally {
      await served.stop();
    }
  });
}

test('stopped at any moment, a collection leaves a bundle that opens and says what it lacks, and nothing else', async t => {
  t.timeout(300_000);
  for (const afterMs of [0, 100, 400, 1000, 3000]) {
    const folder = tempDir(t);
    const archive = join(folder, 'b.tar.gz');
    const code = await stopped(archive, afterMs);
    t.true(code === 130 || code === 0 || code === null, `${afterMs} ms: ${code}`);
    if (code !== null && !readdirSync(folder).includes('b.tar.gz')) {
      t.deepEqual(readdirSync(folder), [], `${afterMs} ms`);
      continue;
    }
    t.deepEqual(readdirSync(folder), ['b.tar.gz']);
    t.is((await onLab(lab, 'bundle', 'verify', archive)).code, 0);
    const info = JSON.parse(
      (await onLab(lab, 'bundle', 'inspect', archive, '-o', 'json')).stdout,
    ) as BundleInfo;
    // A process that is about to exit has no handlers of signals any more: then all was done.
    t.true(code !== 130 || info.missing.some(gap => gap.what === 'doctor.json'), `${afterMs} ms`);
    const {stdout} = await onLab(lab, 'doctor', '--from', archive, '-o', 'json');
    t.deepEqual(judged(stdout).problems, []);
  }
});

/** Has sbctl serve an archive, on a port of loopback that it chooses; what it unpacks goes into a folder. */
async function serveBySbctl(
  tools: string,
  archive: string,
  folder: string,
): Promise<{kubeconfig: string; stop: () => Promise<void>}> {
  const child = spawn(join(tools, 'sbctl'), ['serve', '--support-bundle-location', archive], {
    env: {PATH: process.env['PATH'], HOME: folder, TMPDIR: folder},
  });
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  const stop = (): Promise<void> => {
    child.kill('SIGINT');
    return ended;
  };
  let said = '';
  const kubeconfig = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /^export KUBECONFIG=(\S+)$/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('close', () => reject(new Error(`sbctl ended: ${said}`)));
  });
  return {kubeconfig: await kubeconfig, stop};
}

/** Collects, presses Ctrl-C some time after it has begun to write, and answers the exit code. */
async function stopped(archive: string, afterMs: number): Promise<number | null> {
  const main = join(import.meta.dirname, '../../plugin/main.ts');
  const args = ['--disable-warning=ExperimentalWarning', main, 'bundle', '--output-file', archive];
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    XDG_CACHE_HOME: join(import.meta.dirname, '../../build/test-cache'),
    KUBECONFIG: lab.kubeconfigs.admin,
  };
  const child = spawn(process.execPath, args, {env, stdio: 'ignore'});
  const ended = new Promise<number | null>(resolve => child.on('close', code => resolve(code)));
  while (readdirSync(dirname(archive)).length === 0) await sleep(10);
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGINT');
  return await ended;
}
