import { Plan, Selection, SelectionOptions, SelectionResource } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { many } from '../model/rows';
import { annotations, refusal, stackOf } from './support/stacks';

const VOLUME = 'arn:aws:ec2:eu-central-1:111122223333:volume/vol-';
const volumes = (count: number, end = '') => many(count, (i) => SelectionResource.fromArn(`${VOLUME}${i}${end}`));
const tags = (count: number) => Object.fromEntries(many(count, (i) => [`key-${i}`, 'daily']));
const CONDITIONS = { stringEquals: { stage: 'prod' } };

function plan(stack: Stack): Plan {
  return new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary') }],
  });
}

function select(stack: Stack, options: Partial<SelectionOptions>): Selection {
  return plan(stack).addSelection('Chosen', { selectionName: 'chosen', ...options });
}

interface Rendered {
  readonly SelectionName: unknown;
  readonly IamRoleArn: unknown;
  readonly Resources?: unknown[];
  readonly NotResources?: unknown[];
  readonly ListOfTags?: unknown[];
  readonly Conditions?: unknown;
}

/** The selections as the template has them. */
function rendered(stack: Stack): Rendered[] {
  const found = Template.fromStack(stack).findResources('AWS::Backup::BackupSelection');
  return Object.values(found).map((it) => it.Properties.BackupSelection as Rendered);
}

test('500 ARNs are one selection', () => {
  const stack = stackOf();
  select(stack, { resources: volumes(500) });
  expect(rendered(stack).map(({ Resources }) => Resources?.length)).toEqual([500]);
});

test('1001 ARNs are three, with one role, and the same conditions and exclusions', () => {
  const stack = stackOf();
  const notResources = [SelectionResource.fromArn(`${VOLUME}scratch`)];
  select(stack, { resources: volumes(1001), notResources, conditions: CONDITIONS });
  const parts = rendered(stack);
  expect(parts.map(({ SelectionName, Resources }) => [SelectionName, Resources?.length])).toEqual([
    ['chosen', 500],
    ['chosen-2', 500],
    ['chosen-3', 1],
  ]);
  const [first] = parts;
  expect(first?.NotResources).toEqual([`${VOLUME}scratch`]);
  expect(first?.Conditions).toEqual({
    StringEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' }],
  });
  for (const part of parts) {
    expect(part).toEqual({ ...first, SelectionName: part.SelectionName, Resources: part.Resources });
  }
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
});

test('ARNs with a star and tags are dealt out by their own limits', () => {
  const stack = stackOf();
  select(stack, { resources: volumes(61, '*'), tags: tags(31) });
  expect(rendered(stack).map((it) => [it.Resources?.length, it.ListOfTags?.length])).toEqual([
    [30, 30],
    [30, 1],
    [1, undefined],
  ]);
});

test('the resources of constructs are dealt out, over stacks, and all of them are known to the plan', () => {
  const stack = stackOf();
  const stacks = many(
    2,
    (i) => new Stack(App.of(stack)!, `S${i}`, { env: { account: stack.account, region: stack.region } }),
  );
  stacks.forEach((it, index) => many(400 - 299 * index, (i) => new s3.CfnBucket(it, `B${i}`)));
  const made = plan(stack);
  made.protect(...stacks);
  expect(rendered(stack).map(({ Resources }) => Resources?.length)).toEqual([500, 1]);
  expect(annotations(stack, 'info').join('\n')).toContain('plan-s3-quota');
});

test('an ARN that is known only at deployment counts as one without a star', () => {
  const stack = stackOf();
  const token = SelectionResource.fromArn(new CfnParameter(stack, 'Arn').valueAsString);
  select(stack, { resources: [...volumes(500), token], selectionName: new CfnParameter(stack, 'Name').valueAsString });
  expect(rendered(stack).map(({ SelectionName, Resources }) => [SelectionName, Resources?.length])).toEqual([
    [{ Ref: 'Name' }, 500],
    [{ 'Fn::Join': ['', [{ Ref: 'Name' }, '-2']] }, 1],
  ]);
});

test('a finding speaks of the place in the declaration, once', () => {
  const stack = stackOf();
  const resources = [...volumes(600), SelectionResource.fromArn('orders')];
  expect(refusal(() => select(stack, { resources, conditions: CONDITIONS }))).toBe(
    [
      'S/Plan/Chosen: 1 value(s) that AWS Backup refuses',
      '  resources[600] must be an ARN, an ARN with stars, or *, got orders [selection-resource-arn] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html)',
    ].join('\n'),
  );
});

test('fails for a plan that gets more than 100 selections by it, or more than 10 by tags', () => {
  expect(refusal(() => select(stackOf(), { resources: volumes(3001, '*') }))).toMatch(
    /selections must be at most 100 selections, got 101 \[plan-selections\]/,
  );
  expect(refusal(() => select(stackOf(), { tags: tags(301) }))).toMatch(
    /selections must be at most 10 selections by tags, got 11 \[plan-tag-selections\]/,
  );
});

test('fails for what no selection can be split by', () => {
  const stringEquals = Object.fromEntries(many(31, (i) => [`key-${i}`, 'x']));
  expect(refusal(() => select(stackOf(), { resources: volumes(501), conditions: { stringEquals } }))).toMatch(
    /conditions must be at most 30 conditions, got 31 \[selection-conditions\]/,
  );
});

test('a plan that is not of ours gets the parts, too', () => {
  const stack = stackOf();
  const imported = backup.BackupPlan.fromBackupPlanId(stack, 'Plan', '11111111-2222-3333-4444-555555555555');
  const made = new Selection(stack, 'Chosen', { plan: imported, selectionName: 'chosen', resources: volumes(501) });
  expect(rendered(stack)).toHaveLength(2);
  expect(made.selectionIds).toHaveLength(2);
  expect(made.selectionIds[0]).toBe(made.selectionId);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = select(stack, { resources: volumes(1001) });
  expect(made.node.children.map((construct) => construct.node.path)).toEqual([
    'S/Plan/Chosen/Role',
    'S/Plan/Chosen/Resource',
    'S/Plan/Chosen/Resource2',
    'S/Plan/Chosen/Resource3',
  ]);
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::Backup::BackupSelection'))).toEqual([
    'PlanChosen63B19BD8',
    'PlanChosenResource23A9B4C1A',
    'PlanChosenResource3524B82CE',
  ]);
});
