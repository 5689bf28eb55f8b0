import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  EffectivePolicyPreview,
  EffectivePolicyPreviewProps,
  OrganizationBackupPolicy,
  OrganizationVault,
} from '@holdfast/cdk';
import { OrganizationNode } from '@holdfast/model';
import { Template } from 'aws-cdk-lib/assertions';
import Ajv from 'ajv';
import { App, Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { ROOT as REPOSITORY } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { annotations, refusal } from './support/stacks';

const SCHEMA = path.join(REPOSITORY, 'docs', 'schemas', 'holdfast.effective-policies-1.json');
const isPreview = new Ajv().compile(JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as object);

const ROOT = 'r-a1b2';
const UNIT = 'ou-a1b2-12345678';
const ACCOUNT = '444455556666';
const OTHER = '777788889999';

const TREE: OrganizationNode = {
  id: ROOT,
  name: 'Root',
  children: [{ id: UNIT, name: 'Workloads', children: [{ id: ACCOUNT }] }, { id: OTHER }],
};

function stackIn(outdir?: string, region: string | undefined = 'eu-central-1'): Stack {
  const env = { account: '111122223333', region };
  return new Stack(new App({ outdir }), 'S', region === undefined ? {} : { env });
}

function base(stack: Stack): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Base', {
    policyName: 'base',
    provided: { backupVaultNames: ['main'], roleNames: ['HoldfastBackup'] },
    targetIds: [ROOT],
    plans: [
      {
        backupPlanName: 'ledger',
        regions: ['eu-central-1'],
        rules: [
          {
            ruleName: 'Daily',
            vault: OrganizationVault.ofMemberAccount(stack, 'Main', 'main'),
            deleteAfter: Duration.days(35),
          },
        ],
        tagSelections: [{ selectionName: 'tagged', tagKey: 'backup', tagValues: ['daily'] }],
        childControls: [{ node: 'rules/Daily/lifecycle', operators: ['@@none'] }],
      },
    ],
  });
}

function adjusting(stack: Stack, node: string, valueOperator: string, values: string[]): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, `Adjusting-${valueOperator}`, {
    policyName: `adjusting${valueOperator}`,
    targetIds: [UNIT],
    adjustments: [{ node: `ledger/${node}`, valueOperator, values }],
  });
}

function preview(
  stack: Stack,
  policies: OrganizationBackupPolicy[],
  props: Partial<EffectivePolicyPreviewProps> = {},
): EffectivePolicyPreview {
  return new EffectivePolicyPreview(stack, 'Preview', { root: TREE, policies, ...props });
}

test('works out what each account gets', () => {
  const stack = stackIn();
  const append = adjusting(stack, 'regions', '@@append', ['eu-west-1']);
  const made = preview(stack, [base(stack), append]);
  expect(made.effectivePolicies.map(({ accountId, path: place }) => [accountId, place])).toEqual([
    [ACCOUNT, `Root/Workloads/${ACCOUNT}`],
    [OTHER, `Root/${OTHER}`],
  ]);
  const regions = (account: string) => made.tryFindAccount(account)?.content.plans.ledger.regions as string[];
  expect(regions(ACCOUNT)).toEqual(['eu-central-1', 'eu-west-1']);
  expect(regions(OTHER)).toEqual(['eu-central-1']);
  expect(made.tryFindAccount('000000000000')).toBeUndefined();
  expect(Object.keys(made.tryFindAccount(OTHER)?.content.plans.ledger.rules as object)).toEqual(['daily']);
});

test('counts policies of elsewhere that stand in the tree', () => {
  const stack = stackIn();
  const policies = [
    { policyName: 'elsewhere', content: { plans: { ledger: { regions: { '@@append': ['eu-north-1'] } } } } },
  ];
  const made = preview(stack, [base(stack)], { root: { ...TREE, policies } });
  expect(made.effectivePolicies.map(({ content }) => content.plans.ledger.regions as string[])).toEqual([
    ['eu-central-1', 'eu-north-1'],
    ['eu-central-1', 'eu-north-1'],
  ]);
});

