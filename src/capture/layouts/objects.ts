import {RESOURCES} from '../../kube/resources.ts';
import type {Resource} from '../../kube/resources.ts';
import type {Missing} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import {names} from '../gaps.ts';
import type {Layout} from '../layout.ts';
import type {KindReading} from '../reading.ts';

const title = 'a set of objects';

/** Files that cannot hold objects whatever they are called; anything else is looked into. */
const OTHER =
  /\.(?:log|etl|evtx?|pcap(?:ng)?|cab|dmp|exe|dll|png|jpe?g|gif|svg|html?|css|js|csv|md|gz|tgz|tar|zip|7z|xz|zst|so|bin|pem|crt|key)$/i;

/** Any files of objects: `kubectl get … -o json` or `-o yaml`, manifests, a backup of a cluster. */
export const objects: Layout = {
  id: 'objects',
  title,
  root: () => '',
  place: path => (OTHER.test(path) ? undefined : {role: 'objects'}),
  *gaps(reading) {
    for (const resource of RESOURCES) {
      const gap = gapOf(resource, reading.kinds.get(resource.key));
      if (gap) yield [resource.key, gap];
    }
  },
};

/**
 * Nothing says whether such files hold all of a kind. A list of a cluster-scoped kind is taken for whole, and so is one
 * that spans namespaces, as `kubectl get -A` prints it. Objects that came one by one, or of one namespace, are a part.
 */
function gapOf(resource: Resource, kind: KindReading | undefined): Missing | undefined {
  const {plural, namespaced, onlyIn} = resource;
  if (!kind) return missing('unsupported', `${title} was read, and there are no ${plural} in it`);
  const failed = kind.failed.values().next().value;
  if (failed) return failed;
  if (!kind.listed) return missing('not-requested', `${plural} came one by one, so there may be others`);
  if (!namespaced || onlyIn !== undefined || kind.namespaces.size !== 1) return undefined;
  return missing('not-requested', `${plural} are of ${names([...kind.namespaces])} only`);
}
