import { Finding } from '../../finding';
import { BackupVault } from '../../vault';
import { arnParts, vaultArn } from '../arns';
import { at } from '../found';
import { absent, days, members, readable, shown } from '../reading';
import { boundOf } from './bounds';
import { breach, Judged } from './judged';

/** An alias of a key that AWS manages, or the key's own alias in an ARN. */
export const AWS_MANAGED = /(^|:)alias\/aws\//;

/** Each vault has a key of the customer's. What is known only at deployment is taken for one. */
export function checkKeys(judged: Judged): Finding[] {
  return judged.index.vaults.flatMap(({ path, encryptionKeyArn: key }) => {
    const given = absent(key)
      ? 'a key that AWS manages'
      : judged.probe.known(key) && AWS_MANAGED.test(key)
        ? key
        : undefined;
    return given === undefined ? [] : [breach(judged, at(path, 'encryptionKeyArn'), given)];
  });
}

/** Each vault that a plan fills is locked; logically air-gapped ones always are. */
export function checkGovernance(judged: Judged): Finding[] {
  return filledVaults(judged)
    .filter(({ vault }) => absent(vault.vaultLock))
    .map(({ path }) => breach(judged, at(path, 'vaultLock'), 'none'));
}

export function checkCompliance(judged: Judged): Finding[] {
  return filledVaults(judged)
    .filter(({ vault: { vaultLock } }) => absent(vaultLock) || absent(vaultLock.changeableForDays))
    .map(({ path, vault: { vaultLock } }) =>
      breach(judged, at(path, 'vaultLock'), absent(vaultLock) ? 'none' : 'governance mode, without changeableForDays'),
    );
}

/** A vault of continuous backups alone cannot have such a bound, as they are kept for 35 days at most (Source B7.4/4). */
export function checkLockMinimum(judged: Judged): Finding[] {
  const bound = boundOf(judged.requirement);
  return filledVaults(judged)
    .filter(({ continuousOnly }) => !continuousOnly)
    .flatMap(({ path, vault: { vaultLock } }) => {
      const min = vaultLock?.minRetentionDays;
      return absent(vaultLock) || (!absent(min) && (!judged.probe.known(min) || bound.fits(min)))
        ? []
        : [breach(judged, at(at(path, 'vaultLock'), 'minRetentionDays'), days(min), bound.allowed)];
    });
}

/** Vaults and destinations of copies are where the standard allows. */
export function checkRegions(judged: Judged): Finding[] {
  const { index, probe, requirement } = judged;
  const allowed = requirement.names ?? [];
  const places = [
    ...index.vaults.map(({ path, env }) => ({ path: at(at(path, 'env'), 'region'), region: env.region })),
    ...index.rules.flatMap(({ path, rule }) =>
      members(rule.copyActions, probe).map(([place, { destinationBackupVaultArn: arn }]) => ({
        path: at(at(at(path, 'copyActions'), place), 'destinationBackupVaultArn'),
        region: readable(arn, probe) ? arnParts(arn)?.region : undefined,
      })),
    ),
  ];
  return places.flatMap(({ path, region }) =>
    readable(region, probe) && !allowed.includes(region) ? [breach(judged, path, shown(region), oneOf(allowed))] : [],
  );
}

/** What a standard allows of Regions. */
export function oneOf(allowed: readonly string[]): string {
  return `one of ${allowed.join(', ')}`;
}

/** A standard vault that is declared here and that a rule or a copy fills; names and ARNs are compared as they stand. */
interface Filled {
  readonly vault: BackupVault;
  readonly path: string;
  readonly continuousOnly: boolean;
}

function filledVaults({ index, probe }: Judged): Filled[] {
  const byRules = new Map<string, boolean[]>();
  const fill = (arn: string, continuous: boolean) => byRules.set(arn, [...(byRules.get(arn) ?? []), continuous]);
  for (const { plan, rule } of index.rules) {
    if (!absent(rule.targetBackupVaultName)) {
      fill(vaultArn(plan.env, rule.targetBackupVaultName), rule.enableContinuousBackup === true);
    }
    for (const [, { destinationBackupVaultArn: arn }] of members(rule.copyActions, probe)) {
      fill(arn, false);
    }
  }
  return members(index.estate.vaults, probe).flatMap(([, vault]) => {
    const fills = byRules.get(vaultArn(vault.env, vault.backupVaultName));
    const path = vault.declaredAt ?? vault.backupVaultName;
    return fills === undefined ? [] : [{ vault, path, continuousOnly: fills.every(Boolean) }];
  });
}
