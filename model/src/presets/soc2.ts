import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import { chosen, CONTROLS, list, must, number, QUARTER_DAYS, read, RECOMMENDED, YEAR_DAYS } from './requirements';

/** SOC 2 prescribes no number: the auditor holds the entity to its own policy, which these values become. */
export const SOC2: ComplianceRequirement[] = [
  number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    read('TSC A1.2', 'back-up processes are designed to meet the objectives of the entity', false),
  ),
  number(Aspect.MIN_RETENTION_DAYS, 35, read('TSC A1.2', 'a common policy; a deviation from it is the finding', false)),
  number(
    Aspect.LONG_RETENTION_DAYS,
    365,
    read('TSC A1.2', 'a point in each month of the period under examination', false),
  ),
  must(
    Aspect.COPY_ELSEWHERE,
    read('TSC A1.2', 'recovery infrastructure that does not go down with the first: another Region or account', false),
  ),
  must(
    Aspect.CUSTOMER_MANAGED_KEY,
    read('TSC CC6.1', 'a key of your own shows who can decrypt; managed keys are accepted, too', false),
    RECOMMENDED,
  ),
  must(
    Aspect.GOVERNANCE_LOCK,
    read('TSC CC7.5', 'recovery from an incident needs points that the incident did not reach', false),
    RECOMMENDED,
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    YEAR_DAYS,
    read(
      'TSC A1.3',
      'recovery procedures and the integrity of back-up data are tested; auditors look for a restore a year at least',
    ),
    { preferred: QUARTER_DAYS },
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
    ],
    chosen('TSC CC7.5', 'evidence that the policy is carried out'),
  ),
  number(
    Aspect.EVIDENCE_RETENTION_DAYS,
    395,
    read(
      'TSC A1.3',
      'the period under examination is commonly 12 months, and reports are asked for after its end',
      false,
    ),
  ),
];
