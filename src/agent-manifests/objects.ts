import {daemonSet} from './daemon-set.ts';
import type {Expiry} from './expiry-job.ts';
import {expiryJob} from './expiry-job.ts';
import {expiryAccount, expiryRights} from './expiry-rights.ts';
import {criticalPodsQuota, namespace} from './namespace.ts';
import {bindings, namespaceRoles} from './namespace-roles.ts';
import {securityContextConstraints} from './open-shift.ts';
import {ROLES} from './role-names.ts';
import {keySecret} from './secret.ts';
import type {AgentSettings, ManifestObject, ManifestOwner} from './settings.ts';

/** What is created, in three steps, as later ones may belong to earlier ones. */
export interface AgentObjects {
  namespace: ManifestObject;
  /** Cluster-scoped ones; with `--ttl` they belong to the namespace. */
  cluster: ManifestObject[];
  /** The Job of `--ttl` and its account; it owns all `members`. */
  expiry: ManifestObject[];
  members: ManifestObject[];
}

/** Everything that `agent install` creates. */
export function objectsFor(settings: AgentSettings, expiry?: Expiry): AgentObjects {
  return {
    namespace: namespace(settings),
    cluster: [
      ...(settings.openShift ? [securityContextConstraints()] : []),
      ...(expiry ? expiryRights() : []),
    ],
    expiry: expiry ? [expiryAccount(), expiryJob(settings, expiry)] : [],
    members: [
      criticalPodsQuota(),
      ...(settings.key === undefined ? [] : [keySecret(settings.key)]),
      ...namespaceRoles(),
      // Exec alone finds no pod and reads no key.
      ...bindings(ROLES.use, [...settings.users, ...settings.execUsers]),
      ...bindings(ROLES.exec, settings.execUsers),
      ...settings.os.map(os => daemonSet(os, settings)),
    ],
  };
}

/** All of them, in the order of creation. */
export function inOrder({namespace: space, cluster, expiry, members}: AgentObjects): ManifestObject[] {
  return [space, ...cluster, ...expiry, ...members];
}

/** The same object, which goes when its owner goes. */
export function ownedBy(object: ManifestObject, owner: ManifestOwner): ManifestObject {
  return {...object, metadata: {...object.metadata, ownerReferences: [owner]}};
}
