import {
  BackupSelection,
  SelectionReason,
  Selector,
  SelectionVerdict,
  ServiceSupport,
  StatefulResource,
} from '@holdfast/model';

const ENV = { partition: 'aws', account: '123456789012', region: 'us-east-1' };

function resource(service: string, name: string, tags: { [key: string]: string } = {}): StatefulResource {
  const { resourceType } = ServiceSupport.find(service);
  return { arn: ServiceSupport.arn(service, ENV, name), service, resourceType, name, env: ENV, tags };
}

function verdicts(
  selection: Partial<BackupSelection>,
  resources: StatefulResource[],
  optIn?: { [key: string]: boolean },
): SelectionVerdict[] {
  const whole = { selectionName: 's', iamRoleArn: 'arn:aws:iam::123456789012:role/r', ...selection };
  const settings = optIn === undefined ? undefined : { env: ENV, resourceTypeOptInPreference: optIn };
  return Selector.evaluate(whole, resources, settings);
}

/** Why one resource is or is not taken. */
function reason(
  selection: Partial<BackupSelection>,
  of: StatefulResource,
  optIn?: { [key: string]: boolean },
): SelectionReason {
  const [verdict] = verdicts(selection, [of], optIn);
  const taken = [SelectionReason.RESOURCES, SelectionReason.LIST_OF_TAGS, SelectionReason.BOTH];
  expect(verdict!.selected).toBe(taken.includes(verdict!.reason));
  expect(verdict!.resourceArn).toBe(of.arn);
  return verdict!.reason;
}

const tag = (conditionKey: string, conditionValue: string) => ({ conditionKey, conditionValue });
const condition = (key: string, value: string) => tag(`aws:ResourceTag/${key}`, value);

