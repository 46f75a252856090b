import test from 'ava';
import {readAdapters, readRoutes} from '../../../src/node/net.ts';
import {NO_VFP, takeVfp} from '../../../src/node/vfp.ts';

test('an adapter is known by its interface and compartment, and has its place in the file', t => {
  const [broken, adapter] = [{index: 3}, {name: 'pod', index: 31, compartment: 2, mtu: 1450, status: 'up'}];
  t.deepEqual(readAdapters([broken, adapter]), [
    {...adapter, index: 1, interface: 31, addresses: [], gateways: [], dns: []},
  ]);
});

test('a route of an agent that knows no compartments is of the host', t => {
  t.deepEqual(readRoutes([{destination: '0.0.0.0/0', nextHop: '10.0.0.1', index: 9, metric: 'x'}]), [
    {destination: '0.0.0.0/0', nextHop: '10.0.0.1', interface: 9, compartment: 1, index: 0},
  ]);
});

for (const value of [null, {}, 'x'])
  test(`no list of adapters or routes is ${JSON.stringify(value)}`, t => {
    t.is(readAdapters(value), undefined);
    t.is(readRoutes(value), undefined);
  });

const GUID = 'CCCCCCCC-0000-0000-0000-000000000000';

test('ports of the virtual switch have their GUID in one spelling and say whose they are', t => {
  const ports = takeVfp(NO_VFP, 'vfp/ports.json', {
    Ports: [
      {Id: 'ExternalPort', Name: `{${GUID}}`},
      {Id: 'Host Vnic 1', Name: 'x'},
      {Id: 'abc', Name: 'y', MacAddress: '00155D5AB0B2'},
      {Id: 'no name'},
    ],
  })?.ports;
  t.deepEqual(ports, [
    {guid: GUID.toLowerCase(), kind: 'external', index: 0},
    {guid: 'x', kind: 'host', index: 1},
    {guid: 'y', kind: 'pod', mac: '00155D5AB0B2', index: 2},
  ]);
});

test('layers and rules of a port come together, however deep the build lists them', t => {
  const guid = GUID.toLowerCase();
  const withLayers = takeVfp(NO_VFP, `vfp/${guid}-layers.json`, {Layers: [{Id: 'LB_DSR'}, {}]}) ?? NO_VFP;
  const state = takeVfp(withLayers, `vfp/${guid}-rules.json`, {
    Rules: [{Id: 'alone'}, null],
    Layers: [{Id: 'L', Rules: [{Id: 'of a layer'}], Groups: [{Id: 'G', Rules: [{}, {Id: 'of a group'}]}]}],
  })?.states.get(guid);
  t.deepEqual(state, {
    layers: ['LB_DSR'],
    rules: [
      {id: 'alone', pointer: '/Rules/0'},
      {id: 'of a layer', layer: 'L', pointer: '/Layers/0/Rules/0'},
      {id: 'of a group', layer: 'L', group: 'G', pointer: '/Layers/0/Groups/0/Rules/1'},
    ],
  });
});
