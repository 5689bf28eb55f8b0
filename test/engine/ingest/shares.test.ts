// Shares of air-gapped vaults, as CloudFormation, Terraform and the constructs declare them.
import { BackupClient, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { GetResourceShareInvitationsCommand, RAMClient } from '@aws-sdk/client-ram';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import * as cdk from '@holdfast/cdk';
import * as cdktf from '@holdfast/cdktf';
import { Stack } from 'aws-cdk-lib/core';
import { TerraformStack } from 'cdktf';
import { DiskFiles } from '../../../engine/src/host/files';
import { readArtifacts } from '../../../engine/src/ingest/read-artifacts';
import { World } from '../../../engine/src/testing/world';
import { synthCdk, synthCdktf } from '../../support/synth';
import { ENV, read } from './read';

const GUEST = '222222222222';
const OTHER = '333333333333';
const VAULT_ARN = `arn:aws:backup:${ENV.region}:${ENV.account}:backup-vault:gap`;

function template(share: object, more: object = {}): Record<string, unknown> {
  return {
    Resources: {
      Gap: {
        Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
        Properties: { BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60 },
      },
      Share: { Type: 'AWS::RAM::ResourceShare', Properties: { Name: 'recovery', ...share } },
      ...more,
    },
  };
}

const GAP = { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] };

/** Terraform's own form, with an accepter in the other account. */
function configuration(share: object = {}, association: object = {}): Record<string, unknown> {
  const arn = '${aws_ram_resource_share.recovery.arn}';
  return {
    provider: {
      aws: [
        { region: ENV.region, allowed_account_ids: [ENV.account] },
        { alias: 'guest', region: ENV.region, allowed_account_ids: [GUEST] },
      ],
    },
    resource: {
      aws_backup_logically_air_gapped_vault: {
        gap: { name: 'gap', min_retention_days: 7, max_retention_days: 60 },
      },
      aws_ram_resource_share: {
        recovery: { name: 'recovery', allow_external_principals: true, tags: { a: 'b' }, ...share },
      },
      aws_ram_resource_association: {
        gap: {
          resource_arn: '${aws_backup_logically_air_gapped_vault.gap.arn}',
          resource_share_arn: arn,
          ...association,
        },
      },
      aws_ram_principal_association: {
        guest: { principal: GUEST, resource_share_arn: arn },
        other: { principal: OTHER, resource_share_arn: arn },
      },
      aws_ram_resource_share_accepter: { guest: { provider: 'aws.guest', share_arn: arn } },
    },
  };
}

test('a share of a template is read with its vaults and accounts, external ones allowed unless it says otherwise', () => {
  const { estate, notRead } = read({
    't.json': template({ ResourceArns: [GAP], Principals: [GUEST], Tags: [{ Key: 'a', Value: 'b' }] }),
  });
  expect(notRead).toEqual([]);
  expect(estate.resourceShares).toEqual([
    {
      shareName: 'recovery',
      env: ENV,
      vaultArns: [VAULT_ARN],
      accounts: [GUEST],
      allowExternalPrincipals: true,
      tags: { a: 'b' },
      declaredAt: expect.stringContaining('Share') as string,
    },
  ]);
  const closed = read({ 't.json': template({ ResourceArns: [GAP], AllowExternalPrincipals: false }) });
  expect(closed.estate.resourceShares).toMatchObject([{ accounts: [], allowExternalPrincipals: false }]);
});

test.each([
  [
    'shares something else',
    { ResourceArns: ['arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1'] },
    'it shares no backup vault',
  ],
  ['shares nothing', {}, 'it shares no backup vault'],
  [
    'shares what nobody knows before deployment',
    { ResourceArns: [{ 'Fn::ImportValue': 'gap' }] },
    'what it says is known only after deployment',
  ],
])('a share that %s is listed as not read', (_, share, reason) => {
  const { estate, notRead } = read({ 't.json': template(share) });
  expect(estate.resourceShares).toBeUndefined();
  expect(notRead.filter(({ type }) => type === 'AWS::RAM::ResourceShare').map((one) => one.reason)).toEqual([reason]);
});

test('the resources that make up a share in Terraform are read as one, with who accepts it', () => {
  const { estate, notRead } = read({ 'cdk.tf.json': configuration() });
  expect(notRead).toEqual([]);
  expect(estate.resourceShares).toEqual([
    {
      shareName: 'recovery',
      env: ENV,
      vaultArns: [VAULT_ARN],
      accounts: [GUEST, OTHER],
      allowExternalPrincipals: true,
      acceptedBy: [GUEST],
      tags: { a: 'b' },
      declaredAt: 'cdk.tf.json: aws_ram_resource_share.recovery',
    },
  ]);
  const closed = read({ 'cdk.tf.json': configuration({ allow_external_principals: null }) });
  expect(closed.estate.resourceShares).toMatchObject([{ allowExternalPrincipals: false }]);
});

