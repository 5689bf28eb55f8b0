// The points that rules would make, before any of them runs.
import type { BackupRule } from '@holdfast/model';
import { declaredBackups, declaredCopies, sourceOf } from '../../../engine/src/domain/declared-points';
import type { Plan } from '../../../engine/src/domain/plans';
import { CMK, ENV, plan, resource, rule, vault, vaultArn, world } from '../scenarios/stage';

const OWN_KEY = CMK.replace('1b2c3d4e', '5f6a7b8c');
const SECOND_KEY = CMK.replace('1b2c3d4e', '9d0e1f2a');
const GAP = vaultArn('gap');

/** What a rule makes of files, which the key of the vault encrypts, and of a database, which has a key of its own. */
function made(more: Partial<BackupRule>) {
  const { ledger } = world('2027-01-01', {
    vaults: [vault('main'), vault('second', { encryptionKeyArn: SECOND_KEY })],
    logicallyAirGappedVaults: [{ backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 60 }],
    resources: [resource('efs', 'fs-1'), resource('rds', 'db', { encryptedWith: OWN_KEY })],
    plans: [plan('p', [rule('r', more)])],
  });
  const [standing] = ledger.plans.list() as [Plan];
  const [selection] = standing.selections;
  const backups = declaredBackups(ledger, standing, selection!.declaration);
  return { ledger, backups, copies: backups.map((backup) => declaredCopies(ledger, backup)) };
}

/** Whose points there are, and in which vaults those of their copies. */
function places(more: Partial<BackupRule>): [whose: string, vault: string, copies: string[]][] {
  const { backups, copies } = made(more);
  return backups.map(({ resource: { declaration }, vault: { name } }, index) => [
    declaration.service,
    name,
    (copies[index] ?? []).map((copy) => copy.vault.name),
  ]);
}

const to = (destinationBackupVaultArn: string) => ({ destinationBackupVaultArn });

// prettier-ignore
test.each<[what: string, more: Partial<BackupRule>, points: ReturnType<typeof places>]>([
  ['no copies',                          {},                                                        [['efs', 'main', []], ['rds', 'main', []]]],
  ['copies',                             { copyActions: [to(vaultArn('second'))] },                 [['efs', 'main', ['second']], ['rds', 'main', ['second']]]],
  ['copies into a vault not known',      { copyActions: [to(vaultArn('else')), to(vaultArn('second'))] }, [['efs', 'main', ['second']], ['rds', 'main', ['second']]]],
  ['a vault that is not known',          { targetBackupVaultName: 'else' },                         []],
  ['an air-gapped target (B7.6/1)',      { targetLogicallyAirGappedBackupVaultArn: GAP },           [['efs', 'gap', []], ['rds', 'main', ['gap']]]],
  ['an air-gapped target and copies',    { targetLogicallyAirGappedBackupVaultArn: GAP, copyActions: [to(vaultArn('second'))] },
    [['efs', 'gap', ['second']], ['rds', 'main', ['second', 'gap']]]],
])('a rule with %s', (_what, more, points) => {
  expect(places(more)).toEqual(points);
});

test('a backup is under the key of its resource, a copy under that of its vault, as snapshots', () => {
  const { ledger, backups, copies } = made({ copyActions: [to(vaultArn('second'))] });
  const keys = [...backups, ...copies.flat()].map((point) => {
    const { resource: whose, vault: where, on, keyArn } = sourceOf(ledger, point);
    expect(on).toMatchObject({ env: ENV, tags: {} });
    return [whose.declaration.service, where.name, on.resource.split(/job-|point:/)[0], keyArn];
  });
  const [snapshot, point] = [
    `arn:aws:rds:${ENV.region}:${ENV.account}:snapshot:awsbackup:`,
    `arn:aws:backup:${ENV.region}:${ENV.account}:recovery-`,
  ];
  expect(keys).toEqual([
    ['efs', 'main', point, CMK],
    ['rds', 'main', snapshot, OWN_KEY],
    ['efs', 'second', point, SECOND_KEY],
    ['rds', 'second', snapshot, SECOND_KEY],
  ]);
});
