import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import { MemberAccountStackSet, MemberAccountStackSetProps } from '@holdfast/cdktf';
import { App, Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { addresses, all, comment, only, refusal, resolve, stackOf, variables } from './support/stacks';

const TYPE = 'aws_cloudformation_stack_set';
const INSTANCE = 'aws_cloudformation_stack_set_instance';
const UNIT = 'ou-a1b2-12345678';
const REGIONS = ['eu-central-1', 'eu-west-1'];

/** What the AWS CDK synthesizes for the accounts. */
const TEMPLATE = new cdk.MemberAccountStackSet(new Stack(new App(), 'S'), 'Members', {
  stackSetName: 'unused',
  memberAccount: { vaults: [{ backupVaultName: 'main' }] },
  targetIds: [UNIT],
  regions: REGIONS,
}).templateBody;

function stackSet(stack: TerraformStack, props: Partial<MemberAccountStackSetProps> = {}): MemberAccountStackSet {
  return new MemberAccountStackSet(stack, 'Members', {
    stackSetName: 'backup-members',
    templateBody: TEMPLATE,
    targetIds: [UNIT],
    regions: REGIONS,
    ...props,
  });
}

const PREFERENCES = {
  region_concurrency_type: 'PARALLEL',
  max_concurrent_percentage: 100,
  failure_tolerance_percentage: 0,
};

test('reaches every account of the units and those that join, and keeps what an account has when it leaves', () => {
  const stack = stackOf();
  stackSet(stack);
  expect(only(stack, TYPE)).toEqual({
    name: 'backup-members',
    description: 'Vaults and roles that backup policies of the organization need',
    permission_model: 'SERVICE_MANAGED',
    call_as: 'SELF',
    capabilities: ['CAPABILITY_NAMED_IAM'],
    auto_deployment: { enabled: true, retain_stacks_on_account_removal: true },
    managed_execution: { active: true },
    operation_preferences: PREFERENCES,
    parameters: { RolesRegion: 'eu-central-1' },
    template_body: TEMPLATE,
    lifecycle: { ignore_changes: ['administration_role_arn'] },
  });
});

test('has an instance for each target and Region, one after the other', () => {
  const stack = stackOf();
  const made = stackSet(stack, { targetIds: [UNIT, 'r-a1b2'] });
  expect(made.instances.map(({ node }) => node.id)).toEqual([
    'Instance-ou-a1b2-12345678-eu-central-1',
    'Instance-ou-a1b2-12345678-eu-west-1',
    'Instance-r-a1b2-eu-central-1',
    'Instance-r-a1b2-eu-west-1',
  ]);
  const instances = all(stack, INSTANCE);
  expect(instances[0]).toEqual({
    stack_set_name: '${aws_cloudformation_stack_set.Members_FEE56442.name}',
    call_as: 'SELF',
    deployment_targets: { organizational_unit_ids: [UNIT] },
    operation_preferences: PREFERENCES,
    region: 'eu-central-1',
    retain_stack: false,
  });
  expect(instances.filter(({ depends_on: before }) => before !== undefined)).toHaveLength(3);
});

test('says all else that it can', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'Other', { alias: 'management' });
  stackSet(stack, {
    description: 'vaults',
    rolesRegion: 'eu-west-1',
    autoDeployment: false,
    delegatedAdministrator: true,
    retainStacks: true,
    failureTolerancePercentage: 10,
    tags: { owner: 'platform' },
    provider,
  });
  expect(only(stack, TYPE)).toMatchObject({
    description: 'vaults',
    call_as: 'DELEGATED_ADMIN',
    auto_deployment: { enabled: false },
    operation_preferences: { failure_tolerance_percentage: 10 },
    parameters: { RolesRegion: 'eu-west-1' },
    tags: { owner: 'platform' },
    provider: 'aws.management',
  });
  for (const instance of all(stack, INSTANCE)) {
    expect(instance).toMatchObject({ call_as: 'DELEGATED_ADMIN', retain_stack: true, provider: 'aws.management' });
  }
  const leaving = stackOf();
  stackSet(leaving, { retainStacksOnAccountRemoval: false });
  expect(only(leaving, TYPE).auto_deployment).toEqual({ enabled: true, retain_stacks_on_account_removal: false });
});

test('gives out what policies can count on, as the template says', () => {
  const stack = stackOf();
  const made = stackSet(stack);
  expect(made.provision).toEqual({ backupVaultNames: ['main'], roleNames: ['HoldfastBackup', 'HoldfastRestore'] });
  expect(resolve(stack, made.stackSetId)).toBe('${aws_cloudformation_stack_set.Members_FEE56442.stack_set_id}');
  expect(addresses(stack).filter((address) => address.startsWith(`${TYPE}.`))).toEqual([`${TYPE}.Members_FEE56442`]);
});

test('a template that is spelled out has no expression of Terraform in it; one that is a token stays one', () => {
  const stack = stackOf();
  const template = {
    Resources: { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { A: '${AWS::Region}%{' } } },
  };
  const made = stackSet(stack, { templateBody: JSON.stringify(template) });
  expect(only(stack, TYPE).template_body).toBe(JSON.stringify(template).replace(/([$%])\{/g, '$1$1{'));
  expect(made.provision).toEqual({ backupVaultNames: [], roleNames: [] });
  const other = stackOf();
  expect(stackSet(other, { templateBody: '${file("member.json")}' }).provision).toBeUndefined();
  expect(only(other, TYPE).template_body).toBe('${file("member.json")}');
});

test('fails on targets and Regions that are none, roles that would be made nowhere, and a template that is too long', () => {
  const declare = () =>
    stackSet(stackOf(), {
      targetIds: ['111122223333'],
      rolesRegion: 'us-east-1',
      templateBody: JSON.stringify({ Resources: { Long: { Type: 'x'.repeat(51_200) } } }),
    });
  expect(refusal(declare).split('\n')).toEqual([
    'S/Members: 3 value(s) that AWS Backup refuses',
    expect.stringContaining('targetIds[0] must be the id of a root or an organizational unit, got 111122223333'),
    expect.stringContaining('rolesRegion must be one of the Regions of the stack set, or no account gets the roles'),
    expect.stringMatching(/templateBody must be at most 51200 bytes, .* got \d+ bytes \[organization-stack-set-size\]/),
  ]);
  expect(refusal(() => stackSet(stackOf(), { regions: [] }))).toContain('regions must be at least 1 Region, got none');
});

test('fails on lists that Terraform alone knows', () => {
  const stack = stackOf();
  const { list } = variables(stack);
  const message = refusal(() => stackSet(stack, { targetIds: list('targets'), regions: list('regions') }));
  expect([...message.matchAll(/(\w+) must be a list that is known/g)].map(([, path]) => path)).toEqual([
    'targetIds',
    'regions',
  ]);
});

test('takes waivers and tokens', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  const waivers = [{ rule: 'organization-stack-set-target', path: '*', reason: 'checked elsewhere' }];
  const made = stackSet(stack, {
    stackSetName: text('name'),
    targetIds: [text('target')],
    regions: [text('region')],
    waivers,
  });
  expect(made.instances.map(({ node }) => node.id)).toEqual(['Instance-target-0-region-0']);
  expect(only(stack, TYPE)).toMatchObject({ name: '${var.name}', parameters: { RolesRegion: '${var.region}' } });
  expect(only(stack, INSTANCE)).toMatchObject({
    region: '${var.region}',
    deployment_targets: { organizational_unit_ids: ['${var.target}'] },
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});
