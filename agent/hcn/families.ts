/** Kinds of HCN objects, as the functions of computenetwork.dll spell them: `HcnOpenNetwork`, `HcnEnumerateNetworks`. */
export const HCN_TYPES = ['Network', 'Endpoint', 'LoadBalancer', 'Namespace', 'SdnRoute'] as const;
export type HcnType = (typeof HCN_TYPES)[number];

/** What one child process asks: HNS v1 and HCN v2 know different fields of the same objects, so both are read. */
export interface Family {
  /** `GET` of vmcompute.dll's HNSCall; `list` where the answer is an array of objects. */
  readonly v1?: {readonly path: string; readonly file: string; readonly list: boolean};
  readonly v2?: {readonly type: HcnType; readonly file: string};
}

/** The families by the last part of their collector's name; files as CONTRACT §4 names them. */
export const FAMILIES = {
  version: {v1: {path: '/globals/version', file: 'hns/version.json', list: false}},
  networks: {
    v1: {path: '/networks/', file: 'hns/v1-networks.json', list: true},
    v2: {type: 'Network', file: 'hns/networks.json'},
  },
  endpoints: {
    v1: {path: '/endpoints/', file: 'hns/v1-endpoints.json', list: true},
    v2: {type: 'Endpoint', file: 'hns/endpoints.json'},
  },
  loadbalancers: {
    v1: {path: '/policylists/', file: 'hns/v1-policylists.json', list: true},
    v2: {type: 'LoadBalancer', file: 'hns/loadbalancers.json'},
  },
  namespaces: {
    v1: {path: '/namespaces/', file: 'hns/v1-namespaces.json', list: true},
    v2: {type: 'Namespace', file: 'hns/namespaces.json'},
  },
  sdnroutes: {v2: {type: 'SdnRoute', file: 'hns/sdnroutes.json'}},
  portpools: {v1: {path: '/portpools/', file: 'hns/portpools.json', list: false}},
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;

/** All of them, in the order of `COLLECTORS`. */
export const FAMILY_NAMES = [
  'version',
  'networks',
  'endpoints',
  'loadbalancers',
  'namespaces',
  'sdnroutes',
  'portpools',
] as const satisfies readonly FamilyName[];

/** What the files of a family say that they were asked with. */
export function sourcesOf(family: Family): {file: string; source: string}[] {
  const {v1, v2} = family;
  return [
    ...(v1 ? [{file: v1.file, source: `HNSCall GET ${v1.path}`}] : []),
    ...(v2 ? [{file: v2.file, source: `HcnEnumerate${v2.type}s`}] : []),
  ];
}
