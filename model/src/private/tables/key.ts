import { Severity } from '../../finding';
import { advice, fact, refused, Table } from './describe';

const REPLICATE = kms('ReplicateKey');

export const KEY = {
  alias: refused('key-alias', 'alias/ and 1 to 250 letters, digits, /, - and _, not alias/aws/', kms('CreateAlias')),
  rotationPeriod: refused(
    'key-rotation-period',
    'a whole number of days, at least 90 and at most 2560',
    kms('EnableKeyRotation'),
  ),
  pendingWindow: refused(
    'key-pending-window',
    'a whole number of days, at least 7 and at most 30',
    kms('ScheduleKeyDeletion'),
  ),
  primary: refused('key-replica-primary', 'the ARN of a multi-Region key, whose id begins with mrk-', REPLICATE),
  replicaRegion: refused('key-replica-region', 'a key of a Region other than that of the replica', REPLICATE),
  replicaAccount: refused('key-replica-account', 'a key of the account of the replica', REPLICATE),
  replicaPartition: refused('key-replica-partition', 'a key of the partition of the replica', REPLICATE),
  elsewhere: advice(
    'key-policy-elsewhere',
    Severity.WARNING,
    'a key whose policy this app writes, or one whose policy has these statements',
    fact('B13/2'),
  ),
  destinationAccount: refused('key-destination-account', 'the id of an account, 12 digits', fact('B6.3/5')),
  destinationOwn: advice(
    'key-destination-own-account',
    Severity.WARNING,
    'an account other than that of the key, which needs no such statement',
    fact('B6.3/5'),
  ),
} satisfies Table;

function kms(shape: string): string {
  return `https://docs.aws.amazon.com/kms/latest/APIReference/API_${shape}.html`;
}
