/** Every statement of the policies of vaults and keys: what it denies or allows, what it leaves alone, and for whom. */
import { CopyPlacePolicies, KeyPolicies, VaultPolicies } from '@holdfast/model';
import { decide } from '../../../../engine/src/domain/policy/decide';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';
import { FULL, OTHER, OWNER, roleOf } from './place-table';

type Part = Partial<AuthorizationRequest>;

const VAULT = `arn:aws:backup:eu-central-1:${OWNER}:backup-vault:a`;
const KEY = `arn:aws:kms:eu-central-1:${OWNER}:key/k`;
const own = roleOf(OWNER);
const other = roleOf(OTHER);
const stranger: Principal = {
  ...roleOf('999999999999'),
  organization: { id: 'o-z', path: 'o-z/r-z/', isManagementAccount: false },
};
const named = (principal: Principal, name: string): Principal => ({
  ...principal,
  arn: `arn:aws:iam::${principal.account}:role/${name}`,
});
const linked = (principal: Principal): Principal => ({
  ...principal,
  kind: 'service-linked-role',
  arn: KeyPolicies.serviceLinkedRoleArn('aws', principal.account),
});
const breakGlass = named(own, 'break-glass');

function listed(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [value as string];
}

/** The statement that decided, or how it ended without one. */
function decided(document: unknown, resource: string, action: string, principal: Principal, more: Part = {}): string {
  const request = { principal, action, resource, resourceAccount: OWNER, ...more };
  const policy = { name: 'p', document };
  const isKey = resource === KEY;
  const verdict = decide(request, { identity: [FULL], ...(isKey ? { keyPolicy: policy } : { resource: policy }) });
  return verdict.policyType === (isKey ? 'key' : 'resource') ? (verdict.statement ?? verdict.how) : verdict.how;
}

function actionsOf(document: { readonly Statement: readonly Record<string, unknown>[] }, sid: string): string[] {
  return listed(document.Statement.find(({ Sid }) => Sid === sid)?.Action ?? []);
}

describe('a vault that keeps its points', () => {
  const document = VaultPolicies.denyDelete({ breakGlassPrincipalArns: [breakGlass.arn], logicallyAirGapped: true });

  test.each(['DenyEmptyingTheVault', 'DenyWeakeningTheVault'])(
    '%s is for everybody but who is exempt (B7.2/2)',
    (sid) => {
      const actions = actionsOf(document, sid);
      expect(actions.length).toBeGreaterThan(3);
      for (const action of actions) {
        const root: Principal = { kind: 'root', arn: `arn:aws:iam::${OWNER}:root`, account: OWNER, userId: OWNER };
        expect([action, decided(document, VAULT, action, own)]).toEqual([action, sid]);
        expect([action, decided(document, VAULT, action, root)]).toEqual([action, sid]);
        expect([action, decided(document, VAULT, action, breakGlass)]).toEqual([action, 'allowed']);
      }
    },
  );

  test('everything else is left alone, and without anybody exempt the vault can still be changed', () => {
    for (const action of ['backup:StartBackupJob', 'backup:StartRestoreJob', 'backup:CopyIntoBackupVault']) {
      expect([action, decided(document, VAULT, action, own)]).toEqual([action, 'allowed']);
    }
    const bare = VaultPolicies.denyDelete();
    expect(decided(bare, VAULT, 'backup:DeleteRecoveryPoint', breakGlass)).toBe('DenyEmptyingTheVault');
    expect(decided(bare, VAULT, 'backup:DeleteBackupVaultAccessPolicy', own)).toBe('allowed');
  });
});

describe('a vault that copies come into', () => {
  const env = { partition: 'aws', account: OWNER, region: 'eu-central-1' };
  const into = (document: unknown, as: Principal) => decided(document, VAULT, 'backup:CopyIntoBackupVault', as);

  // prettier-ignore
  test.each([
    ['an account',         { accountId: OTHER },                 'AllowCopiesFromAccounts'],
    ['an organization',    { organizationId: 'o-a1b2c3d4e5' },   'AllowCopiesFromOrganizations'],
    ['a path',             { path: 'o-a1b2c3d4e5/r-ab12/*' },    'AllowCopiesFromOrganizationPaths'],
  ])('from %s lets that in, its own account, and nobody else (B6.3/3)', (_, source, sid) => {
    const document = VaultPolicies.copiesIn({ env, sources: [source] });
    expect(actionsOf(document, sid)).toEqual(['backup:CopyIntoBackupVault']);
    // Across accounts identity policies have the last word, once the vault lets in.
    expect(into(document, other)).toBe('allowed');
    expect(into(document, own)).not.toBe('DenyCopiesFromOthers');
    expect(into(document, stranger)).toBe('DenyCopiesFromOthers');
    expect(decided(document, VAULT, 'backup:StartRestoreJob', own)).toBe('allowed');
  });

  test('from nowhere lets its own account alone in', () => {
    const document = VaultPolicies.copiesIn({ env });
    expect([into(document, own), into(document, other)]).toEqual(['allowed', 'DenyCopiesFromOthers']);
  });
});

describe('statements for a vault of copies', () => {
  const into = (statement: unknown, as: Principal) =>
    decided({ Version: '2012-10-17', Statement: [statement] }, VAULT, 'backup:CopyIntoBackupVault', as);

  test('let in the account, or the organization, that they name, and leave other calls alone (B6.3/3)', () => {
    const account = CopyPlacePolicies.allowAccount('aws', OTHER) as unknown;
    expect([into(account, other), into(account, stranger)]).toEqual(['allowed', 'implicit-deny']);
    const organization = CopyPlacePolicies.allowOrganization('o-a1b2c3d4e5') as unknown;
    expect([into(organization, other), into(organization, stranger)]).toEqual(['allowed', 'implicit-deny']);
    const document = { Version: '2012-10-17', Statement: [account, organization] };
    expect(decided(document, VAULT, 'backup:DeleteRecoveryPoint', other)).toBe('implicit-deny');
  });
});

