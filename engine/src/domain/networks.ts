/**
 * Networks of EC2: VPCs with their subnets, route tables, gateways and security groups.
 *
 * Owns     those of every account and Region. Each place begins with a default VPC, which is there once somebody looks.
 * Units    `…At` are Instants.
 * Source   the API of EC2, 2016-11-15; VPC user guide, "Default VPCs": 172.31.0.0/16, a /20 subnet in each zone, an internet
 *          gateway in the main route table, one security group; "Security groups": what a new one lets out.
 * Assumed  Every Region has three zones, `a` to `c`. Nothing travels, so that rules and routes decide nothing.
 * Spec     networks.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { generatedHex } from './generated-ids';
import type { TagMap } from './tags';
import { placeOf } from './vaults';

export interface Vpc {
  readonly id: string;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  readonly tenancy: string;
  dnsHostnames: boolean;
  dnsSupport: boolean;
  addressMetrics: boolean;
  tags: TagMap;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  publicAddresses: boolean;
  hostnameType: 'ip-name' | 'resource-name';
  hostnameRecord: boolean;
  tags: TagMap;
}

/** Where a route leads; `local` stays in the VPC. */
export interface RouteTarget {
  readonly member: 'GatewayId' | 'NatGatewayId';
  readonly id: string;
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** By destination. */
  readonly routes: Map<string, RouteTarget>;
  /** Subnets by the id of their association; undefined for the one that makes the table the main one. */
  readonly associations: Map<string, string | undefined>;
  tags: TagMap;
}

/** Who is at the other end of what a rule lets through. */
export interface Peer {
  readonly member: 'CidrIp' | 'CidrIpv6' | 'PrefixListId' | 'GroupId';
  readonly value: string;
}

export interface SecurityGroupRule {
  readonly id: string;
  readonly egress: boolean;
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly peer: Peer;
  readonly description: string | undefined;
  tags: TagMap;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  /** By id. */
  readonly rules: Map<string, SecurityGroupRule>;
  tags: TagMap;
}

export interface InternetGateway {
  readonly id: string;
  vpcId: string | undefined;
  tags: TagMap;
}

/** An address that does not change. */
export interface ElasticAddress {
  readonly id: string;
  readonly publicIp: string;
  tags: TagMap;
}

export interface NatGateway {
  readonly id: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly connectivity: 'private' | 'public';
  readonly allocationId: string | undefined;
  readonly privateIp: string;
  readonly createdAt: Instant;
  /** It is shown for an hour after. */
  deletedAt: Instant | undefined;
  tags: TagMap;
}

const DIGITS = 17;
/** Source: VPC user guide, "Default VPCs". */
const DEFAULT_BLOCK = '172.31.0.0/16';

export function zonesOf(region: string): readonly string[] {
  return ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
}

/** The networks of one account and Region. */
export class Network {
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly routeTables = new Map<string, RouteTable>();
  readonly securityGroups = new Map<string, SecurityGroup>();
  readonly internetGateways = new Map<string, InternetGateway>();
  readonly addresses = new Map<string, ElasticAddress>();
  readonly natGateways = new Map<string, NatGateway>();
  private readonly counts = new Map<string, number>();

  constructor(readonly env: Environment) {
    this.makeDefault();
  }

  /** An id that no thing had yet, keyed by what the thing is called. */
  id(prefix: string, name: string): string {
    const key = `${prefix} ${name}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const text = count === 1 ? name : `${name}#${count}`;
    return `${prefix}-${generatedHex(prefix, this.env, text, DIGITS)}`;
  }

  /** A VPC, with the main route table and the security group that each has. */
  addVpc(name: string, made: Pick<Vpc, 'cidrBlock' | 'isDefault' | 'tenancy' | 'tags'>): Vpc {
    const id = this.id('vpc', name);
    const vpc = { id, ...made, dnsHostnames: made.isDefault, dnsSupport: true, addressMetrics: false };
    this.vpcs.set(id, vpc);
    const table = this.addRouteTable(made.isDefault ? name : id, vpc, {});
    table.associations.set(this.id('rtbassoc', made.isDefault ? name : table.id), undefined);
    const group = this.addSecurityGroup(made.isDefault ? name : id, {
      name: 'default',
      description: 'default VPC security group',
      vpcId: id,
      tags: {},
    });
    this.addRule(group, { ...EVERYTHING, egress: false, peer: { member: 'GroupId', value: group.id } });
    return vpc;
  }

