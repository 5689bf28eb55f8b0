import { Plan, Selection, SelectionOptions, SelectionResource, Vault } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { many } from '../model/rows';
import { addresses, all, message, refusal, resolve, sentence, stackOf, variables } from './support/stacks';

const TYPE = 'aws_backup_selection';
const CONDITIONS = { stringEquals: { stage: 'prod' } };

function plan(stack: TerraformStack): Plan {
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
  return new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules: [{ ruleName: 'daily', vault }] });
}

function select(stack: TerraformStack, options: Partial<SelectionOptions>): Selection {
  return plan(stack).addSelection('Chosen', { selectionName: 'chosen', ...options });
}

function volumes(count: number, star = ''): SelectionResource[] {
  return many(count, (i) => SelectionResource.fromArn(`arn:aws:ec2:eu-central-1:111122223333:volume/vol-${i}${star}`));
}

const tags = (count: number) => Object.fromEntries(many(count, (i) => [`key-${i}`, 'x']));

test('deals ARNs and tags over the limits out, each part with all conditions and what is left out', () => {
  const stack = stackOf();
  const notResources = [SelectionResource.fromArn('arn:aws:ec2:*:*:instance/*')];
  const made = select(stack, { resources: volumes(501), tags: tags(61), notResources, conditions: CONDITIONS });
  const parts = all(stack, TYPE).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  const counts = (part: Record<string, unknown>) =>
    ['resources', 'selection_tag'].map((key) => ((part[key] ?? []) as unknown[]).length);
  expect(parts.map((part) => [part.name, ...counts(part)])).toEqual([
    ['chosen', 500, 30],
    ['chosen-2', 1, 30],
    ['chosen-3', 0, 1],
  ]);
  for (const part of parts) {
    expect(part).toMatchObject({
      iam_role_arn: '${aws_iam_role.Plan_Chosen_Role_1AC59C85.arn}',
      not_resources: ['arn:aws:ec2:*:*:instance/*'],
      condition: [{ string_equals: [{ key: 'aws:ResourceTag/stage', value: 'prod' }] }],
      depends_on: expect.any(Array),
    });
  }
  expect(made.backupSelections).toHaveLength(3);
  expect(made.backupSelections[0]).toBe(made.backupSelection);
  expect(made.selectionIds[0]).toBe(made.selectionId);
  expect(resolve(stack, made.selectionIds)).toEqual(
    made.backupSelections.map(({ friendlyUniqueId }) => `\${${TYPE}.${friendlyUniqueId}.id}`),
  );
});

test('deals stars out by thirty', () => {
  const stack = stackOf();
  select(stack, { resources: volumes(31, '*') });
  expect(all(stack, TYPE)).toHaveLength(2);
});

test('an ARN that only Terraform knows counts as one without a star', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  select(stack, { resources: [...volumes(500), SelectionResource.fromArn(text('arn'))], selectionName: text('name') });
  expect(all(stack, TYPE).map(({ name, resources }) => [name, (resources as string[]).length])).toEqual([
    ['${var.name}', 500],
    ['${var.name}-2', 1],
  ]);
});

test('a finding speaks of the place in the declaration, once', () => {
  const resources = [...volumes(600), SelectionResource.fromArn('orders')];
  expect(refusal(() => select(stackOf(), { resources, conditions: CONDITIONS }))).toBe(
    message('S/Plan/Chosen', [sentence('selection-resource-arn', 'resources[600]', 'orders')]),
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
  expect(refusal(() => select(stackOf(), { resources: volumes(501), conditions: { stringEquals: tags(31) } }))).toMatch(
    /conditions must be at most 30 conditions, got 31 \[selection-conditions\]/,
  );
});

test('a plan that is not of this app gets the parts, too', () => {
  const stack = stackOf();
  const imported = Plan.fromBackupPlanId('11111111-2222-3333-4444-555555555555');
  new Selection(stack, 'Chosen', { plan: imported, selectionName: 'chosen', resources: volumes(501) });
  expect(all(stack, TYPE)).toHaveLength(2);
});

test('has one role, with a boundary where one is given', () => {
  const stack = stackOf();
  const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
  select(stack, { resources: volumes(501), permissionsBoundaryArn });
  expect(all(stack, 'aws_iam_role')).toMatchObject([{ permissions_boundary: permissionsBoundaryArn }]);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = select(stack, { resources: volumes(1001) });
  expect(made.node.children.map((construct) => construct.node.path)).toEqual([
    'S/Plan/Chosen/Role',
    'S/Plan/Chosen/AWSBackupServiceRolePolicyForBackup',
    'S/Plan/Chosen/Resource',
    'S/Plan/Chosen/Resource2',
    'S/Plan/Chosen/Resource3',
  ]);
  expect(addresses(stack).filter((address) => address.startsWith(TYPE))).toEqual([
    'aws_backup_selection.Plan_Chosen_63B19BD8',
    'aws_backup_selection.Plan_Chosen_Resource2_3A9B4C1A',
    'aws_backup_selection.Plan_Chosen_Resource3_524B82CE',
  ]);
});
