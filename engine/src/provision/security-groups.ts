/**
 * AWS::EC2::SecurityGroup, SecurityGroupIngress and SecurityGroupEgress.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only;
 *          SecurityGroupEgress "if you specify an egress rule, the default egress rule is removed".
 */
import { isDeepStrictEqual } from 'node:util';
import type { IpPermission } from '@aws-sdk/client-ec2';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { authorizeSecurityGroupEgress } from '../operations/ec2/authorize-security-group-egress';
import { authorizeSecurityGroupIngress } from '../operations/ec2/authorize-security-group-ingress';
import { createSecurityGroup } from '../operations/ec2/create-security-group';
import { deleteSecurityGroup } from '../operations/ec2/delete-security-group';
import { revokeSecurityGroupEgress } from '../operations/ec2/revoke-security-group-egress';
import { revokeSecurityGroupIngress } from '../operations/ec2/revoke-security-group-ingress';
import { updateSecurityGroupRuleDescriptionsEgress } from '../operations/ec2/update-security-group-rule-descriptions-egress';
import { updateSecurityGroupRuleDescriptionsIngress } from '../operations/ec2/update-security-group-rule-descriptions-ingress';
import { findSecurityGroup, networkOf } from '../operations/ec2-network';
import { Made, ResourceHandler, Wanted } from './handler';
import { retag, tagged } from './networks';

type Way = 'Egress' | 'Ingress';

const AUTHORIZE = { Ingress: authorizeSecurityGroupIngress, Egress: authorizeSecurityGroupEgress };
const REVOKE = { Ingress: revokeSecurityGroupIngress, Egress: revokeSecurityGroupEgress };
const DESCRIBE = {
  Ingress: updateSecurityGroupRuleDescriptionsIngress,
  Egress: updateSecurityGroupRuleDescriptionsEgress,
};
/** What a group lets out whose template says nothing of that. */
const ALL_OUT: readonly IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

export const SECURITY_GROUPS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::EC2::SecurityGroup': {
    replacedBy: ['GroupDescription', 'GroupName', 'VpcId'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      const { GroupId } = createSecurityGroup(state, env, {
        GroupName: properties.member('GroupName').text() ?? wanted.generated(),
        Description: properties.member('GroupDescription').requiredText(),
        VpcId: properties.member('VpcId').text(),
        TagSpecifications: tagged(wanted, 'security-group'),
      });
      const id = String(GroupId);
      change(wanted, id, 'Ingress', [], rulesIn(wanted, 'Ingress'));
      change(wanted, id, 'Egress', ALL_OUT, rulesIn(wanted, 'Egress'));
      return madeGroup(wanted, id);
    },
    update: (wanted, { state, stack, made }) => {
      const before = new Wanted(state, stack, made);
      for (const way of ['Ingress', 'Egress'] as const) {
        change(wanted, made.physicalId, way, rulesIn(before, way), rulesIn(wanted, way));
      }
      retag(wanted, made.physicalId);
      return madeGroup(wanted, made.physicalId);
    },
    adopt: (wanted, id) =>
      networkOf(wanted.state, wanted.env).securityGroups.has(id) ? madeGroup(wanted, id) : undefined,
    delete: ({ state, env, made }) => {
      deleteSecurityGroup(state, env, { GroupId: made.physicalId });
    },
  },
  'AWS::EC2::SecurityGroupIngress': ruleAlone('Ingress'),
  'AWS::EC2::SecurityGroupEgress': ruleAlone('Egress'),
};

function ruleAlone(way: Way): ResourceHandler {
  const peers = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'];
  const others = ['DestinationPrefixListId', 'DestinationSecurityGroupId', 'SourceSecurityGroupOwnerId'];
  return {
    replacedBy: [...peers, ...others, 'FromPort', 'GroupId', 'GroupName', 'IpProtocol', 'ToPort'],
    create: ({ state, env, properties }) => {
      const GroupId = properties.member('GroupId').requiredText();
      const { SecurityGroupRules } = AUTHORIZE[way](state, env, { GroupId, IpPermissions: [ruleOf(properties)] });
      const physicalId = String(SecurityGroupRules?.[0]?.SecurityGroupRuleId);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: ({ state, env, properties }, { made }) => {
      const GroupId = properties.member('GroupId').requiredText();
      DESCRIBE[way](state, env, { GroupId, IpPermissions: [ruleOf(properties)] });
      return made;
    },
    delete: ({ state, env, stack, made }) => {
      const GroupId = new Wanted(state, stack, made).properties.member('GroupId').requiredText();
      REVOKE[way](state, env, { GroupId, SecurityGroupRuleIds: [made.physicalId] });
    },
  };
}

function rulesIn({ properties }: Wanted, way: Way): readonly IpPermission[] {
  const rules = properties.member(`SecurityGroup${way}`).items().map(ruleOf);
  return way === 'Egress' && rules.length === 0 ? ALL_OUT : rules;
}

function ruleOf(rule: DeclaredValue): IpPermission {
  const Description = rule.member('Description').text();
  const text = (...members: string[]) => members.map((member) => rule.member(member).text()).find((one) => one);
  const CidrIp = text('CidrIp');
  const CidrIpv6 = text('CidrIpv6');
  const PrefixListId = text('SourcePrefixListId', 'DestinationPrefixListId');
  const GroupId = text('SourceSecurityGroupId', 'DestinationSecurityGroupId');
  return given({
    IpProtocol: rule.member('IpProtocol').requiredText(),
    FromPort: rule.member('FromPort').number(),
    ToPort: rule.member('ToPort').number(),
    IpRanges: CidrIp === undefined ? undefined : [given({ CidrIp, Description })],
    Ipv6Ranges: CidrIpv6 === undefined ? undefined : [given({ CidrIpv6, Description })],
    PrefixListIds: PrefixListId === undefined ? undefined : [given({ PrefixListId, Description })],
    UserIdGroupPairs: GroupId === undefined ? undefined : [given({ GroupId, Description })],
  });
}

/** Takes the rules away that a template no longer has, and adds those that are new. */
function change(
  { state, env }: Wanted,
  GroupId: string,
  way: Way,
  before: readonly IpPermission[],
  after: readonly IpPermission[],
): void {
  const without = (some: readonly IpPermission[], others: readonly IpPermission[]) =>
    some.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)));
  const [gone, fresh] = [without(before, after), without(after, before)];
  if (gone.length > 0) {
    REVOKE[way](state, env, { GroupId, IpPermissions: gone });
  }
  if (fresh.length > 0) {
    AUTHORIZE[way](state, env, { GroupId, IpPermissions: fresh });
  }
}

function madeGroup({ state, env }: Wanted, GroupId: string): Made {
  const { vpcId: VpcId } = findSecurityGroup(state, env, GroupId);
  return { physicalId: GroupId, attributes: { GroupId, Id: GroupId, VpcId } };
}
