import { Estate, VaultCopySource, VaultPolicies } from '@holdfast/model';
import { checkEstate, ENV, plan, Row, rule, testRows, vault, vaultArn } from './rows';

const OTHER = '210987654321';
const THIRD = '333344445555';
const KEY = 'arn:aws:kms:eu-central-1:210987654321:key/0a1b2c3d-0000-1111-2222-333344445555';
const COPY = 'plan.rules[0].copyActions[0].destinationBackupVaultArn';
const there = { ...ENV, account: OTHER };
const into = { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' };

/** A copy to a vault of another account with this policy. */
function across(...statements: object[]): Estate {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copy', there) }];
  const accessPolicy = { Version: '2012-10-17', Statement: statements };
  return {
    vaults: [vault(), vault({ backupVaultName: 'copy', env: there, encryptionKeyArn: KEY, accessPolicy })],
    plans: [plan({ rules: [rule({ copyActions })] })],
  };
}
/** The statements that let these sources in, at the other account. */
function from(...sources: VaultCopySource[]): object[] {
  return VaultPolicies.copiesIn({ env: there, sources }).Statement as object[];
}
/** A copy out of a vault with this policy. */
function out(accessPolicy: object): Estate {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copy') }];
  return { vaults: [vault({ accessPolicy })], plans: [plan({ rules: [rule({ copyActions })] })] };
}
/** The same with one condition on the target. */
function unless(operator: string, values: unknown): Estate {
  const deny = { Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:CopyFromBackupVault'], Resource: '*' };
  return out({ Statement: { ...deny, Condition: { [operator]: { 'backup:CopyTargets': values } } } });
}
const targets = (...arns: string[]) => VaultPolicies.copiesOut(arns.map((arn) => ({ vaultArn: arn })));
const refusedTo = `copy, whose policy does not allow it to account ${ENV.account}`;
const denied = `${vaultArn('copy')}, which the policy of main denies`;

// prettier-ignore
const ROWS: Row<Estate>[] = [
  ['copy-action-cross-account-policy', 'fails',  across(...from()), COPY, refusedTo],
  ['copy-action-cross-account-policy', 'passes', across(...from(VaultCopySource.account(ENV.account)))],
  ['copy-action-cross-account-policy', 'fails',  across(...from(VaultCopySource.account(THIRD))), COPY, refusedTo],
  ['copy-action-cross-account-policy', 'passes', across(...from(VaultCopySource.organization('o-a1b2c3d4e5')))],
  ['copy-action-cross-account-policy', 'passes', across(...from(VaultCopySource.organizationPath('o-a1b2c3d4e5/*')))],
  // An allow beside the deny that keeps others out does not let them in.
  ['copy-action-cross-account-policy', 'fails',  across(...from(VaultCopySource.account(THIRD)), into), COPY, refusedTo],
  ['copy-action-cross-account-policy', 'passes', across(into, { ...into, Effect: 'Deny', Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } })],
  ['copy-action-cross-account-policy', 'passes', across(into, { ...into, Effect: 'Deny', Principal: { AWS: THIRD } })],
  ['copy-action-cross-account-policy', 'passes', across(into, { ...into, Effect: 'Deny', Resource: 'arn:aws:ec2:*' })],
  ['copy-action-cross-account-policy', 'passes', across(into, { ...into, Effect: 'Deny', Action: 'backup:DeleteRecoveryPoint' })],
  ['copy-action-source-policy', 'passes', out(VaultPolicies.denyDelete())],
  ['copy-action-source-policy', 'fails',  out(targets()),                                     COPY, denied],
  ['copy-action-source-policy', 'passes', out(targets(vaultArn('copy')))],
  ['copy-action-source-policy', 'passes', out(targets(vaultArn('other'), 'arn:aws:backup:eu-*:*:backup-vault:*'))],
  ['copy-action-source-policy', 'fails',  out(targets(vaultArn('other'))),                    COPY, denied],
  ['copy-action-source-policy', 'fails',  unless('StringNotEquals', vaultArn('other')),       COPY, denied],
  ['copy-action-source-policy', 'fails',  unless('ForAnyValue:ArnNotLike', [vaultArn('o*')]), COPY, denied],
  ['copy-action-source-policy', 'passes', unless('ArnLike', vaultArn('other'))],
  ['copy-action-source-policy', 'passes', unless('ArnNotLike', vaultArn('cop?'))],
  ['copy-action-source-policy', 'passes', unless('ArnNotLike', 'arn:aws:backup:*:${aws:PrincipalAccount}:backup-vault:*')],
  ['copy-action-source-policy', 'passes', out(VaultPolicies.copiesOut([{ organizationPath: 'o-a1b2c3d4e5/*' }]))],
];

testRows(checkEstate, ROWS);
