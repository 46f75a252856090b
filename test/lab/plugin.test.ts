import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {connect, createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import ava from 'ava';
import {parse, stringify} from 'yaml';
import type {DoctorReport} from '../../src/report/report.ts';
import {startLab, type TestLab} from './lab.ts';
import {buildLab} from './parts/build.ts';
import type {User} from './parts/users.ts';

// One control plane for all, each process on a core of its own.
const test = ava.serial;
const repository = join(import.meta.dirname, '../..');

let lab: TestLab;
let kubectl: string;

test.before(async () => {
  const built = spawnSync(process.execPath, [join(repository, 'scripts/build.ts'), '--quiet'], {
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the build failed');
  kubectl = (await buildLab(() => undefined)).get('kubectl') ?? '';
  lab = await startLab();
});

test.after.always(async () => lab?.stop());

/** A user's machine: kubectl and the plugin on PATH, a home and a folder for temporary files that are empty. */
class Machine {
  readonly home = mkdtempSync(join(tmpdir(), 'kubectl-win-home-'));
  readonly temporary = join(this.home, 'tmp');
  readonly env: NodeJS.ProcessEnv;

  constructor(t: ExecutionContext, kubeconfig: string) {
    t.teardown(() => rmSync(this.home, {recursive: true}));
    const bin = join(this.home, 'bin');
    for (const folder of [bin, this.temporary]) mkdirSync(folder);
    symlinkSync(kubectl, join(bin, 'kubectl'));
    symlinkSync(join(repository, 'bin/kubectl-win'), join(bin, 'kubectl-win'));
    this.env = {
      PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: this.home,
      TMPDIR: this.temporary,
      XDG_CACHE_HOME: join(repository, 'build/test-cache'),
      KUBECONFIG: kubeconfig,
    };
  }

  /** Runs `kubectl win` with these arguments in the home. */
  win(...args: string[]) {
    const {status, stdout, stderr} = spawnSync('kubectl', ['win', ...args], this.options);
    return {status, stdout, stderr};
  }

  /** Everything that lies about, less what was there from the start. */
  leftBehind(): string[] {
    const own = new Set(['bin', 'tmp']);
    return [...readdirSync(this.home).filter(name => !own.has(name)), ...readdirSync(this.temporary)];
  }

  get options() {
    return {cwd: this.home, env: this.env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20} as const;
  }
}

const as = (t: ExecutionContext, user: User): Machine => new Machine(t, lab.kubeconfigs[user]);

function findingsOf(stdout: string): string[] {
  const {findings} = JSON.parse(stdout) as DoctorReport;
  return findings.map(f => `${f.id} ${f.fingerprint}`).toSorted();
}

test('kubectl lists the plugin and runs it; a healthy cluster is exit code 0', t => {
  const machine = as(t, 'admin');
  const listed = spawnSync('kubectl', ['plugin', 'list'], machine.options);
  t.regex(listed.stdout, /\/bin\/kubectl-win$/m);
  t.notRegex(listed.stderr, /warning/i);
  const {status, stdout, stderr} = machine.win('doctor');
  t.is(status, 0, stdout + stderr);
  t.regex(stdout, /^No errors?\b|^0 errors|^Nothing/im);
  t.is(stderr, '');
  t.deepEqual(machine.leftBehind(), []);
});

test('a user who may only read learns the same as an administrator', t => {
  const [reader, admin] = (['reader', 'admin'] as const).map(user => as(t, user).win('doctor', '-o', 'json'));
  t.is(reader?.status, 0, reader?.stderr);
  t.deepEqual(findingsOf(reader?.stdout ?? ''), findingsOf(admin?.stdout ?? ''));
  t.notRegex(reader?.stdout ?? '', /"denied"/);
});

test('a warning is exit code 1 for whom warnings matter, and 0 for others', async t => {
  const machine = as(t, 'reader');
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'hungry', namespace: 'default'},
    spec: {
      os: {name: 'windows'},
      nodeSelector: {'kubernetes.io/os': 'windows'},
      containers: [{name: 'app', image: 'registry.example.com/app:1'}],
    },
  };
  const file = join(machine.temporary, 'pod.yaml');
  writeFileSync(file, stringify(pod));
  await lab.kubectl(['apply', '-f', file]);
  try {
    const strict = machine.win('doctor', '--fail-on', 'warning');
    t.is(strict.status, 1, strict.stdout + strict.stderr);
    t.regex(strict.stdout, /^warning SCH010 [^]*Pod default\/hungry/m);
    const lenient = machine.win('doctor');
    t.is(lenient.status, 0);
    t.regex(lenient.stdout, /^warning SCH010 /m);
  } finally {
    await lab.kubectl(['delete', 'pod', 'hungry', '--now']);
  }
});

test('a user without rights, and a server that is not there, are exit code 3 and clear', t => {
  const denied = as(t, 'nobody').win('doctor');
  t.is(denied.status, 3, denied.stdout);
  t.is(denied.stdout, '');
  t.regex(denied.stderr, /^error: /);
  const gone = as(t, 'admin').win('doctor', '--server', 'https://127.0.0.1:1');
  t.is(gone.status, 3);
  t.regex(gone.stderr, /^error: nothing listens at https:\/\/127\.0\.0\.1:1/);
});

test('a reader that goes away early ends it quietly', t => {
  const {status, stdout, stderr} = spawnSync(
    'bash',
    ['-c', 'for format in text json; do kubectl win doctor -o $format | head -n 1; done'],
    as(t, 'reader').options,
  );
  t.is(status, 0);
  t.is(stderr, '');
  t.is(stdout.split('\n').length, 3);
});

/** Passes on to the lab what the plugin sends, and of the answers so many bytes: then it holds its breath. */
async function stallingProxy(bytes: number): Promise<{server: Server; port: number; stalled: Promise<void>}> {
  const target = new URL(lab.server);
  let passed = 0;
  const {promise: stalled, resolve} = Promise.withResolvers<void>();
  const server = createServer(client => {
    const upstream = connect(Number(target.port), target.hostname);
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed <= bytes) client.write(chunk);
      else resolve();
    });
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {server, port: typeof address === 'object' && address ? address.port : 0, stalled};
}

