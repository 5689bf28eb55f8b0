import {
  actionsWith,
  hasResourceControl,
  isAction,
  mayCarry,
} from '../../../../engine/src/domain/policy/action-tables';

test.each([
  ['backup:StartBackupJob', true],
  ['BACKUP:startbackupjob', true],
  ['backup:StartBackup', false],
  ['backup:', false],
  ['StartBackupJob', false],
  ['nosuchservice:Start', false],
  ['constructor:Start', false],
])('%s is an action: %p', (action, is) => {
  expect(isAction(action)).toBe(is);
});

// prettier-ignore
test.each<[may: boolean, action: string, key: string, why: string]>([
  [true,  'backup:CopyFromBackupVault', 'backup:CopyTargets',  'it is listed for the action'],
  [true,  'backup:copyfrombackupvault', 'BACKUP:copytargets',  'neither has case'],
  [false, 'backup:StartCopyJob',        'backup:CopyTargets',  'it is listed for others alone'],
  [false, 'backup:CopyFromBackupVault', 'backup:CopyTargetsX', 'a longer name is another'],
  [true,  'kms:SynchronizeMultiRegionKey', 'kms:KeySpec',      'it is listed for the kind of resource'],
  [false, 'kms:ListKeys',               'kms:KeySpec',         'the action has no such resource'],
  [true,  's3:PauseReplication',        's3:BucketTag/team',   'a tag of any name is listed'],
  [true,  's3:PauseReplication',        'S3:buckettag/Team',   'and has no case'],
  [false, 's3:PauseReplication',        's3:TagOfBucket/team', 'but no other prefix is'],
  [false, 's3:PauseReplication',        's3:x/s3:BucketTag/',  'nor what only ends alike'],
  [true,  'backup:StartCopyJob',        'aws:PrincipalOrgID',  'keys of AWS may be there'],
  [true,  'backup:StartCopyJob',        'kms:ViaService',      'so may those of another service'],
  [true,  'backup:NoSuchAction',        'backup:CopyTargets',  'nothing is known of the action'],
  [true,  'nosuchservice:Start',        'nosuchservice:Key',   'nothing is known of the service'],
])('%p: %s carries %s, as %s', (may, action, key) => {
  expect(mayCarry(action, key)).toBe(may);
});

test('a key belongs to the actions that list it, and one that nobody lists to none', () => {
  expect(actionsWith('backup:CopyTargets')).toEqual(['backup:CopyFromBackupVault']);
  expect(actionsWith('backup:NoSuchKey')).toEqual([]);
  expect(actionsWith('nosuchservice:Key')).toEqual([]);
});

test.each([
  ['s3', true],
  ['kms', true],
  ['backup', false],
  ['nosuchservice', false],
])('resource control policies bind %s: %p (B11.4/3)', (service, binds) => {
  expect(hasResourceControl(service)).toBe(binds);
});
