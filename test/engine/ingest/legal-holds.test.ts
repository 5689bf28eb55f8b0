import { LegalHold, Vault } from '@holdfast/cdk';
import { Stack } from 'aws-cdk-lib/core';
import * as backup from 'aws-cdk-lib/aws-backup';
import { World } from '../../../engine/src/testing/world';
import {
  BackupClient,
  DeleteRecoveryPointCommand,
  ListLegalHoldsCommand,
  StartBackupJobCommand,
} from '@aws-sdk/client-backup';
import { synthCdk } from '../../support/synth';
import { read } from './read';

const ENV = { account: '123456789012', region: 'eu-central-1' };

/** The template of a hold on the vault `main`. */
function template(selection: object): string {
  return JSON.stringify({
    Resources: {
      Hold: {
        Type: 'AWS::Backup::LegalHold',
        Properties: {
          Title: 'court',
          Description: 'case 1',
          RecoveryPointSelection: selection,
          Tags: [{ Key: 'a', Value: 'b' }],
        },
      },
    },
  });
}

test('a hold of a template is read with what it keeps', () => {
  const range = { FromDate: '2027-01-01T00:00:00Z', ToDate: '2027-12-31T00:00:00Z' };
  const { estate } = read({ 'hold.json': template({ VaultNames: ['main'], DateRange: range }) });
  expect(estate.legalHolds).toMatchObject([
    {
      title: 'court',
      description: 'case 1',
      recoveryPointSelection: { vaultNames: ['main'], dateRange: { fromDate: range.FromDate, toDate: range.ToDate } },
      tags: { a: 'b' },
    },
  ]);
});

test('a hold that AWS would refuse is found, at its place', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const faulty = { VaultNames: ['m'], DateRange: { FromDate: '2028-01-01', ToDate: '2027-01-01' } };
  await expect(world.deploy(JSON.parse(template(faulty)) as Record<string, unknown>)).rejects.toThrow(
    'Hold: CreateLegalHold answers InvalidParameterValueException: recoveryPointSelection.vaultNames[0]',
  );
});

test('the construct LegalHold, deployed into a World, keeps the points that are there (B5.4/2)', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', region: ENV.region });
  await world.deploy(
    synthCdk((app) => {
      new Vault(new Stack(app, 'Vaults', { env: ENV }), 'Main', { backupVaultName: 'main' });
    }),
  );
  const { arn: ResourceArn } = world.add({ type: 'EFS', name: 'fs-1', sizeGiB: 1 });
  const client = world.client(BackupClient);
  const job = { BackupVaultName: 'main', ResourceArn, IamRoleArn: 'arn:aws:iam::123456789012:role/backup' };
  await client.send(new StartBackupJobCommand(job));
  await world.advance({ hours: 1 });
  await world.deploy(
    synthCdk((app) => {
      const stack = new Stack(app, 'Holds', { env: ENV });
      const vaults = [backup.BackupVault.fromBackupVaultName(stack, 'Main', 'main')];
      new LegalHold(stack, 'Court', { title: 'court', description: 'case 1', vaults });
    }),
  );
  await world.advance({ minutes: 2 });
  expect((await client.send(new ListLegalHoldsCommand({}))).LegalHolds).toMatchObject([
    { Title: 'court', Status: 'ACTIVE' },
  ]);
  const [point] = world.pointsOf('fs-1');
  const remove = new DeleteRecoveryPointCommand({ BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
  await expect(client.send(remove)).rejects.toMatchObject({ name: 'InvalidRequestException' });
});
