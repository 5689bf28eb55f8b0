// What was signed then is taken for signed when it is done again, whatever the clock says by now.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ClockSkew, ServedWorld } from '../../../engine/src/host/served-world';
import { DEFAULT_WORLD } from '../../../engine/src/wire/world-path';

const ACCOUNT = '111111111111';
const ENV = { partition: 'aws', account: ACCOUNT, region: 'eu-central-1' };
const YEAR = 365 * 86_400_000;

function world(clockSkew: ClockSkew, wall: () => number = Date.now): ServedWorld {
  const props = { env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam: true, clockSkew };
  return new ServedWorld(props, DEFAULT_WORLD, undefined, wall);
}

/** A vault, a user with a key, and what the user and a stranger are refused. */
async function called(served: ServedWorld): Promise<void> {
  const front = await HttpFront.open(served);
  const clientOf = (accessKeyId: string, secretAccessKey: string) => ({
    ...{ endpoint: front.url, region: ENV.region, maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey },
  });
  try {
    const root = clientOf(ACCOUNT, 'holdfast');
    await new BackupClient(root).send(new CreateBackupVaultCommand({ BackupVaultName: 'kept' }));
    await new IAMClient(root).send(new CreateUserCommand({ UserName: 'ann' }));
    const made = await new IAMClient(root).send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    const ann = clientOf(made.AccessKey?.AccessKeyId ?? '', made.AccessKey?.SecretAccessKey ?? '');
    const refused = { name: 'AccessDeniedException' };
    const create = new CreateBackupVaultCommand({ BackupVaultName: 'more' });
    await expect(new BackupClient(ann).send(create)).rejects.toMatchObject(refused);
    const stranger = new BackupClient(clientOf(ACCOUNT, 'guessed'));
    await expect(stranger.send(new ListBackupVaultsCommand({}))).rejects.toThrow('signature');
  } finally {
    await front.close();
  }
}

test('a snapshot of a World with policies is the same World a year later', async () => {
  const before = world('wall');
  await called(before);
  const later = world('wall', () => Date.now() + YEAR);
  await later.load(JSON.parse(JSON.stringify(await before.snapshot())));
  expect(later.state.digest()).toBe(before.state.digest());
  expect(later.state.ledger.vaults.standing().map(({ name }) => name)).toEqual(['kept']);
});

test('a World whose own clock judges signatures refuses those of today, and one that lets any age pass does not', async () => {
  await expect(called(world('world'))).rejects.toThrow(/[Ss]ignature/);
  await called(world('off'));
});
