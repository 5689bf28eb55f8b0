// What the backup policy of Example Corp says, in numbers: the one file that changes when the policy does.
import { ComplianceAspect, ComplianceDemand, ComplianceStandard } from '@holdfast/model';

/** As messages name it. */
export const POLICY = 'Example Corp, backup policy 2.1';

/** The account that receives a copy of every backup, and its Region. */
export const BACKUP_ACCOUNT = '444455556666';
export const BACKUP_REGION = 'eu-west-1';

/** The least that every backup is kept, in days, and by what each role of a backup is bounded. */
export const KEPT_DAYS = 35;
export const BOUNDARY = 'example-corp-backup-boundary';

/** What holds whoever made it, by whichever constructs. */
export const STANDARD = ComplianceStandard.custom({
  id: 'example-corp',
  title: 'Example Corp backup policy',
  requirements: [
    {
      aspect: ComplianceAspect.MIN_RETENTION_DAYS,
      value: KEPT_DAYS,
      clause: '2.1',
      demand: ComplianceDemand.REQUIRED,
      lookedUp: true,
      because: 'what breaks is found within a month',
    },
    {
      aspect: ComplianceAspect.CROSS_ACCOUNT_COPY,
      clause: '2.3',
      demand: ComplianceDemand.REQUIRED,
      lookedUp: true,
      because: 'whoever takes over an account takes over its backups',
    },
  ],
});
