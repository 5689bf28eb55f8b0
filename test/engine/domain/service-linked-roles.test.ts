// Roles that services make for themselves.
import { linkedRoleOf } from '../../../engine/src/domain/service-linked-roles';

// prettier-ignore
test.each([
  ['backup.amazonaws.com',                  'AWSServiceRoleForBackup'],
  ['restore-testing.backup.amazonaws.com',  'AWSServiceRoleForBackupRestoreTesting'],
  ['config.amazonaws.com',                  'AWSServiceRoleForConfig'],
  // A service that nobody told us of: its words, the last first.
  ['events.example.amazonaws.com',          'AWSServiceRoleForExampleEvents'],
  ['one-two.amazonaws.com.cn',              'AWSServiceRoleForTwoOne'],
  ['x.amazonaws.com.y',                     'AWSServiceRoleForYComAmazonawsX'],
])('%s has %s', (service, name) => {
  expect(linkedRoleOf(service).name).toBe(name);
});
