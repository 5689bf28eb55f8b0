// What recovery points are called (B1.1).
import { PointName, recoveryPointArn } from '../../../engine/src/domain/recovery-point-arn';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { ENV, resource } from '../scenarios/stage';

function name(service: string, called: string, more: Partial<PointName> = {}): PointName {
  const { arn } = resource(service, called);
  return {
    resource: { arn, service: { id: service } },
    vault: { name: 'main', made: { env: ENV, airGapped: false } },
    origin: { given: { text: 'call' } },
    createdAt: parseInstant('2027-01-02T03:04:05Z'),
    continuous: false,
    ...more,
  };
}

const BACKUP = 'arn:aws:backup:eu-central-1:111122223333:recovery-point:';
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

// prettier-ignore
test.each<[string, PointName, string]>([
  ['a volume',                 name('ebs', 'vol-1'),                        'arn:aws:ec2:eu-central-1::snapshot/snap-[0-9a-f]{17}'],
  ['an instance',              name('ec2', 'i-1'),                          'arn:aws:ec2:eu-central-1::image/ami-[0-9a-f]{17}'],
  ['a table of DynamoDB',      name('dynamodb', 'orders'),                  'arn:aws:dynamodb:eu-central-1:111122223333:table/orders/backup/01798859045000-[0-9a-f]{8}'],
  ['a bucket',                 name('s3', 'docs'),                          `${BACKUP}docs-20270102030405-[0-9a-f]{8}`],
  ['a bucket, continuously',   name('s3', 'docs', { continuous: true }),    `${BACKUP}docs-[0-9a-f]{8}`],
  ['a database',               name('rds', 'orders'),                       `arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:job-${UUID}`],
  ['a database, continuously', name('rds', 'orders', { continuous: true }), `${BACKUP}continuous:db-[0-9a-f]{24}-[0-9a-f]{8}`],
  ['a cluster, continuously',  name('aurora', 'orders', { continuous: true }), `${BACKUP}continuous:cluster-[0-9a-f]{24}-[0-9a-f]{8}`],
  ['a file system',            name('efs', 'fs-1'),                         `${BACKUP}${UUID}`],
  ['a cluster of EKS',         name('eks', 'prod'),                         `${BACKUP}composite:eks/prod-20270102030405`],
  ['the state of that cluster', name('eks', 'prod', { origin: { given: { text: 'call', within: {} } } }), `${BACKUP}eks/prod-20270102030405`],
  ['a copy of that cluster',   name('eks', 'prod', { origin: { given: { text: 'call', source: {} } } }), `${BACKUP}composite:eks/prod-20270102030405-[0-9a-f]{8}`],
  ['a volume in an air gap',   name('ebs', 'vol-1', { vault: { name: 'gap', made: { env: ENV, airGapped: true } } }), `${BACKUP}${UUID}`],
])('%s', (_, point, arn) => {
  expect(recoveryPointArn(1, point)).toMatch(new RegExp(`^${arn}$`));
});
