import type {Trap} from '../../helpers/hns-traps.ts';
import {ID, trapTests} from '../../helpers/hns-traps.ts';

const NETWORKS: Record<string, Trap<'networks'>> = {
  'types have any case in v1': {given: {v1: {ID, Type: 'L2Bridge'}}, is: {type: 'l2bridge'}},
  'v2 leaves out the type of NAT networks': {given: {v2: {ID, Name: 'nat'}}, is: {type: 'nat'}},
  "v1 knows better than what v2's silence means": {
    given: {v2: {ID, Name: 'Default Switch'}, v1: {ID, Type: 'ICS'}},
    is: {type: 'ics'},
  },
  'a type that nobody knows is kept': {
    given: {v2: {ID, Type: 'ConstrainedICS'}},
    is: {type: 'constrainedics'},
  },
  'a schema that nobody knows is read as far as it is known': {
    given: {v2: {ID, Type: 'Overlay', SchemaVersion: {Major: 7, Minor: 1}, Brand: {New: [1]}}},
    is: {type: 'overlay'},
  },
  'DNS servers of v1 stand between commas': {
    given: {v1: {ID, DNSServerList: '10.96.0.10, 168.63.129.16', DNSSuffix: 'svc.cluster.local'}},
    is: {dns: ['10.96.0.10', '168.63.129.16'], dnsSuffix: 'svc.cluster.local'},
  },
  'DNS servers of v2 are a list': {
    given: {v2: {ID, Dns: {ServerList: ['10.96.0.10'], Domain: 'svc.cluster.local'}}},
    is: {dns: ['10.96.0.10'], dnsSuffix: 'svc.cluster.local'},
  },
  'both families of management addresses count': {
    given: {v1: {ID, ManagementIP: '10.1.36.50', ManagementIPv6: 'FD00::1'}},
    is: {managementIps: ['10.1.36.50', 'fd00::1']},
  },
  'flags may be names, as the schema has them': {
    given: {v2: {ID, Flags: 'EnableDns, EnableNonPersistent'}},
    is: {flags: 9},
  },
  'flags may be texts': {given: {v2: {ID, Flags: '265'}}, is: {flags: 265}},
  'the VSID is in policies of subnets, in v2 as the isolation': {
    given: {
      v2: {
        ID,
        Type: 'Overlay',
        Ipams: [
          {
            Subnets: [
              {
                IpAddressPrefix: '10.244.1.0/24',
                Policies: [{Type: 'VSID', Settings: {IsolationId: 4096}}],
                Routes: [{NextHop: '10.244.1.1', DestinationPrefix: '0.0.0.0/0'}],
              },
            ],
          },
        ],
      },
    },
    is: {
      subnets: [
        {
          prefix: '10.244.1.0/24',
          gateway: '10.244.1.1',
          vsid: 4096,
          policies: [{type: 'VSID', settings: {IsolationId: 4096}}],
          routes: [{destination: '0.0.0.0/0', nextHop: '10.244.1.1'}],
        },
      ],
    },
  },
  'the adapter is a policy in v2': {
    given: {v2: {ID, Policies: [{Type: 'NetAdapterName', Settings: {NetworkAdapterName: 'Ethernet 2'}}]}},
    is: {adapter: 'Ethernet 2'},
  },
  'the MTU is in the allocator of the external adapter': {
    given: {
      v1: {
        ID,
        Resources: {
          Allocators: [
            {Tag: 'Host Vnic', MTU: 1},
            {Tag: 'External Adapter Info', MTU: 1500},
          ],
        },
      },
    },
    is: {mtu: 1500},
  },
  'settings of a policy may be JSON in a text': {
    given: {v2: {ID, Policies: [{Type: 'VlanPolicy', Settings: '{"IsolationId": 7}'}]}},
    is: {policies: [{type: 'VlanPolicy', settings: {IsolationId: 7}}]},
  },
  'errors of the object itself are kept, none is not': {
    given: {v1: {ID, Health: {LastErrorCode: 2_151_350_295}}},
    is: {lastError: 2_151_350_295},
  },
  'health without an error is none': {
    given: {v1: {ID, Health: {LastErrorCode: 0}}},
    is: {lastError: undefined},
  },
};

trapTests('networks', NETWORKS);
