import {
  BackupRule,
  BackupVault,
  Estate,
  EstateRules,
  Lifecycle,
  LogicallyAirGappedVault,
  VaultLock,
} from '@holdfast/model';
import { airGapped, checkEstate, ENV, plan, PLAIN, Row, rule, testRows, vault, vaultArn } from './rows';

const LOCK = { minRetentionDays: 7, maxRetentionDays: 30 };
const OTHER = '210987654321';
const KEY = 'arn:aws:kms:eu-central-1:210987654321:key/0a1b2c3d-0000-1111-2222-333344445555';
const ALLOW = {
  Statement: [{ Effect: 'Allow', Principal: '*', Action: ['backup:CopyIntoBackupVault'], Resource: '*' }],
};
const allow = (Principal: object) => ({ Statement: [{ ...ALLOW.Statement[0], Principal }] });
const DENY = { Statement: { Effect: 'Deny', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' } };

/** A rule that keeps so many days, into a vault with a lock. */
function locked(deleteAfterDays: number | undefined, over: Partial<BackupRule> = {}): Estate {
  const one = rule({ lifecycle: { deleteAfterDays }, scheduleExpression: 'cron(0 5 ? * * *)', ...over });
  return { vaults: [vault({ vaultLock: LOCK })], plans: [plan({ rules: [one] })] };
}
/** A rule that keeps 10 days, with a copy into a vault with a lock. */
function copied(deleteAfterDays: number | undefined, lifecycle?: object): Estate {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copy'), lifecycle }];
  return {
    vaults: [vault(), vault({ backupVaultName: 'copy', vaultLock: LOCK })],
    plans: [plan({ rules: [rule({ lifecycle: { deleteAfterDays }, copyActions })] })],
  };
}
/** A rule of 35 days that is continuous, into a vault with a least retention. */
function continuous(minRetentionDays: number): Estate {
  const one = rule({ enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } });
  return { vaults: [vault({ vaultLock: { minRetentionDays } })], plans: [plan({ rules: [one] })] };
}
/** A rule whose first target is logically air-gapped. */
function gapped(deleteAfterDays: number, arn = vaultArn('gapped')): Estate {
  const one = rule({ targetLogicallyAirGappedBackupVaultArn: arn, lifecycle: { deleteAfterDays } });
  return { vaults: [vault()], logicallyAirGappedVaults: [airGapped()], plans: [plan({ rules: [one] })] };
}
/** A copy from the vault `main` to an ARN, with other declarations. */
function copyTo(destinationBackupVaultArn: string, more: Estate = {}): Estate {
  const one = rule({ copyActions: [{ destinationBackupVaultArn }] });
  return { ...more, vaults: [vault(), ...(more.vaults ?? [])], plans: [plan({ rules: [one] })] };
}
function across(over: object): Estate {
  const there = vault({ backupVaultName: 'copy', env: { ...ENV, account: OTHER }, ...over });
  return copyTo(vaultArn('copy', { account: OTHER }), { vaults: [there] });
}
function compliant(vaultLock: VaultLock, deleteAfterDays?: number): Estate {
  return { vaults: [vault({ vaultLock })], plans: [plan({ rules: [rule({ lifecycle: { deleteAfterDays } })] })] };
}
function compliantCopy(vaultLock: VaultLock, lifecycle: Lifecycle | undefined): Estate {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copy'), lifecycle }];
  const vaults = [vault(), vault({ backupVaultName: 'copy', vaultLock })];
  return { vaults, plans: [plan({ rules: [rule({ copyActions })] })] };
}
/** A rule whose first target is logically air-gapped, with a copy into another vault. */
function fromGapped(there: BackupVault | undefined, ...more: LogicallyAirGappedVault[]): Estate {
  const one = rule({
    targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped'),
    lifecycle: { deleteAfterDays: 30 },
    copyActions: [{ destinationBackupVaultArn: vaultArn('copy') }],
  });
  const vaults = there === undefined ? [vault()] : [vault(), there];
  return { vaults, logicallyAirGappedVaults: [airGapped(), ...more], plans: [plan({ rules: [one] })] };
}
const WEST = { ...ENV, region: 'eu-west-1' };
const china = { partition: 'aws-cn', region: 'cn-north-1' };

const REMOVE = 'plan.rules[0].lifecycle.deleteAfterDays';
const COPY = 'plan.rules[0].copyActions[0].destinationBackupVaultArn';
const COPY_REMOVE = 'plan.rules[0].copyActions[0].lifecycle.deleteAfterDays';

// prettier-ignore
const ROWS: Row<Estate>[] = [
  // Vector 8 of the reference.
  ['rule-retention-in-lock', 'fails',  locked(6),         REMOVE, '6 days'],
  ['rule-retention-in-lock', 'passes', locked(7)],
  ['rule-retention-in-lock', 'passes', locked(30)],
  ['rule-retention-in-lock', 'fails',  locked(31),        REMOVE, '31 days'],
  ['rule-retention-in-lock', 'fails',  locked(undefined), REMOVE, 'kept for ever'],
  ['rule-retention-in-lock', 'fails',  locked(-1),        REMOVE, 'kept for ever'],
  ['rule-retention-in-lock', 'fails',  locked(31, { lifecycle: undefined }), REMOVE, 'kept for ever'],
  ['rule-retention-in-lock', 'fails',  gapped(6),         REMOVE, '6 days'],
  ['rule-retention-in-lock', 'passes', gapped(7)],
  ['rule-retention-in-lock', 'passes', gapped(400)],
  ['rule-retention-in-lock', 'fails',  gapped(401),       REMOVE, '401 days'],
  ['rule-continuous-in-lock', 'passes', continuous(35)],
  ['rule-continuous-in-lock', 'fails',  continuous(36),   'plan.rules[0].targetBackupVaultName', 'main with minRetentionDays 36'],

  ['copy-action-retention-in-lock', 'fails',  copied(10, { deleteAfterDays: 6 }),  COPY_REMOVE, '6 days'],
  ['copy-action-retention-in-lock', 'passes', copied(10, { deleteAfterDays: 7 })],
  ['copy-action-retention-in-lock', 'passes', copied(10, { deleteAfterDays: 30 })],
  ['copy-action-retention-in-lock', 'fails',  copied(10, { deleteAfterDays: 31 }), COPY_REMOVE, '31 days'],
  // A copy inherits the retention of its source, in whole or in part.
  ['copy-action-retention-in-lock', 'passes', copied(10)],
  ['copy-action-retention-in-lock', 'fails',  copied(6),                           COPY_REMOVE, '6 days'],
  ['copy-action-retention-in-lock', 'fails',  copied(31, {}),                      COPY_REMOVE, '31 days'],
  ['copy-action-retention-in-lock', 'passes', copied(10, { deleteAfterDays: -1 })],
  ['copy-action-retention-in-lock', 'fails',  copied(undefined, { deleteAfterDays: -1 }), COPY_REMOVE, 'kept for ever'],

  ['rule-for-ever-in-compliance', 'fails',  compliant({ minRetentionDays: 7, changeableForDays: 3 }), REMOVE, 'kept for ever in vault main'],
  ['rule-for-ever-in-compliance', 'passes', compliant({ minRetentionDays: 7 })],
  ['rule-for-ever-in-compliance', 'passes', compliant({ minRetentionDays: 7, changeableForDays: 3 }, 36500)],
  ['rule-for-ever-in-compliance', 'passes', compliant({ maxRetentionDays: 9, changeableForDays: 3 })],
  ['copy-action-for-ever-in-compliance', 'fails',  compliantCopy({ changeableForDays: 3 }, undefined), COPY_REMOVE, 'kept for ever in vault copy'],
  ['copy-action-for-ever-in-compliance', 'passes', compliantCopy({ changeableForDays: 3 }, { deleteAfterDays: 36500 })],
  ['copy-action-for-ever-in-compliance', 'passes', compliantCopy({ minRetentionDays: 1 }, undefined)],
  ['copy-action-air-gapped-twice', 'passes', fromGapped(vault({ backupVaultName: 'copy', encryptionKeyArn: KEY }))],
  ['copy-action-air-gapped-twice', 'fails',  fromGapped(undefined, airGapped({ backupVaultName: 'copy' })), COPY, 'the logically air-gapped vault copy'],
  ['copy-action-from-air-gapped',  'passes', fromGapped(vault({ backupVaultName: 'copy', encryptionKeyArn: KEY }))],
  ['copy-action-from-air-gapped',  'passes', copied(10)],
  ['copy-action-from-air-gapped',  'fails',  fromGapped(vault({ backupVaultName: 'copy' })), COPY, 'copy with aws/backup'],

  ['rule-vault-declared', 'passes', locked(7)],
  ['rule-vault-declared', 'fails',  locked(7, { targetBackupVaultName: 'other' }), 'plan.rules[0].targetBackupVaultName', 'other'],
  ['rule-vault-declared', 'fails',  { plans: [plan({ rules: [rule(), rule({ ruleName: 'weekly' })] })] }, 'plan.rules[0].targetBackupVaultName', 'main, 2 times in the plan'],
  ['rule-vault-case', 'passes', locked(7)],
  ['rule-vault-case', 'fails',  locked(7, { targetBackupVaultName: 'Main' }), 'plan.rules[0].targetBackupVaultName', 'Main, where the vault is called main'],
  ['rule-vault-elsewhere', 'passes', locked(7)],
  ['rule-vault-elsewhere', 'passes', { vaults: [vault(), vault({ env: WEST })], plans: [plan()] }],
  ['rule-vault-elsewhere', 'fails',  { vaults: [vault({ env: WEST })], plans: [plan()] }, 'plan.rules[0].targetBackupVaultName', `main, declared in ${ENV.account} eu-west-1 alone, where the plan is in ${ENV.account} eu-central-1`],
  ['rule-vault-elsewhere', 'fails',  { vaults: [vault({ env: { ...ENV, account: OTHER } })], plans: [plan()] }, 'plan.rules[0].targetBackupVaultName', `main, declared in ${OTHER} eu-central-1 alone, where the plan is in ${ENV.account} eu-central-1`],
  ['rule-vault-declared', 'passes', gapped(7)],
  ['rule-vault-declared', 'fails',  gapped(7, vaultArn('other')), 'plan.rules[0].targetLogicallyAirGappedBackupVaultArn', vaultArn('other')],
  ['rule-air-gapped-target-arn', 'passes', gapped(7)],
  ['rule-air-gapped-target-arn', 'fails',  gapped(7, vaultArn('main')), 'plan.rules[0].targetLogicallyAirGappedBackupVaultArn', 'that of the standard vault main'],
  ['rule-vault-kind', 'passes', gapped(7)],
  ['rule-vault-kind', 'fails',  { logicallyAirGappedVaults: [airGapped({ backupVaultName: 'main' })], plans: [plan()] }, 'plan.rules[0].targetBackupVaultName', 'the logically air-gapped vault main'],

  // Retentions and bounds that AWS refuses are not held against each other too.
  ['rule-retention-in-lock', 'passes', locked(0)],
  ['rule-retention-in-lock', 'passes', locked(36501)],
  ['rule-retention-in-lock', 'passes', compliant({ minRetentionDays: 50, maxRetentionDays: 40 }, 35)],

  ['copy-action-own-vault',      'passes', copyTo(vaultArn('copy'))],
  ['copy-action-own-vault',      'passes', copyTo(vaultArn('main', { region: 'eu-west-1' }))],
  ['copy-action-own-vault',      'fails',  copyTo(vaultArn('main')), COPY, vaultArn('main')],
  ['copy-action-vault-declared', 'passes', copied(10)],
  ['copy-action-vault-declared', 'fails',  copyTo(vaultArn('copy')), COPY, vaultArn('copy')],
  ['copy-action-vault-declared', 'passes', copyTo('copy')],
  ['copy-action-partition',      'passes', copyTo(vaultArn('copy', { region: 'us-east-1' }))],
  ['copy-action-partition',      'fails',  copyTo(vaultArn('copy', china)), COPY, 'aws-cn, where the plan is in aws'],
  ['copy-action-cross-account-china', 'passes', copyTo(vaultArn('copy', china))],
  ['copy-action-cross-account-china', 'fails',  copyTo(vaultArn('copy', { ...china, account: OTHER })), COPY, `account ${OTHER}`],
  ['copy-action-cross-account-default-vault', 'passes', copyTo(vaultArn('Default', { region: 'eu-west-1' }))],
  ['copy-action-cross-account-default-vault', 'passes', copyTo(vaultArn('copy', { account: OTHER }))],
  ['copy-action-cross-account-default-vault', 'fails',  copyTo(vaultArn('Default', { account: OTHER })), COPY, `Default of account ${OTHER}`],
  ['copy-action-cross-account-key',    'passes', across({ encryptionKeyArn: KEY, accessPolicy: ALLOW })],
  ['copy-action-cross-account-key',    'passes', copied(10)],
  ['copy-action-cross-account-key',    'fails',  across({ accessPolicy: ALLOW }), COPY, 'copy with aws/backup'],
  ['copy-action-cross-account-policy', 'passes', across({ encryptionKeyArn: KEY, accessPolicy: ALLOW })],
  ['copy-action-cross-account-policy', 'passes', across({ encryptionKeyArn: KEY, accessPolicy: JSON.stringify(ALLOW) })],
  ['copy-action-cross-account-policy', 'passes', copied(10)],
  ['copy-action-cross-account-policy', 'passes', across({ encryptionKeyArn: KEY, accessPolicy: allow({ AWS: [OTHER, `arn:aws:iam::${ENV.account}:root`] }) })],
  ['copy-action-cross-account-policy', 'passes', across({ encryptionKeyArn: KEY, accessPolicy: allow({ AWS: '*' }) })],
  ['copy-action-cross-account-policy', 'fails',  across({ encryptionKeyArn: KEY, accessPolicy: allow({ AWS: OTHER }) }), COPY, `copy, whose policy does not allow it to account ${ENV.account}`],
  ['copy-action-cross-account-policy', 'fails',  across({ encryptionKeyArn: KEY }), COPY, 'copy without a policy'],
  ['copy-action-cross-account-policy', 'fails',  across({ encryptionKeyArn: KEY, accessPolicy: DENY }), COPY, `copy, whose policy does not allow it to account ${ENV.account}`],
];

testRows(checkEstate, ROWS);

test('names the bounds and the vault that a retention leaves', () => {
  const messages = EstateRules.check(locked(5), PLAIN).map(({ message }) => message);
  expect(messages).toContain('must be 7 to 30 days, the bounds of vault main, got 5 days');
});

test('paths begin where something was declared, or with its name', () => {
  const estate = locked(5);
  const declared = { ...estate, plans: [plan({ ...estate.plans![0], declaredAt: 'stack.json#Plan' })] };
  const paths = EstateRules.check(declared, PLAIN).map(({ path }) => path);
  expect(paths).toContain('stack.json#Plan.rules[0].lifecycle.deleteAfterDays');
});
