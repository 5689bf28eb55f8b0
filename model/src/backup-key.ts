import { Finding, IValueProbe } from './finding';
import { arnParts, MULTI_REGION_KEY_ARN } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { absent, days, members, readable, shown, whole } from './private/reading';
import { KEY } from './private/tables/key';
import { Environment } from './environment';

/**
 * A customer managed key for backups, as declared.
 */
export interface BackupKey {
  /**
   * Where the key lives.
   */
  readonly env: Environment;

  /**
   * Name of the alias, with `alias/`.
   *
   * @default - no alias
   */
  readonly aliasName?: string;

  /**
   * Days after which KMS makes new key material, 90 to 2560.
   *
   * @default - 365
   */
  readonly rotationPeriodInDays?: number;

  /**
   * Days between the deletion of the key and its end, 7 to 30.
   *
   * @default - 30
   */
  readonly pendingWindowInDays?: number;

  /**
   * ARN of the multi-Region key that this one replicates.
   *
   * @default - the key is no replica
   */
  readonly primaryKeyArn?: string;

  /**
   * Accounts that get copies of what the key encrypts.
   *
   * @default - none
   */
  readonly destinationAccounts?: string[];
}

/**
 * What KMS refuses in a key.
 */
export class BackupKeyRules {
  /**
   * Days between the deletion of a key and its end where the author says nothing: as long as KMS allows, as until then whoever
   * sees the deletion may cancel it.
   */
  public static readonly PENDING_WINDOW_DAYS = 30;

  /**
   * What the rules find. Never throws.
   *
   * @param key the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(key: BackupKey, path: string, probe: IValueProbe): Finding[] {
    if (!readable(key, probe)) {
      return [];
    }
    const { aliasName, rotationPeriodInDays: rotation, pendingWindowInDays: pending, primaryKeyArn } = key;
    const findings: Finding[] = [];
    if (!absent(aliasName)) {
      findings.push(...checkName(KEY.alias, aliasName, ALIAS, at(path, 'aliasName'), probe));
    }
    if (readable(rotation, probe) && !whole(rotation, 90, 2560)) {
      findings.push(found(KEY.rotationPeriod, at(path, 'rotationPeriodInDays'), days(rotation)));
    }
    if (readable(pending, probe) && !whole(pending, 7, 30)) {
      findings.push(found(KEY.pendingWindow, at(path, 'pendingWindowInDays'), days(pending)));
    }
    if (!absent(primaryKeyArn)) {
      findings.push(...checkPrimary(primaryKeyArn, key.env, at(path, 'primaryKeyArn'), probe));
    }
    return [...findings, ...checkAccounts(key, path, probe)];
  }

  private constructor() {}
}

/** `alias/aws/` is for keys that AWS manages. */
const ALIAS = /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/;

function checkPrimary(primaryKeyArn: string, env: Environment, path: string, probe: IValueProbe): Finding[] {
  const findings = checkName(KEY.primary, primaryKeyArn, MULTI_REGION_KEY_ARN, path, probe);
  const primary = readable(primaryKeyArn, probe) ? arnParts(primaryKeyArn) : undefined;
  if (findings.length > 0 || primary === undefined || !readable(env, probe)) {
    return findings;
  }
  const { partition, region, account } = env;
  if (readable(region, probe) && primary.region === region) {
    findings.push(found(KEY.replicaRegion, path, `${primary.region}, where the replica is too`));
  }
  if (readable(account, probe) && primary.account !== account) {
    findings.push(found(KEY.replicaAccount, path, `account ${primary.account}, where the replica is in ${account}`));
  }
  if (readable(partition, probe) && primary.partition !== partition) {
    findings.push(found(KEY.replicaPartition, path, `${primary.partition}, where the replica is in ${partition}`));
  }
  return findings;
}

function checkAccounts({ env, destinationAccounts }: BackupKey, path: string, probe: IValueProbe): Finding[] {
  const accountsPath = at(path, 'destinationAccounts');
  return members(destinationAccounts, probe).flatMap(([index, account]) => {
    if (!/^\d{12}$/.test(String(account))) {
      return [found(KEY.destinationAccount, at(accountsPath, index), shown(account))];
    }
    return readable(env?.account, probe) && account === env.account
      ? [found(KEY.destinationOwn, at(accountsPath, index), account)]
      : [];
  });
}
