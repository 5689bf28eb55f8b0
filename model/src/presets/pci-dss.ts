import { ComplianceAspect as Aspect, ComplianceRequirement } from '../compliance-requirement';
import {
  chosen,
  CONTROLS,
  demanded,
  HALF_YEAR_DAYS,
  list,
  must,
  number,
  read,
  RECOMMENDED,
  YEAR_DAYS,
} from './requirements';

/** No requirement asks for daily backups, for copies elsewhere, or for restore tests of systems. */
export const PCI_DSS: ComplianceRequirement[] = [
  number(
    Aspect.MAX_HOURS_BETWEEN_BACKUPS,
    24,
    read('PCI DSS v4.0.1 12.10.1', 'the incident response plan includes data backup processes, at no stated interval'),
  ),
  number(
    Aspect.MIN_RETENTION_DAYS,
    35,
    read('PCI DSS v4.0.1 12.10.1', 'business recovery needs points from before an incident was noticed'),
  ),
  number(
    Aspect.LONG_RETENTION_DAYS,
    395,
    read(
      'PCI DSS v4.0.1 10.5.1',
      'log history is kept 12 months; doing that with backups is a reading, and only stores of audit logs need it',
    ),
    RECOMMENDED,
  ),
  number(
    Aspect.MIN_WARM_DAYS,
    90,
    read('PCI DSS v4.0.1 10.5.1', 'three months of log history are immediately available'),
    RECOMMENDED,
  ),
  number(
    Aspect.MAX_RETENTION_DAYS,
    400,
    read(
      'PCI DSS v4.0.1 3.2.1',
      'account data is kept no longer than the business needs it; here, the twelve months of logs',
    ),
  ),
  must(Aspect.CROSS_REGION_COPY, read('PCI DSS v4.0.1 12.10.1', 'business recovery after the loss of a Region')),
  must(
    Aspect.CROSS_ACCOUNT_COPY,
    read(
      'PCI DSS v4.0.1 12.10.1',
      'recovery after the loss of an account; the other account is in scope, too (12.5.2)',
    ),
  ),
  must(
    Aspect.CUSTOMER_MANAGED_KEY,
    demanded(
      'PCI DSS v4.0.1 3.5.1',
      'PAN is unreadable wherever it is stored, backups included; the key management of 3.6 and 3.7 needs a key of your own',
    ),
  ),
  must(
    Aspect.GOVERNANCE_LOCK,
    read(
      'PCI DSS v4.0.1 9.4.1.1',
      'backups with cardholder data are in a secure location; a lock that becomes permanent may collide with 3.2.1',
    ),
  ),
  number(Aspect.LOCK_MIN_RETENTION_DAYS, 35, read('PCI DSS v4.0.1 9.4.1.1', 'the lock holds what the plan promises')),
  number(
    Aspect.MAX_DAYS_BETWEEN_RESTORE_TESTS,
    YEAR_DAYS,
    read(
      'PCI DSS v4.0.1 12.10.2',
      'the incident response plan is tested every 12 months; half a year is chosen',
      false,
    ),
    { preferred: HALF_YEAR_DAYS },
  ),
  list(
    Aspect.AUDIT_CONTROLS,
    [CONTROLS.plan, CONTROLS.frequency, CONTROLS.encrypted, CONTROLS.retention, CONTROLS.manualDeletion],
    chosen('PCI DSS v4.0.1 9.4.5.1', 'evidence for the yearly inventory of media', true),
  ),
  number(
    Aspect.EVIDENCE_RETENTION_DAYS,
    395,
    read('PCI DSS v4.0.1 10.5.1', 'twelve months of history, and the month in which it is looked at'),
  ),
];
