import {
  AlreadyExistsException,
  BackupClient,
  CreateRestoreAccessBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListRestoreAccessBackupVaultsCommand,
  ResourceNotFoundException,
  RevokeRestoreAccessBackupVaultCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { Properties, restoreAccess } from '../../lambda/restore-access-vault';
import { CloudFormationRequest } from '../../lambda/shared/cloudformation-request';

const SOURCE = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:gapped';
const OWN_SOURCE = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:gapped';
const ARN = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:access';
const backup = mockClient(BackupClient);
const act = restoreAccess(new BackupClient({}));

beforeEach(() => backup.reset());

function request(over: Partial<CloudFormationRequest<Properties>>): CloudFormationRequest<Properties> {
  return {
    RequestType: 'Create',
    ResponseURL: 'https://answers.example',
    StackId: 'stack',
    RequestId: 'request-1',
    LogicalResourceId: 'Access',
    ResourceProperties: { SourceBackupVaultArn: SOURCE },
    ...over,
  };
}

function deletion(SourceBackupVaultArn: string, PhysicalResourceId = ARN): CloudFormationRequest<Properties> {
  return request({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties: { SourceBackupVaultArn } });
}

function metadata() {
  return { $metadata: {}, message: 'no' };
}

const made = (state: string) => ({
  PhysicalResourceId: ARN,
  Data: { BackupVaultArn: ARN, BackupVaultName: 'access', VaultState: state },
});

test('asks for access with all that was given, and does not wait for the team', async () => {
  backup
    .on(CreateRestoreAccessBackupVaultCommand)
    .resolves({ RestoreAccessBackupVaultArn: ARN, VaultState: 'CREATING' });
  const properties = {
    SourceBackupVaultArn: SOURCE,
    BackupVaultName: 'access',
    RequesterComment: 'drill',
    BackupVaultTags: { owner: 'platform' },
  };
  expect(await act(request({ ResourceProperties: properties }))).toEqual(made('CREATING'));
  expect(backup.commandCalls(CreateRestoreAccessBackupVaultCommand)[0]?.args[0].input).toEqual({
    ...properties,
    CreatorRequestId: 'request-1',
  });
  expect(backup.calls()).toHaveLength(1);
});

test('takes the vault that the same request made before', async () => {
  const exists = new AlreadyExistsException({ ...metadata(), Arn: ARN, CreatorRequestId: 'request-1' });
  backup.on(CreateRestoreAccessBackupVaultCommand).rejects(exists);
  backup.on(DescribeBackupVaultCommand, { BackupVaultName: 'access' }).resolves({ VaultState: 'AVAILABLE' });
  expect(await act(request({}))).toEqual(made('AVAILABLE'));
});

test('fails for a vault of that name that somebody else made', async () => {
  const exists = new AlreadyExistsException({ ...metadata(), Arn: ARN, CreatorRequestId: 'another' });
  backup.on(CreateRestoreAccessBackupVaultCommand).rejects(exists);
  await expect(act(request({}))).rejects.toBe(exists);
});

test.each([
  ['source', { SourceBackupVaultArn: OWN_SOURCE }],
  ['name', { SourceBackupVaultArn: SOURCE, BackupVaultName: 'other' }],
])('another %s is another vault', async (_, OldResourceProperties) => {
  const other = ARN.replace('access', 'access-2');
  backup.on(CreateRestoreAccessBackupVaultCommand).resolves({ RestoreAccessBackupVaultArn: other });
  const answer = await act(request({ RequestType: 'Update', PhysicalResourceId: ARN, OldResourceProperties }));
  expect(answer.PhysicalResourceId).toBe(other);
  expect(answer.Data?.VaultState).toBe('CREATING');
});

test('another reason changes nothing, other tags are put and taken', async () => {
  backup.on(DescribeBackupVaultCommand).resolves({ VaultState: 'AVAILABLE' });
  const update = (now: Partial<Properties>, before: Partial<Properties>) =>
    act(
      request({
        RequestType: 'Update',
        PhysicalResourceId: ARN,
        ResourceProperties: { SourceBackupVaultArn: SOURCE, ...now },
        OldResourceProperties: { SourceBackupVaultArn: SOURCE, ...before },
      }),
    );
  expect(await update({ RequesterComment: 'drill' }, { RequesterComment: 'try' })).toEqual(made('AVAILABLE'));
  expect(backup.calls()).toHaveLength(1);
  await update({ BackupVaultTags: { a: '1', b: '3' } }, { BackupVaultTags: { b: '2', c: '4' } });
  expect(backup.commandCalls(UntagResourceCommand)[0]?.args[0].input).toEqual({ ResourceArn: ARN, TagKeyList: ['c'] });
  expect(backup.commandCalls(TagResourceCommand)[0]?.args[0].input).toEqual({
    ResourceArn: ARN,
    Tags: { a: '1', b: '3' },
  });
});

describe('deletion', () => {
  const listed = { RestoreAccessBackupVaultArn: ARN };

  test('in the account of the source asks the team to agree, on whichever page the vault is', async () => {
    backup
      .on(ListRestoreAccessBackupVaultsCommand)
      .resolvesOnce({ RestoreAccessBackupVaults: [], NextToken: 'more' })
      .resolves({ RestoreAccessBackupVaults: [listed] });
    expect(await act(deletion(OWN_SOURCE))).toEqual({ PhysicalResourceId: ARN });
    expect(backup.commandCalls(ListRestoreAccessBackupVaultsCommand)[1]?.args[0].input.NextToken).toBe('more');
    expect(backup.commandCalls(RevokeRestoreAccessBackupVaultCommand)[0]?.args[0].input).toEqual({
      BackupVaultName: 'gapped',
      RestoreAccessBackupVaultArn: ARN,
      RequesterComment: undefined,
    });
  });

  test('does not ask again while the team is thinking', async () => {
    const asked = { ...listed, LatestRevokeRequest: { Status: 'PENDING' as const } };
    backup.on(ListRestoreAccessBackupVaultsCommand).resolves({ RestoreAccessBackupVaults: [asked] });
    await act(deletion(OWN_SOURCE));
    expect(backup.commandCalls(RevokeRestoreAccessBackupVaultCommand)).toHaveLength(0);
  });

  test('asks again when the team did not agree', async () => {
    const declined = { ...listed, LatestRevokeRequest: { Status: 'FAILED' as const } };
    backup.on(ListRestoreAccessBackupVaultsCommand).resolves({ RestoreAccessBackupVaults: [declined] });
    await act(deletion(OWN_SOURCE));
    expect(backup.commandCalls(RevokeRestoreAccessBackupVaultCommand)).toHaveLength(1);
  });

  test('of what is gone, or never was, is done', async () => {
    backup.on(ListRestoreAccessBackupVaultsCommand).resolvesOnce({}).rejects(new ResourceNotFoundException(metadata()));
    await act(deletion(OWN_SOURCE));
    await act(deletion(OWN_SOURCE));
    await act(deletion(OWN_SOURCE, 'request-1'));
    expect(backup.calls()).toHaveLength(2);
  });

  test('fails when the list cannot be read', async () => {
    backup.on(ListRestoreAccessBackupVaultsCommand).rejects(new Error('denied'));
    await expect(act(deletion(OWN_SOURCE))).rejects.toThrow('denied');
  });

  test('in another account leaves the vault, and the log says who can ask', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    expect(await act(deletion(SOURCE))).toEqual({ PhysicalResourceId: ARN });
    expect(backup.calls()).toHaveLength(0);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('only account 444455556666'));
    warn.mockRestore();
  });
});
