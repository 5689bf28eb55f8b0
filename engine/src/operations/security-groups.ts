/**
 * Security groups and rules that calls name, and rules as calls write them.
 *
 * Owns     nothing: changes the groups that it is given.
 * Source   EC2 API reference, IpPermission, AuthorizeSecurityGroupIngress: each peer of a permission is a rule.
 */
import type { IpPermission, SecurityGroupRuleUpdate } from '@aws-sdk/client-ec2';
import { type Peer, ruleKey, type SecurityGroup, type SecurityGroupRule } from '../domain/networks';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { tryParseBlock } from './cidr';
import { defaultVpc, findSecurityGroup, networkOf } from './ec2-network';
import { AwsFault } from './fault';
import type { TagMap } from './stateful';

interface NamesGroup {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

/** What a call says of rules: permissions, or one rule in its own members. */
interface NamesRules {
  readonly IpPermissions?: IpPermission[] | undefined;
  readonly SecurityGroupRuleIds?: string[] | undefined;
  readonly CidrIp?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly IpProtocol?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
}

type Draft = Omit<SecurityGroupRule, 'id' | 'tags'>;

/** By id, or by name in the default VPC. */
export function findGroup(state: WorldState, caller: Caller, { GroupId, GroupName }: NamesGroup): SecurityGroup {
  if (GroupId !== undefined || GroupName === undefined) {
    return findSecurityGroup(state, caller, GroupId);
  }
  const { id } = defaultVpc(state, caller);
  const found = [...networkOf(state, caller).securityGroups.values()].find(
    (group) => group.vpcId === id && group.name === GroupName,
  );
  if (found === undefined) {
    throw new AwsFault(
      'InvalidGroup.NotFound',
      `The security group '${GroupName}' does not exist in default VPC '${id}'`,
    );
  }
  return found;
}

export function findRule(
  state: WorldState,
  caller: Caller,
  id: string | undefined,
): { readonly group: SecurityGroup; readonly rule: SecurityGroupRule } {
  for (const group of networkOf(state, caller).securityGroups.values()) {
    const rule = group.rules.get(id ?? '');
    if (rule !== undefined) {
      return { group, rule };
    }
  }
  throw new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id ?? ''}' does not exist`);
}

export function authorizeRules(
  state: WorldState,
  caller: Caller,
  group: SecurityGroup,
  asked: { readonly egress: boolean; readonly tags: TagMap; readonly input: NamesRules },
): SecurityGroupRule[] {
  const { egress, tags, input } = asked;
  const drafts = draftsIn(egress, input);
  const keys = new Set([...group.rules.values()].map(ruleKey));
  for (const draft of drafts) {
    refusePeer(state, caller, draft.peer);
    const key = ruleKey(draft);
    if (keys.has(key)) {
      const what = `peer: ${draft.peer.value}, ${draft.protocol === '-1' ? 'ALL' : draft.protocol.toUpperCase()}`;
      throw new AwsFault('InvalidPermission.Duplicate', `the specified rule "${what}, ALLOW" already exists`);
    }
    keys.add(key);
  }
  const network = networkOf(state, caller);
  return drafts.map((draft) => network.addRule(group, { ...draft, tags }));
}

export function revokeRules(
  group: SecurityGroup,
  { egress, input }: { readonly egress: boolean; readonly input: NamesRules },
): void {
  const byId = (input.SecurityGroupRuleIds ?? []).map((id) => {
    const rule = group.rules.get(id);
    if (rule === undefined || rule.egress !== egress) {
      throw new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    }
    return rule;
  });
  const drafts = byId.length > 0 ? [] : draftsIn(egress, input);
  for (const rule of [...byId, ...drafts.map((draft) => standing(group, draft))]) {
    group.rules.delete(rule.id);
  }
}

export function describeRules(
  group: SecurityGroup,
  { egress, input }: { readonly egress: boolean; readonly input: NamesRules },
): void {
  for (const draft of draftsIn(egress, input)) {
    const rule = standing(group, draft);
    group.rules.set(rule.id, { ...rule, description: draft.description });
  }
}

