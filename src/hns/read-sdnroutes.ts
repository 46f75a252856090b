import type {HnsPlace, HnsSdnRoute} from './model.ts';
import type {RawObject} from './values.ts';
import {field, flagIn, guidOf, known, objectsIn, readIn, textOf} from './values.ts';

/**
 * Reads an SDN route (`hns/sdnroutes.json`). The schema calls its list `Routes`, hcsshim `Setting`
 * (https://github.com/microsoft/hcsshim/blob/main/hcn/hcnroute.go).
 */
export function readSdnRoute(raw: RawObject, at: HnsPlace): HnsSdnRoute {
  return {
    at,
    id: guidOf(field(raw, 'ID', 'Id')) ?? '',
    endpoints: readIn(raw['HostComputeEndpoints'], guidOf),
    routes: objectsIn(field(raw, 'Routes', 'Setting')).map(route =>
      known<HnsSdnRoute['routes'][number]>({
        destination: textOf(route['DestinationPrefix']) ?? '',
        nextHop: textOf(route['NextHop']),
        needEncap: flagIn(route['NeedEncap']),
      }),
    ),
  };
}
