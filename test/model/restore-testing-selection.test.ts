import { RestoreTestingSelection, RestoreTestingSelectionRules } from '@holdfast/model';
import { testSelection as selection } from './restore-testing-rows';
import { many, PLAIN, Row, testRows } from './rows';

const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders';
const none = undefined as never;
const ARNS = 'protectedResourceArns';
const CONDITIONS = 'protectedResourceConditions';
const OVERRIDES = 'restoreMetadataOverrides';
const by = (stringEquals: [string, string][], stringNotEquals: [string, string][] = []) =>
  selection({
    protectedResourceArns: undefined,
    protectedResourceConditions: {
      stringEquals: stringEquals.map(([key, value]) => ({ key, value })),
      stringNotEquals: stringNotEquals.map(([key, value]) => ({ key, value })),
    },
  });
const tags = (count: number): [string, string][] => many(count, (n) => [`aws:ResourceTag/tag${n}`, 'x']);
const overridden = (type: string, restoreMetadataOverrides: { [key: string]: string }, services?: string[]) =>
  selection({ protectedResourceType: type, restoreMetadataOverrides, services });
const lustre = { subnetIds: '["subnet-1"]' };
const windows = { ...lustre, WindowsConfiguration: '{"activeDirectoryId":"d-1"}' };
const ontap = { ontapConfiguration: '{"storageVirtualMachineId":"svm-1"}' };