export function modifyRules(
  state: WorldState,
  caller: Caller,
  group: SecurityGroup,
  updates: readonly SecurityGroupRuleUpdate[],
): void {
  const changed = updates.map(({ SecurityGroupRuleId: id = '', SecurityGroupRule: asked = {} }) => {
    const rule = group.rules.get(id);
    if (rule === undefined) {
      throw new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    }
    const peer = peerOf({
      CidrIp: asked.CidrIpv4,
      CidrIpv6: asked.CidrIpv6,
      PrefixListId: asked.PrefixListId,
      GroupId: asked.ReferencedGroupId,
    });
    refusePeer(state, caller, peer);
    const { protocol, fromPort, toPort } = portsOf(asked);
    return { ...rule, protocol, fromPort, toPort, peer, description: asked.Description };
  });
  changed.forEach((rule) => group.rules.set(rule.id, rule));
}

function standing(group: SecurityGroup, draft: Draft): SecurityGroupRule {
  const found = [...group.rules.values()].find((rule) => ruleKey(rule) === ruleKey(draft));
  if (found === undefined) {
    const why = 'The specified rule does not exist in this security group.';
    throw new AwsFault('InvalidPermission.NotFound', why);
  }
  return found;
}

function draftsIn(egress: boolean, input: NamesRules): Draft[] {
  const { CidrIp, FromPort, ToPort, IpProtocol } = input;
  if (input.SourceSecurityGroupName !== undefined) {
    throw new AwsFault('NotEmulated', 'ec2: a security group named by SourceSecurityGroupName is not emulated');
  }
  const alone = CidrIp === undefined ? [] : [{ IpRanges: [{ CidrIp }], FromPort, ToPort, IpProtocol }];
  const permissions = input.IpPermissions ?? alone;
  if (permissions.length === 0) {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter IpPermissions');
  }
  return permissions.flatMap((permission) => {
    const ports = portsOf(permission);
    return peersOf(permission).map(({ peer, description }) => ({ egress, ...ports, peer, description }));
  });
}

/** Source: IpPermission: names of protocols or their numbers; `-1` is all of them, whose ports are left out. */
function portsOf({
  IpProtocol,
  FromPort,
  ToPort,
}: Pick<IpPermission, 'FromPort' | 'IpProtocol' | 'ToPort'>): Pick<Draft, 'fromPort' | 'protocol' | 'toPort'> {
  const named: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' };
  const given = (IpProtocol ?? '').toLowerCase();
  const protocol = named[given] ?? given;
  if (protocol === '') {
    throw new AwsFault('MissingParameter', 'The request must contain the parameter IpProtocol');
  }
  if (protocol === '-1') {
    return { protocol, fromPort: undefined, toPort: undefined };
  }
  if (
    /^(tcp|udp)$/.test(protocol) &&
    !(Number(FromPort) >= 0 && Number(ToPort) <= 65_535 && Number(FromPort) <= Number(ToPort))
  ) {
    throw new AwsFault(
      'InvalidParameterValue',
      `Invalid value for portRange. Must specify both from and to ports with TCP/UDP.`,
    );
  }
  return { protocol, fromPort: FromPort, toPort: ToPort };
}

function peersOf(permission: IpPermission): { readonly peer: Peer; readonly description: string | undefined }[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const all = [...IpRanges, ...Ipv6Ranges, ...PrefixListIds, ...UserIdGroupPairs];
  return all.map((one) => ({ peer: peerOf(one), description: one.Description }));
}

function peerOf(asked: { readonly [member in Peer['member']]?: string | undefined }): Peer {
  for (const member of ['CidrIp', 'CidrIpv6', 'PrefixListId', 'GroupId'] as const) {
    const value = asked[member];
    if (value !== undefined && value !== '') {
      return { member, value };
    }
  }
  throw new AwsFault('MissingParameter', 'The request must contain a peer of each rule.');
}

function refusePeer(state: WorldState, caller: Caller, { member, value }: Peer): void {
  if (member === 'CidrIp' && tryParseBlock(value)?.text !== value) {
    throw new AwsFault('InvalidParameterValue', `CIDR block ${value} is malformed`);
  }
  if (member === 'GroupId') {
    findSecurityGroup(state, caller, value);
  }
}
