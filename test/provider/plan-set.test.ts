import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { ContinuousRouting, PlanRuleProps, PlanSet, PlanSetProps, PlanTierProps, Vault } from '@holdfast/cdktf';
import { ScanMode, ScanResourceType } from '@holdfast/model';
import { App, TerraformStack } from 'cdktf';
import { addresses, all, comment, message, only, refusal, sentence, stackOf, synth, variables } from './support/stacks';

const PLAN = 'aws_backup_plan';
const SELECTION = 'aws_backup_selection';
const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');

const rules = (over: Partial<PlanRuleProps> = {}): PlanRuleProps[] => [{ ruleName: 'daily', vault, ...over }];
const tier = (tierName: string, over: Partial<PlanTierProps> = {}): PlanTierProps => ({
  tierName,
  rules: rules(),
  ...over,
});
const databases = (over: Partial<PlanRuleProps> = {}) => ({
  overrideName: 'databases',
  services: ['rds'],
  rules: rules(over),
});

function set(stack: TerraformStack, tiers: PlanTierProps[], over: Partial<PlanSetProps> = {}): PlanSet {
  return new PlanSet(stack, 'Plans', { planSetName: 'ledger', tiers, ...over });
}

/** Names of plans, each with its selections, in the order of their addresses. */
function rendered(stack: TerraformStack): [unknown, Record<string, unknown>[]][] {
  const selections = all(stack, SELECTION);
  return Object.entries(synth(stack).resource?.[PLAN] ?? {}).map(([name, plan]) => [
    plan.name,
    selections.filter(({ plan_id: id }) => id === `\${${PLAN}.${name}.id}`),
  ]);
}

test('a tier becomes a plan for what has its tag', () => {
  const stack = stackOf();
  set(stack, [tier('gold'), tier('silver', { tagValue: 'ag' })]);
  const tag = (value: string) => ({ type: 'STRINGEQUALS', key: 'backup', value });
  expect(rendered(stack)).toEqual([
    ['ledger-gold', [expect.objectContaining({ name: 'gold', selection_tag: [tag('gold')] })]],
    ['ledger-silver', [expect.objectContaining({ name: 'silver', selection_tag: [tag('ag')] })]],
  ]);
});

test('an override becomes a plan of its own, and the plan of its tier leaves its services out', () => {
  const stack = stackOf();
  set(stack, [tier('gold', { overrides: [databases({ ruleName: 'often' })] })], { tagKey: 'tier' });
  expect(new Map(rendered(stack))).toEqual(
    new Map([
      ['ledger-gold', [expect.objectContaining({ name: 'gold', not_resources: ['arn:aws:rds:*:*:db:*'] })]],
      [
        'ledger-gold-databases',
        [
          expect.objectContaining({
            name: 'databases',
            resources: ['arn:aws:rds:*:*:db:*'],
            condition: [{ string_equals: [{ key: 'aws:ResourceTag/tier', value: 'gold' }] }],
          }),
        ],
      ],
    ]),
  );
  expect(all(stack, PLAN)).toContainEqual(
    expect.objectContaining({ name: 'ledger-gold-databases', rule: [expect.objectContaining({ rule_name: 'often' })] }),
  );
});

test('takes ARNs of the partition of its provider, by Terraform where nobody else knows it', () => {
  const stack = new TerraformStack(App.of(stackOf()), 'P');
  new AwsProvider(stack, 'Aws', { region: 'cn-north-1' });
  set(stack, [tier('gold', { overrides: [databases()] })]);
  expect(JSON.stringify(all(stack, SELECTION))).toContain('arn:aws-cn:rds:*:*:db:*');
  const other = new TerraformStack(App.of(stack), 'Q');
  set(other, [tier('gold', { overrides: [databases()] })], { roleArn: 'arn:aws:iam::111122223333:role/backup' });
  expect(JSON.stringify(all(other, SELECTION))).toMatch(
    /arn:\$\{data\.aws_partition\.\w+\.partition\}:rds:\*:\*:db:\*/,
  );
});

test('asks nothing of Terraform where no plan names an ARN', () => {
  const stack = new TerraformStack(App.of(stackOf()), 'P');
  set(stack, [tier('gold')], { roleArn: 'arn:aws:iam::111122223333:role/backup' });
  expect(synth(stack).data).toBeUndefined();
});

