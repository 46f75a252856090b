import {spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildOnce} from '../../../scripts/cache/build-once.ts';
import {LabError} from './failure.ts';
import {cacheDir, labDir} from './places.ts';

/** Kubernetes of the lab: what `test/lab/go/kubernetes/go.mod` pins. */
const KUBERNETES_VERSION = 'v1.35.4';

const [MAJOR, MINOR] = KUBERNETES_VERSION.slice(1).split('.');

/** Plain `go build` leaves a placeholder where the release process writes the version that `/version` answers. */
const VERSION_FLAGS = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap(path => [
  `-X=${path}.gitVersion=${KUBERNETES_VERSION}`,
  `-X=${path}.gitMajor=${MAJOR}`,
  `-X=${path}.gitMinor=${MINOR}`,
]);

interface Module {
  /** Folder below `test/lab/go`. */
  folder: string;
  /** Binary → package. */
  binaries: Record<string, string>;
  ldflags: string[];
}

const kubernetes = (...names: string[]) =>
  Object.fromEntries(names.map(name => [name, `k8s.io/kubernetes/cmd/${name}`]));

const MODULES: readonly Module[] = [
  {folder: 'etcd', binaries: {etcd: 'go.etcd.io/etcd/server/v3'}, ldflags: []},
  {
    folder: 'kubernetes',
    binaries: kubernetes(
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kube-proxy',
      'kubectl',
      'kubelet',
    ),
    ldflags: VERSION_FLAGS,
  },
  {folder: 'kwok', binaries: {kwok: 'sigs.k8s.io/kwok/cmd/kwok'}, ldflags: []},
];

const containerd2 = (...names: string[]) =>
  Object.fromEntries(names.map(name => [name, `github.com/containerd/containerd/v2/cmd/${name}`]));

/** What only some tests need: a lab is up without it. */
const TEST_MODULES: readonly Module[] = [
  {
    folder: 'containerd2',
    binaries: containerd2('containerd', 'containerd-shim-runc-v2', 'ctr'),
    ldflags: [],
  },
  {folder: 'crictl', binaries: {crictl: 'sigs.k8s.io/cri-tools/cmd/crictl'}, ldflags: []},
  {
    folder: 'krew',
    binaries: {
      krew: 'sigs.k8s.io/krew/cmd/krew',
      'validate-krew-manifest': 'sigs.k8s.io/krew/cmd/validate-krew-manifest',
    },
    ldflags: [],
  },
  {
    folder: 'troubleshoot',
    binaries: {
      troubleshoot: 'github.com/replicatedhq/troubleshoot/cmd/troubleshoot',
      analyze: 'github.com/replicatedhq/troubleshoot/cmd/analyze',
    },
    ldflags: [],
  },
  {folder: 'sbctl', binaries: {sbctl: 'github.com/replicatedhq/sbctl'}, ldflags: []},
  {folder: 'helm', binaries: {'helm-render': 'kubectl-win/lab/helm'}, ldflags: []},
  {folder: 'coredns', binaries: {coredns: 'kubectl-win/lab/coredns'}, ldflags: []},
  {folder: 'quill', binaries: {quill: 'github.com/anchore/quill/cmd/quill'}, ldflags: []},
  {folder: 'stern', binaries: {stern: 'github.com/stern/stern'}, ldflags: []},
  {folder: 'prometheus', binaries: {prometheus: 'kubectl-win/lab/prometheus'}, ldflags: []},
  {folder: 'cri-api', binaries: {'cri-api': 'kubectl-win/lab/cri-api'}, ldflags: []},
];

/** Full path of each built binary by its name. */
export type Binaries = ReadonlyMap<string, string>;

/** Builds what the cache lacks and answers where everything is. `say` gets one line for each thing that takes time. */
export async function buildLab(say: (line: string) => void): Promise<Binaries> {
  const binaries = new Map<string, string>();
  for (const module of MODULES) {
    const built = await buildModule(module, say);
    for (const name of Object.keys(module.binaries)) binaries.set(name, join(built, name));
  }
  return binaries;
}

/** Builds a module of `../go` that tests need beside the lab, where the cache lacks it, and answers the folder of its binaries. */
export async function buildForTest(folder: string, say: (line: string) => void): Promise<string> {
  const module = TEST_MODULES.find(known => known.folder === folder);
  if (!module) throw new LabError(`no module ${folder} is built for tests`);
  return buildModule(module, say);
}

async function buildModule(module: Module, say: (line: string) => void): Promise<string> {
  const done = join(cacheDir, `${module.folder}-${fingerprint(module)}`);
  return buildOnce(done, {
    what: `${Object.keys(module.binaries).join(', ')} (minutes, once)`,
    say,
    make: async half => {
      await goBuild(module, {go: goForLab(), out: half, log: `${done}.log`});
      rmSync(`${done}.log`, {force: true});
    },
  });
}

function ldflags(module: Module): string {
  return ['-s', '-w', ...module.ldflags].join(' ');
}

function fingerprint(module: Module): string {
  const hash = createHash('sha256');
  const folder = join(labDir, 'go', module.folder);
  for (const file of readdirSync(folder).toSorted()) hash.update(readFileSync(join(folder, file)));
  hash.update(JSON.stringify([module.binaries, ldflags(module)]));
  return hash.digest('hex').slice(0, 16);
}

/** Path of a Go that is new enough; `scripts/setup-go` fetches one where it can, and says why where it cannot. */
function goForLab(): string {
  const {status, stdout} = spawnSync(join(labDir, '..', '..', 'scripts', 'setup-go'), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new LabError('without Go there is no lab');
  return stdout.trim();
}

async function goBuild(
  module: Module,
  {go, out, log}: {go: string; out: string; log: string},
): Promise<void> {
  const packages = Object.values(module.binaries);
  const named = packages.length === 1 ? join(out, Object.keys(module.binaries)[0] ?? '') : `${out}/`;
  const args = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${ldflags(module)}`];
  const child = spawn(go, [...args, '-o', named, ...packages], {
    cwd: join(labDir, 'go', module.folder),
    env: {...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOTOOLCHAIN: 'local'},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  if (code === 0) return;
  writeFileSync(log, Buffer.concat(chunks));
  const last = Buffer.concat(chunks).toString().trim().split('\n').at(-1);
  throw new LabError(`building ${module.folder} failed: ${last} (everything it said: ${log})`);
}
