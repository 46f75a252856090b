import type {Trap} from '../../helpers/hns-traps.ts';
import {ID, OTHER, trapTests} from '../../helpers/hns-traps.ts';

const ENDPOINTS: Record<string, Trap<'endpoints'>> = {
  'GUIDs differ in case and braces between generations': {
    given: {v2: {ID: `{${ID}}`, HostComputeNetwork: OTHER}, v1: {ID: ID.toLowerCase(), State: 3}},
    is: {id: ID.toLowerCase(), network: OTHER.toLowerCase(), state: 3},
  },
  'an empty list may be null': {
    given: {v1: {ID, SharedContainers: null, Policies: null}},
    is: {sharedContainers: [], policies: []},
  },
  'an empty list may be an empty object': {
    given: {v1: {ID, SharedContainers: {}, Policies: {}}},
    is: {sharedContainers: [], policies: []},
  },
  'a list that is not there says nothing of containers': {
    given: {v1: {ID}},
    is: {sharedContainers: undefined, policies: []},
  },
  'a list of one may stand without its brackets': {
    given: {v1: {ID, SharedContainers: 'abc', Policies: {Type: 'PA', PA: '10.0.0.1'}}},
    is: {
      sharedContainers: ['abc'],
      policies: [{type: 'ProviderAddress', settings: {ProviderAddress: '10.0.0.1'}}],
    },
  },
  'policies of v1 have names of v2': {
    given: {
      v1: {
        ID,
        Policies: [
          {Type: 'OutBoundNAT', ExceptionList: ['10.0.0.0/8'], VIP: '10.0.0.9'},
          {Type: 'ROUTE', DestinationPrefix: '10.96.0.0/12', NeedEncap: true},
          {Type: 'NAT', InternalPort: 80, ExternalPort: 8080, Protocol: 'TCP'},
        ],
      },
    },
    is: {
      policies: [
        {type: 'OutBoundNAT', settings: {Exceptions: ['10.0.0.0/8'], VirtualIP: '10.0.0.9'}},
        {type: 'SDNRoute', settings: {DestinationPrefix: '10.96.0.0/12', NeedEncap: true}},
        {type: 'PortMapping', settings: {InternalPort: 80, ExternalPort: 8080, Protocol: 'TCP'}},
      ],
    },
  },
  'the namespace of zeros is none': {
    given: {v1: {ID, Namespace: {ID: '00000000-0000-0000-0000-000000000000'}}},
    is: {namespace: undefined},
  },
  'v1 says that an endpoint is remote, and nothing where it is not': {given: {v1: {ID}}, is: {remote: false}},
  'v2 says so by a flag': {given: {v2: {ID, Flags: 1}}, is: {remote: true}},
  'the flag may be a name': {given: {v2: {ID, Flags: 'RemoteEndpoint'}}, is: {remote: true}},
  'MAC addresses have dashes, colons or nothing': {
    given: {v1: {ID, MacAddress: '00:11:22:33:44:AA'}},
    is: {mac: '00-11-22-33-44-aa'},
  },
  'both families of addresses count': {
    given: {
      v1: {
        ID,
        IPAddress: '10.0.0.7',
        IPv6Address: 'FD00::7',
        GatewayAddress: '10.0.0.1',
        GatewayAddressV6: 'fd00::1',
      },
    },
    is: {ips: ['10.0.0.7', 'fd00::7'], gateways: ['10.0.0.1', 'fd00::1']},
  },
  'the VFP port is in an allocator, with a compartment that HNS misspells': {
    given: {
      v1: {
        ID,
        Resources: {
          Allocators: [
            {Tag: 'VFP OutBound NAT Policy'},
            {Tag: 'Endpoint Port', EndpointPortGuid: OTHER, CompartmendId: 4},
          ],
        },
      },
    },
    is: {port: OTHER.toLowerCase(), compartment: 4},
  },
  'v2 keeps the same in what it calls extra': {
    given: {
      v2: {
        ID,
        Health: {
          Extra: {
            SharedContainers: ['abc'],
            Resources: {Allocators: [{Tag: 'Endpoint Port', EndpointPortGuid: OTHER}]},
          },
        },
      },
    },
    is: {port: OTHER.toLowerCase(), sharedContainers: ['abc']},
  },
  'encapsulation is a policy in v2': {
    given: {v2: {ID, Policies: [{Type: 'EncapOverhead', Settings: {Overhead: 50}}]}},
    is: {encapOverhead: 50},
  },
  'times beyond 2^53 stay whole': {
    given: {v1: `[{"ID": "${ID}", "CreateProcessingStartTime": 132178696023852504}]`},
    is: {createdAt: '2019-11-10T14:26:42.385Z'},
  },
  'a time that is none is left out': {
    given: {v1: {ID, CreateProcessingStartTime: 0}},
    is: {createdAt: undefined},
  },
  'settings beyond 2^53 stay whole': {
    given: {v1: `[{"ID": "${ID}", "Policies": [{"Type": "X", "Cookie": 9007199254740993}]}]`},
    is: {policies: [{type: 'X', settings: {Cookie: '9007199254740993'}}]},
  },
  'DNS suffixes of v1 stand between commas': {
    given: {v1: {ID, DNSSuffix: 'default.svc.cluster.local,svc.cluster.local'}},
    is: {dnsSuffixes: ['default.svc.cluster.local', 'svc.cluster.local']},
  },
  'v2 has a domain and a list to search': {
    given: {v2: {ID, Dns: {Domain: 'a.local', Search: ['b.local', 'a.local']}}},
    is: {dnsSuffixes: ['a.local', 'b.local']},
  },
  'a policy that is no object keeps its place': {
    given: {v2: {ID, Policies: ['?', {Type: 'L2Driver'}]}},
    is: {
      policies: [
        {type: '', settings: {}},
        {type: 'L2Driver', settings: {}},
      ],
    },
  },
};

trapTests('endpoints', ENDPOINTS);
