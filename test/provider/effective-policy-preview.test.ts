import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  EffectivePolicyPreview,
  EffectivePolicyPreviewProps,
  OrganizationBackupPolicy,
  OrganizationVault,
} from '@holdfast/cdktf';
import { OrganizationNode } from '@holdfast/model';
import Ajv from 'ajv';
import { App, TerraformStack } from 'cdktf';
import { ROOT as REPOSITORY } from '../support/sources';
import { temporaryFolder } from '../support/synth';
import { addresses, annotations, refusal, stackOf } from './support/stacks';

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

/** A stack in an app of its own, and the file that the preview writes when the app is synthesized. */
function written(declare: (stack: TerraformStack) => EffectivePolicyPreview, region?: string): unknown {
  const outdir = temporaryFolder('preview');
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, 'S');
  new AwsProvider(stack, 'Aws', { region });
  const { previewFile } = declare(stack);
  app.synth();
  return JSON.parse(fs.readFileSync(path.join(outdir, 'stacks', 'S', previewFile), 'utf8'));
}

function base(stack: TerraformStack): OrganizationBackupPolicy {
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
            vault: OrganizationVault.ofMemberAccount('main'),
            deleteAfterDays: 35,
          },
        ],
        tagSelections: [{ selectionName: 'tagged', tagKey: 'backup', tagValues: ['daily'] }],
        childControls: [{ node: 'rules/Daily/lifecycle', operators: ['@@none'] }],
      },
    ],
  });
}

function adjusting(
  stack: TerraformStack,
  node: string,
  valueOperator: string,
  values: string[],
): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, `Adjusting-${valueOperator}`, {
    policyName: `adjusting${valueOperator}`,
    targetIds: [UNIT],
    adjustments: [{ node: `ledger/${node}`, valueOperator, values }],
  });
}

function preview(
  stack: TerraformStack,
  policies: OrganizationBackupPolicy[],
  props: Partial<EffectivePolicyPreviewProps> = {},
): EffectivePolicyPreview {
  return new EffectivePolicyPreview(stack, 'Preview', { root: TREE, policies, ...props });
}

test('works out what each account gets', () => {
  const stack = stackOf();
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
  const stack = stackOf();
  const policies = [
    { policyName: 'elsewhere', content: { plans: { ledger: { regions: { '@@append': ['eu-north-1'] } } } } },
  ];
  const made = preview(stack, [base(stack)], { root: { ...TREE, policies } });
  expect(made.effectivePolicies.map(({ content }) => content.plans.ledger.regions as string[])).toEqual([
    ['eu-central-1', 'eu-north-1'],
    ['eu-central-1', 'eu-north-1'],
  ]);
});

test('writes the preview beside the configuration of its stack, and no resource', () => {
  const said = written((stack) => {
    const change = adjusting(stack, 'rules/Daily/lifecycle/delete_after_days', '@@assign', ['7']);
    const made = preview(stack, [base(stack), change]);
    expect(made.previewFile).toBe('Preview.effective-policies.json');
    return made;
  }, 'eu-central-1') as { accounts: { settings: unknown }[] };
  expect([isPreview(said), isPreview.errors]).toEqual([true, null]);
  expect(said).toMatchObject({
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
  expect(said.accounts[1]?.settings).toContainEqual({
    path: 'ledger/regions',
    values: ['eu-central-1'],
    setBy: ['base at Root'],
  });
});

test('the file can have another name, and each preview of a stack has its own', () => {
  const said = written((stack) => {
    const policies = [base(stack)];
    const made = preview(stack, policies, { previewFile: 'organization.json' });
    new EffectivePolicyPreview(stack, 'Another', { root: { id: OTHER }, policies: [] });
    return made;
  }, 'eu-central-1');
  expect(isPreview(said)).toBe(true);
});

test('fails on what AWS would not enforce, once for all accounts', () => {
  const stack = stackOf();
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
    const stack = stackOf();
    const second = new OrganizationBackupPolicy(stack, 'Second', {
      policyName: 'second',
      targetIds: [UNIT],
      adjustments: [{ node: 'ledger/regions', valueOperator: '@@assign', values: ['eu-west-2'] }],
    });
    preview(stack, [base(stack), adjusting(stack, 'regions', '@@assign', ['eu-west-1']), second], { waivers });
    return stack;
  };
  expect(annotations(conflict(undefined), 'warn')).toEqual([
    expect.stringContaining(`${ACCOUNT}.ledger/regions must be assigned by one policy of a root, unit or account`),
  ]);
  const waiver = { rule: 'organization-policy-conflict', path: '*', reason: 'both are the same soon' };
  expect(annotations(conflict([waiver]), 'warn')).toEqual([]);
});

test('what Terraform alone knows is neither checked nor lost', () => {
  const said = written((stack) => preview(stack, [base(stack)])) as { accounts: { content: unknown }[] };
  expect([isPreview(said), isPreview.errors]).toEqual([true, null]);
  expect(JSON.stringify(said.accounts[0]?.content)).toMatch(
    /"iam_role_arn":"arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::444455556666:role\/HoldfastBackup"/,
  );
});

test('makes no resource', () => {
  const stack = stackOf();
  const before = addresses(stack);
  expect(preview(stack, []).node.children).toEqual([]);
  expect(addresses(stack)).toEqual(before);
});