  /** What comes with a VPC goes with it. */
  removeVpc({ id }: Vpc): void {
    this.vpcs.delete(id);
    for (const things of [this.routeTables, this.securityGroups]) {
      for (const thing of [...things.values()].filter(({ vpcId }) => vpcId === id)) {
        things.delete(thing.id);
      }
    }
  }

  addSubnet(name: string, made: Omit<Subnet, 'id' | 'hostnameType' | 'hostnameRecord'>): Subnet {
    const id = this.id('subnet', name);
    const subnet = { id, ...made, hostnameType: 'ip-name' as const, hostnameRecord: false };
    this.subnets.set(id, subnet);
    return subnet;
  }

  addRouteTable(name: string, { id: vpcId, cidrBlock }: Vpc, tags: TagMap): RouteTable {
    const id = this.id('rtb', name);
    const routes = new Map<string, RouteTarget>([[cidrBlock, { member: 'GatewayId', id: 'local' }]]);
    const table = { id, vpcId, routes, associations: new Map<string, string | undefined>(), tags };
    this.routeTables.set(id, table);
    return table;
  }

  /** Source: VPC user guide, "Security groups": a new one lets everything out. */
  addSecurityGroup(key: string, made: Omit<SecurityGroup, 'id' | 'rules'>): SecurityGroup {
    const id = this.id('sg', key);
    const group = { id, ...made, rules: new Map<string, SecurityGroupRule>() };
    this.securityGroups.set(id, group);
    this.addRule(group, { ...EVERYTHING, egress: true, peer: { member: 'CidrIp', value: '0.0.0.0/0' } });
    return group;
  }

  addRule(group: SecurityGroup, made: Omit<SecurityGroupRule, 'id'>): SecurityGroupRule {
    const rule = { id: this.id('sgr', `${group.id} ${ruleKey(made)}`), ...made };
    group.rules.set(rule.id, rule);
    return rule;
  }

  mainTableOf(vpcId: string): RouteTable | undefined {
    return [...this.routeTables.values()].find((table) => table.vpcId === vpcId && isMain(table));
  }

  /** The table that a subnet is associated with, and the id of the association. */
  associationOf(subnetId: string): { readonly table: RouteTable; readonly id: string } | undefined {
    for (const table of this.routeTables.values()) {
      const found = [...table.associations].find(([, subnet]) => subnet === subnetId);
      if (found !== undefined) {
        return { table, id: found[0] };
      }
    }
    return undefined;
  }

  private makeDefault(): void {
    const vpc = this.addVpc('default', { cidrBlock: DEFAULT_BLOCK, isDefault: true, tenancy: 'default', tags: {} });
    const gateway = { id: this.id('igw', 'default'), vpcId: vpc.id, tags: {} };
    this.internetGateways.set(gateway.id, gateway);
    this.mainTableOf(vpc.id)?.routes.set('0.0.0.0/0', { member: 'GatewayId', id: gateway.id });
    zonesOf(this.env.region).forEach((zone, index) => {
      const cidrBlock = `172.31.${16 * index}.0/20`;
      this.addSubnet(zone, { vpcId: vpc.id, zone, cidrBlock, isDefault: true, publicAddresses: true, tags: {} });
    });
  }
}

const EVERYTHING = { protocol: '-1', fromPort: undefined, toPort: undefined, description: undefined, tags: {} };

/** What tells a rule from the others of its group. */
export function ruleKey(rule: Pick<SecurityGroupRule, 'egress' | 'fromPort' | 'peer' | 'protocol' | 'toPort'>): string {
  const { egress, protocol, fromPort = '', toPort = '', peer } = rule;
  return [egress ? 'egress' : 'ingress', protocol, fromPort, toPort, peer.member, peer.value].join(' ');
}

export function isMain({ associations }: RouteTable): boolean {
  return [...associations.values()].includes(undefined);
}

export class Networks {
  private readonly byPlace = new Map<string, Network>();

  at({ partition, account, region }: Environment): Network {
    const place = placeOf({ partition, account, region });
    const standing = this.byPlace.get(place);
    if (standing !== undefined) {
      return standing;
    }
    const made = new Network({ partition, account, region });
    this.byPlace.set(place, made);
    return made;
  }
}
