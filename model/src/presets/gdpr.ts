import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import {
  chosen,
  CONTROLS,
  demandedFromMemory,
  EEA_REGIONS,
  list,
  must,
  number,
  QUARTER_DAYS,
  read,
  RECOMMENDED,
} from './requirements';

/** The Regulation asks for restorability and for deletion, both at once; it does not ask for storage in the Union. */
export const GDPR: ComplianceRequirement[] = [
  number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    read(
      'GDPR Art. 32(1)(c)',
      'availability is restored in a timely manner after an incident, with no stated interval',
      false,
    ),
  ),
  number(
    Aspect.MAX_RETENTION_DAYS,
    90,
    chosen(
      'GDPR Art. 5(1)(e) and 17',
      'storage is limited, and backups are not exempt from erasure; 35 days are chosen, and longer needs a recorded legal basis',
    ),
    { preferred: 35 },
  ),
  must(Aspect.CONTINUOUS_BACKUP, chosen('GDPR Art. 32(1)(c)', 'point-in-time recovery loses minutes'), RECOMMENDED),
  must(Aspect.CROSS_REGION_COPY, read('GDPR Art. 32(1)(b)', 'resilience of processing', false)),
  must(Aspect.CROSS_ACCOUNT_COPY, read('GDPR Art. 32(1)(b)', 'resilience against stolen credentials', false)),
  list(
    Aspect.REGIONS,
    EEA_REGIONS,
    read(
      'GDPR Art. 44 to 49',
      'transfers out of the Area need a basis of their own; staying inside is the common way around that',
      false,
    ),
  ),
  must(
    Aspect.CUSTOMER_MANAGED_KEY,
    read('GDPR Art. 32(1)(a)', 'encryption as appropriate to the risk, under a key that stays in the Area', false),
  ),
  must(
    Aspect.GOVERNANCE_LOCK,
    read('GDPR Art. 32(1)(b)', 'integrity; a lock that becomes permanent needs a strategy for erasure', false),
  ),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    QUARTER_DAYS,
    read('GDPR Art. 32(1)(d)', 'measures are regularly tested; a quarter is a common period', false),
  ),
  list(
    Aspect.AUDIT_CONTROLS,
    [CONTROLS.crossRegion, CONTROLS.encrypted, CONTROLS.retention],
    chosen('GDPR Art. 5(2)', 'the controller can demonstrate compliance'),
  ),
  number(
    Aspect.EVIDENCE_RETENTION_DAYS,
    395,
    demandedFromMemory(
      'GDPR Art. 30',
      'records of processing name the time limits for erasure; reports show that they are kept',
    ),
  ),
];
