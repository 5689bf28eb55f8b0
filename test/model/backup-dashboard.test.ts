import { BackupDashboard, BackupDashboardRules, BackupDashboards } from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

// prettier-ignore
const ROWS: Row<BackupDashboard>[] = [
  ['dashboard-name',     'passes', { dashboardName: 'A-z_9' }],
  ['dashboard-name',     'passes', { dashboardName: 'a'.repeat(255) }],
  ['dashboard-name',     'fails',  { dashboardName: 'a'.repeat(256) }, 'dashboardName',        '256 characters'],
  ['dashboard-name',     'fails',  { dashboardName: '' },              'dashboardName',        'an empty name'],
  ['dashboard-name',     'fails',  { dashboardName: 'a.b' },           'dashboardName',        'a.b'],
  ['dashboard-period',   'passes', { periodMinutes: 1 }],
  ['dashboard-period',   'fails',  { periodMinutes: 0 },               'periodMinutes',        '0 minutes'],
  ['dashboard-period',   'fails',  { periodMinutes: 1.5 },             'periodMinutes',        '1.5 minutes'],
  ['dashboard-interval', 'passes', { defaultIntervalHours: 1.1 }],
  ['dashboard-interval', 'passes', { defaultIntervalHours: 1 / 60 }],
  ['dashboard-interval', 'fails',  { defaultIntervalHours: 0 },        'defaultIntervalHours', '0 hours'],
  ['dashboard-interval', 'fails',  { defaultIntervalHours: -1 },       'defaultIntervalHours', '-1 hours'],
  ['dashboard-interval', 'fails',  { defaultIntervalHours: Infinity }, 'defaultIntervalHours', 'Infinity hours'],
  ['dashboard-interval', 'fails',  { defaultIntervalHours: 1 / 120 },  'defaultIntervalHours', '0.008333333333333333 hours'],
  ['dashboard-widgets',  'passes', { widgets: 500 }],
  ['dashboard-widgets',  'fails',  { widgets: 501 },                   'widgets',              '501'],
];

testRows((declaration) => BackupDashboardRules.check(declaration, '', PLAIN), ROWS);

test('values that are known later are neither checked nor tripped over', () => {
  const declaration = { dashboardName: '.', periodMinutes: -1, defaultIntervalHours: -1 };
  expect(BackupDashboardRules.check(declaration, '', { known: () => false })).toEqual([]);
});

test.each([
  [168, '-P7D'],
  [30, '-P1DT6H'],
  [1.5, '-PT1H30M'],
  [1 / 60, '-PT1M'],
  [24.5, '-P1DT30M'],
])('graphs that begin %d hours back begin at %s', (hours, start) => {
  expect(BackupDashboards.start(hours, PLAIN)).toBe(start);
});

test('widgets that do not fit beside others come below the highest of them', () => {
  const sized = (width: number, height: number) => ({ width, height });
  const placed = BackupDashboards.place([[sized(24, 1)], [sized(10, 2), sized(10, 5), sized(10, 1)], [{}]]) as object[];
  expect(placed).toEqual([
    { x: 0, y: 0, width: 24, height: 1 },
    { x: 0, y: 1, width: 10, height: 2 },
    { x: 10, y: 1, width: 10, height: 5 },
    { x: 0, y: 6, width: 10, height: 1 },
    { x: 0, y: 7, width: 6, height: 6 },
  ]);
});