describe('a selection takes', () => {
  test('vector 11: all volumes and anything tagged, minus stage=test; an untagged volume stays', () => {
    const selection = {
      resources: ['arn:aws:ec2:*:*:volume/*'],
      listOfTags: [tag('backup', 'true')],
      conditions: { stringNotEquals: [condition('stage', 'test')] },
    };
    expect(reason(selection, resource('ebs', 'vol-1'))).toBe('resources');
    expect(reason(selection, resource('ebs', 'vol-2', { backup: 'true' }))).toBe('both');
    expect(reason(selection, resource('ebs', 'vol-3', { stage: 'test' }))).toBe('condition');
    expect(reason(selection, resource('s3', 'a', { backup: 'true' }))).toBe('list-of-tags');
    expect(reason(selection, resource('s3', 'b', { backup: 'true', stage: 'test' }))).toBe('condition');
    expect(reason(selection, resource('s3', 'c', { backup: 'false' }))).toBe('not-candidate');
    expect(reason(selection, resource('s3', 'd'))).toBe('not-candidate');
  });

  test('vector 12: opted-out EFS by ARN of its type but not by tag, an opted-out Aurora cluster by neither', () => {
    const files = resource('efs', 'fs-1', { backup: 'true' });
    const cluster = resource('aurora', 'orders', { backup: 'true' });
    const out = { EFS: false, Aurora: false };
    expect(reason({ listOfTags: [tag('backup', 'true')] }, files, out)).toBe('opted-out');
    expect(reason({ resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'] }, files, out)).toBe('resources');
    expect(reason({ resources: [cluster.arn] }, cluster, out)).toBe('opted-out');
    expect(reason({ resources: [cluster.arn] }, cluster, { EFS: false, Aurora: true })).toBe('resources');
  });

  test('in the order of the resources, with a sentence that names the entry', () => {
    const selection = {
      resources: ['arn:aws:s3:::logs-*', 'arn:aws:s3:::orders'],
      notResources: ['arn:aws:s3:::logs-tmp*'],
      listOfTags: [tag('a', '1'), tag('b', '2')],
      conditions: { stringLike: [condition('stage', 'prod*')] },
    };
    const resources = [
      resource('s3', 'orders', { stage: 'prod-1', b: '2' }),
      resource('s3', 'logs-tmp-7', { stage: 'prod' }),
      resource('s3', 'logs-1', { stage: 'test' }),
      resource('s3', 'logs-2'),
      resource('s3', 'none'),
    ];
    expect(verdicts(selection, resources).map(({ resourceArn, detail }) => [resourceArn, detail])).toEqual([
      ['arn:aws:s3:::orders', 'matches resources[1] arn:aws:s3:::orders and listOfTags[1] b = 2'],
      ['arn:aws:s3:::logs-tmp-7', 'matches notResources[0] arn:aws:s3:::logs-tmp*'],
      ['arn:aws:s3:::logs-1', 'stringLike stage = prod* is not met: the resource has test'],
      ['arn:aws:s3:::logs-2', 'stringLike stage = prod* is not met: the resource has no such tag'],
      ['arn:aws:s3:::none', 'no entry of resources and no tag of listOfTags matches'],
    ]);
  });

  test('nothing by a condition whose key names no tag, and says why', () => {
    const bare = {
      resources: ['*'],
      conditions: { stringEquals: [{ conditionKey: 'stage', conditionValue: 'prod' }] },
    };
    const [verdict] = verdicts(bare, [resource('s3', 'orders', { stage: 'prod' })]);
    expect(verdict?.detail).toBe('stringEquals stage = prod is not met: a key without aws:ResourceTag/ names no tag');
  });

  test('nothing by conditions or notResources alone', () => {
    const volume = resource('ebs', 'vol-1', { stage: 'prod' });
    expect(reason({ conditions: { stringEquals: [condition('stage', 'prod')] } }, volume)).toBe('not-candidate');
    expect(reason({ notResources: ['arn:aws:s3:::x'] }, volume)).toBe('not-candidate');
  });

  test('nothing of a service that AWS Backup does not support', () => {
    const queue: StatefulResource = {
      arn: 'arn:aws:sqs:us-east-1:123456789012:q',
      service: 'sqs',
      resourceType: 'SQS',
      name: 'q',
      env: ENV,
    };
    expect(reason({ resources: ['*'] }, queue)).toBe('not-supported');
  });
});

describe('an ARN of resources', () => {
  const cluster = resource('aurora', 'orders');
  const instance = resource('rds', 'orders');

  // prettier-ignore
  test.each([
    ['*',                                                    true],
    ['arn:aws:ec2:us-east-1:123456789012:volume/vol-1',      true],
    ['arn:aws:ec2:us-east-1:123456789012:volume/vol-12',     false],
    ['arn:aws:ec2:us-east-1:123456789012:volume/vol-',       false],
    ['arn:aws:ec2:us-east-1:123456789012:volume/vol-1*',     true],
    ['arn:aws:ec2:us-east-1:123456789012:volume/VOL-*',      false],
    ['arn:aws:ec2:*:*:volume/*',                             true],
    ['arn:aws:ec2:*:*:volume/*-1',                           true],
    ['arn:aws:ec2:*:*:volume/*-2',                           false],
    ['arn:aws:ec2:*:*:instance/*',                           false],
    ['arn:aws:ec2:eu-*:*:volume/*',                          false],
    ['arn:aws:ec2:*',                                        true],
    ['arn:aws:*:*:*:volume/*',                               true],
    ['arn:aws-cn:ec2:*:*:volume/*',                          false],
    ['arn:*:ec2:*:*:volume/*',                               true],
    ['arn:aws:ec2:*vol*vol*1',                               true],
    ['arn:aws:ec2:*vol*vol*vol*1',                           false],
    ['arn:aws:ec2:*:*:volume/vol-?',                         false],
  ])('%s matches volume vol-1: %j (B3.2/1)', (arn, matches) => {
    const found = reason({ resources: [arn] }, resource('ebs', 'vol-1'));
    expect(found).toBe(matches ? 'resources' : 'not-candidate');
  });

  // prettier-ignore
  test.each([
    // B3.2/5
    ['arn:aws:rds:*:*:db:*',       'resources',     'not-candidate'],
    ['arn:aws:rds:*:*:cluster:*',  'not-candidate', 'resources'],
    ['arn:aws:rds:*',              'resources',     'resources'],
  ])('%s: the DB instance %s, the cluster %s', (arn, ofInstance, ofCluster) => {
    expect(reason({ resources: [arn] }, instance)).toBe(ofInstance);
    expect(reason({ resources: [arn] }, cluster)).toBe(ofCluster);
  });

  test('does not take the members of a cluster one by one', () => {
    const member = { ...instance, service: 'aurora', resourceType: 'Aurora' };
    expect(reason({ resources: ['arn:aws:rds:*:*:db:*'] }, member)).toBe('not-candidate');
    expect(reason({ resources: [member.arn], listOfTags: [] }, member)).toBe('not-candidate');
  });

  test('with many stars is matched without delay', () => {
    const arn = `arn:aws:s3:::${'a'.repeat(60)}`;
    expect(reason({ resources: [`arn:aws:s3:::${'a*'.repeat(25)}b`] }, { ...resource('s3', 'a'), arn })).toBe(
      'not-candidate',
    );
  });
});

describe('conditions', () => {
  const all = { resources: ['*'] };

  // prettier-ignore
  test.each([
    // operator         value     tag of the resource   met
    ['stringEquals',    'prod',   'prod',               true],
    ['stringEquals',    'prod',   'Prod',               false],
    ['stringEquals',    'prod',   undefined,            false],
    ['stringEquals',    'pro*',   'prod',               false],
    ['stringEquals',    'pro*',   'pro*',               true],
    ['stringNotEquals', 'prod',   'prod',               false],
    ['stringNotEquals', 'prod',   'Prod',               true],
    ['stringNotEquals', 'prod',   undefined,            true],
    ['stringLike',      'pro*',   'prod',               true],
    ['stringLike',      'pro*',   'pro',                true],
    ['stringLike',      '*od',    'prod',               true],
    ['stringLike',      'p*o*d',  'prod',               true],
    ['stringLike',      'pr?d',   'prod',               false],
    ['stringLike',      'pro*',   'Prod',               false],
    ['stringLike',      'pro*',   'prod east',          false],
    ['stringLike',      'pro* *', 'prod east',          true],
    ['stringLike',      'p.od',   'prod',               false],
    ['stringLike',      '*',      '',                   true],
    ['stringLike',      '*',      undefined,            false],
    ['stringLike',      'ab*ba',  'aba',                false],
    ['stringLike',      'ab*ba',  'abba',               true],
    ['stringNotLike',   'pro*',   'prod',               false],
    ['stringNotLike',   'pro*',   'test',               true],
    ['stringNotLike',   'pro*',   undefined,            true],
  ])('%s %s of a resource with %s: %j', (operator, value, given, met) => {
    const tags: { [key: string]: string } = given === undefined ? {} : { stage: given };
    const conditions = { [operator]: [condition('stage', value)] };
    expect(reason({ ...all, conditions }, resource('s3', 'a', tags))).toBe(met ? 'resources' : 'condition');
  });

  test('must all be met, of every operator', () => {
    const conditions = {
      stringEquals: [condition('stage', 'prod'), condition('team', 'a')],
      stringNotLike: [condition('owner', 'x*')],
    };
    expect(reason({ ...all, conditions }, resource('s3', 'a', { stage: 'prod', team: 'a' }))).toBe('resources');
    expect(reason({ ...all, conditions }, resource('s3', 'b', { stage: 'prod', team: 'b' }))).toBe('condition');
    expect(reason({ ...all, conditions }, resource('s3', 'c', { stage: 'prod', team: 'a', owner: 'xy' }))).toBe(
      'condition',
    );
  });

  test('look at the tag alone, whatever objects inherit', () => {
    const conditions = { stringLike: [condition('constructor', '*')] };
    expect(reason({ ...all, conditions }, resource('s3', 'a'))).toBe('condition');
    expect(reason({ ...all, conditions }, resource('s3', 'a', { constructor: 'me' }))).toBe('resources');
  });

  test('without aws:ResourceTag/ name no tag', () => {
    const conditions = { stringEquals: [tag('stage', 'prod')] };
    expect(reason({ ...all, conditions }, resource('s3', 'a', { stage: 'prod' }))).toBe('condition');
  });

  test('come after notResources, and opt-in after them', () => {
    const selection = {
      ...all,
      notResources: ['arn:aws:s3:::no*'],
      conditions: { stringEquals: [condition('stage', 'prod')] },
    };
    expect(reason(selection, resource('s3', 'no-1'), { S3: false })).toBe('not-resources');
    expect(reason(selection, resource('s3', 'a'), { S3: false })).toBe('condition');
    expect(reason(selection, resource('s3', 'a', { stage: 'prod' }), { S3: false })).toBe('opted-out');
    expect(reason(selection, resource('s3', 'a', { stage: 'prod' }), { S3: true })).toBe('resources');
  });
});

describe('tags of listOfTags', () => {
  // prettier-ignore
  test.each([
    [{ backup: 'daily' },                'list-of-tags'],
    [{ backup: 'Daily' },                'not-candidate'],
    [{ Backup: 'daily' },                'not-candidate'],
    [{ backup: 'weekly' },               'list-of-tags'],
    [{ team: 'a' },                      'list-of-tags'],
    [{ backup: 'never', team: 'b' },     'not-candidate'],
    [{},                                 'not-candidate'],
  ])('any of them, exactly: %j gives %s', (tags, expected) => {
    const listOfTags = [tag('backup', 'daily'), tag('backup', 'weekly'), tag('team', 'a')];
    expect(reason({ listOfTags }, resource('s3', 'a', tags as { [key: string]: string }))).toBe(expected);
  });
});

describe('opt-in (B3.3/4)', () => {
  // prettier-ignore
  test.each([
    // service          name          entry of resources                                     taken though opted out
    ['ec2',             'i-1',        '*',                                                   false],
    ['ec2',             'i-1',        'arn:aws:ec2:*',                                       false],
    ['ec2',             'i-1',        'arn:aws:ec2:*:*:*',                                   false],
    ['ec2',             'i-1',        'arn:aws:ec2:*:*:inst*',                               false],
    ['ec2',             'i-1',        'arn:aws:ec2:*:*:instance/*',                          true],
    ['ec2',             'i-1',        'arn:aws:ec2:us-east-1:123456789012:instance/i-1',     true],
    ['ebs',             'vol-1',      'arn:aws:ec2:*:*:volume/*',                            true],
    ['s3',              'logs',       'arn:aws:s3:*',                                        false],
    ['s3',              'logs',       'arn:aws:s3:::*',                                      true],
    ['s3',              'logs',       'arn:aws:s3:::logs',                                   true],
    ['dynamodb-advanced', 't',        'arn:aws:dynamodb:*:*:table/*',                        true],
    ['dynamodb-advanced', 't',        'arn:aws:dynamodb:*',                                  false],
    ['rds',             'db1',        'arn:aws:rds:*:*:db:*',                                true],
    ['rds',             'db1',        'arn:aws:rds:*',                                       false],
    ['aurora',          'c1',         'arn:aws:rds:*:*:cluster:*',                           false],
    ['aurora',          'c1',         'arn:aws:rds:us-east-1:123456789012:cluster:c1',       false],
    ['documentdb',      'c1',         'arn:aws:rds:us-east-1:123456789012:cluster:c1',       false],
    ['neptune',         'c1',         'arn:aws:rds:us-east-1:123456789012:cluster:c1',       false],
    ['rds-multi-az-cluster', 'c1',    'arn:aws:rds:us-east-1:123456789012:cluster:c1',       false],
    ['fsx-lustre',      'fs-1',       'arn:aws:fsx:us-east-1:123456789012:file-system/fs-1', false],
    ['fsx-windows',     'fs-1',       'arn:aws:fsx:*:*:file-system/*',                       false],
    ['fsx-openzfs',     'fs-1',       'arn:aws:fsx:*:*:file-system/*',                       false],
    ['fsx-ontap',       'fs-1/fsvol-2', 'arn:aws:fsx:*:*:volume/*',                          true],
    ['efs',             'fs-1',       'arn:aws:elasticfilesystem:*:*:file-system/*',         true],
    ['redshift',        'c1',         'arn:aws:redshift:*:*:cluster:*',                      true],
  ])('%s %s by %s: %j', (service, name, entry, taken) => {
    const one = resource(service, name);
    const key = ServiceSupport.find(service).optInKey;
    expect(reason({ resources: [entry] }, one, { [key]: false })).toBe(taken ? 'resources' : 'opted-out');
    expect(reason({ resources: [entry] }, one, { [key]: true })).toBe('resources');
    expect(reason({ resources: [entry] }, one, {})).toBe('resources');
    expect(reason({ resources: [entry] }, one)).toBe('resources');
  });

  test('a tag is not asked where an ARN names the type', () => {
    const volume = resource('ebs', 'vol-1', { backup: 'true' });
    const selection = { resources: ['arn:aws:ec2:*:*:volume/*'], listOfTags: [tag('backup', 'true')] };
    expect(reason(selection, volume, { EBS: false })).toBe('both');
    expect(reason({ ...selection, resources: ['*'] }, volume, { EBS: false })).toBe('opted-out');
  });
});

describe('leftovers of restore tests', () => {
  // prettier-ignore
  test.each([
    [resource('rds', 'awsbackup-restore-test-1'),                      'restore-test-leftover'],
    [resource('rds', 'my-awsbackup-restore-test'),                     'resources'],
    [resource('rds', 'db', { 'awsbackup-restore-test': 'arn:job' }),   'restore-test-leftover'],
    [resource('rds', 'db', { other: 'awsbackup-restore-test' }),       'resources'],
  ])('%#: are left out by name or tag', (one, expected) => {
    expect(reason({ resources: ['*'] }, one)).toBe(expected);
  });
});

test('ten thousand resources against 530 ARNs: those that are named are taken', () => {
  const resources = Array.from({ length: 10_000 }, (_, i) => resource('ebs', `vol-${i}`, { n: String(i) }));
  const exact = Array.from({ length: 500 }, (_, i) => resource('ebs', `vol-${i * 7}`).arn);
  const wildcards = Array.from({ length: 30 }, (_, i) => `arn:aws:ec2:*:*:volume/vol-99${i}*`);
  const taken = verdicts({ resources: [...exact, ...wildcards] }, resources).filter(({ selected }) => selected);
  const matching = resources.filter(({ name }) => {
    const number = Number(name.slice(4));
    return (number % 7 === 0 && number < 3500) || /^vol-99([0-9]|1[0-9]|2[0-9])/.test(name);
  });
  expect(taken.map(({ resourceArn }) => resourceArn)).toEqual(matching.map(({ arn }) => arn));
});
