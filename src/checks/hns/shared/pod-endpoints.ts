import type {HnsEndpoint, HnsNamespace} from '../../../hns/model.ts';

/** Removed, and only still listed. */
const DESTROYED = 6;

/** Endpoints in network namespaces of pods: not remote ones, and not those of the host itself. */
export function podEndpoints(
  endpoints: readonly HnsEndpoint[],
  namespaces: readonly HnsNamespace[],
): HnsEndpoint[] {
  const ofHost = new Set(namespaces.filter(n => n.isDefault).map(n => n.id));
  return endpoints.filter(
    ({remote, namespace, state}) =>
      !remote && namespace !== undefined && !ofHost.has(namespace) && state !== DESTROYED,
  );
}
