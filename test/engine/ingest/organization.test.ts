import type { DeclaredOrganization } from '@holdfast/model';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { describeGlobalSettings } from '../../../engine/src/operations/backup/describe-global-settings';
import { listParents } from '../../../engine/src/operations/organizations/list-parents';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { ENV, read } from './read';

const CONTENT = {
  plans: {
    central: {
      regions: { '@@assign': ['eu-central-1'] },
      rules: {
        daily: {
          schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' },
          target_backup_vault_name: { '@@assign': 'main' },
        },
      },
      selections: {
        tags: {
          daily: {
            iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/backup' },
            tag_key: { '@@assign': 'backup' },
            tag_value: { '@@assign': ['daily'] },
          },
        },
      },
    },
  },
};

const EMAIL = 'workloads@example.com';
const organization = { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } };
const parts = (ParentId: unknown) => ({
  Unit: { Type: 'AWS::Organizations::OrganizationalUnit', Properties: { Name: 'apps', ParentId } },
  Account: {
    Type: 'AWS::Organizations::Account',
    Properties: { AccountName: 'workloads', Email: EMAIL, ParentIds: [{ Ref: 'Unit' }] },
  },
  Policy: {
    Type: 'AWS::Organizations::Policy',
    Properties: { Name: 'central', Type: 'BACKUP_POLICY', Content: CONTENT, TargetIds: [{ Ref: 'Unit' }] },
  },
});

const fromTemplate = read({
  't.json': { Resources: { Organization: organization, ...parts({ 'Fn::GetAtt': ['Organization', 'RootId'] }) } },
});

const RESOURCE = {
  aws_organizations_organization: {
    o: { enabled_policy_types: ['BACKUP_POLICY'], aws_service_access_principals: ['backup.amazonaws.com'] },
  },
  aws_organizations_organizational_unit: {
    u: { name: 'apps', parent_id: '${aws_organizations_organization.o.roots[0].id}' },
  },
  aws_organizations_account: {
    a: { name: 'workloads', email: EMAIL, parent_id: '${aws_organizations_organizational_unit.u.id}' },
  },
  aws_organizations_policy: { p: { name: 'central', type: 'BACKUP_POLICY', content: JSON.stringify(CONTENT) } },
  aws_organizations_policy_attachment: {
    p: {
      policy_id: '${aws_organizations_policy.p.id}',
      target_id: '${aws_organizations_organizational_unit.u.id}',
    },
  },
  aws_organizations_delegated_administrator: {
    d: { account_id: '${aws_organizations_account.a.id}', service_principal: 'backup.amazonaws.com' },
  },
  aws_backup_global_settings: { g: { global_settings: { isCrossAccountBackupEnabled: 'true' } } },
};

function configuration(resource: object): object {
  return {
    terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
    provider: { aws: [{ region: 'eu-central-1' }] },
    resource,
  };
}

const fromConfiguration = read({ 'tf/cdk.tf.json': configuration(RESOURCE) }, {}, ['tf']);

function parted(organizations: readonly DeclaredOrganization[] | undefined): object[] {
  return (organizations ?? []).map(({ organizationId, rootId, units, members, policies }) => ({
    organizationId,
    rootId,
    units,
    members,
    policies: policies?.map(({ declaredAt: _, ...rest }) => rest),
  }));
}

test('an organization is the same from CloudFormation and from Terraform', () => {
  expect([fromTemplate.notRead, fromConfiguration.notRead]).toEqual([[], []]);
  expect(parted(fromTemplate.estate.organizations)).toMatchObject([
    {
      units: [{ unitName: 'apps' }],
      members: [{ accountName: 'workloads', email: EMAIL }],
      policies: [{ policyName: 'central', policyType: 'BACKUP_POLICY', content: CONTENT }],
    },
  ]);
  expect(parted(fromConfiguration.estate.organizations)).toEqual(parted(fromTemplate.estate.organizations));
});

test.each([
  ['CloudFormation', fromTemplate],
  ['Terraform', fromConfiguration],
])('an organization of %s is deployed with its tree, and its policy makes plans below its target', (_, { estate }) => {
  const state = new WorldState({ start: parseInstant('2027-01-01') });
  deploy(state, estate);
  const [declared] = estate.organizations ?? [];
  const account = declared?.members?.[0]?.accountId ?? '';
  const unit = declared?.units?.[0]?.unitId;
  expect(account).toMatch(/^\d{12}$/);
  expect(listParents(state, ENV, { ChildId: account }).Parents).toEqual([{ Id: unit, Type: 'ORGANIZATIONAL_UNIT' }]);
  state.organizationPlans.settle();
  const plans = state.ledger.plans.list().map(({ declaration }) => [declaration.env.account, declaration.env.region]);
  expect(plans).toEqual([[account, 'eu-central-1']]);
});

test('administrators and settings of the organization are deployed', () => {
  const state = new WorldState({ start: parseInstant('2027-01-01') });
  deploy(state, fromConfiguration.estate);
  const account = fromConfiguration.estate.organizations?.[0]?.members?.[0]?.accountId ?? '';
  expect(state.ledger.organizations.of(ENV)?.isAdministrator(account)).toBe(true);
  expect(describeGlobalSettings(state, ENV, {}).GlobalSettings?.isCrossAccountBackupEnabled).toBe('true');
});

test('policies and units without an organization among the artifacts are listed as not read', () => {
  const { estate, notRead } = read({ 't.json': { Resources: parts('r-ab12') } });
  expect(estate.organizations).toBeUndefined();
  expect(notRead.map(({ path, reason }) => [path, reason])).toEqual([
    ['t.json: Unit', 'its organization is not among the artifacts'],
    ['t.json: Account', 'its organization is not among the artifacts'],
    ['t.json: Policy', 'its organization is not among the artifacts'],
  ]);
});
