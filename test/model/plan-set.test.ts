import { IValueProbe, PlanSetDeclaration, PlanSetRules, PlanSets, PlanSetTier, ServiceSupport } from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

const set = (...tiers: PlanSetTier[]): PlanSetDeclaration => ({ planSetName: 'ledger', tagKey: 'backup', tiers });
const GOLD: PlanSetTier = { tierName: 'gold' };
const overriding = (...services: string[][]): PlanSetTier => ({
  tierName: 'gold',
  overrides: services.map((ids, index) => ({ overrideName: `o${index}`, services: ids })),
});

// prettier-ignore
const ROWS: Row<PlanSetDeclaration>[] = [
  ['plan-set-name',  'passes', set(GOLD)],
  ['plan-set-name',  'fails',  { ...set(GOLD), planSetName: 'my plans' },  's.planSetName', 'my plans'],
  ['plan-set-tiers', 'passes', set(GOLD)],
  ['plan-set-tiers', 'fails',  set(),                                      's.tiers', '0'],
  ['plan-set-tier-name',  'passes', set({ tierName: 'a.b-c_1' })],
  ['plan-set-tier-name',  'fails',  set({ tierName: 'a/b' }),              's.tiers[0].tierName', 'a/b'],
  ['plan-set-tier-name',  'fails',  set({ tierName: 'a', overrides: [{ overrideName: '', services: ['s3'] }] }), 's.tiers[0].overrides[0].overrideName', 'an empty name'],
  ['plan-set-tier-names', 'passes', set(GOLD, { tierName: 'silver' })],
  ['plan-set-tier-names', 'fails',  set(GOLD, GOLD),                       's.tiers[1].tierName', 'gold again, as in tiers[0]'],
  ['plan-set-tier-names', 'fails',  set(GOLD, { tierName: 'silver', tagValue: 'gold' }), 's.tiers[1].tagValue', 'gold again, as in tiers[0]'],
  ['plan-set-tier-names', 'passes', set({ tierName: 'a', tagValue: 'b' }, { tierName: 'b', tagValue: 'a' })],
  ['plan-set-tier-names', 'fails',  set({ tierName: 'a', overrides: [{ overrideName: 'x', services: ['s3'] }, { overrideName: 'x', services: ['ebs'] }] }), 's.tiers[0].overrides[1].overrideName', 'x again, as in overrides[0]'],
  ['plan-set-services',   'passes', set(overriding(['s3']))],
  ['plan-set-services',   'fails',  set(overriding([])),                   's.tiers[0].overrides[0].services', '0'],
  ['plan-set-service',    'passes', set(overriding(['ebs', 'ec2']))],
  ['plan-set-service',    'fails',  set(overriding(['ebs', 'EC2'])),       's.tiers[0].overrides[0].services[1]', 'EC2'],
  ['plan-set-service-twice', 'passes', set(overriding(['ebs'], ['ec2']))],
  ['plan-set-service-twice', 'fails',  set(overriding(['ebs'], ['ec2', 'ebs'])), 's.tiers[0].overrides[1].services[1]', 'ebs, as at s.tiers[0].overrides[0].services[0]'],
  ['plan-set-services-alike', 'passes', set(overriding(['rds']))],
  ['plan-set-services-alike', 'passes', set(overriding(['rds-multi-az-cluster', 'aurora', 'documentdb', 'neptune']))],
  ['plan-set-services-alike', 'fails',  set(overriding(['aurora', 'neptune'])), 's.tiers[0].overrides[0].services', 'aurora, neptune without rds-multi-az-cluster, documentdb'],
];

testRows((declaration) => PlanSetRules.check(declaration, 's', PLAIN), ROWS);

const DATABASES: PlanSetTier = { tierName: 'gold', overrides: [{ overrideName: 'databases', services: ['rds'] }] };

// prettier-ignore
const TIERS: Row<[tierName: string, overrideName?: string]>[] = [
  ['plan-set-tier', 'passes', ['gold']],
  ['plan-set-tier', 'passes', ['gold', 'databases']],
  ['plan-set-tier', 'fails',  ['silver'],            'tierName', 'silver'],
  ['plan-set-tier', 'fails',  ['gold', 'buckets'],   'overrideName', 'buckets of gold'],
];

testRows((names) => PlanSetRules.checkTier(set(DATABASES), ...names), TIERS);

test('what is known only at deployment is neither checked nor tripped over', () => {
  const probe: IValueProbe = { known: (value) => value !== 'TOKEN' };
  const declaration = { planSetName: 'TOKEN', tagKey: 'TOKEN', tiers: [{ tierName: 'gold', tagValue: 'TOKEN' }] };
  expect(PlanSetRules.check(declaration, '', probe)).toEqual([]);
});

test('a tier becomes a plan for all that has its tag', () => {
  expect(PlanSets.parts(set(GOLD, { tierName: 'silver', tagValue: 'ag' }), 'aws')).toEqual([
    {
      backupPlanName: 'ledger-gold',
      selectionName: 'gold',
      tierName: 'gold',
      listOfTags: [{ conditionKey: 'backup', conditionValue: 'gold' }],
    },
    {
      backupPlanName: 'ledger-silver',
      selectionName: 'silver',
      tierName: 'silver',
      listOfTags: [{ conditionKey: 'backup', conditionValue: 'ag' }],
    },
  ]);
});

test('an override becomes a plan of its own, whose services the plan of the tier leaves out', () => {
  const tier = { tierName: 'gold', overrides: [{ overrideName: 'databases', services: ['rds', 'dynamodb-advanced'] }] };
  const arns = ['arn:aws-cn:rds:*:*:db:*', 'arn:aws-cn:dynamodb:*:*:table/*'];
  expect(PlanSets.parts(set(tier), 'aws-cn')).toEqual([
    {
      backupPlanName: 'ledger-gold',
      selectionName: 'gold',
      tierName: 'gold',
      listOfTags: [{ conditionKey: 'backup', conditionValue: 'gold' }],
      notResources: arns,
    },
    {
      backupPlanName: 'ledger-gold-databases',
      selectionName: 'databases',
      tierName: 'gold',
      overrideName: 'databases',
      resources: arns,
      conditions: { stringEquals: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: 'gold' }] },
    },
  ]);
});

// prettier-ignore
test.each([
  ['ebs',             'arn:aws:ec2:*:*:volume/*'],
  ['s3',              'arn:aws:s3:::*'],
  ['aurora',          'arn:aws:rds:*:*:cluster:*'],
  ['fsx-ontap',       'arn:aws:fsx:*:*:volume/*'],
  ['fsx-windows',     'arn:aws:fsx:*:*:file-system/*'],
  ['storage-gateway', 'arn:aws:storagegateway:*:*:gateway/*'],
  ['virtual-machine', 'arn:aws:backup-gateway:*:*:vm/*'],
  ['sap-hana',        'arn:aws:ssm-sap:*:*:HANA/*'],
])('a selection takes all of %s by %s', (id, glob) => {
  expect(ServiceSupport.arnGlob(id, 'aws')).toBe(glob);
});

test('fails for a service that AWS Backup does not support', () => {
  expect(() => ServiceSupport.arnGlob('sqs', 'aws')).toThrow('service must be one of');
});
