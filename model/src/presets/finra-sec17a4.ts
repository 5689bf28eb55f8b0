import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import {
  chosen,
  CONTROLS,
  demanded,
  list,
  must,
  number,
  read,
  RECOMMENDED,
  SIX_YEARS_DAYS,
  THREE_YEARS_DAYS,
  US_REGIONS,
  YEAR_DAYS,
} from './requirements';

/** The rules govern records: a vault serves them only where the firm designates it as the place, or the second place, of records. */
function records(days: number, retention: string, why: string): ComplianceRequirement[] {
  return [
    number(
      Aspect.MAX_HOURS_BETWEEN_BACKUPS,
      24,
      read('17 CFR 240.17a-4(f)(2)(v)', 'the second place of records follows the first within a day'),
    ),
    number(Aspect.MIN_RETENTION_DAYS, days, demanded(retention, why)),
    number(
      Aspect.MIN_WARM_DAYS,
      730,
      read(retention, 'the first two years are easily accessible; a restore from cold storage takes hours'),
    ),
    ...unchangeable(days),
    must(
      Aspect.CUSTOMER_MANAGED_KEY,
      chosen(
        '17 CFR 240.17a-4(f)',
        'the lock does not protect the key: its deletion has to be in your hands, and denied',
      ),
    ),
    number(
      Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
      YEAR_DAYS,
      read(
        'FINRA Rule 4370',
        'the business continuity plan covers data back-up and recovery, and is reviewed every year',
        false,
      ),
    ),
    list(Aspect.REGIONS, US_REGIONS, read('17 CFR 240.17a-4(j)', 'prompt production to examiners', false), RECOMMENDED),
    list(
      Aspect.AUDIT_CONTROLS,
      [CONTROLS.vaultLock, CONTROLS.retention, CONTROLS.manualDeletion],
      chosen('17 CFR 240.17a-4(f)(3)', 'evidence for the examination'),
    ),
    number(
      Aspect.EVIDENCE_RETENTION_DAYS,
      days,
      chosen('17 CFR 240.17a-4(f)(3)', 'evidence for as long as the records'),
    ),
  ];
}

/** Each record stays as it is, in a second place, too. */
function unchangeable(days: number): ComplianceRequirement[] {
  return [
    must(
      Aspect.COMPLIANCE_LOCK,
      demanded(
        '17 CFR 240.17a-4(f)(2)(i)(B)',
        'records are exclusively non-rewriteable and non-erasable, or have an audit trail instead; a lock in governance mode can be removed',
      ),
    ),
    number(
      Aspect.LOCK_MIN_RETENTION_DAYS,
      days,
      read('17 CFR 240.17a-4(f)(2)(i)(B)', 'the lock holds each record for its time'),
    ),
    must(
      Aspect.CROSS_REGION_COPY,
      read('17 CFR 240.17a-4(f)(2)(v)', 'redundancy that ensures access to the records', false),
    ),
    must(
      Aspect.CROSS_ACCOUNT_COPY,
      read('17 CFR 240.17a-4(f)(2)(v)', 'redundancy that ensures access to the records', false),
    ),
  ];
}

export const FINRA_SEC17A4: ComplianceRequirement[] = records(
  SIX_YEARS_DAYS,
  '17 CFR 240.17a-4(a)',
  'these records are kept six years, and so are, under FINRA Rule 4511(b), records with no other period',
);

export const FINRA_SEC17A4_THREE_YEARS: ComplianceRequirement[] = records(
  THREE_YEARS_DAYS,
  '17 CFR 240.17a-4(b)',
  'these records are kept three years',
);
