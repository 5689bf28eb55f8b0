import {
  AlreadyExistsException,
  BackupClient,
  CreateRestoreAccessBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListRestoreAccessBackupVaultsCommand,
  RevokeRestoreAccessBackupVaultCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { Invocation, invokeRestoreAccess } from '../../lambda/restore-access-invocation';

const OWN_SOURCE = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:gapped';
const SOURCE = OWN_SOURCE.replace('111122223333', '444455556666');
const ARN = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:access';
const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:holdfast-access' };
const backup = mockClient(BackupClient);
const invoke = invokeRestoreAccess(new BackupClient({}));

beforeEach(() => backup.reset());

function input(action: string, over: Partial<Invocation> = {}): Invocation {
  return {
    SourceBackupVaultArn: SOURCE,
    BackupVaultName: 'access',
    RequesterComment: 'drill',
    RequestId: 'c8a1',
    RevokeOnDestroy: false,
    tf: { action, prev_input: null },
    ...over,
  };
}

function requestIds(): (string | undefined)[] {
  return backup.commandCalls(CreateRestoreAccessBackupVaultCommand).map(({ args }) => args[0].input.CreatorRequestId);
}

const standing = (state: string) => ({ BackupVaultArn: ARN, BackupVaultName: 'access', VaultState: state });

test('create asks with all that was given, and does not wait for the team', async () => {
  backup
    .on(CreateRestoreAccessBackupVaultCommand)
    .resolves({ RestoreAccessBackupVaultArn: ARN, VaultState: 'CREATING' });
  expect(await invoke(input('create', { BackupVaultTags: { owner: 'platform' } }), CONTEXT)).toEqual(
    standing('CREATING'),
  );
  expect(backup.calls()).toHaveLength(1);
  expect(backup.commandCalls(CreateRestoreAccessBackupVaultCommand)[0]?.args[0].input).toEqual({
    SourceBackupVaultArn: SOURCE,
    BackupVaultName: 'access',
    RequesterComment: 'drill',
    BackupVaultTags: { owner: 'platform' },
    CreatorRequestId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  });
});

test('the request is the same for the same vault of the same construct, and another for any other', async () => {
  backup.on(CreateRestoreAccessBackupVaultCommand).resolves({ RestoreAccessBackupVaultArn: ARN });
  await invoke(input('create'), CONTEXT);
  await invoke(input('create', { RequesterComment: 'again' }), CONTEXT);
  await invoke(input('create', { SourceBackupVaultArn: OWN_SOURCE }), CONTEXT);
  await invoke(input('create', { BackupVaultName: 'other' }), CONTEXT);
  await invoke(input('create', { RequestId: 'c8a2' }), CONTEXT);
  const [first, second, ...others] = requestIds();
  expect(second).toBe(first);
  expect(new Set([first, ...others]).size).toBe(4);
});

test('create finds again what it left standing', async () => {
  backup.on(DescribeBackupVaultCommand, { BackupVaultName: 'access' }).resolves({ VaultState: 'AVAILABLE' });
  backup.on(CreateRestoreAccessBackupVaultCommand).callsFake(({ CreatorRequestId }: { CreatorRequestId: string }) => {
    throw new AlreadyExistsException({ $metadata: {}, message: 'no', Arn: ARN, CreatorRequestId });
  });
  expect(await invoke(input('create'), CONTEXT)).toEqual(standing('AVAILABLE'));
});

test('fails to create what somebody else made under that name', async () => {
  const exists = new AlreadyExistsException({ $metadata: {}, message: 'no', Arn: ARN, CreatorRequestId: 'theirs' });
  backup.on(CreateRestoreAccessBackupVaultCommand).rejects(exists);
  await expect(invoke(input('create'), CONTEXT)).rejects.toBe(exists);
});

test('update puts and takes tags alone, and tells how the vault stands', async () => {
  backup.on(DescribeBackupVaultCommand, { BackupVaultName: 'access' }).resolves({ VaultState: 'AVAILABLE' });
  const before = { BackupVaultTags: { b: '2', c: '4' } };
  const update = input('update', { BackupVaultTags: { a: '1', b: '3' }, tf: { action: 'update', prev_input: before } });
  expect(await invoke(update, CONTEXT)).toEqual(standing('AVAILABLE'));
  const sent = (command: typeof UntagResourceCommand | typeof TagResourceCommand): object[] =>
    backup.commandCalls(command as typeof TagResourceCommand).map(({ args }) => args[0].input);
  expect(sent(UntagResourceCommand)).toEqual([{ ResourceArn: ARN, TagKeyList: ['c'] }]);
  expect(sent(TagResourceCommand)).toEqual([{ ResourceArn: ARN, Tags: { a: '1', b: '3' } }]);
  backup.resetHistory();
  await invoke(input('update'), CONTEXT);
  expect(backup.calls()).toHaveLength(1);
});

describe('delete', () => {
  const listed = { RestoreAccessBackupVaults: [{ RestoreAccessBackupVaultArn: ARN }] };

  test('leaves the vault unless it was told to revoke', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    expect(await invoke(input('delete', { SourceBackupVaultArn: OWN_SOURCE }), CONTEXT)).toEqual({
      BackupVaultArn: ARN,
    });
    expect(backup.calls()).toHaveLength(0);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`${ARN} stays`));
    warn.mockRestore();
  });

  test('asks for the end of access in the account of the source', async () => {
    backup.on(ListRestoreAccessBackupVaultsCommand).resolves(listed);
    await invoke(input('delete', { SourceBackupVaultArn: OWN_SOURCE, RevokeOnDestroy: true }), CONTEXT);
    expect(backup.commandCalls(RevokeRestoreAccessBackupVaultCommand)[0]?.args[0].input).toEqual({
      BackupVaultName: 'gapped',
      RestoreAccessBackupVaultArn: ARN,
      RequesterComment: 'drill',
    });
  });

  test('in another account says who can ask', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    await invoke(input('delete', { RevokeOnDestroy: true }), CONTEXT);
    expect(backup.calls()).toHaveLength(0);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('only account 444455556666'));
    warn.mockRestore();
  });
});

test.each([
  ['another action', { action: 'read' }],
  ['an invocation without a lifecycle', undefined],
])('fails for %s', async (_, tf) => {
  await expect(invoke({ ...input('create'), tf: tf as Invocation['tf'] }, CONTEXT)).rejects.toThrow(
    'tf.action must be create, update or delete, got',
  );
});
