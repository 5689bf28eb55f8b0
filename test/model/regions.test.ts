import { Regions, ServiceSupport } from '@holdfast/model';

// prettier-ignore
test.each([
  ['eu-central-1',  'aws',        false],
  ['eu-central-2',  'aws',        true],
  ['eu-south-1',    'aws',        true],
  ['mx-central-1',  'aws',        true],
  ['us-east-1',     'aws',        false],
  ['cn-north-1',    'aws-cn',     false],
  ['us-gov-west-1', 'aws-us-gov', false],
  ['us-iso-east-1', 'aws-iso',    false],
  ['us-isob-east-1', 'aws-iso-b', false],
])('%s is of the partition %s, opt-in: %p', (region, partition, optIn) => {
  expect(Regions.partitionOf(region)).toBe(partition);
  expect(Regions.isOptIn(region)).toBe(optIn);
  expect(Regions.optIn().includes(region)).toBe(optIn);
});

const HERE = 'eu-central-1';

// prettier-ignore
test.each([
  ['documentdb',     HERE,         'eu-south-1', false, ['eu-south-1']],
  ['documentdb',     'eu-south-1', HERE,         false, ['eu-south-1']],
  ['documentdb',     'eu-south-1', 'ap-east-1',  true,  ['eu-south-1', 'ap-east-1']],
  ['documentdb',     'eu-south-1', 'eu-south-1', true,  ['eu-south-1']],
  ['documentdb',     'eu-south-1', 'eu-south-1', false, []],
  ['documentdb',     HERE,         'eu-west-1',  true,  []],
  ['neptune',        HERE,         'eu-south-1', true,  ['eu-south-1']],
  ['neptune',        HERE,         'eu-south-1', false, []],
  ['cloudformation', HERE,         'eu-south-1', true,  ['eu-south-1']],
  ['timestream',     HERE,         'eu-south-1', true,  ['eu-south-1']],
  ['fsx-windows',    HERE,         'me-south-1', false, ['me-south-1']],
  ['fsx-ontap',      'me-central-1', HERE,       true,  ['me-central-1']],
  ['fsx-openzfs',    HERE,         'eu-south-1', true,  []],
  ['ebs',            HERE,         'eu-south-1', true,  []],
])('a copy of %s from %s to %s (another account: %p) lacks %p', (service, from, to, account, regions) => {
  expect(ServiceSupport.tryFind(service)).toBeDefined();
  expect(Regions.withoutCopy(service, from, to, account)).toEqual(regions);
});
