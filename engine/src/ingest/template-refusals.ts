/**
 * What CloudFormation refuses of a template before it calls AWS Backup: names that are no property of a type, and locks without
 * MinRetentionDays, which the API may go without.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): LockConfigurationType requires
 *          MinRetentionDays; the properties of each type. "extraneous key […] is not permitted", as in public threads.
 * Assumed  The text of CloudFormation's answer to a lock; that a type has no property which that specification does not know.
 */
import { BackupVault, Finding, RuleCatalog } from '@holdfast/model';
import { AwsFault } from '../operations/fault';
import type { ReadResult, Stranger } from './artifact';
import { DeployRefusal } from './deploy-call';

const PAGE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/' +
  'aws-properties-backup-backupvault-lockconfigurationtype.html';
const MEMBER = '.vaultLock.minRetentionDays';

/** What a template declares that CloudFormation refuses. */
export type TemplateRefusals = Pick<ReadResult, 'locksWithoutMinimum' | 'strangers'>;

/** Where locks without a minimum are declared. */
export function placesOfLocksWithoutMinimum(vaults: readonly BackupVault[]): string[] {
  return vaults
    .filter(({ vaultLock }) => vaultLock !== undefined && vaultLock.minRetentionDays === undefined)
    .map(({ declaredAt = '' }) => declaredAt);
}

/** The findings with those of the template; what is a note in other forms is the error that CloudFormation makes of it. */
export function withTemplateRefusals(
  findings: readonly Finding[],
  { locksWithoutMinimum = [], strangers = [] }: TemplateRefusals,
): Finding[] {
  const paths = new Set(locksWithoutMinimum.map((place) => `${place}${MEMBER}`));
  const { rule, effect, severity, allowed } = RuleCatalog.find('vault-lock-min-retention');
  const weighed = findings.map((finding) => {
    if (finding.rule !== 'vault-lock-no-minimum' || !paths.has(finding.path)) {
      return finding;
    }
    return { ...finding, rule, effect, severity, message: `must be ${allowed}, got none`, source: PAGE };
  });
  return [...strangers.map(findingOf), ...weighed];
}

function findingOf({ path, type, name, near }: Stranger): Finding {
  const { rule, effect, severity, source, allowed } = RuleCatalog.find('cloudformation-property');
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return { rule, effect, severity, source, path, message: `must be ${allowed} (${type}), got ${name}${meant}` };
}

/** @throws DeployRefusal when CloudFormation would refuse what was read before it calls AWS Backup */
export function refuseByTemplate({ locksWithoutMinimum = [], strangers = [] }: TemplateRefusals): void {
  const [lock] = locksWithoutMinimum;
  if (lock !== undefined) {
    refuse(lock, '#/LockConfiguration: required key [MinRetentionDays] not found');
  }
  const [stranger] = strangers;
  if (stranger !== undefined) {
    // `S.template.json: Plan.BackupPlan.BackupPlanRule[0].DeleteAfterDays`
    const [, place = '', inside = ''] = /^(.*: [^.]+)\.(.*)$/s.exec(stranger.path) ?? [];
    const holder = inside
      .replace(/\[(\d+)\]/g, '.$1')
      .split('.')
      .slice(0, -1);
    refuse(place, `${['#', ...holder].join('/')}: extraneous key [${stranger.name}] is not permitted`);
  }
}

function refuse(place: string, what: string): never {
  throw new DeployRefusal(
    place,
    'CreateStack',
    new AwsFault('ValidationException', `Properties validation failed: ${what}`),
  );
}
