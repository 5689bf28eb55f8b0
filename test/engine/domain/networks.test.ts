// Networks of a place: what each begins with, and what comes and goes with a VPC.
import { isMain, Network, Networks, ruleKey, zonesOf } from '../../../engine/src/domain/networks';
import { ENV } from '../scenarios/stage';

const values = <T>(map: ReadonlyMap<string, T>) => [...map.values()];

test('a place begins with a default VPC: a subnet in each zone, a way out, and one security group', () => {
  const network = new Network(ENV);
  const [vpc, ...vpcs] = values(network.vpcs);
  expect(vpcs).toEqual([]);
  expect(vpc).toMatchObject({
    id: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
    cidrBlock: '172.31.0.0/16',
    isDefault: true,
    tenancy: 'default',
    dnsHostnames: true,
    dnsSupport: true,
    addressMetrics: false,
    tags: {},
  });
  expect(values(network.subnets)).toMatchObject(
    ['a', 'b', 'c'].map((letter, n) => ({
      vpcId: vpc?.id,
      zone: `eu-central-1${letter}`,
      cidrBlock: `172.31.${16 * n}.0/20`,
      isDefault: true,
      publicAddresses: true,
      hostnameType: 'ip-name',
      hostnameRecord: false,
    })),
  );
  expect(zonesOf(ENV.region)).toEqual(values(network.subnets).map(({ zone }) => zone));
  const [gateway] = values(network.internetGateways);
  const [table, ...tables] = values(network.routeTables);
  expect([gateway?.vpcId, table?.vpcId, tables]).toEqual([vpc?.id, vpc?.id, []]);
  expect([...(table?.routes ?? [])]).toEqual([
    ['172.31.0.0/16', { member: 'GatewayId', id: 'local' }],
    ['0.0.0.0/0', { member: 'GatewayId', id: gateway?.id }],
  ]);
  expect(values(table?.associations ?? new Map())).toEqual([undefined]);
  const [group, ...groups] = values(network.securityGroups);
  expect([group?.name, group?.vpcId, groups]).toEqual(['default', vpc?.id, []]);
  expect(values(group?.rules ?? new Map())).toMatchObject([
    { egress: true, protocol: '-1', peer: { member: 'CidrIp', value: '0.0.0.0/0' } },
    { egress: false, protocol: '-1', peer: { member: 'GroupId', value: group?.id } },
  ]);
});

test('another VPC has a main table and a group of its own, which go with it', () => {
  const network = new Network(ENV);
  const before = [network.routeTables.size, network.securityGroups.size];
  const vpc = network.addVpc('own', { cidrBlock: '10.0.0.0/16', isDefault: false, tenancy: 'default', tags: {} });
  expect(vpc.dnsHostnames).toBe(false);
  const table = network.mainTableOf(vpc.id);
  expect([...(table?.routes ?? [])]).toEqual([['10.0.0.0/16', { member: 'GatewayId', id: 'local' }]]);
  expect(network.addRouteTable('other', vpc, {}).associations.size).toBe(0);
  expect(network.mainTableOf(vpc.id)).toBe(table);
  expect(network.mainTableOf('vpc-none')).toBeUndefined();
  expect([network.routeTables.size, network.securityGroups.size]).toEqual([3, 2]);
  network.removeVpc(vpc);
  expect([network.vpcs.size, network.routeTables.size, network.securityGroups.size]).toEqual([1, ...before]);
  expect(values(network.routeTables).every(isMain)).toBe(true);
});

test('a subnet is associated with one table, by an id', () => {
  const network = new Network(ENV);
  const [vpc] = values(network.vpcs);
  const [subnet, other] = values(network.subnets);
  if (vpc === undefined || subnet === undefined || other === undefined) {
    throw new Error('the default VPC has subnets');
  }
  const table = network.addRouteTable('own', vpc, {});
  table.associations.set('rtbassoc-1', subnet.id);
  expect(network.associationOf(subnet.id)).toEqual({ table, id: 'rtbassoc-1' });
  expect([network.associationOf(other.id), isMain(table)]).toEqual([undefined, false]);
});

test('things of one name have ids of their own, the same in the same place again', () => {
  const ids = (env = ENV) => {
    const network = new Network(env);
    return [network.id('nat', 'a'), network.id('nat', 'a'), network.id('nat', 'b'), network.id('igw', 'a')];
  };
  expect(new Set(ids()).size).toBe(4);
  expect(ids()).toEqual(ids());
  expect(ids({ ...ENV, region: 'eu-west-1' })[0]).not.toBe(ids()[0]);
});

test('rules of a group are told apart by everything but their description', () => {
  const rule = {
    egress: true,
    protocol: 'tcp',
    fromPort: 1,
    toPort: 2,
    peer: { member: 'CidrIp', value: 'x' },
  } as const;
  const keys = [
    rule,
    { ...rule, egress: false },
    { ...rule, protocol: 'udp' },
    { ...rule, fromPort: 2 },
    { ...rule, toPort: 3 },
    { ...rule, peer: { ...rule.peer, value: 'y' } },
    { ...rule, peer: { ...rule.peer, member: 'GroupId' as const } },
  ].map(ruleKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(ruleKey({ ...rule, fromPort: undefined, toPort: undefined })).toBe('egress tcp   CidrIp x');
});

test('each account and Region has a network of its own, which stays the same', () => {
  const networks = new Networks();
  const here = networks.at(ENV);
  expect(networks.at({ ...ENV })).toBe(here);
  expect(networks.at({ ...ENV, region: 'eu-west-1' })).not.toBe(here);
  expect(networks.at({ ...ENV, account: '444455556666' })).not.toBe(here);
});
