import type {HnsVersion} from '../hns/model.ts';

/** What HNS can do by its version, as kube-proxy asks it; undefined where the version is not known. */
export interface HnsFeatures {
  /** Direct server return. */
  dsr: boolean | undefined;
  dualStack: boolean | undefined;
  /** Distribution by source address. */
  sessionAffinity: boolean | undefined;
  /** Load balancers are changed in place, and not made anew. */
  modifyLoadBalancer: boolean | undefined;
}

/**
 * Versions from which HNS can do what kube-proxy asks for
 * (https://github.com/microsoft/hnslib/blob/main/hcn/hcnglobals.go, `GetSupportedFeatures`).
 */
export function featuresOf(version: HnsVersion | undefined): HnsFeatures {
  const from = (major: number, minor: number): boolean | undefined =>
    version && (version.major > major || (version.major === major && version.minor >= minor));
  return {
    dsr: version && (from(10, 2) === true || (version.major === 9 && version.minor >= 3)),
    dualStack: from(11, 10),
    sessionAffinity: from(12, 0),
    modifyLoadBalancer: from(15, 4),
  };
}
