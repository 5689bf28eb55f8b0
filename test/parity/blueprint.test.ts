import * as fs from 'node:fs';
import * as path from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { Estate } from '@holdfast/model';
import { Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { WorldState } from '../../engine/src/domain/world-state';
import { DiskFiles } from '../../engine/src/host/files';
import { deploy } from '../../engine/src/ingest/deploy';
import { readArtifacts } from '../../engine/src/ingest/read-artifacts';
import { daysAfter, parseInstant } from '../../engine/src/kernel/instant';
import { synthCdk, synthCdktf, temporaryFolder } from '../support/synth';
import { canonical } from './canonical';

const ACCOUNT = '111122223333';
const KEY = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const TEXT = `
schema: holdfast.blueprint/1
env: { partition: aws, account: '${ACCOUNT}', region: eu-central-1 }
vaults:
  - backupVaultName: main
    encryptionKeyArn: ${KEY('eu-central-1')}
    vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 }
    tags: { owner: platform }
    accessPolicy:
      Version: '2012-10-17'
      Statement:
        - { Effect: Allow, Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: backup:CopyIntoBackupVault, Resource: '*' }
  - backupVaultName: copies
    env: { region: eu-west-1 }
    encryptionKeyArn: ${KEY('eu-west-1')}
logicallyAirGappedVaults:
  - { backupVaultName: bunker, minRetentionDays: 30, maxRetentionDays: 400 }
plans:
  - backupPlanName: ledger
    rules:
      - ruleName: daily
        targetBackupVaultName: main
        scheduleExpression: cron(0 5 ? * * *)
        scheduleExpressionTimezone: Europe/Berlin
        startWindowMinutes: 120
        completionWindowMinutes: 600
        lifecycle: { deleteAfterDays: 35 }
        recoveryPointTags: { kept: five weeks }
        copyActions:
          - destinationBackupVaultArn: arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:copies
            lifecycle: { moveToColdStorageAfterDays: -1, deleteAfterDays: 90 }
      - ruleName: monthly
        targetBackupVaultName: main
        scheduleExpression: cron(0 6 1 * ? *)
        lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 365 }
    selections:
      - selectionName: tagged
        iamRoleArn: arn:aws:iam::${ACCOUNT}:role/backup
        resources: ['arn:aws:dynamodb:*:*:table/*']
        listOfTags:
          - { conditionKey: backup, conditionValue: daily }
          - { conditionKey: backup, conditionValue: weekly }
        conditions:
          stringEquals: [{ conditionKey: aws:ResourceTag/stage, conditionValue: prod }]
    advancedBackupSettings: [{ resourceType: EC2, backupOptions: { WindowsVSS: enabled } }]
resources:
  - arn: arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/orders
    tags: { backup: weekly, stage: prod }
    sizeGiB: 40
`;

function fileOf(text: string): string {
  const file = path.join(temporaryFolder('blueprint'), 'estate.yaml');
  fs.writeFileSync(file, text);
  return file;
}

function withLib(file: string): string {
  return synthCdk((app) => {
    const stack = new Stack(app, 'S', { env: { account: ACCOUNT, region: 'eu-central-1' } });
    new cdk.Blueprint(stack, 'Estate', { file, complianceAcknowledgement: KNOWN });
  });
}

function withProvider(file: string): string {
  return synthCdktf((app) => {
    const stack = new TerraformStack(app, 'S');
    const allowedAccountIds = [ACCOUNT];
    new AwsProvider(stack, 'Aws', { region: 'eu-central-1', allowedAccountIds });
    new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west', allowedAccountIds });
    new cdktf.Blueprint(stack, 'Estate', { file, complianceAcknowledgement: KNOWN });
  });
}

const KNOWN = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };

/** What an artifact declares, with what exists beside it. */
function read(artifact: string, resources: Estate['resources'] = []): Estate {
  const elsewhere = { partition: 'aws', account: '999999999999', region: 'ap-south-1' };
  const { estate } = readArtifacts([artifact], { env: elsewhere, parameters: {}, values: {} }, new DiskFiles());
  return { ...estate, resources: [...(estate.resources ?? []), ...(resources ?? [])] };
}

function digestOf(estate: Estate): string {
  const start = parseInstant('2027-01-01T00:00:00Z');
  const world = new WorldState({ start, seed: 1 });
  deploy(world, estate);
  world.runUntil(daysAfter(start, 400));
  return world.digest();
}

test('the same file comes back equal from both libraries, and runs to one digest', () => {
  const file = fileOf(TEXT);
  const { resources } = read(file);
  expect(resources).toHaveLength(1);
  const [lib, provider] = [read(withLib(file), resources), read(withProvider(file), resources)];
  expect([lib.vaults?.length, lib.logicallyAirGappedVaults?.length, lib.plans?.length]).toEqual([2, 1, 1]);
  expect(canonical(provider)).toEqual(canonical(lib));
  expect(digestOf(provider)).toBe(digestOf(lib));
  expect(digestOf({ ...provider, resources: [] })).not.toBe(digestOf(lib));
});
