import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import ava from 'ava';
import {connectAgent} from '../../../plugin/agent/client/connect.ts';
import {findAgents} from '../../../plugin/agent/fleet/pods.ts';
import {agentSession} from '../../../plugin/agent/session.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';
import {tempDir} from '../../helpers/archives.ts';
import {schemaErrors} from '../../helpers/schemas.ts';
import {v1Answer, writeAnswers} from '../../helpers/stub.ts';
import {startLab, type TestLab} from '../lab.ts';
import {eventually, install, onLab, podOn, uninstall} from './installed.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

const CANARY = 'canary7-Invented';
/** What is planted, and what the container runtime gives as an environment value. */
const SECRETS = [CANARY, 'hunter2'];

/** Folders that servers of Wine keep their sockets in. */
const serverFolders = (): string[] => readdirSync(tmpdir()).filter(name => /^wine-\w{6}$/.test(name));
const before = serverFolders();

test.before(async () => {
  lab = await startLab({agents: true, wine: true});
});
test.after.always(async () => lab?.stop());

test('the packaged Windows program, under Wine, is reached through the API server in both ways', async t => {
  t.timeout(240_000);
  await install(t, lab);
  await eventually(t, 'an agent is not well', async () => (await onLab(lab, 'agent', 'status')).code === 0);
  const status = JSON.parse((await onLab(lab, 'agent', 'status', '-o', 'json')).stdout) as {
    items: {node: string; transport: string}[];
  };
  t.deepEqual(
    status.items.map(({node, transport}) => `${node} ${transport}`),
    ['linux-0 port-forward', 'win-1 port-forward', 'win-2 port-forward'],
  );
  const session = agentSession(loadKubeconfig({kubeconfig: lab.kubeconfigs.admin}), {allowExec: true});
  const {signal} = new AbortController();
  try {
    const pod = (await findAgents(session.reader, signal)).byNode.get('win-1');
    if (!pod) throw new Error('no agent is on win-1');
    const transports = session.transports.filter(({name}) => name === 'exec');
    const {client, transport} = await connectAgent(pod, {...session, transports, signal});
    t.is(transport, 'exec');
    t.like(await client.capabilities(signal), {os: 'windows'});
    client.close();
  } finally {
    await session.close();
  }
});

test('nodes, images and runtime show what the Windows program and the Linux one know', async t => {
  t.timeout(240_000);
  const nodes = await onLab(lab, 'nodes', '-o', 'json');
  t.is(nodes.code, 0, nodes.stderr);
  const list = JSON.parse(nodes.stdout) as {items: {name: string; hns: string; product: string}[]};
  t.deepEqual(schemaErrors('node-list', list), []);
  t.deepEqual(
    list.items.map(({name, hns}) => `${name} ${hns}`),
    ['win-1 13.3', 'win-2 13.3'],
    'HNS was asked through the native library',
  );
  const runtime = await onLab(lab, 'runtime', '-o', 'json');
  const runtimes = JSON.parse(runtime.stdout) as {items: {node: string}[]};
  t.deepEqual(schemaErrors('runtime-list', runtimes), []);
  t.true(runtime.stdout.includes('2.1.6'), 'containerd was asked over its named pipe');
  const images = await onLab(lab, 'images', '-o', 'json');
  t.deepEqual(schemaErrors('image-list', JSON.parse(images.stdout)), []);
});

test('doctor judges by what the Windows program collected, and says what it could not', async t => {
  t.timeout(240_000);
  const run = await onLab(lab, 'doctor', '-o', 'json', '--agent', 'require');
  const report = JSON.parse(run.stdout) as {
    findings: {id: string; evidence: {at: string}[]}[];
    problems: unknown[];
    unknown: {evidence: string}[];
  };
  t.deepEqual(report.problems, []);
  const leftOver = report.findings.find(f => f.id === 'CRI005');
  t.true(leftOver?.evidence.some(e => e.at === 'host-collectors/win-1/windows/cri/sandboxes.json'));
  t.false(
    report.unknown.some(u => u.evidence === 'node.hns'),
    'HNS was seen',
  );
});

test('what is planted into the files, HNS and containers of a Windows node stands in no file of a bundle', async t => {
  t.timeout(240_000);
  const root = join(lab.root, 'pods', await podOn(lab, 'win-1'));
  const put = (path: string, text: string): void => {
    const file = join(root, 'windows/drive_c', path);
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, text);
  };
  put(
    'Program Files/containerd/config.toml',
    `version = 2\n[plugins."io.containerd.grpc.v1.cri".registry.configs."r.example".auth]\nusername = "robot"\npassword = "${CANARY}1"\n`,
  );
  put(
    'Program Files/containerd/cni/conf/10-lab.conflist',
    JSON.stringify({cniVersion: '1.0.0', name: 'lab', plugins: [{type: 'x', apiToken: `${CANARY}2`}]}),
  );
  put(
    'var/log/kubelet/kubelet.err.log',
    `E1130 11:00:00.000000 1 x.go:1] cannot pull: password=${CANARY}3\r\n`,
  );
  writeAnswers(join(root, 'hns'), v1Answer('policylists', `[{"ID":"1","Password":"${CANARY}4"}]`));
  const folder = tempDir(t);
  const archive = join(folder, 'b.tar.gz');
  const made = await onLab(lab, 'bundle', '--agent', 'require', '--node', 'win-1', '--output-file', archive);
  t.is(made.code, 0, made.stderr);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const node = join(folder, 'b/host-collectors/win-1/windows');
  for (const file of [
    'cri/config.toml',
    'cni/10-lab.conflist',
    'logs/kubelet/kubelet.err.log',
    'hns/v1-policylists.json',
    'cri/containers.json',
  ])
    t.true(existsSync(join(node, file)), file);
  const leaks = readdirSync(join(folder, 'b'), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => SECRETS.some(secret => readFileSync(file).includes(secret)));
  t.deepEqual(leaks, []);
});

test("a node's channels are listed by the Windows program", async t => {
  t.timeout(120_000);
  const run = await onLab(lab, 'logs', 'node/win-1', '--list-sources');
  t.is(run.code, 0, run.stderr);
  t.regex(run.stdout, /^hns +channel +Microsoft-Windows-Host-Network-Service-Admin$/m);
});

test('uninstall leaves neither a process nor a Windows behind', async t => {
  t.timeout(120_000);
  await uninstall(t, lab);
  const {root} = lab;
  await eventually(t, 'a program of a Windows node still runs', async () => !runsBelow(root));
  await lab.stop();
  t.false(existsSync(root));
  t.deepEqual(serverFolders(), before);
});

/** Whether a process has a Windows of this lab. */
function runsBelow(root: string): boolean {
  return readdirSync('/proc').some(pid => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`WINEPREFIX=${root}/`)
      );
    } catch {
      return false;
    }
  });
}
