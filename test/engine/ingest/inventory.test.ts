import { InventoryResource, readInventory } from '../../../engine/src/ingest/inventory/read-inventory';
import { ENV, filesOf, read, refusal } from './read';

function inventory(content: unknown, file = 'i.yaml'): InventoryResource[] {
  return readInventory(file, { env: ENV, parameters: {}, values: {} }, filesOf({ [file]: content }));
}

const API = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BGW_';
const HERE = ':eu-central-1:123456789012:';

describe('an inventory', () => {
  test('says of each resource what is known', () => {
    const entry = {
      arn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders',
      type: 'DynamoDB',
      name: 'orders',
      account: '111122223333',
      region: 'us-east-1',
      sizeGiB: 40,
      dailyChangePercent: 3.5,
      tags: { backup: 'daily' },
      encryptedWith: 'alias/tables',
      state: 'ACTIVE',
      preferredMaintenanceWindow: 'mon:05:00-mon:05:30',
      preferredBackupWindow: '04:00-04:30',
      automatedBackupDays: 7,
      content: { rows: 3 },
    };
    expect(inventory([entry])).toEqual([
      {
        arn: entry.arn,
        service: 'dynamodb-advanced',
        resourceType: 'DynamoDB',
        name: 'orders',
        env: { partition: 'aws', account: '111122223333', region: 'us-east-1' },
        sizeGiB: 40,
        dailyChangePercent: 3.5,
        tags: { backup: 'daily' },
        encryptedWith: 'arn:aws:kms:us-east-1:111122223333:alias/tables',
        state: 'ACTIVE',
        preferredMaintenanceWindow: 'mon:05:00-mon:05:30',
        preferredBackupWindow: '04:00-04:30',
        automatedBackupDays: 7,
        content: { rows: 3 },
        declaredAt: 'i.yaml: resources[0]',
      },
    ]);
  });

  // prettier-ignore
  test.each<[object, string, string]>([
    [{ arn: 'arn:aws:s3:::b' },                                     'arn:aws:s3:::b',                                  's3'],
    [{ arn: `arn:aws:rds${HERE}cluster:c` },                        `arn:aws:rds${HERE}cluster:c`,                     'aurora'],
    [{ arn: `arn:aws:rds${HERE}cluster:c`, type: 'DocumentDB' },    `arn:aws:rds${HERE}cluster:c`,                     'documentdb'],
    [{ arn: `arn:aws:fsx${HERE}file-system/fs-01234567`, type: 'fsx-lustre' }, `arn:aws:fsx${HERE}file-system/fs-01234567`, 'fsx-lustre'],
    [{ type: 'S3', name: 'b' },                                     'arn:aws:s3:::b',                                  's3'],
    [{ type: 'RDS', name: 'Reports' },                              `arn:aws:rds${HERE}db:reports`,                    'rds'],
    [{ type: 'RDS', name: 'r', region: 'us-east-1', account: '111122223333' }, 'arn:aws:rds:us-east-1:111122223333:db:r', 'rds'],
    [{ type: 'RDS', name: 'r', region: 'cn-north-1' },              'arn:aws-cn:rds:cn-north-1:123456789012:db:r',     'rds'],
    [{ type: 'EBS', name: 'vol-0123456789abcdef0' },                `arn:aws:ec2${HERE}volume/vol-0123456789abcdef0`,  'ebs'],
    [{ type: 'Timestream', name: 'metrics/cpu' },                   `arn:aws:timestream${HERE}database/metrics/table/cpu`, 'timestream'],
    [{ type: 'fsx-ontap', name: 'fs-01234567/fsvol-01234567' },     `arn:aws:fsx${HERE}volume/fs-01234567/fsvol-01234567`, 'fsx-ontap'],
    [{ type: 'VirtualMachine', name: 'vm-0123456789abcdef0' },      `arn:aws:backup-gateway${HERE}vm/vm-0123456789abcdef0`, 'virtual-machine'],
    [{ type: 'dynamodb', name: 't' },                               `arn:aws:dynamodb${HERE}table/t`,                  'dynamodb'],
  ])('takes %j as %s', (entry, arn, service) => {
    expect(inventory([entry])).toEqual([expect.objectContaining({ arn, service })]);
  });

  test('says where a virtual machine is', () => {
    const hypervisor = { hypervisorId: 'hype-0123456789abcdef0', gatewayCount: 2 };
    expect(inventory([{ type: 'VirtualMachine', name: 'vm-0123456789abcdef0', ...hypervisor }])).toEqual([
      expect.objectContaining(hypervisor),
    ]);
  });

  test('gives a resource known by its label the id that a template with that Name tag has', () => {
    const instance = { Type: 'AWS::EC2::Instance', Properties: { Tags: [{ Key: 'Name', Value: 'web' }] } };
    const [labelled] = inventory([{ type: 'EC2', name: 'web' }]);
    expect(labelled?.arn).toBe(read({ 't.json': { Resources: { W: instance } } }).estate.resources?.[0]?.arn);
    expect(labelled?.name).toBe('web');
  });

  test('may be an object whose resources are the list, in JSON or YAML', () => {
    const [fromJson] = inventory({ resources: [{ type: 'S3', name: 'b' }] }, 'i.json');
    const [fromYaml] = inventory('resources:\n  - { type: S3, name: b, tags: { on: yes } }\n');
    expect(fromJson?.arn).toBe('arn:aws:s3:::b');
    expect(fromYaml?.tags).toEqual({ on: 'yes' });
  });

  // prettier-ignore
  test.each<[string, unknown, string]>([
    ['a text',                        'hello',                                                'is no inventory: expected a list of resources, each with arn, or type and name'],
    ['an entry that names nothing',   [{ sizeGiB: 1 }],                                       'resources[0] must have an arn, or a type and a name'],
    ['a type without a name',         [{ type: 'S3' }],                                       'resources[0] must have an arn, or a type and a name'],
    ['a type nobody knows',           [{ type: 'Dynamo', name: 'x' }],                        expect.stringMatching(/^resources\[0\]\.type must be one of EC2, EBS, S3, RDS, .*, got Dynamo$/)],
    ['an ARN of something else',      [{ arn: 'arn:aws:sqs:eu-central-1:123456789012:q' }],   'resources[0].arn must be the ARN of a resource that AWS Backup protects, got arn:aws:sqs:eu-central-1:123456789012:q'],
    ['a type that disagrees',         [{ arn: 'arn:aws:s3:::b', type: 'EBS' }],               'resources[0].type must agree with the ARN, which is of type S3, got EBS'],
    ['a name that disagrees',         [{ arn: 'arn:aws:s3:::b', name: 'c' }],                 'resources[0].name must agree with the ARN, which names b, got c'],
    ['a Region that disagrees',       [{ arn: `arn:aws:rds${HERE}db:r`, region: 'us-east-1' }], 'resources[0].region must agree with the ARN, which has eu-central-1, got us-east-1'],
    ['an account that disagrees',     [{ arn: `arn:aws:rds${HERE}db:r`, account: '111122223333' }], 'resources[0].account must agree with the ARN, which has 123456789012, got 111122223333'],
    ['a negative size',               [{ type: 'S3', name: 'b', sizeGiB: -1 }],               'resources[0].sizeGiB must be at least 0, got -1'],
    ['more change than there is',     [{ type: 'S3', name: 'b', dailyChangePercent: 101 }],   'resources[0].dailyChangePercent must be 0 to 100, got 101'],
    ['half an object',                [{ type: 'S3', name: 'b', objectCount: 0.5 }],          'resources[0].objectCount must be a whole number, 0 or more, got 0.5'],
    ['a weekly window without days',  [{ type: 'RDS', name: 'b', preferredMaintenanceWindow: '05:00-05:30' }], 'resources[0].preferredMaintenanceWindow must be two times of the week in UTC, such as mon:05:00-mon:05:30, got 05:00-05:30'],
    ['a daily window with days',      [{ type: 'RDS', name: 'b', preferredBackupWindow: 'mon:05:00-mon:05:30' }], 'resources[0].preferredBackupWindow must be two times of the day in UTC, such as 04:00-04:30, got mon:05:00-mon:05:30'],
    ['a hypervisor by its ARN',       [{ type: 'VirtualMachine', name: 'v', hypervisorId: 'hypervisor/h' }], `resources[0].hypervisorId must be 1 to 100 letters, digits and hyphens, for a virtual machine alone, got hypervisor/h (${API}VirtualMachine.html)`],
    ['gateways of a bucket',          [{ type: 'S3', name: 'b', gatewayCount: 1 }],           'resources[0].gatewayCount must be a whole number of gateways, 1 or more, for a virtual machine alone, got 1 for s3 (inventory)'],
    ['a misspelt field',              [{ type: 'S3', name: 'b', sizeGB: 1 }],                 'resources[0].sizeGB is not a field here; did you mean sizeGiB?'],
    ['a tag that is a number',        [{ type: 'S3', name: 'b', tags: { a: 1 } }],            'resources[0].tags.a must be text, got 1 (quote it)'],
    ['an account too short',          [{ type: 'S3', name: 'b', account: '1' }],              'resources[0].account must be 12 digits, got "1"'],
    ['one resource twice',            [{ arn: 'arn:aws:s3:::b' }, { type: 'S3', name: 'b' }], 'resources[1] is the same resource as resources[0]: arn:aws:s3:::b'],
  ])('fails on %s', (_title, content, expected) => {
    const message = refusal(() => inventory(content));
    expect(message.slice('i.yaml: '.length)).toEqual(expected);
    expect(message.startsWith('i.yaml: ')).toBe(true);
  });

  test('fails on all that is wrong at once, entry by entry', () => {
    const entries = [
      { type: 'S3', name: 'b', sizeGB: 1, tags: { a: 1 } },
      { type: 'S3', name: 'c' },
      { type: 'S3' },
      { type: 'S3', name: 'c', sizeGiB: 1 },
    ];
    expect(refusal(() => inventory(entries)).split('\n')).toEqual([
      'i.yaml: resources[0].sizeGB is not a field here; did you mean sizeGiB?',
      'i.yaml: resources[0].tags.a must be text, got 1 (quote it)',
      'i.yaml: resources[2] must have an arn, or a type and a name',
      'i.yaml: resources[3] is the same resource as resources[1]: arn:aws:s3:::c',
    ]);
  });

  test('fails when there is no file', () => {
    expect(refusal(() => readInventory('nope', { env: ENV, parameters: {}, values: {} }, filesOf({})))).toBe(
      'nope: is no file; expected an inventory in YAML or JSON',
    );
  });
});
