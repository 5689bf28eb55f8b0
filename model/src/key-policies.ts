/**
 * Who administers a key.
 */
export interface KeyAdministrationOptions {
  /**
   * Partition, e.g. `aws`.
   */
  readonly partition: string;

  /**
   * The account that has the key, 12 digits.
   */
  readonly account: string;

  /**
   * ARNs of the principals who administer the key, among them whoever deploys it.
   *
   * @default - the account, which leaves everything to its IAM policies
   */
  readonly adminArns?: string[];
}

/**
 * Who uses the key of a vault.
 */
export interface VaultKeyPolicyOptions {
  /**
   * Partition, e.g. `aws`.
   */
  readonly partition: string;

  /**
   * The account that has the key and the vault, 12 digits.
   */
  readonly account: string;

  /**
   * ARNs of the roles of that account that AWS Backup works with; stars are wildcards.
   *
   * @default - the service-linked role alone
   */
  readonly roleArns?: string[];
}

/**
 * Who uses the key of a resource so that its points can be copied.
 */
export interface SourceKeyPolicyOptions {
  /**
   * Partition, e.g. `aws`.
   */
  readonly partition: string;

  /**
   * The account that has the key and the resource, 12 digits.
   */
  readonly account: string;

  /**
   * ARNs of the roles of that account that back the resource up and copy its points.
   *
   * @default - none: the key leaves its account to IAM, as keys do by default
   */
  readonly roleArns?: string[];

  /**
   * The accounts that receive copies, 12 digits each.
   *
   * @default - none: copies stay in the account
   */
  readonly destinationAccounts?: string[];

  /**
   * Whether the whole of these accounts may use the key, as AWS's own example has it, rather than AWS Backup in them alone.
   *
   * @default false
   */
  readonly trustWholeAccounts?: boolean;
}

/** What administration takes; using the key, and granting its use to others, is not part of it. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:Describe*',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:Get*',
  'kms:List*',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
  'kms:UpdatePrimaryRegion',
];

/** What creating a vault asks of whoever does it (Source B7.1/2). */
const MAKING = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'];

/** What AWS's example gives for the use of a key (Source B13/2). */
const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** What AWS's example gives so that EC2, RDS and others hold on to the key while they copy (Source B13/2). */
const GRANTS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

/** Only for a service of AWS that a grant is passed on to. */
const FOR_SERVICES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/**
 * Policies of KMS keys, the same for every framework: statements that AWS Backup needs on the key of a vault, and on the
 * key of a resource whose points are copied.
 *
 * Principals are accounts, narrowed to roles by `aws:PrincipalArn`: KMS refuses a policy that names a role which is not there
 * yet, and the service-linked role of AWS Backup comes with its first use. The policies of those roles have to allow the same,
 * which AWS's managed ones do.
 */
export class KeyPolicies {
  /**
   * ARN of the role with which AWS Backup receives copies in an account (Source B6.3/7).
   *
   * @param partition partition, e.g. `aws`
   * @param account account id
   */
  public static serviceLinkedRoleArn(partition: string, account: string): string {
    return `arn:${partition}:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
  }

  /**
   * Statements on who administers a key.
   *
   * Without `adminArns` there is one, `LeaveToIam`, as KMS makes it: the policies of the account decide.
   *
   * With them there are two, and IAM alone opens nothing any more. `AllowAdministration`: describe, change, tag, rotate,
   * replicate, disable and delete the key, but not use it. `AllowMakingVaults`: what creating a vault under the key takes,
   * by way of AWS Backup alone. KMS refuses a key that whoever makes it could not change.
   *
   * @param options who administers
   */
  public static administration(options: KeyAdministrationOptions): any[] {
    const { partition, account, adminArns = [] } = options;
    if (adminArns.length === 0) {
      return [allow('LeaveToIam', rootOf(partition, account), ['kms:*'])];
    }
    const throughBackup = { StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' } };
    return [
      allow('AllowAdministration', adminArns, ADMINISTRATION),
      allow('AllowMakingVaults', adminArns, MAKING, throughBackup),
    ];
  }

  /**
   * Statements for the key of a vault, of use where the key does not leave its account to IAM.
   *
   * `AllowAwsBackup`: the roles encrypt points and copies under the key and read them to restore or copy them on; in an
   * account that receives copies from others, AWS Backup's service-linked role is the one that does (Source B6.3/7).
   * `AllowAwsBackupToGrant`: EC2, RDS and others, which encrypt their snapshots themselves, get the key by a grant.
   *
   * The same for copies from another Region and from another account: the account of origin gets nothing (Source B13/3).
   *
   * @param options who uses the key
   */
  public static vaultKey(options: VaultKeyPolicyOptions): any[] {
    const { partition, account } = options;
    const roles = options.roleArns ?? [KeyPolicies.serviceLinkedRoleArn(partition, account)];
    return used('AllowAwsBackup', rootOf(partition, account), onlyRoles(roles));
  }

  /**
   * Statements for the key of a resource whose points are copied.
   *
   * For services that AWS Backup does not fully manage: their points stay under the key of the resource, so that whoever
   * copies must read with it (Source B6.3/5). Services under full management need none of it.
   *
   * `AllowBackupRoles` and `AllowBackupRolesToGrant`, for `roleArns`: backups, and copies within the account and to its other
   * Regions. `AllowCopiesTo<account>` and `AllowGrantsFor<account>`, for each of `destinationAccounts`: AWS Backup in that
   * account reads the shared snapshot and encrypts its copy anew.
   *
   * @param options who uses the key
   */
  public static sourceKey(options: SourceKeyPolicyOptions): any[] {
    const { partition, account, roleArns = [], destinationAccounts = [], trustWholeAccounts = false } = options;
    const own = roleArns.length === 0 ? [] : used('AllowBackupRoles', rootOf(partition, account), onlyRoles(roleArns));
    const others = destinationAccounts.flatMap((destination) => {
      const there = [KeyPolicies.serviceLinkedRoleArn(partition, destination)];
      const condition = trustWholeAccounts ? {} : onlyRoles(there);
      const sids = [`AllowCopiesTo${destination}`, `AllowGrantsFor${destination}`] as const;
      return pair(sids, rootOf(partition, destination), condition);
    });
    return [...own, ...others];
  }

  /**
   * A policy document of these statements.
   *
   * @param statements the statements
   */
  public static document(statements: any[]): any {
    return { Version: '2012-10-17', Statement: statements };
  }

  private constructor() {}
}

function used(sid: string, principals: string[], condition: object): object[] {
  return pair([sid, `${sid}ToGrant`], principals, condition);
}

function pair(sids: readonly [string, string], principals: string[], condition: object): object[] {
  return [
    allow(sids[0], principals, USE, condition),
    allow(sids[1], principals, GRANTS, { ...condition, ...FOR_SERVICES }),
  ];
}

function allow(sid: string, principals: string[], actions: readonly string[], condition: object = {}): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: principals },
    Action: [...actions],
    Resource: '*',
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function onlyRoles(roleArns: string[]): object {
  return { ArnLike: { 'aws:PrincipalArn': roleArns } };
}

function rootOf(partition: string, account: string): string[] {
  return [`arn:${partition}:iam::${account}:root`];
}