test('each plan has what is said for all', () => {
  const stack = stackOf({ 'holdfast:awsProviderVersion': '6.67.0' });
  const waivers = [{ rule: 'plan-quota', path: '*', reason: 'agreed' }];
  const provider = new AwsProvider(stack, 'Other', { alias: 'other', region: 'eu-central-1' });
  set(stack, [tier('gold')], {
    windowsVss: true,
    s3BackupAcls: false,
    s3BackupObjectTags: true,
    advancedBackupSettings: [],
    tags: { owner: 'platform' },
    waivers,
    provider,
  });
  expect(only(stack, PLAN)).toMatchObject({
    tags: { owner: 'platform' },
    provider: 'aws.other',
    advanced_backup_setting: [
      { resource_type: 'EC2', backup_options: { WindowsVSS: 'enabled' } },
      { resource_type: 'S3', backup_options: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' } },
    ],
  });
  expect(only(stack, SELECTION)).toMatchObject({ provider: 'aws.other' });
  expect([comment(stack, PLAN), comment(stack, SELECTION)]).toEqual([{ waivers }, { waivers }]);
});

test('plans that scan have the scan settings, others have none', () => {
  const stack = stackOf({ 'holdfast:awsProviderVersion': '6.25.0' });
  const scanSettings = { resourceTypes: [ScanResourceType.S3], scannerRoleArn: 'arn:aws:iam::111122223333:role/s' };
  set(stack, [tier('gold', { rules: rules({ scanAction: ScanMode.FULL_SCAN }) }), tier('silver')], { scanSettings });
  const settings = new Map(all(stack, PLAN).map((plan) => [plan.name, plan.scan_setting]));
  expect(settings.get('ledger-gold')).toEqual([expect.objectContaining({ resource_types: ['S3'] })]);
  expect(settings.get('ledger-silver')).toBeUndefined();
});

test('continuous rules go where the set says', () => {
  const stack = stackOf();
  const locked = new Vault(stack, 'Locked', { backupVaultName: 'locked', vaultLock: { minRetentionDays: 90 } });
  const continuous = rules({ vault: locked, enableContinuousBackup: true, deleteAfterDays: 14 });
  const made = set(stack, [tier('gold', { rules: continuous })], { continuousRouting: ContinuousRouting.toOwnVault() });
  expect(made.find('gold').continuousVault).toBeDefined();
  expect(all(stack, 'aws_backup_vault').map(({ name }) => name)).toContain('ledger-gold-continuous');
});

test('selections share a role that is given, and none is made', () => {
  const stack = stackOf();
  const roleArn = 'arn:aws:iam::111122223333:role/backup';
  set(stack, [tier('gold', { overrides: [databases()] })], { roleArn });
  expect(all(stack, 'aws_iam_role')).toEqual([]);
  expect(all(stack, SELECTION).map((selection) => selection.iam_role_arn)).toEqual([roleArn, roleArn]);
});

test('roles of selections keep within a boundary', () => {
  const stack = stackOf();
  const permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
  set(stack, [tier('gold')], { permissionsBoundaryArn });
  expect(only(stack, 'aws_iam_role')).toMatchObject({ permissions_boundary: permissionsBoundaryArn });
});

test('hands out its plans, and finds them by tier and override', () => {
  const made = set(stackOf(), [tier('gold', { overrides: [databases()] }), tier('silver')]);
  expect(made.plans.map(({ node }) => node.id)).toEqual(['gold', 'gold-databases', 'silver']);
  expect(made.find('gold')).toBe(made.plans[0]);
  expect(made.find('gold', 'databases')).toBe(made.plans[1]);
  expect(made.find('silver')).toBe(made.plans[2]);
});

test('protects constructs whatever their tags', () => {
  const stack = stackOf();
  const made = set(stack, [tier('gold')]);
  expect(made.protect('gold', new S3Bucket(stack, 'Bucket', {})).node.path).toBe('S/Plans/gold/Protected');
  expect(JSON.stringify(all(stack, SELECTION))).toContain('${aws_s3_bucket.Bucket.arn}');
});

test('fails for a tier that it does not have', () => {
  const stack = stackOf();
  const made = set(stack, [tier('gold')]);
  const said = (at: string, given: string) => message('S/Plans', [sentence('plan-set-tier', at, given)]);
  expect(refusal(() => made.find('silver'))).toBe(said('tierName', 'silver'));
  expect(refusal(() => made.find('gold', 'x'))).toBe(said('overrideName', 'x of gold'));
  expect(refusal(() => made.protect('x', new S3Bucket(stack, 'Bucket', {})))).toBe(said('tierName', 'x'));
});

test('fails for two tiers of one name, before any plan is made', () => {
  expect(refusal(() => set(stackOf(), [tier('gold'), tier('gold')]))).toBe(
    message('S/Plans', [sentence('plan-set-tier-names', 'tiers[1].tierName', 'gold again, as in tiers[0]')]),
  );
});

test('a plan of the set speaks for itself', () => {
  expect(refusal(() => set(stackOf(), [tier('gold', { rules: [] })]))).toMatch(/^S\/Plans\/gold: .*\n {2}rules must/);
});

test('takes a token for every text', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  set(stack, [tier('gold', { tagValue: text('value') })], { planSetName: text('name'), tagKey: text('key') });
  expect(rendered(stack)).toMatchObject([
    ['${var.name}-gold', [{ selection_tag: [{ key: '${var.key}', value: '${var.value}' }] }]],
  ]);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const roleArn = 'arn:aws:iam::111122223333:role/backup';
  const made = set(stack, [tier('gold', { overrides: [databases()] })], { roleArn });
  expect(made.node.findAll().map(({ node }) => node.path)).toEqual([
    'S/Plans',
    'S/Plans/gold',
    'S/Plans/gold/Resource',
    'S/Plans/gold/Tagged',
    'S/Plans/gold/Tagged/Resource',
    'S/Plans/gold-databases',
    'S/Plans/gold-databases/Resource',
    'S/Plans/gold-databases/Tagged',
    'S/Plans/gold-databases/Tagged/Resource',
  ]);
  expect(addresses(stack)).toEqual([
    'aws_backup_plan.Plans_gold-databases_290A9C31',
    'aws_backup_plan.Plans_gold_483712D2',
    'aws_backup_selection.Plans_gold-databases_Tagged_53C22E51',
    'aws_backup_selection.Plans_gold_Tagged_32B1F077',
  ]);
});
