/**
 * Kubernetes objects as far as checks read them, with the API's own field names. Own types, because the client's
 * would pull Node's into `src`. Everything but identity is optional: captures and manifests hold anything.
 */
export type * from './types/access.ts';
export type * from './types/cluster.ts';
export type * from './types/container.ts';
export type * from './types/controllers.ts';
export type * from './types/extensions.ts';
export type * from './types/network.ts';
export type * from './types/object.ts';
export type * from './types/pod.ts';
export type * from './types/scheduling.ts';
export type * from './types/storage.ts';
