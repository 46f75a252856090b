import {UsageError} from '../config/usage.ts';
import type {ApiServerAccess} from './api-server.ts';

/** Flags of the metrics listener. Without `--metrics-address` there is none. */
export const METRICS_FLAGS = [
  'metrics-address',
  'metrics-cert-file',
  'metrics-key-file',
  'metrics-api-server',
  'metrics-api-ca-file',
  'metrics-api-token-file',
] as const;

/** What the metrics listener is made from. */
export interface MetricsConfig {
  readonly host: string;
  readonly port: number;
  readonly certFile: string;
  readonly keyFile: string;
  readonly api: ApiServerAccess;
}

type Flags = Readonly<Partial<Record<(typeof METRICS_FLAGS)[number], string>>>;

/**
 * Reads the metrics flags; `undefined` where none is given. The API server's address is `KUBERNETES_SERVICE_HOST` and
 * `_PORT` unless a flag gives it. Throws a {@link UsageError} where some are given and one lacks.
 */
export function metricsConfig(
  flags: Flags,
  env: Readonly<Record<string, string | undefined>>,
): MetricsConfig | undefined {
  if (METRICS_FLAGS.every(name => flags[name] === undefined)) return undefined;
  const need = (name: (typeof METRICS_FLAGS)[number]): string => {
    const value = flags[name];
    if (value === undefined) throw new UsageError(`metrics need --${name}, too`);
    return value;
  };
  const address = need('metrics-address');
  const [, ipv6, ipv4, port = ''] = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):([0-9]{1,5})$/.exec(address) ?? [];
  const host = ipv6 ?? ipv4;
  if (host === undefined || Number(port) > 65_535)
    throw new UsageError(
      `--metrics-address ${JSON.stringify(address)} is no address with a port: 0.0.0.0:10271`,
    );
  return {
    host,
    port: Number(port),
    certFile: need('metrics-cert-file'),
    keyFile: need('metrics-key-file'),
    api: {
      url: apiServer(flags['metrics-api-server'], env),
      caFile: need('metrics-api-ca-file'),
      tokenFile: need('metrics-api-token-file'),
    },
  };
}

function apiServer(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): URL {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const inCluster =
    host === undefined
      ? undefined
      : `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`;
  const given = flag ?? inCluster;
  if (given === undefined) throw new UsageError('metrics need --metrics-api-server, too');
  const url = URL.parse(given);
  if (url?.protocol !== 'https:')
    throw new UsageError(`--metrics-api-server ${JSON.stringify(given)} is no https:// address`);
  return url;
}