describe('a vault that copies go out of', () => {
  const out = (document: unknown, context: Part['context'] = {}) =>
    decided(document, VAULT, 'backup:CopyFromBackupVault', own, { context });
  const targets = (arn: string) => ({ 'backup:CopyTargets': [arn] });

  test('to named vaults lets nothing go elsewhere, nor without a target (B11.6/1)', () => {
    const document = VaultPolicies.copiesOut([{ vaultArn: `arn:aws:backup:*:${OTHER}:backup-vault:*` }]);
    expect(out(document, targets(`arn:aws:backup:eu-west-1:${OTHER}:backup-vault:b`))).toBe('allowed');
    expect(out(document, targets(`arn:aws:backup:eu-west-1:${OWNER}:backup-vault:b`))).toBe('DenyCopiesToOthers');
    expect(out(document)).toBe('DenyCopiesToOthers');
    expect(decided(document, VAULT, 'backup:CopyIntoBackupVault', own)).toBe('allowed');
  });

  test('to a path lets nothing go to other paths; without places nothing goes at all', () => {
    const document = VaultPolicies.copiesOut([{ organizationPath: 'o-a1b2c3d4e5/*' }]);
    expect(out(document, { 'backup:CopyTargetOrgPaths': ['o-a1b2c3d4e5/r-ab12/'] })).toBe('allowed');
    expect(out(document, { 'backup:CopyTargetOrgPaths': ['o-z/r-z/'] })).toBe('DenyCopiesToOthers');
    expect(out(VaultPolicies.copiesOut([]), targets(VAULT))).toBe('DenyCopiesToOthers');
  });
});

describe('the policy of a key', () => {
  const granted: Part = { context: { 'kms:GrantIsForAWSResource': 'true' } };
  const allows = (document: unknown, action: string, as: Principal, more: Part = {}) =>
    !['implicit-deny', 'explicit-deny'].includes(decided(document, KEY, action, as, more));

  // prettier-ignore
  const PAIRS: readonly (readonly [string, object[], sids: [string, string], inside: Principal, outside: Principal])[] = [
    ['a vault, by default', KeyPolicies.vaultKey({ partition: 'aws', account: OWNER }), ['AllowAwsBackup', 'AllowAwsBackupToGrant'], linked(own), own],
    ['a vault, for roles',  KeyPolicies.vaultKey({ partition: 'aws', account: OWNER, roleArns: [named(own, 'backup').arn] }), ['AllowAwsBackup', 'AllowAwsBackupToGrant'], named(own, 'backup'), own],
    ['a source, for roles', KeyPolicies.sourceKey({ partition: 'aws', account: OWNER, roleArns: [named(own, 'backup').arn] }), ['AllowBackupRoles', 'AllowBackupRolesToGrant'], named(own, 'backup'), own],
    ['a source, for another account', KeyPolicies.sourceKey({ partition: 'aws', account: OWNER, destinationAccounts: [OTHER] }), [`AllowCopiesTo${OTHER}`, `AllowGrantsFor${OTHER}`], linked(other), other],
  ];

  test.each(PAIRS)(
    'of %s is for whom it names, with grants for services alone (B13/2, B13/3)',
    (_, statements, [use, grant], inside, outside) => {
      const document = KeyPolicies.document(statements) as { readonly Statement: readonly Record<string, unknown>[] };
      expect(document.Statement.map(({ Sid }) => Sid)).toEqual([use, grant]);
      for (const written of actionsOf(document, use)) {
        const action = written.replace('ReEncrypt*', 'ReEncryptFrom').replace('*', '');
        expect([action, allows(document, action, inside), allows(document, action, outside)]).toEqual([
          action,
          true,
          false,
        ]);
      }
      for (const action of actionsOf(document, grant)) {
        expect([action, allows(document, action, inside, granted), allows(document, action, inside)]).toEqual([
          action,
          true,
          false,
        ]);
        expect([action, allows(document, action, outside, granted)]).toEqual([action, false]);
      }
      expect(allows(document, 'kms:ScheduleKeyDeletion', inside)).toBe(false);
    },
  );

  test('of an administrator lets them administer and make vaults through AWS Backup, and not read', () => {
    const admin = named(own, 'KeyAdmin');
    const document = KeyPolicies.document(
      KeyPolicies.administration({ partition: 'aws', account: OWNER, adminArns: [admin.arn] }),
    ) as { readonly Statement: readonly Record<string, unknown>[] };
    const through: Part = { context: { 'kms:ViaService': 'backup.eu-central-1.amazonaws.com' } };
    for (const action of actionsOf(document, 'AllowAdministration').filter((one) => !one.includes('*'))) {
      expect([action, allows(document, action, admin), allows(document, action, own)]).toEqual([action, true, false]);
    }
    expect([allows(document, 'kms:Decrypt', admin), allows(document, 'kms:Decrypt', admin, through)]).toEqual([
      false,
      true,
    ]);
    expect(allows(document, 'kms:Decrypt', own, through)).toBe(false);
  });

  test('that leaves the key to IAM lets the account decide, and no other', () => {
    const document = KeyPolicies.document(KeyPolicies.administration({ partition: 'aws', account: OWNER }));
    expect([allows(document, 'kms:Decrypt', own), allows(document, 'kms:Decrypt', other)]).toEqual([true, false]);
  });
});
