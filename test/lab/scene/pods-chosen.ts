import {ApiError, type Api} from '../parts/api.ts';

interface Pod {
  metadata: {name: string; namespace: string; uid: string};
  spec: {nodeName?: string};
}

/** Which pods a scene means: by label, and where it says so by node. A Deployment's pods have random names. */
export interface PodChoice {
  namespace: string | undefined;
  selector: string;
  nodes?: string[] | undefined;
}

/** The pods chosen. None is a 404: they may only not be there yet. */
export async function podsChosen(api: Api, {namespace, selector, nodes}: PodChoice): Promise<Pod[]> {
  const path = `/api/v1/namespaces/${namespace ?? 'default'}/pods?labelSelector=${encodeURIComponent(selector)}`;
  // The list that was asked for.
  const {items} = (await api.send('GET', path)) as {items: Pod[]};
  const chosen = items.filter(pod => nodes === undefined || nodes.includes(pod.spec.nodeName ?? ''));
  if (chosen.length > 0) return chosen;
  throw new ApiError(
    404,
    `${namespace}: no pod has the labels ${selector}${nodes ? ` on ${nodes.join()}` : ''}`,
  );
}
