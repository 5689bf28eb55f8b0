import { ComplianceRules } from './compliance-rules';
import { ComplianceSettings } from './compliance-settings';
import { ComplianceStandard } from './compliance-standard';
import { ContinuousVaults } from './continuous-vault';
import { Finding, IValueProbe, Severity } from './finding';
import { BackupPlan } from './plan';
import { RestoreTestingResourceType } from './restore-testing-selection';
import { ServiceSupport } from './support/service-support';
import { VaultLock } from './vault-lock';
import { Waiver } from './waiver';

/** Days to change one's mind about a lock in compliance mode. */
const GRACE_DAYS = 14;

/** Most letters of the name of a selection for restore tests, and most ARNs in it. */
const SELECTION_NAME = 50;
const SELECTION_ARNS = 30;

/** Most letters of the description of a framework. */
const DESCRIPTION = 1024;

/** Rules about how long points are kept. */
const RETENTION = [
  'compliance-min-retention',
  'compliance-max-retention',
  'compliance-long-retention',
  'compliance-min-warm',
];

/**
 * Restore tests of resources of one type, no more than a selection takes.
 */
export interface CompliantRestoreTest {
  /**
   * The type, with a number where one selection does not take all; good for an id.
   */
  readonly groupId: string;

  /**
   * Name of the selection.
   */
  readonly restoreTestingSelectionName: string;

  /**
   * Which of the resources that were given are tested, by their places in the list.
   */
  readonly places: number[];
}

/**
 * What constructs that make backups aligned with standards have in common, whatever they render.
 */
export class CompliantBackups {
  /**
   * Tag of plans of snapshots and of their points, so that controls can ask for what no continuous backup has.
   */
  public static readonly SNAPSHOT_TAG: string = 'holdfast-snapshots-of';

  /**
   * The lock that the standards ask for, or the author's own; what the author's is too weak for is refused later.
   *
   * @param settings what the standards ask for
   * @param vaultLock the author's own
   */
  public static vaultLock(settings: ComplianceSettings, vaultLock?: VaultLock): VaultLock | undefined {
    if (vaultLock !== undefined || !settings.locked) {
      return vaultLock;
    }
    return {
      minRetentionDays: settings.lockMinRetentionDays,
      maxRetentionDays: settings.maxRetentionDays,
      changeableForDays: settings.complianceLock ? GRACE_DAYS : undefined,
    };
  }

  /**
   * Days that continuous backups are kept: no longer than AWS Backup can, nor than the standards let.
   *
   * @param settings what the standards ask for
   */
  public static continuousDays(settings: ComplianceSettings): number {
    return Math.min(
      ContinuousVaults.LONGEST_RETENTION_DAYS,
      settings.maxRetentionDays ?? ContinuousVaults.LONGEST_RETENTION_DAYS,
    );
  }

  /**
   * Whether continuous backups need a vault beside, as the lock keeps longer than they can be kept.
   *
   * @param settings what the standards ask for
   * @param vaultLock the author's own lock
   */
  public static continuousApart(settings: ComplianceSettings, vaultLock?: VaultLock): boolean {
    return (
      (CompliantBackups.vaultLock(settings, vaultLock)?.minRetentionDays ?? 0) > ContinuousVaults.LONGEST_RETENTION_DAYS
    );
  }

  /**
   * Whether a service has continuous backups in such a vault.
   *
   * S3 is left to snapshots in a vault beside, as its continuous and its periodic backups have to share a vault (Source B5.3/7).
   *
   * @param service id of the service
   * @param apart whether the vault is one beside
   */
  public static hasContinuous(service: string, apart: boolean): boolean {
    return ServiceSupport.find(service).pitr && !(apart && service === 's3');
  }

  /**
   * Accepts that one plan holds services with cold storage and others; volumes stay warm unless somebody opts in.
   */
  public static staysWarm(): Waiver[] {
    return ['rule-cold-unsupported', 'rule-cold-archive-opt-in'].map((rule) => ({
      rule,
      path: '*',
      reason: 'what has no cold storage stays warm, which no standard minds',
    }));
  }

  /**
   * The waivers of a child, with paths as the child has them.
   *
   * @param waivers those of the parent
   * @param child id of the child
   */
  public static waiversWithin(waivers: Waiver[], child: string): Waiver[] {
    const prefix = `${child}.`;
    return waivers.flatMap((waiver) =>
      waiver.path.startsWith(prefix)
        ? [{ ...waiver, path: waiver.path.slice(prefix.length) }]
        : waiver.path.startsWith('*')
          ? [waiver]
          : [],
    );
  }

  /**
   * What standards say of how long a plan keeps points, before the lock of the vault speaks of the same: the clause says why.
   *
   * @param standards what is held against
   * @param plan the plan
   * @param probe tells which values are known
   */
  public static checkRetentions(standards: ComplianceStandard[], plan: BackupPlan, probe: IValueProbe): Finding[] {
    return ComplianceRules.check(standards, { estate: { plans: [plan] } }, probe).filter(
      ({ rule, severity }) => RETENTION.includes(rule) && severity === Severity.ERROR,
    );
  }

  /**
   * What was found in children of a construct, with paths as the construct has them.
   *
   * @param findings with whole paths
   * @param constructPath path of the construct
   */
  public static findingsWithin(findings: Finding[], constructPath: string): Finding[] {
    const prefix = `${constructPath}/`;
    return findings.map((finding) =>
      finding.path.startsWith(prefix) ? { ...finding, path: finding.path.slice(prefix.length) } : finding,
    );
  }

  /**
   * A name as Audit Manager and restore testing take it, which has underscores alone.
   *
   * @param backupName name of the backups
   */
  public static underscored(backupName: string): string {
    return backupName.replace(/[^A-Za-z0-9]/g, '_');
  }

  /**
   * Description of the framework.
   *
   * @param standards what it stands for
   */
  public static frameworkDescription(standards: ComplianceStandard[]): string {
    return `Controls for ${standards.map(({ title }) => title).join(', ')}`.slice(0, DESCRIPTION);
  }

  /**
   * Restore tests for resources, by types that restore testing knows; FSx is left to its author, as it asks for values of a
   * network.
   *
   * @param backupName name of the backups
   * @param services id of the service of each resource
   */
  public static restoreTests(backupName: string, services: string[]): CompliantRestoreTest[] {
    const known: readonly string[] = Object.values(RestoreTestingResourceType);
    const byType = new Map<string, number[]>();
    services.forEach((service, place) => {
      const { restoreTesting, resourceType } = ServiceSupport.find(service);
      if (restoreTesting && known.includes(resourceType) && resourceType !== 'FSx') {
        byType.set(resourceType, [...(byType.get(resourceType) ?? []), place]);
      }
    });
    return [...byType].sort().flatMap(([type, places]) =>
      chunked(places, SELECTION_ARNS).map((chunk, index) => {
        const groupId = index === 0 ? type : `${type}${index + 1}`;
        return {
          groupId,
          restoreTestingSelectionName: named(backupName, `_${groupId}`, SELECTION_NAME),
          places: chunk,
        };
      }),
    );
  }

  private constructor() {}
}

function chunked(all: readonly number[], most: number): number[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}

function named(name: string, ending: string, most: number): string {
  return `${CompliantBackups.underscored(name).slice(0, most - ending.length)}${ending}`;
}
