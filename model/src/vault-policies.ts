/**
 * Who may still do what a deny-delete policy denies.
 */
export interface DenyDeleteOptions {
  /**
   * ARNs of principals that the policy exempts; stars are wildcards.
   *
   * @default - nobody is exempt
   */
  readonly breakGlassPrincipalArns?: string[];
}

/** What destroys a point, or lets it be destroyed sooner: never part of a deployment (Source B7.2/2). */
const EMPTYING = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
  'backup:UpdateRecoveryPointLifecycle',
];

/** What takes the vault's own protection away: part of a deployment, so denied only where somebody stays exempt. */
const WEAKENING = [
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultNotifications',
  'backup:PutBackupVaultAccessPolicy',
  'backup:PutBackupVaultLockConfiguration',
  'backup:PutBackupVaultNotifications',
];

/**
 * Resource policies of vaults, the same for every framework.
 */
export class VaultPolicies {
  /**
   * A policy document that stops everybody from emptying the vault, and with exempt principals from weakening it.
   *
   * Two statements. `DenyEmptyingTheVault` is always there: it denies the four actions that delete a recovery point, hand
   * it to its service, detach it from its composite or shorten its life. AWS Backup itself still deletes expired points.
   *
   * `DenyWeakeningTheVault` is there only where `breakGlassPrincipalArns` is not empty: it denies deleting the vault, and
   * putting or deleting its access policy, lock and notifications. Without an exempt principal it would deny them to
   * whoever deploys too: CloudFormation and Terraform could then neither change the policy nor remove it, and nobody in
   * the account could let them. So name the role that deploys among the exempt, beside those of people.
   * What an exempt principal may do, its own policies and those of the organization still have to allow.
   *
   * @param options who is exempt
   */
  public static denyDelete(options?: DenyDeleteOptions): any {
    const exempt = options?.breakGlassPrincipalArns ?? [];
    const statements = [deny('DenyEmptyingTheVault', EMPTYING, exempt)];
    if (exempt.length > 0) {
      statements.push(deny('DenyWeakeningTheVault', WEAKENING, exempt));
    }
    return { Version: '2012-10-17', Statement: statements };
  }

  private constructor() {}
}

function deny(sid: string, actions: readonly string[], exempt: readonly string[]): object {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: [...actions],
    Resource: '*',
    ...(exempt.length === 0 ? {} : { Condition: { ArnNotLike: { 'aws:PrincipalArn': [...exempt] } } }),
  };
}
