/**
 * What a run shows of each aspect that standards ask about.
 *
 * Pure: reads what was seen.
 * Units    observations are in hours or days, as the aspect says.
 * Source   B7.1/1 (which key encrypts what), B7.4/1 and B7.4/2 (what a lock holds, and from when on), B7.4/4, B9.3/5.
 */
import { ComplianceAspect as Aspect } from '@holdfast/model';
import { COMPLETED, FAILED } from '../../domain/event-codes';
import type { RestoreJob } from '../../domain/restore-runs';
import { restoreMessage } from '../../domain/restore-views';
import { isCustomerKey } from '../../domain/encryption';
import { isChangeable } from '../../domain/vault-lock';
import { DAY, NEVER, shortInstant } from '../../kernel/instant';
import { longestGap } from './gaps';
import { daysOf, daysText, Measure, shareText } from './measured';
import {
  continuity,
  copiesIn,
  frequency,
  leastRetention,
  longRetention,
  mostRetention,
  warmth,
} from './measures-of-points';
import type { SeenVault } from './sight';

const NO_VAULT = { observations: [], what: [], cannot: 'no vault holds a recovery point at the end' };

const keys: Measure = (sight) => {
  const { vaults } = sight;
  const own = sight.resources.filter(({ withoutKey }) => withoutKey > 0);
  const kept = vaults.filter(({ vault }) => isCustomerKey(sight.ledger, vault.made.encryptionKeyArn));
  return vaults.length === 0
    ? NO_VAULT
    : {
        observations: [
          ...vaults.map((one) => ({
            path: one.vault.arn,
            there: kept.includes(one),
            given: 'a key that AWS manages',
          })),
          ...own.map(({ resource, withoutKey }) => ({
            path: resource.arn,
            there: false,
            given: `${withoutKey} of its points under the key of the resource, which is not known to be one`,
          })),
        ],
        what: [
          `${shareText(kept.length, vaults.length, 'vault')} with a customer managed key`,
          ...(own.length === 0
            ? []
            : [
                `points of ${own.length === 1 ? '1 resource' : `${own.length} resources`} keep the key of the resource, which is not known to be one`,
              ]),
        ],
      };
};

const governance: Measure = ({ vaults }) =>
  vaults.length === 0
    ? NO_VAULT
    : {
        observations: vaults.map(({ vault }) => ({ path: vault.arn, there: vault.lock !== undefined })),
        what: lockedText(vaults),
      };

/** A lock that can still be removed holds nothing yet (Source B7.4/1). */
const compliance: Measure = ({ vaults, now }) => {
  const pending = vaults.filter(({ vault: { lock } }) => lock !== undefined && isGrace(lock.lockDate, now));
  const decided = vaults.filter((one) => !pending.includes(one));
  const lockDate = Math.max(...pending.map(({ vault }) => vault.lock?.lockDate ?? 0));
  return vaults.length === 0
    ? NO_VAULT
    : {
        observations: decided.map(({ vault: { arn, lock } }) => ({
          path: arn,
          there: lock !== undefined && lock.lockDate !== NEVER,
          given: lock === undefined ? 'none' : 'governance mode, without changeableForDays',
        })),
        what: lockedText(vaults),
        ...(pending.length > 0 && {
          cannot: `${shareText(pending.length, vaults.length, 'vault')} with a lock that can be removed until ${shortInstant(lockDate)}`,
        }),
      };
};

/** A vault of continuous backups alone cannot have such a bound (Source B7.4/4); one without a lock is told of by the lock. */
const lockMinimum: Measure = ({ vaults }) => {
  const bounded = vaults.filter(({ continuousOnly }) => !continuousOnly);
  return bounded.length === 0
    ? NO_VAULT
    : {
        observations: bounded.flatMap(({ vault: { arn, lock } }) =>
          lock === undefined ? [] : [{ path: arn, value: lock.minRetentionDays }],
        ),
        what: lockedText(bounded),
      };
};

const restoreTests: Measure = (sight, { value = 0 }) => {
  const tests = sight.chronicle.state.restores.list().filter(({ request }) => request.test !== undefined);
  const passed = tests.filter(hasPassed);
  const broken = tests.filter((job) => job.state === FAILED || job.request.test?.validationStatus === 'FAILED');
  const path = 'restoreTesting';
  const validated = passed.filter(({ request }) => request.test?.validationStatus === 'SUCCESSFUL').length;
  const what = [
    ...(tests.length === 0
      ? ['no restore was tested']
      : [`${shareText(passed.length, tests.length, 'restore test')} passed`]),
    ...(validated === 0 ? [] : [`${validated} of them validated as SUCCESSFUL`]),
    ...(broken.length === 0 ? [] : [`${broken.length} failed: ${messageOf(broken)}`]),
  ];
  if (passed.length === 0) {
    return broken.length > 0 || daysOf(sight.runMs) > value
      ? { observations: [{ path, given: broken.length > 0 ? `none that passed: ${messageOf(broken)}` : 'none' }], what }
      : {
          observations: [],
          what,
          cannot: `a run of ${daysText(sight.runMs)} is too short for one every ${value} days`,
        };
  }
  // From run to run of a plan: within its start window a test begins by chance.
  const runs = passed.map(({ createdAt }) => ({ first: createdAt, step: 0, count: 1 }));
  return { observations: [{ path, value: daysOf(longestGap(runs, sight.start, sight.now)) }], what };
};

