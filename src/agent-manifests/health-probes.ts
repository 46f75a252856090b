import {AGENT_PORT} from '../protocol/names.ts';

/** The kubelet asks from the node itself, so it reaches a listener on loopback. The path is the one that wants no signature. */
const GET = {path: '/v1/healthz', port: AGENT_PORT, host: '127.0.0.1', scheme: 'HTTP'};

/** How the kubelet sees that an agent serves. A node under load answers late: only a minute of silence ends an agent. */
export function healthProbes(): object {
  return {
    readinessProbe: {httpGet: GET, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 2},
    livenessProbe: {
      httpGet: GET,
      initialDelaySeconds: 15,
      periodSeconds: 20,
      timeoutSeconds: 10,
      failureThreshold: 3,
    },
  };
}