test('what names a share that is not there, or belongs to one of something else, is listed as not read in Terraform', () => {
  const elsewhere = read({
    'cdk.tf.json': configuration({}, { resource_share_arn: 'arn:aws:ram:eu-central-1:123456789012:resource-share/1' }),
  });
  expect(elsewhere.estate.resourceShares).toBeUndefined();
  expect(elsewhere.notRead.map(({ path, reason }) => [path, reason])).toEqual(
    expect.arrayContaining([
      ['cdk.tf.json: aws_ram_resource_association.gap', 'the share that it names is not among the artifacts'],
      ['cdk.tf.json: aws_ram_resource_share.recovery', 'it shares no backup vault'],
      ['cdk.tf.json: aws_ram_principal_association.guest', 'it shares no backup vault'],
    ]),
  );
  const subnet = read({ 'cdk.tf.json': configuration({}, { resource_arn: 'arn:aws:ec2:eu-central-1:1:subnet/s' }) });
  expect(new Set(subnet.notRead.map(({ reason }) => reason))).toEqual(new Set(['it shares no backup vault']));
});

test('the constructs of both frameworks share a vault alike', () => {
  const complianceAcknowledgement = { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' };
  const bounds = { backupVaultName: 'gap', minRetentionDays: 7, maxRetentionDays: 60, complianceAcknowledgement };
  const assembly = synthCdk((app) => {
    const { account, region } = ENV;
    const stack = new Stack(app, 'Stack', { env: { account, region } });
    new cdk.LogicallyAirGappedVault(stack, 'Gap', bounds).share('Recovery', { accounts: [GUEST] });
  });
  const out = synthCdktf((app) => {
    const stack = new TerraformStack(app, 'stack');
    new AwsProvider(stack, 'aws', { region: ENV.region, allowedAccountIds: [ENV.account] });
    new cdktf.LogicallyAirGappedVault(stack, 'Gap', bounds).share('Recovery', { accounts: [GUEST] });
  });
  const shares = [assembly, out].map((path) => {
    const { estate } = readArtifacts([path], { env: ENV, parameters: {}, values: {} }, new DiskFiles());
    return estate.resourceShares?.map(({ declaredAt: _, ...share }) => share);
  });
  expect(shares[0]).toEqual([
    { shareName: 'gap', env: ENV, vaultArns: [VAULT_ARN], accounts: [GUEST], allowExternalPrincipals: false },
  ]);
  expect(shares[1]).toEqual(shares[0]);
});

describe('deployed', () => {
  async function seenBy(world: World, account: string): Promise<string[]> {
    const client = world.client(BackupClient, { account });
    const { BackupVaultList = [] } = await client.send(new ListBackupVaultsCommand({ ByShared: true }));
    return BackupVaultList.map(({ BackupVaultName = '' }) => BackupVaultName);
  }

  function world(): World {
    return new World({ start: '2027-01-01T00:00:00Z', account: ENV.account, region: ENV.region });
  }

  test('it invites the accounts, and whoever accepts sees the vault (B7.5/5)', async () => {
    const invited = world();
    await invited.deploy(template({ ResourceArns: [GAP], Principals: [GUEST] }));
    const ram = invited.client(RAMClient, { account: GUEST });
    const { resourceShareInvitations = [] } = await ram.send(new GetResourceShareInvitationsCommand({}));
    expect(resourceShareInvitations.map(({ status }) => status)).toEqual(['PENDING']);
    expect(await seenBy(invited, GUEST)).toEqual([]);
    const accepted = world();
    const { estate } = read({ 'cdk.tf.json': configuration() });
    await accepted.deploy(estate);
    expect(await seenBy(accepted, GUEST)).toEqual(['gap']);
    expect(await seenBy(accepted, OTHER)).toEqual([]);
  });

  test('the accounts have to be others, each once, and 12 digits long', async () => {
    const { findings } = await world().deploy(
      template({ ResourceArns: [GAP], Principals: [ENV.account, GUEST, GUEST] }),
    );
    expect(
      findings
        .filter(({ path }) => path.includes('Share'))
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['vault-share-own-account', 'vault-share-twice']);
    const whole = template({ ResourceArns: [GAP], Principals: ['arn:aws:organizations::1:organization/o-1'] });
    await expect(world().deploy(whole)).rejects.toThrow('Share: CreateResourceShare answers');
  });
});
