/**
 * Templates that do not say where they go: what holds in the assumed account and Region alone is no error.
 */
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { answerOf, cli } from './run-cli';

const TOPIC = 'arn:aws:sns:eu-west-1:210987654321:backups';
const GAPPED = 'arn:aws:backup:eu-west-1:210987654321:backup-vault:gapped';

const TEMPLATE = {
  Resources: {
    Vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: {
        BackupVaultName: 'main',
        EncryptionKeyArn: 'arn:aws:kms:eu-west-1:210987654321:key/0a1b2c3d-0000-1111-2222-333344445555',
        Notifications: { SNSTopicArn: TOPIC, BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] },
      },
    },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: 'plan',
          BackupPlanRule: [
            { RuleName: 'daily', TargetBackupVault: { Ref: 'Vault' }, TargetLogicallyAirGappedBackupVaultArn: GAPPED },
          ],
        },
      },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupPlanId: { Ref: 'Plan' },
        BackupSelection: {
          SelectionName: 'all',
          IamRoleArn: 'arn:aws:iam::210987654321:role/backup',
          Resources: ['arn:aws:dynamodb:eu-west-1:210987654321:table/orders'],
        },
      },
    },
  },
};
const RULES = [
  'rule-air-gapped-target-place',
  'selection-resource-place',
  'selection-role-account',
  'vault-encryption-key-region',
  'vault-notification-topic-account',
];
const ASSUMED = 'the artifact leaves its place open, assumed is';

async function found(flags: readonly string[], template: object = TEMPLATE, manifest?: object) {
  const files = {
    'cdk.out/t.json': JSON.stringify(template),
    ...(manifest && { 'cdk.out/manifest.json': JSON.stringify(manifest) }),
  };
  const artifact = manifest === undefined ? 'cdk.out/t.json' : 'cdk.out';
  const result = await cli(['check', artifact, '--format', 'json', ...flags], files);
  const { findings } = answerOf<CheckAnswer>(result);
  return { code: result.code, ofPlace: findings.filter(({ rule }) => RULES.includes(rule)) };
}

const inCloud = (environment: string) => ({
  version: '48.0.0',
  artifacts: { S: { type: 'aws:cloudformation:stack', environment, properties: { templateFile: 't.json' } } },
});

test('ARNs of one place are notes that say which place was assumed, where the artifact names none', async () => {
  const { code, ofPlace } = await found([]);
  expect(code).toBe(0);
  expect([...new Set(ofPlace.map(({ rule }) => rule))].sort()).toEqual(RULES);
  for (const { severity, effect, message } of ofPlace) {
    expect({ severity, effect }).toEqual({ severity: 'note', effect: 'advice' });
    expect(message).toContain(
      `${ASSUMED} account 123456789012 (--account gives another) and Region us-east-1 (--region gives another)`,
    );
  }
});

test('they are gone once the place is given, and errors where it is another', async () => {
  expect(await found(['--account', '210987654321', '--region', 'eu-west-1'])).toEqual({ code: 0, ofPlace: [] });
  const { code, ofPlace } = await found(['--account', '123456789012', '--region', 'us-east-1']);
  expect(code).toBe(1);
  expect(ofPlace.filter(({ severity }) => severity === 'error')).toHaveLength(3);
  expect(JSON.stringify(ofPlace)).not.toContain(ASSUMED);
});

test('a place that the assembly states is not assumed', async () => {
  const { code, ofPlace } = await found([], TEMPLATE, inCloud('aws://123456789012/us-east-1'));
  expect(code).toBe(1);
  expect(JSON.stringify(ofPlace)).not.toContain(ASSUMED);
  const open = await found([], TEMPLATE, inCloud('aws://unknown-account/unknown-region'));
  expect(open.code).toBe(0);
});

test('a Region that is stated counts, though the account is open', async () => {
  const { code, ofPlace } = await found([], TEMPLATE, inCloud('aws://unknown-account/us-west-2'));
  expect(code).toBe(1);
  const errors = ofPlace.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  expect(errors).toEqual(['rule-air-gapped-target-place', 'selection-resource-place']);
});

test('a template that can be read in the assumed Region alone has its place assumed too', async () => {
  const Mappings = { ByRegion: { 'us-east-1': { Name: 'main' } } };
  const name = { 'Fn::FindInMap': ['ByRegion', { Ref: 'AWS::Region' }, 'Name'] };
  const { Vault, ...others } = TEMPLATE.Resources;
  const named = { ...Vault, Properties: { ...Vault.Properties, BackupVaultName: name } };
  const { code, ofPlace } = await found([], { Mappings, Resources: { Vault: named, ...others } });
  expect({ code, rules: [...new Set(ofPlace.map(({ severity }) => severity))] }).toEqual({ code: 0, rules: ['note'] });
});
