import type {Layout} from '../layout.ts';
import {folderOf} from '../layout.ts';
import {gapsByNamespace, wholeNamespaces} from '../gaps.ts';
import {clusterResourcesPlace} from './cluster-resources.ts';

const title = 'a troubleshoot bundle';

/**
 * A support bundle of troubleshoot.sh: `version.yaml` beside `cluster-resources/`, which alone is enough, as sbctl has it
 * (https://troubleshoot.sh/docs/collect/cluster-resources/).
 */
export const troubleshoot: Layout = {
  id: 'troubleshoot',
  title,
  root: paths => folderOf(paths, 'cluster-resources/'),
  place: clusterResourcesPlace,
  gaps: reading => gapsByNamespace(reading, title, wholeNamespaces(reading)),
};
