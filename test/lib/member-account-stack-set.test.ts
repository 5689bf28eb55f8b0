import { MemberAccountStackSet, MemberAccountStackSetProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::CloudFormation::StackSet';
const UNIT = 'ou-a1b2-12345678';

function stackSet(stack: Stack, props: Partial<MemberAccountStackSetProps> = {}): MemberAccountStackSet {
  return new MemberAccountStackSet(stack, 'Members', {
    stackSetName: 'backup-members',
    memberAccount: { vaults: [{ backupVaultName: 'main' }] },
    targetIds: [UNIT],
    regions: ['eu-central-1', 'eu-west-1'],
    ...props,
  });
}

function templateOf(props: Partial<MemberAccountStackSetProps> = {}, stack: Stack = stackOf()): Template {
  stackSet(stack, props);
  return Template.fromStack(stack);
}

interface Body {
  readonly Resources: Record<string, { Type: string; Condition?: string; Properties: Record<string, unknown> }>;
  readonly Conditions: Record<string, unknown>;
  readonly Parameters: Record<string, unknown>;
}

const bodyOf = (props: Partial<MemberAccountStackSetProps> = {}) =>
  JSON.parse(stackSet(stackOf(), props).templateBody) as Body;

test('reaches every account of the units and those that join, and keeps what an account has when it leaves', () => {
  templateOf().hasResourceProperties(TYPE, {
    StackSetName: 'backup-members',
    Description: 'Vaults and roles that backup policies of the organization need',
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: 'SELF',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
    ManagedExecution: { Active: true },
    OperationPreferences: {
      RegionConcurrencyType: 'PARALLEL',
      MaxConcurrentPercentage: 100,
      FailureTolerancePercentage: 0,
    },
    Parameters: [{ ParameterKey: 'RolesRegion', ParameterValue: 'eu-central-1' }],
    StackInstancesGroup: [
      { DeploymentTargets: { OrganizationalUnitIds: [UNIT] }, Regions: ['eu-central-1', 'eu-west-1'] },
    ],
    Tags: Match.absent(),
  });
});

test('the template stands for itself: no account, no Region, no asset, no parameter but that of the roles', () => {
  const made = stackSet(stackOf(), {
    memberAccount: { vaults: [{ backupVaultName: 'main' }], resourceTypeOptInPreference: { EBS: true } },
  });
  expect(made.templateBody).not.toMatch(/\b\d{12}\b|\b(eu|us|ap)-[a-z]+-\d\b|arn:aws:|Token\[|cdk-hnb659fds|aws:cdk/);
  const body = JSON.parse(made.templateBody) as Body;
  expect(Object.keys(body.Parameters)).toEqual(['RolesRegion']);
  expect(Object.values(body.Resources).map((resource) => resource.Type)).toEqual(
    expect.arrayContaining(['AWS::Backup::BackupVault', 'AWS::KMS::Key', 'Custom::BackupRegionSettings']),
  );
  expect(body).not.toHaveProperty('Rules');
});

test('the template that CloudFormation gets is the one that the construct gives out', () => {
  const stack = stackOf();
  const { templateBody } = stackSet(stack);
  Template.fromStack(stack).hasResourceProperties(TYPE, { TemplateBody: templateBody });
});

test('the roles are made in the Region of the parameter alone', () => {
  const { Resources, Conditions } = bodyOf();
  const named = Object.values(Resources).filter(({ Properties }) => 'RoleName' in Properties);
  expect(named.map(({ Properties }) => Properties.RoleName)).toEqual(['HoldfastBackup', 'HoldfastRestore']);
  const [condition] = Object.entries(Conditions);
  expect(named.map(({ Condition }) => Condition)).toEqual([condition?.[0], condition?.[0]]);
  expect(condition?.[1]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'RolesRegion' }] });
});

test('the roles can be made in another of the Regions', () => {
  const memberAccount = { vaults: [{ backupVaultName: 'main' }], rolesRegion: 'eu-west-1' };
  templateOf({ memberAccount }).hasResourceProperties(TYPE, {
    Parameters: [{ ParameterKey: 'RolesRegion', ParameterValue: 'eu-west-1' }],
  });
});

