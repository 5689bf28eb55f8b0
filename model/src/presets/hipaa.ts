import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import { chosen, CONTROLS, list, must, number, QUARTER_DAYS, read, SIX_YEARS_DAYS } from './requirements';

const BACKUP_PLAN = '45 CFR 164.308(a)(7)(ii)(A)';
const CONTINGENCY = '45 CFR 164.308(a)(7)(i)';

/** The Security Rule names no frequency, no retention of backups, no distance and no immutability. */
export const HIPAA: ComplianceRequirement[] = [
  number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    read(
      BACKUP_PLAN,
      'retrievable exact copies of ePHI have to be made and kept, at no stated interval; a day is common, and within the 48 hours of the amendment proposed in January 2025',
    ),
  ),
  number(
    Aspect.MIN_RETENTION_DAYS,
    35,
    read(BACKUP_PLAN, 'copies have to be kept, for no stated time; five weeks reach back over a month'),
  ),
  number(
    Aspect.LONG_RETENTION_DAYS,
    365,
    read(BACKUP_PLAN, 'state law and payers ask for records of years; a monthly point is kept for one'),
  ),
  must(
    Aspect.CONTINUOUS_BACKUP,
    chosen('45 CFR 164.308(a)(7)(ii)(B)', 'lost data has to be restorable; point-in-time recovery loses minutes', true),
    { recommended: true },
  ),
  must(
    Aspect.CROSS_REGION_COPY,
    read(CONTINGENCY, 'a contingency plan has to survive what damages the systems; a copy in another Region does'),
  ),
  must(
    Aspect.CROSS_ACCOUNT_COPY,
    read(CONTINGENCY, 'a copy in another account survives stolen credentials of the first'),
  ),
  must(
    Aspect.CUSTOMER_MANAGED_KEY,
    read(
      '45 CFR 164.312(a)(2)(iv)',
      'encryption at rest is addressable; a key of your own shows who can decrypt',
      false,
    ),
  ),
  must(
    Aspect.GOVERNANCE_LOCK,
    read('45 CFR 164.312(c)(1)', 'ePHI has to be protected from improper destruction', false),
  ),
  number(
    Aspect.LOCK_MIN_RETENTION_DAYS,
    35,
    read('45 CFR 164.312(c)(1)', 'the lock holds what the plan promises', false),
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    QUARTER_DAYS,
    read(
      '45 CFR 164.308(a)(7)(ii)(D)',
      'periodic testing of contingency plans is addressable; a quarter is a common period',
    ),
  ),
  list(
    Aspect.AUDIT_CONTROLS,
    [
      CONTROLS.plan,
      CONTROLS.frequency,
      CONTROLS.encrypted,
      CONTROLS.retention,
      CONTROLS.lastPoint,
      CONTROLS.manualDeletion,
      CONTROLS.restoreTime,
    ],
    chosen(CONTINGENCY, 'evidence that the plan is carried out', true),
  ),
  number(
    Aspect.EVIDENCE_RETENTION_DAYS,
    SIX_YEARS_DAYS,
    read(
      '45 CFR 164.316(b)(2)(i)',
      'documentation of policies and actions is kept six years; job reports are read as such',
      false,
    ),
  ),
];
