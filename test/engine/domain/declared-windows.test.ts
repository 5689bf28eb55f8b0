// The words of services for when they work, in the words of the model.
import { windowsOf } from '../../../engine/src/domain/declared-windows';

const none = { maintenance: undefined, backup: undefined, backupDays: undefined };

// prettier-ignore
test.each([
  [{},                                        {}],
  [{ backupDays: 0 },                         { automatedBackupDays: 0 }],
  [{ maintenance: 'Mon:05:00-Mon:05:30' },    { preferredMaintenanceWindow: 'mon:05:00-mon:05:30' }],
  [{ maintenance: '1:05:00' },                { preferredMaintenanceWindow: 'mon:05:00-mon:05:30' }],
  [{ maintenance: '7:23:45' },                { preferredMaintenanceWindow: 'sun:23:45-mon:00:15' }],
  // Text of another form is left as it is.
  [{ maintenance: '8:05:00' },                { preferredMaintenanceWindow: '8:05:00' }],
  [{ maintenance: '11:05:00' },               { preferredMaintenanceWindow: '11:05:00' }],
  [{ maintenance: '1:05:000' },               { preferredMaintenanceWindow: '1:05:000' }],
  [{ backup: '05:00' },                       { preferredBackupWindow: '05:00-05:30' }],
  [{ backup: '23:45' },                       { preferredBackupWindow: '23:45-00:15' }],
  [{ backup: '04:00-04:30' },                 { preferredBackupWindow: '04:00-04:30' }],
  [{ backup: '05:000' },                      { preferredBackupWindow: '05:000' }],
  [{ backup: '105:00' },                      { preferredBackupWindow: '105:00' }],
  [{ backup: '' },                            { preferredBackupWindow: '' }],
])('%j', (declared, windows) => {
  expect(windowsOf({ ...none, ...declared })).toStrictEqual(windows);
});
