import { BackupKey, CopyDestination, HoldfastChecks, Plan, SourceKeyGrants } from '@holdfast/cdk';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { App, CfnParameter, Duration, Size, Stack, Validations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { temporaryFolder } from '../support/synth';
import { refusal } from './support/stacks';

const HERE = '111122223333';
const THERE = '444455556666';
const REFUSED = 'copy-action-cross-account-key-policy';

/** An app with the checks, whose plan copies what `make` makes to an account, by default another one. */
function appWith(make: (stack: Stack) => IConstruct, account = THERE): App {
  const app = new App({ outdir: temporaryFolder('source-keys') });
  Validations.of(app).addPlugins(new HoldfastChecks());
  const stack = new Stack(app, 'S', { env: { account: HERE, region: 'eu-central-1' } });
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'primary');
  const arn = `arn:aws:backup:eu-${account === HERE ? 'west' : 'central'}-1:${account}:backup-vault:copies`;
  const destination = CopyDestination.vault(backup.BackupVault.fromBackupVaultArn(stack, 'There', arn));
  const deleteAfter = Duration.days(35);
  new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault, deleteAfter, copyActions: [{ destination, deleteAfter }] }],
  }).protect(make(stack));
  return app;
}

function volume(stack: Stack, encryptionKey: kms.IKey): ec2.Volume {
  const size = Size.gibibytes(8);
  return new ec2.Volume(stack, 'Volume', { availabilityZone: 'eu-central-1a', size, encrypted: true, encryptionKey });
}

function grants(stack: Stack, key: kms.IKey): kms.IKey {
  new SourceKeyGrants(stack, 'Grants', { key, destinationAccounts: [THERE] });
  return key;
}

test('fails for a key of the app that does not let the other account read, wherever the plan was made', () => {
  const app = appWith((stack) => volume(stack, new kms.Key(stack, 'Key')));
  expect(refusal(() => app.synth())).toContain(
    'S/Plan.rules[0].copyActions[0].destinationBackupVaultArn must be used with resources whose keys let the other account use kms:CreateGrant, kms:Decrypt and kms:DescribeKey, got 1 of Amazon EBS: ',
  );
});

// prettier-ignore
test.each<[string, (stack: Stack) => IConstruct]>([
  ['a key of the app in a database, by its id', (stack) => new rds.CfnDBInstance(stack, 'Db', { storageEncrypted: true, kmsKeyId: new kms.Key(stack, 'Key').keyId })],
  ['an alias of such a key',                    (stack) => volume(stack, new kms.Key(stack, 'Key').addAlias('alias/data'))],
  ['a BackupKey that lets nobody copy',         (stack) => volume(stack, new BackupKey(stack, 'Key').key)],
  ['a key that lets a third account copy',      (stack) => { const key = new BackupKey(stack, 'Key'); key.allowCopiesTo('777788889999'); return volume(stack, key.key); }],
])('fails for %s', (_, make) => {
  expect(refusal(() => appWith(make).synth())).toContain(`[${REFUSED}]`);
});

// prettier-ignore
test.each<[string, (stack: Stack) => IConstruct]>([
  ['a key with SourceKeyGrants that come after the plan', (stack) => volume(stack, grants(stack, new kms.Key(stack, 'Key')))],
  ['a BackupKey that lets the account copy',              (stack) => { const key = new BackupKey(stack, 'Key'); key.allowCopiesTo(THERE); return volume(stack, key.key); }],
  ['a key that is opened to the account by hand',         (stack) => { const key = new kms.Key(stack, 'Key'); key.grant(new iam.AccountPrincipal(THERE), 'kms:*'); return volume(stack, key); }],
  ['a key whose policy stands elsewhere',                 (stack) => volume(stack, kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-central-1:${HERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`))],
  ['a key by parameter',                                  (stack) => new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-central-1a', size: 8, kmsKeyId: new CfnParameter(stack, 'Key').valueAsString })],
  ['a service whose points are under the key of the vault', (stack) => new efs.CfnFileSystem(stack, 'Files', { encrypted: true, kmsKeyId: new kms.Key(stack, 'Key').keyArn })],
  ['a volume without a key beside one with it',           (stack) => { new kms.Key(stack, 'Key'); return new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-central-1a', size: 8 }); }],
])('finds nothing in %s', (_, make) => {
  expect(() => appWith(make).synth()).not.toThrow();
});

test('finds nothing in a copy within the account', () => {
  const app = appWith((stack) => volume(stack, new kms.Key(stack, 'Key')), HERE);
  expect(() => app.synth()).not.toThrow();
});