test('writes all else that it can say', () => {
  templateOf({
    description: 'vaults',
    autoDeployment: false,
    delegatedAdministrator: true,
    failureTolerancePercentage: 10,
    tags: { owner: 'platform' },
  }).hasResourceProperties(TYPE, {
    Description: 'vaults',
    CallAs: 'DELEGATED_ADMIN',
    AutoDeployment: { Enabled: false, RetainStacksOnAccountRemoval: Match.absent() },
    OperationPreferences: { FailureTolerancePercentage: 10 },
    Tags: [{ Key: 'owner', Value: 'platform' }],
  });
  templateOf({ retainStacksOnAccountRemoval: false }).hasResourceProperties(TYPE, {
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
  });
});

test('gives out what policies can count on', () => {
  const stack = stackOf();
  const made = stackSet(stack);
  expect(made.provision).toEqual({ backupVaultNames: ['main'], roleNames: ['HoldfastBackup', 'HoldfastRestore'] });
  expect(stack.resolve(made.stackSetId)).toEqual({ 'Fn::GetAtt': ['MembersFEE56442', 'StackSetId'] });
});

test('says at the stack set what its template warns of', () => {
  const stack = stackOf();
  const vaults = [{ backupVaultName: 'main', vaultLock: { minRetentionDays: 7 } }];
  stackSet(stack, { memberAccount: { vaults } });
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[vault-lock-governance]')]);
});

test('leaves the app as it is: no stack, no file of its own', () => {
  const app = new App();
  stackSet(new Stack(app, 'S'));
  expect(app.synth().stacks.map(({ id }) => id)).toEqual(['S']);
});

describe('refuses', () => {
  test('targets and Regions that are none, and roles that would be made nowhere, all at once', () => {
    const memberAccount = { vaults: [{ backupVaultName: 'main' }], rolesRegion: 'us-east-1' };
    const message = refusal(() => stackSet(stackOf(), { targetIds: ['111122223333'], memberAccount }));
    expect(message.split('\n')).toEqual([
      'S/Members: 2 value(s) that AWS Backup refuses',
      expect.stringContaining('targetIds[0] must be the id of a root or an organizational unit, got 111122223333'),
      expect.stringContaining('rolesRegion must be one of the Regions of the stack set, or no account gets the roles'),
    ]);
    expect(refusal(() => stackSet(stackOf(), { regions: [] }))).toContain(
      'regions must be at least 1 Region, got none',
    );
  });

  test('a template that is too long to go along', () => {
    const vaults = Array.from({ length: 60 }, (_, index) => ({ backupVaultName: `vault-${index}` }));
    expect(refusal(() => stackSet(stackOf(), { memberAccount: { vaults } }))).toMatch(
      /templateBody must be at most 51200 bytes, .* got \d+ bytes \[organization-stack-set-size\]/,
    );
  });

  test('what the parts of the template refuse', () => {
    const memberAccount = { vaults: [{ backupVaultName: 'x' }] };
    expect(refusal(() => stackSet(stackOf(), { memberAccount }))).toContain('Member/MemberAccount/Vault-x: 1 value(s)');
  });
});

test('takes waivers, and tokens', () => {
  const stack = stackOf();
  const token = new CfnParameter(stack, 'Token').valueAsString;
  const waivers = [{ rule: 'organization-stack-set-target', path: '*', reason: 'checked elsewhere' }];
  const props = { targetIds: [token], regions: [token], stackSetName: token, waivers };
  templateOf(props, stack).hasResource(TYPE, {
    Metadata: { Holdfast: { waivers } },
    Properties: Match.objectLike({
      StackSetName: { Ref: 'Token' },
      Parameters: [{ ParameterKey: 'RolesRegion', ParameterValue: { Ref: 'Token' } }],
      StackInstancesGroup: [
        { DeploymentTargets: { OrganizationalUnitIds: [{ Ref: 'Token' }] }, Regions: [{ Ref: 'Token' }] },
      ],
    }),
  });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(stackSet(stack).node.children.map(({ node }) => node.id)).toEqual(['Resource']);
  expect(Object.keys(Template.fromStack(stack).findResources(TYPE))).toEqual(['MembersFEE56442']);
  expect(Object.keys(bodyOf().Resources)).toEqual([
    'MemberAccountVaultmainKeyEC2A9FA5',
    'MemberAccountVaultmainE59C7A38',
    'MemberAccountBackupRole84BA3DB7',
    'MemberAccountRestoreRoleDB5596C0',
  ]);
});
