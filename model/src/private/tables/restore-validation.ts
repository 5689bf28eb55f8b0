import { StateMachineLimits } from '../../state-machine';
import { fact, refused, Table } from './describe';

const { EVENTS_OF_EXECUTION: EVENTS } = StateMachineLimits;
const HISTORY = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';

export const RESTORE_VALIDATION = {
  resourceType: refused(
    'restore-validation-resource-type',
    'at least one of Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS and S3',
    fact('B9.2/1'),
  ),
  // 23 events a round: at 10 minutes the longest validation window, 168 hours, stays below that.
  retryInterval: refused(
    'restore-validation-retry-interval',
    `a whole number of minutes from 10 to 1440, with which 168 hours fit into the ${EVENTS} events of an execution`,
    HISTORY,
  ),
} satisfies Table;
