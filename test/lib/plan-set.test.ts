import { ContinuousRouting, PlanRuleProps, PlanSet, PlanSetProps, PlanTierProps, Vault } from '@holdfast/cdk';
import { ScanMode, ScanResourceType } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { refusal, stackOf } from './support/stacks';

const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';

function vaultOf(stack: Stack): backup.IBackupVault {
  const existing = stack.node.tryFindChild('Vault') as unknown as backup.IBackupVault | undefined;
  return existing ?? backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
}

const rules = (stack: Stack, over: Partial<PlanRuleProps> = {}): PlanRuleProps[] => [
  { ruleName: 'daily', vault: vaultOf(stack), ...over },
];
const tier = (stack: Stack, tierName: string, over: Partial<PlanTierProps> = {}): PlanTierProps => ({
  tierName,
  rules: rules(stack),
  ...over,
});
const databases = (stack: Stack) => ({ overrideName: 'databases', services: ['rds'], rules: rules(stack) });

function set(stack: Stack, tiers: PlanTierProps[], over: Partial<PlanSetProps> = {}): PlanSet {
  return new PlanSet(stack, 'Plans', { planSetName: 'ledger', tiers, ...over });
}

/** Plans with their selections, as the template has them. */
function rendered(stack: Stack) {
  const template = Template.fromStack(stack);
  const plans = Object.entries(template.findResources(PLAN));
  const selections = Object.values(template.findResources(SELECTION));
  return plans.map(([logicalId, plan]) => {
    const own = selections.filter((it) => it.Properties.BackupPlanId['Fn::GetAtt'][0] === logicalId);
    return [plan.Properties.BackupPlan.BackupPlanName, own.map((it) => it.Properties.BackupSelection)];
  });
}

test('a tier becomes a plan for what has its tag', () => {
  const stack = stackOf();
  set(stack, [tier(stack, 'gold'), tier(stack, 'silver', { tagValue: 'ag' })]);
  const tag = (ConditionValue: string) => ({ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue });
  expect(rendered(stack)).toEqual([
    ['ledger-gold', [{ SelectionName: 'gold', IamRoleArn: expect.anything(), ListOfTags: [tag('gold')] }]],
    ['ledger-silver', [{ SelectionName: 'silver', IamRoleArn: expect.anything(), ListOfTags: [tag('ag')] }]],
  ]);
});

test('an override becomes a plan of its own, and the plan of its tier leaves its services out', () => {
  const stack = stackOf();
  set(stack, [tier(stack, 'gold', { overrides: [databases(stack)] })], { tagKey: 'tier' });
  expect(rendered(stack)).toMatchObject([
    ['ledger-gold', [{ SelectionName: 'gold', NotResources: ['arn:aws:rds:*:*:db:*'] }]],
    [
      'ledger-gold-databases',
      [
        {
          SelectionName: 'databases',
          Resources: ['arn:aws:rds:*:*:db:*'],
          Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/tier', ConditionValue: 'gold' }] },
        },
      ],
    ],
  ]);
});

test('takes ARNs of the partition of its stack', () => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'cn-north-1' } });
  set(stack, [tier(stack, 'gold', { overrides: [databases(stack)] })]);
  expect(rendered(stack)[1]).toMatchObject(['ledger-gold-databases', [{ Resources: ['arn:aws-cn:rds:*:*:db:*'] }]]);
});

test('each plan has the rules of its tier or override', () => {
  const stack = stackOf();
  const override = { ...databases(stack), rules: rules(stack, { ruleName: 'often', deleteAfter: Duration.days(7) }) };
  set(stack, [tier(stack, 'gold', { overrides: [override] })]);
  const names = Object.values(Template.fromStack(stack).findResources(PLAN)).map((it) =>
    it.Properties.BackupPlan.BackupPlanRule.map((rule: { RuleName: string }) => rule.RuleName),
  );
  expect(names).toEqual([['daily'], ['often']]);
});

test('each plan has what is said for all', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'plan-quota', path: '*', reason: 'agreed' }];
  set(stack, [tier(stack, 'gold')], {
    windowsVss: true,
    s3BackupAcls: false,
    s3BackupObjectTags: true,
    advancedBackupSettings: [],
    tags: { owner: 'platform' },
    waivers,
  });
  const template = Template.fromStack(stack);
  template.hasResource(PLAN, {
    Metadata: { Holdfast: { waivers } },
    Properties: {
      BackupPlanTags: { owner: 'platform' },
      BackupPlan: {
        AdvancedBackupSettings: [
          { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
          { ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' } },
        ],
      },
    },
  });
  template.hasResource(SELECTION, { Metadata: { Holdfast: { waivers } } });
});

