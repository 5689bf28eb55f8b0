import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import { chosen, CONTROLS, HALF_YEAR_DAYS, list, must, number, read, RECOMMENDED } from './requirements';

const BACKUP = 'ISO/IEC 27001:2022 A.8.13';

/** The controls are relative to the backup policy of the organization, which these values become. */
export const ISO_27001: ComplianceRequirement[] = [
  number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    read(BACKUP, 'backups follow the agreed policy, at an interval of business need'),
  ),
  number(
    Aspect.MIN_RETENTION_DAYS,
    35,
    read(BACKUP, 'retention is part of the agreed policy; five weeks reach back over a month'),
  ),
  number(Aspect.LONG_RETENTION_DAYS, 365, read(BACKUP, 'a monthly point over the yearly cycle of audits')),
  must(Aspect.CROSS_REGION_COPY, read(BACKUP, 'the guidance asks for a remote location at a sufficient distance')),
  must(Aspect.CROSS_ACCOUNT_COPY, read(BACKUP, 'protection from who controls the first account'), RECOMMENDED),
  must(
    Aspect.CUSTOMER_MANAGED_KEY,
    read('ISO/IEC 27001:2022 A.8.24', 'cryptography by a policy of your own, key management included', false),
  ),
  must(
    Aspect.GOVERNANCE_LOCK,
    read('ISO/IEC 27001:2022 A.5.33', 'records are protected from loss and destruction', false),
  ),
  number(
    Aspect.LOCK_MIN_RETENTION_DAYS,
    7,
    chosen('ISO/IEC 27001:2022 A.5.33', 'long enough to notice a destruction; the plan keeps longer'),
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    HALF_YEAR_DAYS,
    read(BACKUP, 'backup copies are regularly tested; practitioners say every six months'),
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
    chosen(BACKUP, 'evidence that the policy is carried out', true),
  ),
  number(
    Aspect.EVIDENCE_RETENTION_DAYS,
    395,
    read('ISO/IEC 27001:2022 A.8.15', 'evidence of a cycle of audits', false),
  ),
];
