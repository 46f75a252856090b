import {ApiError, type Api, type LabObject} from '../parts/api.ts';
import {patiently} from './patience.ts';

interface Involved {
  apiVersion?: string;
  kind: string;
  namespace?: string;
  name?: string;
  uid?: string;
  /** Ours: a label selector in the place of a name, since a Deployment's pods have random ones. */
  selector?: string;
}

/** Creates an event, or one for each pod that `involvedObject.selector` chooses. */
export async function createEvents(api: Api, event: LabObject): Promise<void> {
  // Scenes write v1 events, which all have one.
  const {selector, ...involved} = event['involvedObject'] as Involved;
  const targets = selector === undefined ? [involved] : await chosenBy(api, selector, involved);
  for (const [i, target] of targets.entries()) {
    const name = targets.length === 1 ? event.metadata.name : `${event.metadata.name}.${i}`;
    await patiently(() =>
      api.create({...event, metadata: {...event.metadata, name}, involvedObject: target}),
    );
  }
}

async function chosenBy(api: Api, selector: string, involved: Involved): Promise<Involved[]> {
  const list = await api.path({
    apiVersion: 'v1',
    kind: involved.kind,
    metadata: involved.namespace === undefined ? {} : {namespace: involved.namespace},
  });
  return patiently(async () => {
    // The list that was asked for.
    const {items} = (await api.send('GET', `${list}?labelSelector=${encodeURIComponent(selector)}`)) as {
      items: {metadata: {name: string; uid: string}}[];
    };
    if (items.length === 0) throw new ApiError(404, `no ${involved.kind} has the labels ${selector}`);
    return items.map(({metadata}) => ({
      apiVersion: 'v1',
      ...involved,
      name: metadata.name,
      uid: metadata.uid,
    }));
  });
}
