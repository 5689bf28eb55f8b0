// Whether AWS Config records what a framework needs.
import { Config, Recorder, recordingOf } from '../../../engine/src/domain/config';
import { ENV } from '../scenarios/stage';

const TYPES = ['AWS::EC2::Volume', 'AWS::EFS::FileSystem'];

function recorder(recordingGroup: object, recording = true): Recorder {
  return { recordingGroup, recording } as unknown as Recorder;
}

function statusOf(recordingGroup: object | undefined, recording = true, types = TYPES) {
  const config = new Config(1);
  if (recordingGroup !== undefined) {
    config.recorders.put(ENV, 'default', recorder(recordingGroup, recording));
  }
  return config.statusOf(ENV, types);
}

// prettier-ignore
test.each<[status: string | undefined, what: string, group: object | undefined, recording?: boolean]>([
  [undefined,          'nobody ever made a recorder',   undefined],
  ['ACTIVE',           'it records everything',         { allSupported: true }],
  ['INACTIVE',         'it is stopped',                 { allSupported: true }, false],
  ['ACTIVE',           'it records these types',        { resourceTypes: [...TYPES, 'AWS::S3::Bucket'] }],
  ['PARTIALLY_ACTIVE', 'it records one of them',        { resourceTypes: [TYPES[0]] }],
  ['INACTIVE',         'it records others',             { resourceTypes: ['AWS::S3::Bucket'] }],
  ['INACTIVE',         'it records nothing',            {}],
  ['PARTIALLY_ACTIVE', 'it leaves one of them out',     { exclusionByResourceTypes: { resourceTypes: [TYPES[1]] } }],
  ['ACTIVE',           'it leaves others out',          { exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] } }],
  ['INACTIVE',         'it leaves both out',            { exclusionByResourceTypes: { resourceTypes: TYPES } }],
])('is %p when %s', (...[status, , group, recording]) => {
  expect(statusOf(group, recording)).toBe(status);
});

test('who needs no type has all of them, unless the recorder is stopped', () => {
  expect([statusOf({}, true, []), statusOf({}, false, [])]).toEqual(['ACTIVE', 'INACTIVE']);
});

test('the rules see what a recorder records', () => {
  expect(recordingOf(recorder({}))).toEqual({ allSupported: false, resourceTypes: [], excludedResourceTypes: [] });
  expect(recordingOf(recorder({ allSupported: false, resourceTypes: TYPES }))).toMatchObject({ resourceTypes: TYPES });
});

test('an id that AWS makes up is of its kind, length, place and name', () => {
  const config = new Config(1);
  const id = config.idOf('config-rule', ENV, 'r', 6);
  expect(id).toMatch(/^config-rule-[0-9a-f]{6}$/);
  expect(config.idOf('config-rule', ENV, 'r', 6)).toBe(id);
  const others = [
    config.idOf('config-rule', ENV, 's', 6),
    config.idOf('config-rule', { ...ENV, region: 'us-east-1' }, 'r', 6),
    new Config(2).idOf('config-rule', ENV, 'r', 6),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});
