// What the role of a selection is asked for, of backups and of copies within an account and out of it.
import type { Estate } from '@holdfast/model';
import { AskedNeeds } from '../../../engine/src/domain/asked-needs';
import { unmetOfSelection } from '../../../engine/src/domain/selection-needs';
import { enforced, own, allow } from '../scenarios/enforced-stage';
import { CMK, ENV, plan, resource, rule, vault, vaultArn } from '../scenarios/stage';

const OTHER = { ...ENV, account: '444455556666' };
const DISK = resource('ebs', 'vol-1', { encryptedWith: CMK });

/** What is denied to a role that may back disks up: each job, action and what it is on. */
function denied(copies: readonly string[], ...statements: object[]): string[] {
  return asked([copies], [allow(['ec2:*', 'kms:*', 'backup:TagResource', 'tag:GetResources']), ...statements]);
}

/** The same of a role with these statements, for so many rules with their copies. */
function asked(rules: readonly (readonly string[])[], statements: readonly object[]): string[] {
  const made = rules.map((copies, index) =>
    rule(`r${index}`, { copyActions: copies.map((destinationBackupVaultArn) => ({ destinationBackupVaultArn })) }),
  );
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ENV.account}:root` }, Action: 'kms:*', Resource: '*' },
  ];
  const estate: Estate = {
    keys: [{ env: ENV, keyId: CMK.split('/').at(-1) ?? '', keyPolicy: { Version: '2012-10-17', Statement } }],
    vaults: [
      vault('main'),
      vault('second'),
      vault('away', { env: OTHER, encryptionKeyArn: CMK.replace(ENV.account, OTHER.account) }),
    ],
    resources: [DISK],
    plans: [plan('p', made)],
  };
  const state = enforced([], estate);
  own(state, ...statements);
  const { ledger } = state;
  const [standing] = ledger.plans.list();
  const { declaration } = standing!.selections[0]!;
  return unmetOfSelection(ledger, new AskedNeeds(ledger), standing!, declaration).map(
    ({ job, request: { action, resource: on } }) => `${job} ${action} ${on}`,
  );
}

test('within an account the role is asked for what a copy takes of both vaults', () => {
  expect(denied([])).toEqual([]);
  expect(denied([vaultArn('second')])).toEqual([
    expect.stringMatching(/^copy backup:CopyFromBackupVault arn:aws:ec2:.*snapshot/),
    `copy backup:CopyIntoBackupVault ${vaultArn('second')}`,
  ]);
  expect(denied([vaultArn('second')], allow('backup:Copy*'))).toEqual([]);
});

test('out of it for what it takes of its own: what the other account lets in, and its keys let out, is not for the role', () => {
  expect(denied([vaultArn('away', OTHER)])).toEqual([expect.stringContaining('copy backup:CopyFromBackupVault')]);
  expect(denied([vaultArn('away', OTHER)], allow('backup:CopyFromBackupVault'))).toEqual([]);
});

test('what a backup takes is asked once, however many rules back up into one vault, and what copies take for each', () => {
  const of = (...rules: readonly (readonly string[])[]) => asked(rules, [allow('kms:*')]);
  const backup = of([]);
  expect(backup).not.toEqual([]);
  expect(new Set(backup.map((one) => one.split(' ')[0]))).toEqual(new Set(['backup']));
  expect(of([], [])).toEqual(backup);
  const copying = of([], [vaultArn('second')]).filter((one) => !backup.includes(one));
  expect(copying.map((one) => one.split(' ')[1])).toEqual(['backup:CopyFromBackupVault', 'backup:CopyIntoBackupVault']);
});
