// Whether buckets keep versions, as both forms declare it, and what comes of those that keep none.
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli } from '../cli/run-cli';
import { read } from './read';
import { readConfiguration } from './terraform/artifact-files';

const ofTemplate = (properties: object, more: object = {}): object => ({
  ...more,
  Resources: { B: { Type: 'AWS::S3::Bucket', Properties: properties } },
});

test.each<[string, object, boolean | undefined]>([
  ['says nothing', {}, false],
  ['turns it on', { VersioningConfiguration: { Status: 'Enabled' } }, true],
  ['suspends it', { VersioningConfiguration: { Status: 'Suspended' } }, false],
  ['locks its objects', { ObjectLockEnabled: true }, true],
  ['leaves it to deploy time', { VersioningConfiguration: { Status: { Ref: 'Open' } } }, undefined],
])('a bucket of a template that %s', (_, properties, versioning) => {
  const template = ofTemplate(properties, { Parameters: { Open: { Type: 'String' } } });
  expect(read({ 't.json': template }).estate.resources?.map((one) => one.versioning)).toEqual([versioning]);
});

const versioned = (status: unknown, bucket = '${aws_s3_bucket.b.id}'): object => ({
  aws_s3_bucket_versioning: { v: { bucket, versioning_configuration: { status } } },
});

test.each<[string, object, object, boolean | undefined]>([
  ['says nothing', {}, {}, false],
  ['turns it on beside it', {}, versioned('Enabled'), true],
  ['suspends it beside it', {}, versioned('Suspended'), false],
  ['turns it on for another', {}, versioned('Enabled', 'other'), false],
  ['has it as a block', { versioning: { enabled: true } }, {}, true],
  ['locks its objects', { object_lock_enabled: true }, {}, true],
  ['leaves it to deploy time', {}, { ...versioned('${var.open}'), variable: { open: {} } }, undefined],
])('a bucket of Terraform that %s', (_, bucket, { variable, ...beside }: { variable?: object }, versioning) => {
  const resource = { aws_s3_bucket: { b: { bucket: 'b', ...bucket } }, ...beside };
  const { estate } = readConfiguration({ resource, ...(variable && { variable }) });
  expect(estate.resources?.map((one) => one.versioning)).toEqual([versioning]);
});

const ESTATE = (bucket: object) =>
  JSON.stringify({
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'docs', ...bucket } },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'main' }] },
        },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: {
            SelectionName: 's',
            IamRoleArn: 'arn:aws:iam::123456789012:role/backup',
            Resources: ['arn:aws:s3:::docs'],
          },
        },
      },
    },
  });

test('a plan that takes a bucket without versions is told so before its backups fail', async () => {
  const bare = { 't.json': ESTATE({}) };
  const { findings } = answerOf<CheckAnswer>(await cli(['check', 't.json', '--format', 'json'], bare));
  expect(findings.filter(({ rule }) => rule === 'resource-versioning')).toMatchObject([
    { path: 't.json: Bucket.versioning', severity: 'error', effect: 'fails-at-run' },
  ]);
  const failed = await cli(['simulate', 't.json', '--days', '2'], bare);
  expect(failed.stdout).toMatch(/backup jobs\n +STATE +COUNT\n +FAILED +2\n/);

  const kept = { 't.json': ESTATE({ VersioningConfiguration: { Status: 'Enabled' } }) };
  expect((await cli(['check', 't.json'], kept)).stdout).not.toContain('resource-versioning');
  expect((await cli(['simulate', 't.json', '--days', '2'], kept)).stdout).toMatch(
    /backup jobs\n +STATE +COUNT\n +COMPLETED +2\n/,
  );
});