// prettier-ignore
const ROWS: Row<RestoreTestingSelection>[] = [
  ['restore-testing-selection-name', 'passes', selection({ restoreTestingSelectionName: 'x'.repeat(50) })],
  ['restore-testing-selection-name', 'fails',  selection({ restoreTestingSelectionName: 'x'.repeat(51) }), 'restoreTestingSelectionName', `51 characters: ${'x'.repeat(51)}`],
  ['restore-testing-selection-name', 'fails',  selection({ restoreTestingSelectionName: 'a-b' }), 'restoreTestingSelectionName', 'a-b'],
  ['restore-testing-selection-resource-type', 'passes', selection({ protectedResourceType: 'EFS' })],
  ['restore-testing-selection-resource-type', 'fails',  selection({ protectedResourceType: 'Redshift' }), 'protectedResourceType', 'Redshift'],
  ['restore-testing-selection-resource-type', 'fails',  selection({ protectedResourceType: none }), 'protectedResourceType', 'none'],
  ['restore-testing-selection-role-arn', 'passes', selection()],
  ['restore-testing-selection-role-arn', 'fails',  selection({ iamRoleArn: 'backup' }), 'iamRoleArn', 'backup'],
  ['restore-testing-selection-empty', 'passes', selection()],
  ['restore-testing-selection-empty', 'passes', by(tags(1))],
  ['restore-testing-selection-empty', 'fails',  selection({ protectedResourceArns: [] }), ARNS, 'neither'],
  ['restore-testing-selection-empty', 'fails',  selection({ protectedResourceArns: undefined }), ARNS, 'neither'],
  ['restore-testing-selection-arns', 'passes', selection({ protectedResourceArns: many(30, (n) => `${TABLE}${n}`) })],
  ['restore-testing-selection-arns', 'fails',  selection({ protectedResourceArns: many(31, (n) => `${TABLE}${n}`) }), ARNS, '31'],
  ['restore-testing-selection-arn', 'passes', selection({ protectedResourceArns: [TABLE] })],
  ['restore-testing-selection-arn', 'fails',  selection({ protectedResourceArns: [`${TABLE}*`] }), `${ARNS}[0]`, `${TABLE}*`],
  ['restore-testing-selection-arn', 'fails',  selection({ protectedResourceArns: ['orders'] }), `${ARNS}[0]`, 'orders'],
  ['restore-testing-selection-arn', 'fails',  selection({ protectedResourceArns: [TABLE, '*'] }), `${ARNS}[1]`, '* beside 1 more'],
  ['restore-testing-selection-arn-type', 'passes', selection({ protectedResourceArns: [TABLE] })],
  ['restore-testing-selection-arn-type', 'fails',  selection({ protectedResourceType: 'S3', protectedResourceArns: [TABLE] }), `${ARNS}[0]`, `${TABLE} in a selection of S3`],
  ['restore-testing-selection-arn-type', 'passes', selection({ protectedResourceType: 'Neptune', protectedResourceArns: ['arn:aws:rds:eu-central-1:123456789012:cluster:graph'] })],
  ['restore-testing-selection-conditions-with-arns', 'passes', { ...by(tags(1)), protectedResourceArns: ['*'] }],
  ['restore-testing-selection-conditions-with-arns', 'fails',  { ...by(tags(1)), protectedResourceArns: [TABLE] }, CONDITIONS, '1 ARN'],
  ['restore-testing-selection-conditions-with-arns', 'fails',  { ...by(tags(1)), protectedResourceArns: [TABLE, `${TABLE}2`] }, CONDITIONS, '2 ARNs'],
  ['restore-testing-selection-conditions', 'passes', by(tags(20), tags(10))],
  ['restore-testing-selection-conditions', 'fails',  by(tags(20), tags(11)), CONDITIONS, '31'],
  ['restore-testing-selection-condition-key', 'passes', by(tags(1))],
  ['restore-testing-selection-condition-key', 'fails',  by([['stage', 'prod']]), `${CONDITIONS}.stringEquals[0].key`, 'stage'],
  ['restore-testing-selection-condition-key', 'fails',  by([], [['aws:ResourceTag/', 'prod']]), `${CONDITIONS}.stringNotEquals[0].key`, 'aws:ResourceTag/'],
  ['restore-testing-selection-contradiction', 'passes', by([['aws:ResourceTag/stage', 'prod']], [['aws:ResourceTag/stage', 'test']])],
  ['restore-testing-selection-contradiction', 'fails',  by([['aws:ResourceTag/stage', 'prod']], [['aws:ResourceTag/stage', 'prod']]), `${CONDITIONS}.stringNotEquals[0]`, 'stringEquals prod with stringNotEquals prod on aws:ResourceTag/stage'],
  ['restore-testing-selection-contradiction', 'fails',  by([['aws:ResourceTag/stage', 'prod'], ['aws:ResourceTag/stage', 'test']]), `${CONDITIONS}.stringEquals[1]`, 'stringEquals prod with stringEquals test on aws:ResourceTag/stage'],
  ['restore-testing-selection-validation-window', 'passes', selection({ validationWindowHours: 0 })],
  ['restore-testing-selection-validation-window', 'passes', selection({ validationWindowHours: 168 })],
  ['restore-testing-selection-validation-window', 'fails',  selection({ validationWindowHours: 169 }), 'validationWindowHours', '169'],
  ['restore-testing-selection-validation-window', 'fails',  selection({ validationWindowHours: -1 }), 'validationWindowHours', '-1'],
  ['restore-testing-selection-validation-window', 'fails',  selection({ validationWindowHours: 0.5 }), 'validationWindowHours', '0.5'],
  ['restore-testing-selection-override-key', 'passes', overridden('RDS', { DBSUBNETGROUPNAME: 'restore' })],
  ['restore-testing-selection-override-key', 'fails',  overridden('RDS', { subnetGroup: 'restore' }), `${OVERRIDES}.subnetGroup`, 'subnetGroup for RDS'],
  ['restore-testing-selection-override-key', 'fails',  overridden('DynamoDB', { kmsKeyId: 'k' }), `${OVERRIDES}.kmsKeyId`, 'kmsKeyId for DynamoDB'],
  ['restore-testing-selection-override-fixed', 'passes', overridden('DynamoDB', { kmsMasterKeyArn: 'k' })],
  ['restore-testing-selection-override-fixed', 'fails',  overridden('DynamoDB', { targetTableName: 't' }), `${OVERRIDES}.targetTableName`, 'targetTableName for DynamoDB'],
  ['restore-testing-selection-override-twice', 'passes', overridden('EBS', { iops: '1', throughput: '2' })],
  ['restore-testing-selection-override-twice', 'fails',  overridden('EBS', { iops: '1', IOPS: '2' }), `${OVERRIDES}.IOPS`, 'iops and IOPS'],
  ['restore-testing-selection-override-required', 'passes', overridden('EBS', {})],
  ['restore-testing-selection-override-required', 'fails',  overridden('FSx', {}), OVERRIDES, 'none of them'],
  ['restore-testing-selection-override-required', 'passes', overridden('FSx', lustre)],
  ['restore-testing-selection-override-required', 'passes', overridden('FSx', ontap)],
  ['restore-testing-selection-override-required', 'passes', overridden('FSx', lustre, ['fsx-lustre'])],
  ['restore-testing-selection-override-required', 'fails',  overridden('FSx', lustre, ['fsx-windows']), OVERRIDES, 'none of activeDirectoryId for fsx-windows'],
  ['restore-testing-selection-override-required', 'fails',  overridden('FSx', { ...lustre, windowsConfiguration: '{}' }, ['fsx-windows']), OVERRIDES, 'none of activeDirectoryId for fsx-windows'],
  ['restore-testing-selection-override-required', 'passes', overridden('FSx', windows, ['fsx-windows'])],
  ['restore-testing-selection-override-required', 'fails',  overridden('FSx', lustre, ['fsx-lustre', 'fsx-ontap']), OVERRIDES, 'none of storageVirtualMachineId for fsx-ontap'],
  ['restore-testing-selection-override-required', 'passes', overridden('FSx', {}, ['fsx-openzfs'])],
];

testRows((declared) => RestoreTestingSelectionRules.check(declared, '', PLAIN), ROWS);

test('what is not known yet is neither checked nor tripped over', () => {
  const known = new Set<unknown>(['FSx']);
  const probe = { known: (value: unknown) => known.has(value) || typeof value === 'object' };
  expect(RestoreTestingSelectionRules.check(overridden('FSx', { '${Token[1]}': 'x' }), '', probe)).toEqual([]);
  expect(RestoreTestingSelectionRules.checkValidated(selection({ validationWindowHours: -7 }), '', probe)).toEqual([]);
});
