import { ComplianceAspect as Aspect } from '../../compliance-requirement';
import { ComplianceSubject } from '../../compliance-subject';
import { IValueProbe } from '../../finding';
import { EstateIndex, PlannedRule } from '../estate/estate-index';
import { absent, days, members } from '../reading';
import { duration, longestGapMs } from '../runs';
import { VaultLock } from '../../vault-lock';
import { destinationOf } from './plans';
import { AWS_MANAGED } from './vaults';

/** What declarations have to say of an aspect. */
interface Declared {
  readonly index: EstateIndex;
  readonly subject: ComplianceSubject;
  readonly probe: IValueProbe;
}

/** Stands where nothing is declared. */
const NONE = 'none';
const LATER = 'known at deployment';

/** What is declared of each aspect, each value with its place. */
const SHOWN: Readonly<Record<Aspect, (declared: Declared) => string>> = {
  [Aspect.MAX_HOURS_BETWEEN_BACKUPS]: (all) => rules(all, ({ rule }) => frequency(rule, all.probe)),
  [Aspect.MIN_RETENTION_DAYS]: retentions,
  [Aspect.LONG_RETENTION_DAYS]: retentions,
  [Aspect.MAX_RETENTION_DAYS]: retentions,
  [Aspect.MIN_WARM_DAYS]: (all) =>
    rules(all, ({ rule }) => warm(rule.lifecycle?.moveToColdStorageAfterDays, all.probe)),
  [Aspect.CONTINUOUS_BACKUP]: ({ index }) =>
    join(index.rules.filter(({ rule }) => rule.enableContinuousBackup === true).map(({ path }) => path)),
  [Aspect.CROSS_REGION_COPY]: copies,
  [Aspect.CROSS_ACCOUNT_COPY]: copies,
  [Aspect.COPY_ELSEWHERE]: copies,
  [Aspect.CUSTOMER_MANAGED_KEY]: keys,
  [Aspect.GOVERNANCE_LOCK]: locks,
  [Aspect.COMPLIANCE_LOCK]: locks,
  [Aspect.LOCK_MIN_RETENTION_DAYS]: locks,
  [Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS]: ({ subject, probe }) => number(subject.restoreTestGapDays, probe, ' apart'),
  [Aspect.REGIONS]: ({ index }) => join([...new Set(index.vaults.map(({ env }) => env.region))]),
  [Aspect.AUDIT_CONTROLS]: ({ subject }) => join(subject.auditControls ?? []),
  [Aspect.EVIDENCE_RETENTION_DAYS]: ({ subject, probe }) => number(subject.evidenceRetentionDays, probe, ''),
};

/** What is declared of an aspect, in words. */
export function declaredOf(aspect: Aspect, subject: ComplianceSubject, probe: IValueProbe): string {
  return SHOWN[aspect]({ index: new EstateIndex(subject.estate, probe), subject, probe });
}

function retentions(all: Declared): string {
  return rules(all, ({ retention }) => (retention === undefined ? LATER : days(retention)));
}

function frequency(rule: PlannedRule['rule'], probe: IValueProbe): string {
  const gap = longestGapMs(rule, probe);
  return gap === undefined ? 'at an interval that is not known now' : `every ${duration(gap)}`;
}

function warm(cold: number | undefined, probe: IValueProbe): string {
  if (absent(cold) || (probe.known(cold) && cold < 0)) {
    return 'always warm';
  }
  return probe.known(cold) ? days(cold) : LATER;
}

function copies({ index, probe }: Declared): string {
  const arns = index.rules.flatMap(({ rule }) =>
    members(rule.copyActions, probe).map(([, copy]) => {
      const there = destinationOf(index, copy, probe);
      return there === undefined || !probe.known(there.account) || !probe.known(there.region)
        ? LATER
        : `account ${there.account}, Region ${there.region}`;
    }),
  );
  return join([...new Set(arns)]);
}

function keys({ index, probe }: Declared): string {
  return join(
    index.vaults.map(({ path, encryptionKeyArn: key }) => {
      const managed = absent(key) || (probe.known(key) && AWS_MANAGED.test(key));
      return `${path}: ${managed ? 'a key that AWS manages' : 'a customer managed key'}`;
    }),
  );
}

function locks({ index, probe }: Declared): string {
  const { vaults, logicallyAirGappedVaults: airGapped } = index.estate;
  return join([
    ...members(vaults, probe).map(([, { declaredAt, backupVaultName, vaultLock }]) => {
      const lock = absent(vaultLock) ? NONE : probe.known(vaultLock) ? lockText(vaultLock, probe) : LATER;
      return `${declaredAt ?? backupVaultName}: ${lock}`;
    }),
    ...members(airGapped, probe).map(
      ([, vault]) =>
        `${vault.declaredAt ?? vault.backupVaultName}: ${lockText({ ...vault, changeableForDays: 0 }, probe)}`,
    ),
  ]);
}

function lockText(
  { minRetentionDays: min, maxRetentionDays: max, changeableForDays }: VaultLock,
  probe: IValueProbe,
): string {
  const bound = (value: number) => (probe.known(value) ? days(value) : LATER);
  const mode = absent(changeableForDays) ? 'governance' : 'compliance';
  const least = absent(min) ? 'no lower bound' : `at least ${bound(min)}`;
  return `${mode} mode, ${least}${absent(max) ? '' : `, at most ${bound(max)}`}`;
}

function number(value: number | undefined, probe: IValueProbe, after: string): string {
  if (absent(value)) {
    return NONE;
  }
  return probe.known(value) ? `${days(value)}${after}` : LATER;
}

function rules({ index }: Declared, show: (rule: PlannedRule) => string): string {
  return join(index.rules.map((rule) => `${rule.path}: ${show(rule)}`));
}

function join(all: readonly string[]): string {
  return all.length === 0 ? NONE : all.join('; ');
}
