import {maskSecrets} from '../../src/redact/quoted.ts';
import {fields, integer, text} from '../../src/kube/shape.ts';
import {ExternalError} from '../errors.ts';

/** What of a `Status` object (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/) is used. */
interface Status {
  reason?: string;
  message?: string;
  code?: number;
  metadata?: {continue?: string};
}

const statusShape = fields<Status>({
  reason: text,
  message: text,
  code: integer,
  metadata: fields<{continue?: string}>({continue: text}),
});

/** Longer explanations are no sentences. */
const MAX_SAID = 1000;

/** The API server answered, and said no. */
export class ApiStatusError extends ExternalError {
  override readonly name = 'ApiStatusError';
  readonly status: number;
  readonly reason: string;
  /** With 410: a token that goes on from the same place, at the cost of a list that is of two moments. */
  readonly continueToken: string | undefined;

  constructor(path: string, status: number, body: string, method = 'GET') {
    const said = parseStatus(body);
    const message = maskSecrets((said?.message ?? oneLine(body)).slice(0, MAX_SAID));
    super(`${method} ${path}: HTTP ${status}${message ? `: ${message}` : ''}`, {code: `http-${status}`});
    this.status = status;
    this.reason = said?.reason ?? '';
    this.continueToken = said?.metadata?.continue;
  }
}

/** What went wrong below HTTP. */
export type ConnectionFault = 'unreachable' | 'dns' | 'tls' | 'cut' | 'timeout' | 'garbage';

/** No whole answer came from the API server. */
export class ConnectionError extends ExternalError {
  override readonly name = 'ConnectionError';
  readonly fault: ConnectionFault;

  constructor(
    fault: ConnectionFault,
    message: string,
    facts: {fix?: readonly string[]; cause?: unknown} = {},
  ) {
    super(message, {code: fault, ...facts});
    this.fault = fault;
  }
}

function parseStatus(body: string): Status | undefined {
  try {
    return statusShape(JSON.parse(body), '', undefined);
  } catch {
    return undefined;
  }
}

/** Proxies answer with pages: the first line will do, without control characters. */
function oneLine(body: string): string {
  const [first = ''] = body
    .slice(0, 64 * MAX_SAID)
    .trim()
    .split('\n');
  return first.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 200);
}
