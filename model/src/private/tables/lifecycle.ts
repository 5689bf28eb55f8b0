import { Severity } from '../../finding';
import { advice, api, fact, refused, Table } from './describe';

export const LIFECYCLE = {
  deleteAfter: refused(
    'lifecycle-delete-after',
    'a whole number of days from 1 to 36500, or -1 for never',
    api('BackupRuleInput'),
  ),
  coldAfter: refused(
    'lifecycle-cold-after',
    'a whole number of days from 0 to 36500, or -1 for never',
    api('BackupRuleInput'),
  ),
  coldGap: refused('lifecycle-cold-gap', 'at least 90 days after moveToColdStorageAfterDays', api('Lifecycle')),
  coldAtOnce: advice(
    'lifecycle-cold-at-once',
    Severity.NOTE,
    'at least 1 day: what 0 does is documented nowhere, and Terraform reads it as never',
    fact('B2.3/2 and section 17'),
  ),
  warmDays: advice(
    'lifecycle-warm-days',
    Severity.NOTE,
    'at least 8 days, so that incremental backups find warm data to build on',
    fact('B2.3/3, B5.2/4'),
  ),
  archiveOptIn: advice(
    'lifecycle-archive-opt-in',
    Severity.WARNING,
    'given together with moveToColdStorageAfterDays, without which it moves nothing',
    api('Lifecycle'),
  ),
} satisfies Table;
