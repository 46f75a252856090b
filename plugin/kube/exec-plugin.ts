import {spawn} from 'node:child_process';
import {stripVTControlCharacters} from 'node:util';
import {fields, text} from '../../src/kube/shape.ts';
import {millis} from '../../src/snapshot/time.ts';
import {ExternalError, UserError} from '../errors.ts';
import type {Access} from './access.ts';
import type {Credential, Credentials} from './credential.ts';
import type {ExecEntry} from './kubeconfig-shape.ts';

/** Versions of `client.authentication.k8s.io` that are spoken; v1alpha1 left kubectl with 1.24. */
const API_VERSIONS = ['v1', 'v1beta1'].map(v => `client.authentication.k8s.io/${v}`);
/** Extension of a kubeconfig's cluster that is handed to plug-ins. */
const CLUSTER_EXTENSION = 'client.authentication.k8s.io/exec';
/** A credential has some kilobytes; a plug-in that prints more has gone wrong. */
const MAX_OUTPUT = 1024 * 1024;
/** Where nobody sits at a terminal whom it could be waiting for, a plug-in that takes longer hangs. */
const MAX_WAIT_MS = 120_000;
/** At most so much of what a plug-in says goes into an error. */
const MAX_SAID = 2000;

interface ExecStatus {
  expirationTimestamp?: string;
  token?: string;
  clientCertificateData?: string;
  clientKeyData?: string;
}

const answerShape = fields<{apiVersion?: string; status?: ExecStatus}>({
  apiVersion: text,
  status: fields<ExecStatus>({
    expirationTimestamp: text,
    token: text,
    clientCertificateData: text,
    clientKeyData: text,
  }),
});

/**
 * Credentials that a command prints (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
 * However many requests ask at once, it runs once; again only when what it gave has expired or was refused.
 */
export class ExecPlugin implements Credentials {
  readonly #entry: ExecEntry;
  readonly #access: Access;
  readonly #maxWaitMs: number;
  #running: Promise<Credential> | undefined;
  #held: Credential | undefined;
  #expiresAt = Infinity;

  constructor(entry: ExecEntry, access: Access, maxWaitMs = MAX_WAIT_MS) {
    this.#entry = entry;
    this.#maxWaitMs = maxWaitMs;
    this.#access = access;
    if (!API_VERSIONS.includes(entry.apiVersion ?? '')) {
      throw new UserError(
        `the credential plug-in \`${entry.command}\` wants apiVersion \`${entry.apiVersion ?? ''}\`, which is not spoken`,
        {code: 'exec-plugin', fix: [`make it one of ${API_VERSIONS.join(', ')} in the kubeconfig`]},
      );
    }
  }

  current(signal: AbortSignal): Promise<Credential> {
    if (this.#running) return this.#running;
    if (this.#held && Date.now() < this.#expiresAt) return Promise.resolve(this.#held);
    return this.#run(signal);
  }

  async renew(used: Credential, signal: AbortSignal): Promise<boolean> {
    // Another request may have renewed it in the meantime.
    if (this.#held === used && !this.#running) await this.#run(signal);
    return (await this.current(signal)) !== used;
  }

  #run(signal: AbortSignal): Promise<Credential> {
    this.#running = this.#obtain(signal).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #obtain(signal: AbortSignal): Promise<Credential> {
    const interactive = this.#interactive();
    const stdout = await runPlugin(this.#entry, {
      info: this.#info(interactive),
      interactive,
      maxWaitMs: this.#maxWaitMs,
      signal,
    });
    const {apiVersion, status} = parseAnswer(stdout) ?? {};
    const fault = this.#faultOf(apiVersion, status);
    if (fault || !status) throw pluginError(this.#entry, fault ?? 'it gave no status');
    this.#expiresAt = millis(status.expirationTimestamp) ?? Infinity;
    this.#held = {
      ...(status.token && {authorization: `Bearer ${status.token}`}),
      ...(status.clientCertificateData && {cert: status.clientCertificateData}),
      ...(status.clientKeyData && {key: status.clientKeyData}),
    };
    return this.#held;
  }

  #faultOf(apiVersion: string | undefined, status: ExecStatus | undefined): string | undefined {
    if (apiVersion === undefined) return 'its output is no ExecCredential';
    if (apiVersion !== this.#entry.apiVersion) {
      return `it answered in ${apiVersion}, the kubeconfig says ${this.#entry.apiVersion ?? 'nothing'}`;
    }
    if (!status?.token && !status?.clientCertificateData) return 'it gave neither a token nor a certificate';
    if (!status.clientCertificateData !== !status.clientKeyData)
      return 'it gave only one of certificate and key';
    return undefined;
  }