const regions: Measure = ({ vaults }) => ({
  observations: vaults.map(({ vault: { arn, made } }) => ({ path: arn, names: [made.env.region] })),
  what: [
    `recovery points lie in ${[...new Set(vaults.map(({ vault }) => vault.made.env.region))].sort().join(', ') || 'no Region'}`,
  ],
  ...(vaults.length === 0 && { cannot: 'no vault holds a recovery point at the end' }),
});

const controls: Measure = ({ chronicle: { state } }, { names = [] }) => {
  const results = state.frameworks
    .everywhere()
    .flatMap((framework) => state.frameworks.resultsOf(framework))
    .filter(({ control, evaluatedAt }) => evaluatedAt !== undefined && names.includes(control.controlName));
  const evaluated = new Set(results.map(({ control }) => control.controlName));
  const failing = new Set(
    results.flatMap(({ control, status }) => (status === 'NON_COMPLIANT' ? [control.controlName] : [])),
  );
  return {
    observations: [{ path: 'auditControls', names: [...evaluated] }],
    what: [
      `${shareText(evaluated.size, names.length, 'control')} evaluated`,
      ...(failing.size === 0 ? [] : [`NON_COMPLIANT at the end: ${[...failing].sort().join(', ')}`]),
    ],
  };
};

/** That reports come is seen; that a bucket keeps them for years is not. */
const reports: Measure = (sight) => {
  const { reportPlans } = sight.chronicle.state;
  const plans = reportPlans.everywhere();
  const written = plans.filter(({ lastSucceededAt }) => lastSucceededAt !== undefined).length;
  const what = [`${shareText(written, plans.length, 'report plan')} delivered reports`];
  if (written === 0 && (plans.length === 0 || sight.runMs > 2 * DAY)) {
    return { observations: [{ path: 'reports', given: 'no report' }], what };
  }
  return { observations: [], what, cannot: 'how long a bucket keeps reports is not shown by a simulation' };
};

export const MEASURES: Readonly<Record<Aspect, Measure>> = {
  [Aspect.MAX_HOURS_BETWEEN_BACKUPS]: frequency,
  [Aspect.MIN_RETENTION_DAYS]: leastRetention,
  [Aspect.LONG_RETENTION_DAYS]: longRetention,
  [Aspect.MAX_RETENTION_DAYS]: mostRetention,
  [Aspect.MIN_WARM_DAYS]: warmth,
  [Aspect.CONTINUOUS_BACKUP]: continuity,
  [Aspect.CROSS_REGION_COPY]: copiesIn('region', 'another Region'),
  [Aspect.CROSS_ACCOUNT_COPY]: copiesIn('account', 'another account'),
  [Aspect.COPY_ELSEWHERE]: copiesIn('either', 'another Region or account'),
  [Aspect.CUSTOMER_MANAGED_KEY]: keys,
  [Aspect.GOVERNANCE_LOCK]: governance,
  [Aspect.COMPLIANCE_LOCK]: compliance,
  [Aspect.LOCK_MIN_RETENTION_DAYS]: lockMinimum,
  [Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS]: restoreTests,
  [Aspect.REGIONS]: regions,
  [Aspect.AUDIT_CONTROLS]: controls,
  [Aspect.EVIDENCE_RETENTION_DAYS]: reports,
};

/** A validation that nobody reported, or that is under way, takes nothing from a restore that completed. */
function hasPassed({ state, request }: RestoreJob): boolean {
  return state === COMPLETED && request.test?.validationStatus !== 'FAILED';
}

function messageOf([first]: readonly RestoreJob[]): string {
  const said = first === undefined ? '' : restoreMessage(first);
  return said === '' ? 'its validation said FAILED' : said;
}

function isGrace(lockDate: number, now: number): boolean {
  return lockDate !== NEVER && isChangeable({ minRetentionDays: 0, maxRetentionDays: NEVER, lockDate }, now);
}

function lockedText(vaults: readonly SeenVault[]): string[] {
  const locked = vaults.filter(({ vault }) => vault.lock !== undefined);
  const points = locked.reduce((sum, one) => sum + one.points, 0);
  return [
    `${shareText(locked.length, vaults.length, 'vault')} with points locked`,
    ...(points === 0
      ? []
      : [`while the lock stands, nobody deletes ${points === 1 ? 'the 1 point' : `the ${points} points`} by hand`]),
  ];
}