test('writes the preview beside the templates, and no resource', () => {
  const outdir = temporaryFolder('preview');
  const stack = stackIn(outdir);
  const made = preview(stack, [
    base(stack),
    adjusting(stack, 'rules/Daily/lifecycle/delete_after_days', '@@assign', ['7']),
  ]);
  const assembly = (stack.node.root as App).synth();
  expect(made.previewFile).toMatch(/^SPreview[0-9A-Z]+\.effective-policies\.json$/);
  const written = JSON.parse(fs.readFileSync(path.join(assembly.directory, made.previewFile), 'utf8'));
  expect([isPreview(written), isPreview.errors]).toEqual([true, null]);
  expect(written).toMatchObject({
    schema: 'holdfast.effective-policies/1',
    accounts: [
      {
        account: ACCOUNT,
        path: `Root/Workloads/${ACCOUNT}`,
        content: { plans: { ledger: { rules: { daily: { lifecycle: { delete_after_days: '35' } } } } } },
        ignored: [
          {
            path: 'ledger/rules/daily/lifecycle/delete_after_days',
            valueOperator: '@@assign',
            policy: 'adjusting@@assign at Workloads',
            because: 'base at Root allows nothing for ledger/rules/daily/lifecycle',
          },
        ],
        findings: [expect.objectContaining({ rule: 'organization-policy-ignored' })],
      },
      { account: OTHER, ignored: [], findings: [] },
    ],
  });
  expect(written.accounts[1].settings).toContainEqual({
    path: 'ledger/regions',
    values: ['eu-central-1'],
    setBy: ['base at Root'],
  });
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources as object)).toHaveLength(2);
});

test('the file can have another name', () => {
  const outdir = temporaryFolder('preview');
  const stack = stackIn(outdir);
  preview(stack, [base(stack)], { previewFile: 'organization.json' });
  (stack.node.root as App).synth();
  expect(fs.existsSync(path.join(outdir, 'organization.json'))).toBe(true);
});

test('refuses what AWS would not enforce, once for all accounts', () => {
  const stack = stackIn();
  const root = {
    ...TREE,
    policies: [{ policyName: 'none', content: { plans: { bare: { regions: { '@@assign': ['eu-west-1'] } } } } }],
  };
  expect(refusal(() => preview(stack, [base(stack)], { root })).split('\n')).toEqual([
    'S/Preview: 2 value(s) that AWS Backup refuses',
    expect.stringContaining(
      `${ACCOUNT}.bare/rules must be given: an effective policy without it is not enforced, got none`,
    ),
    expect.stringContaining(`${ACCOUNT}.bare/selections must be given`),
  ]);
});

test('warns of conflicts, notes what is ignored, and takes waivers', () => {
  const conflict = (waivers: EffectivePolicyPreviewProps['waivers']) => {
    const stack = stackIn();
    const second = new OrganizationBackupPolicy(stack, 'Second', {
      policyName: 'second',
      targetIds: [UNIT],
      adjustments: [{ node: 'ledger/regions', valueOperator: '@@assign', values: ['eu-west-2'] }],
    });
    preview(stack, [base(stack), adjusting(stack, 'regions', '@@assign', ['eu-west-1']), second], { waivers });
    return stack;
  };
  expect(annotations(conflict(undefined), 'warning')).toEqual([
    expect.stringContaining(`${ACCOUNT}.ledger/regions must be assigned by one policy of a root, unit or account`),
  ]);
  const waiver = { rule: 'organization-policy-conflict', path: '*', reason: 'both are the same soon' };
  expect(annotations(conflict([waiver]), 'warning')).toEqual([]);
});

test('what is known at deployment alone is neither checked nor lost', () => {
  const outdir = temporaryFolder('preview');
  const stack = new Stack(new App({ outdir }), 'S');
  const made = preview(stack, [base(stack)]);
  (stack.node.root as App).synth();
  const written = fs.readFileSync(path.join(outdir, made.previewFile), 'utf8');
  expect([isPreview(JSON.parse(written)), isPreview.errors]).toEqual([true, null]);
  expect(JSON.parse(written).accounts[0].content.plans.ledger.selections.tags.tagged.iam_role_arn).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:role/HoldfastBackup`]],
  });
  expect(Aws.PARTITION).toContain('Token');
});

test('keeps its ids', () => {
  const stack = stackIn();
  expect(preview(stack, [base(stack)]).node.children).toEqual([]);
});
