import { spawnSync } from 'node:child_process';
import { RestoreMetadata, RestoreRunbookDeclaration, RestoreRunbookRules, RestoreRunbooks } from '@holdfast/model';
import { exercised, onPath, skipped } from '../support/programs';
import { ENV, PLAIN, Row, testRows } from './rows';

const runbook = (over: Partial<RestoreRunbookDeclaration> = {}) => ({ resourceType: 'RDS', ...over });
const none = undefined as never;

// prettier-ignore
const ROWS: Row<RestoreRunbookDeclaration>[] = [
  ['restore-runbook-resource-type', 'passes', runbook()],
  ['restore-runbook-resource-type', 'fails',  runbook({ resourceType: 'SAP HANA on Amazon EC2' }), 'resourceType', 'SAP HANA on Amazon EC2'],
  ['restore-runbook-resource-type', 'fails',  runbook({ resourceType: none }), 'resourceType', 'none'],
  ['restore-runbook-document-name', 'passes', runbook({ documentName: 'abc' })],
  ['restore-runbook-document-name', 'passes', runbook({ documentName: 'x'.repeat(128) })],
  ['restore-runbook-document-name', 'fails',  runbook({ documentName: 'ab' }), 'documentName', 'ab'],
  ['restore-runbook-document-name', 'fails',  runbook({ documentName: 'x'.repeat(129) }), 'documentName', 'x'.repeat(129)],
  ['restore-runbook-document-name', 'fails',  runbook({ documentName: 'restore rds' }), 'documentName', 'restore rds'],
  ['restore-runbook-document-name', 'fails',  runbook({ documentName: 'AWS-Restore' }), 'documentName', 'AWS-Restore'],
  ['restore-runbook-vault-name',    'passes', runbook({ backupVaultName: 'main' })],
  ['restore-runbook-vault-name',    'fails',  runbook({ backupVaultName: 'm' }), 'backupVaultName', 'm'],
  ['restore-runbook-metadata-key',  'passes', runbook({ metadataDefaults: { dbsubnetgroupname: 'x' } })],
  ['restore-runbook-metadata-key',  'fails',  runbook({ metadataDefaults: { subnetGroup: 'x' } }), 'metadataDefaults.subnetGroup', 'subnetGroup for RDS'],
  ['restore-runbook-new-value',     'passes', runbook({ metadataDefaults: { Engine: 'postgres' } })],
  ['restore-runbook-new-value',     'fails',  runbook({ metadataDefaults: { DBInstanceIdentifier: 'x' } }), 'metadataDefaults.DBInstanceIdentifier', 'DBInstanceIdentifier for RDS'],
  ['restore-runbook-timeout',       'fails',  runbook({ timeoutHours: 0 }),   'timeoutHours', '0'],
  ['restore-runbook-timeout',       'passes', runbook({ timeoutHours: 1 })],
  ['restore-runbook-timeout',       'passes', runbook({ timeoutHours: 168 })],
  ['restore-runbook-timeout',       'fails',  runbook({ timeoutHours: 169 }), 'timeoutHours', '169'],
];

testRows((declared) => RestoreRunbookRules.check(declared, '', PLAIN), ROWS);

interface Step {
  readonly name: string;
  readonly action: string;
  readonly timeoutSeconds?: number;
  readonly inputs: Record<string, unknown>;
  readonly outputs?: { readonly Name: string }[];
}
interface Document {
  readonly assumeRole: string;
  readonly parameters: Record<
    string,
    { readonly type: string; readonly description: string; readonly default?: unknown }
  >;
  readonly mainSteps: readonly Step[];
  readonly outputs: readonly string[];
}
const ROLES = { automationRoleArn: 'arn:automation', restoreRoleArn: 'arn:restore' };
const document = (over: Partial<RestoreRunbookDeclaration> = {}) =>
  RestoreRunbooks.document(runbook(over), ROLES) as Document;
const step = (name: string, from: Document) => from.mainSteps.find((each) => each.name === name)!;

describe.each(RestoreMetadata.resourceTypes())('the runbook for %s', (resourceType) => {
  const made = document({ resourceType });

  test('refers to nothing that it does not have', () => {
    const text = JSON.stringify({ steps: made.mainSteps, outputs: made.outputs.map((output) => `{{ ${output} }}`) });
    const outputs = made.mainSteps.flatMap(({ name, outputs: of = [] }) => of.map(({ Name }) => `${name}.${Name}`));
    const known = new Set([...Object.keys(made.parameters), ...outputs, 'automation:EXECUTION_ID']);
    const used = [...text.matchAll(/\{\{ ([^}]+) \}\}/g)].map(([, name]) => name as string);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(made.parameters).filter((name) => !used.includes(name))).toEqual([]);
  });

  test('describes every parameter, and asks for a name anew', () => {
    const { parameters } = made;
    expect(Object.entries(parameters).filter(([, { description }]) => description.length < 5)).toEqual([]);
    const anew = RestoreMetadata.keysOf(resourceType).filter(({ need }) => need === 'new-value').length;
    const demanded = Object.values(parameters).filter((parameter) => parameter.default === undefined).length;
    // The recovery point and its vault are demanded, too.
    expect(demanded).toBe(anew + 2);
  });

  test('starts a restore of its type, once for each run, by the role for it', () => {
    expect(step('StartRestore', made).inputs).toEqual({
      Service: 'backup',
      Api: 'StartRestoreJob',
      RecoveryPointArn: '{{ RecoveryPointArn }}',
      ResourceType: resourceType,
      IamRoleArn: 'arn:restore',
      IdempotencyToken: '{{ automation:EXECUTION_ID }}',
      Metadata: '{{ MergeMetadata.Metadata }}',
      CopySourceTagsToRestoredResource: '{{ CopySourceTagsToRestoredResource }}',
    });
  });
});