test('plans that scan have the scan settings, others have none', () => {
  const stack = stackOf();
  const scannerRole = iam.Role.fromRoleArn(stack, 'Scanner', 'arn:aws:iam::111122223333:role/scanner');
  const scanned = rules(stack, { scanAction: ScanMode.FULL_SCAN });
  set(stack, [tier(stack, 'gold', { rules: scanned }), tier(stack, 'silver')], {
    scanSettings: { resourceTypes: [ScanResourceType.S3], scannerRole },
  });
  const settings = Object.values(Template.fromStack(stack).findResources(PLAN)).map(
    (it) => (it.Properties.BackupPlan as { ScanSettings?: unknown }).ScanSettings,
  );
  expect(settings).toEqual([[expect.objectContaining({ ResourceTypes: ['S3'] })], undefined]);
});

test('continuous rules go where the set says', () => {
  const stack = stackOf();
  const { backupVault: vault } = new Vault(stack, 'Locked', {
    backupVaultName: 'locked',
    vaultLock: { minRetentionDays: 90 },
  });
  const continuous = { vault, enableContinuousBackup: true, deleteAfter: Duration.days(14) };
  const made = set(stack, [tier(stack, 'gold', { rules: rules(stack, continuous) })], {
    continuousRouting: ContinuousRouting.toOwnVault(),
  });
  expect(made.find('gold').continuousVault).toBeDefined();
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    BackupVaultName: 'ledger-gold-continuous',
  });
});

test('selections share a role that is given, and none is made', () => {
  const stack = stackOf();
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/backup');
  set(stack, [tier(stack, 'gold', { overrides: [databases(stack)] })], { role });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.resourcePropertiesCountIs(
    SELECTION,
    { BackupSelection: Match.objectLike({ IamRoleArn: 'arn:aws:iam::111122223333:role/backup' }) },
    2,
  );
});

test('roles of selections keep within a boundary', () => {
  const stack = stackOf();
  const arn = 'arn:aws:iam::111122223333:policy/boundary';
  const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', arn);
  set(stack, [tier(stack, 'gold')], { permissionsBoundary });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: arn });
});

test('hands out its plans, and finds them by tier and override', () => {
  const stack = stackOf();
  const made = set(stack, [tier(stack, 'gold', { overrides: [databases(stack)] }), tier(stack, 'silver')]);
  expect(made.plans.map(({ node }) => node.id)).toEqual(['gold', 'gold-databases', 'silver']);
  expect(made.find('gold')).toBe(made.plans[0]);
  expect(made.find('gold', 'databases')).toBe(made.plans[1]);
  expect(made.find('silver')).toBe(made.plans[2]);
});

test('protects constructs whatever their tags', () => {
  const stack = stackOf();
  const made = set(stack, [tier(stack, 'gold')]);
  const selection = made.protect('gold', new s3.Bucket(stack, 'Bucket'));
  expect(selection.node.path).toBe('S/Plans/gold/Protected');
  expect(rendered(stack)).toMatchObject([['ledger-gold', [{}, { Resources: [{}] }]]]);
});

test('fails for a tier that it does not have', () => {
  const stack = stackOf();
  const made = set(stack, [tier(stack, 'gold')]);
  const rule = 'must be a tier of the set, and an override of that tier';
  expect(refusal(() => made.find('silver'))).toContain(`tierName ${rule}, got silver [plan-set-tier]`);
  expect(refusal(() => made.find('gold', 'x'))).toContain(`overrideName ${rule}, got x of gold [plan-set-tier]`);
  expect(refusal(() => made.protect('x', new s3.Bucket(stack, 'Bucket')))).toContain('[plan-set-tier]');
});

test('fails for two tiers of one name, before any plan is made', () => {
  const stack = stackOf();
  expect(refusal(() => set(stack, [tier(stack, 'gold'), tier(stack, 'gold')]))).toBe(
    [
      'S/Plans: 1 value(s) that AWS Backup refuses',
      '  tiers[1].tierName must be unique in the set, together with the values of their tag, got gold again, as in tiers[0] [plan-set-tier-names] (AWS Backup facts B3.4/1)',
    ].join('\n'),
  );
});

test('a plan of the set speaks for itself', () => {
  const stack = stackOf();
  expect(refusal(() => set(stack, [tier(stack, 'gold', { rules: [] })]))).toMatch(
    /^S\/Plans\/gold: .*\n {2}rules must/,
  );
});

test('takes a token for every text', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  set(stack, [tier(stack, 'gold', { tagValue: text('Value') })], { planSetName: text('Name'), tagKey: text('Key') });
  expect(rendered(stack)).toMatchObject([
    [
      { 'Fn::Join': ['', [{ Ref: 'Name' }, '-gold']] },
      [{ ListOfTags: [{ ConditionKey: { Ref: 'Key' }, ConditionValue: { Ref: 'Value' } }] }],
    ],
  ]);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = set(stack, [tier(stack, 'gold', { overrides: [databases(stack)] })]);
  expect(
    made.node
      .findAll()
      .map(({ node }) => node.path)
      .filter((path) => !/Imported|Role/.test(path)),
  ).toEqual([
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
  expect(Object.keys(Template.fromStack(stack).findResources(PLAN))).toEqual([
    'Plansgold483712D2',
    'Plansgolddatabases290A9C31',
  ]);
});