test('Ctrl-C in the middle of a slow collection ends it within two seconds, and nothing is left', async t => {
  // Connections cost some thousand bytes each: some lists are through, none of them all.
  const {server, port, stalled} = await stallingProxy(30_000);
  t.teardown(() => server.close());
  const machine = as(t, 'reader');
  const config = parse(readFileSync(lab.kubeconfigs.reader, 'utf8'));
  config.clusters[0].cluster.server = `https://127.0.0.1:${port}`;
  const kubeconfig = `${lab.kubeconfigs.reader}-stalling`;
  writeFileSync(kubeconfig, stringify(config), {mode: 0o600});
  t.teardown(() => rmSync(kubeconfig));

  const child = spawn('kubectl', ['win', 'doctor', '--output-file', 'report.txt'], {
    cwd: machine.home,
    env: {...machine.env, KUBECONFIG: kubeconfig},
    detached: true,
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const ended = once(child, 'close');
  await Promise.race([stalled, ended]);
  t.is(child.exitCode, null, `it ended by itself: ${Buffer.concat(said).toString()}`);

  const interrupted = performance.now();
  // A terminal tells the whole group.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [code] = await ended;
  const ms = performance.now() - interrupted;
  t.is(code, 130);
  t.true(ms < 2000, `${ms} ms`);
  t.notRegex(Buffer.concat(said).toString(), /\n\s+at /, 'no stack');
  t.throws(() => process.kill(-(child.pid ?? 0), 0), {code: 'ESRCH'});
  t.false(existsSync(join(machine.home, 'report.txt')));
  t.deepEqual(machine.leftBehind(), []);
});