test('waits for the end, whatever it is, and fails unless it is a good one', () => {
  const made = document();
  expect(made.assumeRole).toBe('arn:automation');
  expect(made.mainSteps.map(({ name, action }) => `${name} ${action}`)).toEqual([
    'CheckType aws:assertAwsResourceProperty',
    'ReadMetadata aws:executeAwsApi',
    'MergeMetadata aws:executeScript',
    'StartRestore aws:executeAwsApi',
    'WaitForEnd aws:waitForAwsResourceProperty',
    'CheckEnd aws:assertAwsResourceProperty',
    'ReadResult aws:executeAwsApi',
  ]);
  const { inputs, timeoutSeconds } = step('WaitForEnd', made);
  expect(inputs.DesiredValues).toEqual(['COMPLETED', 'FAILED', 'ABORTED']);
  expect(timeoutSeconds).toBe(24 * 3600);
  expect(step('WaitForEnd', document({ timeoutHours: 2 })).timeoutSeconds).toBe(7200);
  expect(step('CheckEnd', made).inputs.DesiredValues).toEqual(['COMPLETED']);
});

test('takes vault and metadata from the declaration, in whatever case', () => {
  const { parameters } = document({ backupVaultName: 'main', metadataDefaults: { dbSubnetGroupName: 'restored' } });
  expect(parameters.BackupVaultName?.default).toBe('main');
  expect(parameters.DBSubnetGroupName?.default).toBe('restored');
  expect(parameters.MultiAZ?.default).toBe('');
});

test('writes into no file system that exists unless a run asks for it', () => {
  expect(document({ resourceType: 'EFS' }).parameters.NewFileSystem?.default).toBe('true');
});

// prettier-ignore
test.each([
  ['EBS',      ['arn:aws:backup:eu-central-1:123456789012:recovery-point:*', 'arn:aws:ec2:eu-central-1::snapshot/snap-*']],
  ['DynamoDB', ['arn:aws:backup:eu-central-1:123456789012:recovery-point:*', 'arn:aws:dynamodb:eu-central-1:123456789012:table/*']],
  ['S3',       ['arn:aws:backup:eu-central-1:123456789012:recovery-point:*']],
  ['Aurora',   ['arn:aws:backup:eu-central-1:123456789012:recovery-point:*', 'arn:aws:rds:eu-central-1:123456789012:cluster-auto-backup:*', 'arn:aws:rds:eu-central-1:123456789012:cluster-snapshot:awsbackup:job-*']],
])('points of %s are named %p', (resourceType, arns) => {
  expect(RestoreRunbooks.recoveryPointArns(resourceType, ENV)).toEqual(arns);
});

describe('the script that merges the metadata', () => {
  const { Script, Handler } = step('MergeMetadata', document()).inputs as { Script: string; Handler: string };
  const merge = (events: object) => {
    const main = `\nimport json, sys\nprint(json.dumps(${Handler}(json.loads(sys.argv[1]), {})))\n`;
    return spawnSync('python3', ['-c', Script + main, JSON.stringify(events)], { encoding: 'utf8' });
  };
  const python = onPath('python3') === undefined ? test.skip : test;
  if (onPath('python3') === undefined) {
    skipped('python3', 'python3 is not on PATH');
  }

  // prettier-ignore
  python.each([
    ['keeps what the point holds',              { stored: { a: '1' } },                                                   { a: '1' }],
    ['keeps nothing of AWS Backup itself',      { stored: { 'aws:backup:request-id': '1', a: '1' } },                     { a: '1' }],
    ['lets the run win, in the case that is there', { stored: { DBName: '1' }, given: { dbname: '2' } },                  { DBName: '2' }],
    ['passes over what the run leaves empty',   { stored: { a: '1' }, given: { a: '', b: '' }, more: { c: '' } },         { a: '1' }],
    ['lets what is said beside the parameters win', { preset: { a: '0' }, given: { a: '1' }, more: { A: '2', b: '3' } },  { a: '2', b: '3' }],
    ['does without what is not there',          { stored: null, more: null },                                             {}],
    ['takes what is required from the point',   { stored: { engine: 'x' }, required: ['Engine'] },                        { engine: 'x' }],
  ])('%s', (_, events, Metadata) => {
    const { stdout, stderr } = merge({ preset: {}, given: {}, required: [], ...events });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ Metadata });
    exercised('python3', 'the script of a restore runbook');
  });

  python('fails for what is required and nowhere given', () => {
    const { stderr, status } = merge({ stored: { a: '' }, given: {}, required: ['a', 'b'] });
    expect(status).toBe(1);
    expect(stderr).toContain('the restore needs a, b, which neither the recovery point nor the run gives');
  });
});
