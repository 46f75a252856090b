import test from 'ava';
import type {HnsKind} from '../../../src/hns/readings.ts';
import {HNS_READINGS} from '../../../src/hns/readings.ts';
import type {Trap} from '../../helpers/hns-traps.ts';
import {ID, OTHER, one, trapTests} from '../../helpers/hns-traps.ts';

const NAMESPACES: Record<string, Trap<'namespaces'>> = {
  'in v2 the id is a compartment and the GUID another field': {
    given: {v2: {NamespaceGuid: ID, NamespaceId: 5, Type: 'HostDefault', Resources: []}},
    is: {id: ID.toLowerCase(), compartment: 5, isDefault: true, type: 'HostDefault'},
  },
  'resources of v1 are allocators, and what is in it a list of another name': {
    given: {
      v1: {
        ID,
        CompartmentId: 6,
        Resources: {Allocators: []},
        ResourceList: [{Type: 'Endpoint', Data: {Id: OTHER}}],
        State: 4,
      },
    },
    is: {endpoints: [OTHER.toLowerCase()], state: 4, compartment: 6},
  },
  'containers may be named twice': {
    given: {v1: {ID, Containers: ['a', 'a', 'b']}},
    is: {containers: ['a', 'b']},
  },
  'v2 lists containers among resources': {
    given: {
      v2: {
        ID,
        Resources: [
          {Type: 'Container', Data: {Id: 'a'}},
          {Type: 'Endpoint', Data: {Id: OTHER}},
          {Type: 'Later', Data: 7},
        ],
      },
    },
    is: {containers: ['a'], endpoints: [OTHER.toLowerCase()]},
  },
};

const PORT = {protocol: 6, internal: 8080, external: 80, distribution: 0, flags: 0};
const BALANCERS: Record<string, Trap<'loadbalancers'>> = {
  'v1 refers to endpoints by path': {
    given: {
      v1: {
        ID,
        References: [`/endpoints/${OTHER}`],
        Policies: [
          {
            Type: 'ELB',
            Protocol: 6,
            InternalPort: 8080,
            ExternalPort: 80,
            VIPs: ['10.96.0.1'],
            SourceVIP: '10.1.0.2',
          },
        ],
        State: 2,
      },
    },
    is: {
      endpoints: [OTHER.toLowerCase()],
      ports: [PORT],
      vips: ['10.96.0.1'],
      sourceVip: '10.1.0.2',
      state: 2,
      dsr: false,
    },
  },
  'v1 says by words what v2 says by flags': {
    given: {
      v1: {
        ID,
        Policies: [
          {
            Type: 'ELB',
            Protocol: 6,
            InternalPort: 8080,
            ExternalPort: 80,
            ILB: true,
            LocalRoutedVip: 'True',
            IsDSR: true,
          },
        ],
      },
    },
    is: {ports: [{...PORT, flags: 3}], dsr: true},
  },
  'flags of v1 are others': {
    given: {v1: {ID, Flags: 3, Policies: [{Type: 'ELB'}]}},
    is: {dsr: false, ipv6: false},
  },
  'a policy list that balances nothing is no load balancer': {
    given: {v1: {ID, Policies: [{Type: 'ROUTE'}]}},
    is: {},
  },
  'a node port has no address': {
    given: {
      v2: {
        ID,
        HostComputeEndpoints: [OTHER],
        PortMappings: [{Protocol: 6, InternalPort: 8080, ExternalPort: 80}],
      },
    },
    is: {vips: [], ports: [PORT]},
  },
  'protocols, ports and flags may be texts': {
    given: {
      v2: {
        ID,
        PortMappings: [
          {
            Protocol: 'TCP',
            InternalPort: '8080',
            ExternalPort: '80',
            Flags: 'LocalRoutedVIP',
            DistributionType: 'SourceIP',
          },
        ],
        Flags: '3',
      },
    },
    is: {ports: [{...PORT, flags: 2, distribution: 2}], dsr: true, ipv6: true},
  },
  'an address of the other family tells the family': {
    given: {v2: {ID, PortMappings: [], FrontendVIPs: ['fd00::1']}},
    is: {ipv6: true},
  },
};

const ROUTES: Record<string, Trap<'sdnroutes'>> = {
  'the schema calls its list routes': {
    given: {
      v2: {
        ID,
        HostComputeEndpoints: [OTHER],
        Routes: [{DestinationPrefix: '10.0.0.0/8', NextHop: '10.0.0.1', NeedEncap: true}],
      },
    },
    is: {
      endpoints: [OTHER.toLowerCase()],
      routes: [{destination: '10.0.0.0/8', nextHop: '10.0.0.1', needEncap: true}],
    },
  },
  'hcsshim calls it setting': {
    given: {v2: {ID, HostComputeEndpoints: [], Setting: [{DestinationPrefix: '10.0.0.0/8'}]}},
    is: {routes: [{destination: '10.0.0.0/8'}]},
  },
};

trapTests('namespaces', NAMESPACES);
trapTests('loadbalancers', BALANCERS);
trapTests('sdnroutes', ROUTES);

test('answers that hold no list have no objects', t => {
  for (const text of ['null', '{}', '[]', '""', '7', '[null, 7, "x", []]'])
    for (const kind of Object.keys(HNS_READINGS))
      t.is(one(kind as HnsKind, {v2: text}), undefined, `${kind} ${text}`);
});

test('an answer in the envelope of HNSCall is read, and one object alone', t => {
  t.is(one('networks', {v1: `{"Success": true, "Output": [{"ID": "${ID}"}]}`})?.id, ID.toLowerCase());
  t.is(one('networks', {v1: `{"ID": "${ID}"}`})?.id, ID.toLowerCase());
});