  #interactive(): boolean {
    const mode = this.#entry.interactiveMode ?? 'IfAvailable';
    if (mode === 'Never') return false;
    if (mode === 'Always' && !process.stdin.isTTY) {
      throw pluginError(this.#entry, 'it must ask on a terminal, and standard input is none');
    }
    return process.stdin.isTTY;
  }

  /** `KUBERNETES_EXEC_INFO`, without which some plug-ins refuse to run. */
  #info(interactive: boolean): string {
    const {cluster, server} = this.#access;
    const extension = cluster.extensions?.find(e => e.name === CLUSTER_EXTENSION)?.extension;
    const described = {
      server,
      'tls-server-name': cluster['tls-server-name'],
      'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
      'certificate-authority-data': cluster['certificate-authority-data'],
      'proxy-url': cluster['proxy-url'],
      config: extension,
    };
    return JSON.stringify({
      apiVersion: this.#entry.apiVersion,
      kind: 'ExecCredential',
      spec: {interactive, ...(this.#entry.provideClusterInfo && {cluster: described})},
    });
  }
}

function parseAnswer(stdout: string): {apiVersion?: string; status?: ExecStatus} | undefined {
  try {
    return answerShape(JSON.parse(stdout), '', undefined);
  } catch {
    return undefined;
  }
}

interface PluginRun {
  /** `KUBERNETES_EXEC_INFO`. */
  info: string;
  interactive: boolean;
  maxWaitMs: number;
  signal: AbortSignal;
}

function runPlugin(entry: ExecEntry, {info, interactive, maxWaitMs, signal}: PluginRun): Promise<string> {
  const env: NodeJS.ProcessEnv = {...process.env, KUBERNETES_EXEC_INFO: info};
  for (const {name, value} of entry.env ?? []) env[name] = value;
  const {promise, resolve, reject} = Promise.withResolvers<string>();
  const child = spawn(entry.command, entry.args ?? [], {
    env,
    signal,
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let said = '';
  const giveUp = (why: string): void => {
    child.kill('SIGKILL');
    // Not left to `close`: a process that it started may hold its output open.
    reject(pluginError(entry, why));
  };
  const waited = interactive
    ? undefined
    : setTimeout(() => giveUp(`it did not end within ${maxWaitMs / 1000} s`), maxWaitMs);
  child.on('exit', () => clearTimeout(waited));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (stdout.length <= MAX_OUTPUT) stdout += text;
    if (stdout.length > MAX_OUTPUT) giveUp('it printed more than any credential has');
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    // A plug-in tells people here what to do (a device code to enter), so it is passed on as it comes.
    process.stderr.write(text);
    said = (said + text).slice(-MAX_SAID);
  });
  child.on('error', error => {
    clearTimeout(waited);
    if (error.name === 'AbortError') reject(error);
    else if ('code' in error && error.code === 'ENOENT') reject(notInstalled(entry, error));
    else reject(pluginError(entry, error.message, error));
  });
  child.on('close', (code, killedBy) => {
    if (code === 0) resolve(stdout);
    else
      reject(
        pluginError(
          entry,
          `${code === null ? `it was ended by ${killedBy}` : `it exited with ${code}`}${lastLine(said)}`,
        ),
      );
  });
  return promise;
}

function lastLine(said: string): string {
  const line = stripVTControlCharacters(said).trim().split('\n').at(-1);
  return line ? `: ${line}` : '';
}

function notInstalled(entry: ExecEntry, cause: unknown): UserError {
  const hint = stripVTControlCharacters(entry.installHint ?? '')
    .trim()
    .split('\n')[0];
  return new UserError(`the credential plug-in \`${entry.command}\` of the kubeconfig is not installed`, {
    code: 'exec-plugin',
    fix: [hint || `install \`${entry.command}\` and put it into PATH`],
    cause,
  });
}

function pluginError(entry: ExecEntry, why: string, cause?: unknown): ExternalError {
  return new ExternalError(`the credential plug-in \`${entry.command}\` gave no credentials: ${why}`, {
    code: 'exec-plugin',
    // Its arguments may hold a secret: they are not shown.
    fix: ['run its command by hand; `kubectl config view --minify` shows it'],
    cause,
  });
}
