import {ConnectionError} from './api-error.ts';

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);

/** Says in one line what a socket, TLS or DNS error means for the user. An abort and our own errors pass unchanged. */
export function explainConnection(error: unknown, server: string): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError' || error instanceof ConnectionError)
    return error;
  const code = 'code' in error ? String(error.code) : '';
  const {host, hostname} = new URL(server);
  const network = networkFault(code, server, host, hostname);
  if (network) return new ConnectionError(network.fault, network.message, {fix: network.fix, cause: error});
  const tls = tlsFault(code, error.message, server, hostname);
  if (tls) return new ConnectionError('tls', tls.message, {fix: tls.fix, cause: error});
  return new ConnectionError('unreachable', `the API server ${server} could not be asked: ${error.message}`, {
    cause: error,
  });
}

interface Explained {
  fault: 'unreachable' | 'dns' | 'cut' | 'timeout';
  message: string;
  fix: string[];
}

function networkFault(code: string, server: string, host: string, hostname: string): Explained | undefined {
  const fix = ['kubectl cluster-info', 'kubectl config view --minify'];
  switch (code) {
    case 'ECONNREFUSED':
      return {fault: 'unreachable', message: `nothing listens at ${server} (connection refused)`, fix};
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        fault: 'unreachable',
        message: `there is no route to the API server ${host}`,
        fix: ['check the VPN or network', ...fix],
      };
    case 'ETIMEDOUT':
      return {
        fault: 'timeout',
        message: `the API server ${host} does not answer (timed out)`,
        fix: ['check the VPN, network or firewall', ...fix],
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        fault: 'dns',
        message: `the API server's name ${hostname} does not resolve (${code})`,
        fix: ['check the VPN or DNS', ...fix],
      };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return {fault: 'cut', message: `the connection to ${server} was cut`, fix};
    default:
      return undefined;
  }
}

function tlsFault(
  code: string,
  said: string,
  server: string,
  hostname: string,
): {message: string; fix: string[]} | undefined {
  if (UNTRUSTED.has(code)) {
    return {
      message: `the certificate of ${server} is not signed by the authority that the kubeconfig names (${code})`,
      fix: ["put the cluster's CA into the kubeconfig, or name it with `--certificate-authority FILE`"],
    };
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        message: `the certificate of ${server} has expired`,
        fix: ["renew the API server's certificate, or check this machine's clock"],
      };
    case 'CERT_NOT_YET_VALID':
      return {message: `the certificate of ${server} is not valid yet`, fix: ["check this machine's clock"]};
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        message: `the certificate of ${server} is not made out to ${hostname}`,
        fix: ['name what it is made out to with `--tls-server-name NAME`'],
      };
    case 'EPROTO':
      return /wrong version number|packet length too long/i.test(said)
        ? {
            message: `${server} does not speak TLS`,
            fix: ["check the scheme and port of the cluster's server in the kubeconfig"],
          }
        : {message: `TLS with ${server} failed: ${lastReason(said)}`, fix: ['kubectl config view --minify']};
    default:
      break;
  }
  if (/^ERR_SSL|^ERR_TLS|^ERR_OSSL/.test(code)) {
    return {
      message: `TLS with ${server} failed: ${lastReason(said)}`,
      fix: ['check the client certificate and CA of the kubeconfig'],
    };
  }
  return undefined;
}

/** OpenSSL says `id:error:…:routines:function:reason:file:line`: the reason is what helps. */
function lastReason(said: string): string {
  const parts = said.split(':');
  return (parts.length > 5 ? parts[5] : said)?.trim() ?? said;
}
